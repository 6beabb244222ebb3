"""How long the report of a folder takes to be written, opened and looked through, in headless Chromium.

    python benchmarks/report.py [--documents N] [--words N] [--keep FOLDER]

That many documents are generated (benchmarks/generated.py; `--words` each) and read by `greffier run`, which is not
counted. `write` is `greffier report`, from its start to its end; the others are seconds until a view is there: the
first one, from the opening of the page on; then tables, which read their data when they are first shown; then a
search over all texts. It needs the extra `dev` and Chromium.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from typing import Any

from generated import ROOT, folder
from playwright.sync_api import sync_playwright

VIEWS = ("table/officials", "table/mentions", "table/mentions?q=hanoi", "timeline", "map", "officials", "document/7")
SEARCH = "search?q=vietnam accord"


def greffier(*arguments: str | Path) -> tuple[float, float]:
    """Seconds that a command takes, by the wall and of the processor."""
    began, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "pipeline", *map(str, arguments)], cwd=ROOT, check=True, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return perf_counter() - began, used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime


def times(page: Any, path: Path) -> Iterator[tuple[str, float]]:
    """(view, seconds until it is there)."""
    began = perf_counter()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    yield "open", perf_counter() - began
    for view in (*VIEWS, SEARCH):
        began = perf_counter()
        page.evaluate("view => { location.hash = view; return new Promise(requestAnimationFrame) }", f"#/{view}")
        page.wait_for_selector("#main:not([aria-busy])")
        if view == SEARCH:
            page.locator("#live", has_text="found").wait_for(state="attached")
        yield view, perf_counter() - began


def measure(place: Path, documents: int, words: int) -> None:
    """Print a line a step."""
    out = place / "out"
    greffier("run", folder(place / "texts", documents, words), "--out", out, "--quiet")
    wall, processor = greffier("report", out, "--language", "en")
    print(f"write  {wall:6.1f} s, of the processor {processor:.1f} s")
    page = out / "report.html"
    print(f"size   {page.stat().st_size / 1e6:6.1f} MB")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=shutil.which("chromium"), headless=True, args=switches
        )
        for view, seconds in times(browser.new_page(), page):
            print(f"{view:24} {seconds:5.2f} s")
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=250)
    parser.add_argument("--keep", type=Path, help="folder for the texts and tables, used again where it is there")
    given = parser.parse_args()
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as place:
        measure(Path(place), given.documents, given.words)


if __name__ == "__main__":
    main()
