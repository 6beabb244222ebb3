"""Kill runs at random moments: is anything lost, done twice, or different in the end?

    python benchmarks/faults.py [--kills 20] [--workers 5] [--documents N] [--seed N] [--engine local|dask]

A folder is generated and read once undisturbed, by local processes; with --engine dask, also by Dask's. Then the same
command starts again and again and is killed (SIGKILL, as the kernel does when memory is short) at a random moment,
until it ends by itself before its moment comes; its tables must be those of the undisturbed run, byte for byte. That is
repeated until `--kills` kills are done. At last one run has `--workers` of its child processes killed. `told` is how
many documents a run said that it had put in the ledger. Exit status 1 where anything differs.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generated import ROOT, folder

LEDGER = "greffier.sqlite"


def start(texts: Path, out: Path, engine: str) -> subprocess.Popen[str]:
    """The command, its progress going to a file beside `out`."""
    call = [sys.executable, "-m", "pipeline", "run", str(texts), "--out", str(out), "--jobs", "2", "--engine", engine]
    with out.with_suffix(".log").open("w") as log:
        return subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=log, text=True, cwd=ROOT)


def told(out: Path) -> int:
    """How many documents the last run said it had read."""
    return len(re.findall(r"^\d+/\d+ ", out.with_suffix(".log").read_text("utf-8"), re.MULTILINE))


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != LEDGER}


def undisturbed(texts: Path, out: Path, engine: str) -> float:
    began = time.perf_counter()
    if start(texts, out, engine).wait() != 0:
        raise SystemExit(out.with_suffix(".log").read_text("utf-8"))
    return time.perf_counter() - began


def survive(texts: Path, out: Path, engine: str, draw: Callable[[], float], most: int) -> tuple[int, int]:
    """Start and kill, `most` times or until a run ends by itself; then let one end. Gives kills and documents told."""
    kills = documents = 0
    shutil.rmtree(out, ignore_errors=True)
    while True:
        process = start(texts, out, engine)
        moment = draw() if kills < most else None
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
            print(f"  kill {kills:2} after {moment:5.2f} s: {told(out):4} told", flush=True)
        documents += told(out)
        if process.returncode != -signal.SIGKILL:
            print(f"  ended with status {process.returncode}: {told(out):4} told", flush=True)
            return kills, documents


def workers(process: int) -> list[int]:
    """The child processes that read, whichever thread has started them; not multiprocessing's own tracker."""
    listed = [path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children")]
    children = [int(child) for found in listed for child in found]
    return [child for child in children if "resource_tracker" not in Path(f"/proc/{child}/cmdline").read_text()]


def lose_workers(texts: Path, out: Path, engine: str, number: int, seconds: float) -> int:
    """One run, some of whose workers are killed on its way; gives how many were."""
    shutil.rmtree(out, ignore_errors=True)
    process, killed = start(texts, out, engine), 0
    while process.poll() is None and killed < number:
        time.sleep(seconds / (number + 3))
        children = workers(process.pid) if process.poll() is None else []
        if children and told(out):
            os.kill(random.choice(children), signal.SIGKILL)
            killed += 1
    process.wait()
    return killed


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=5)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("local", "dask"), default="local")
    options = parser.parse_args()
    engine = options.engine
    draw, wrong = random.Random(options.seed), 0
    with tempfile.TemporaryDirectory() as made:
        texts, out = folder(Path(made) / "in", options.documents), Path(made) / "out"
        seconds = undisturbed(texts, Path(made) / "whole", "local")
        expected = tables(Path(made) / "whole")
        print(f"undisturbed: {options.documents} documents, {seconds:.1f} s")
        if engine != "local":
            seconds = undisturbed(texts, Path(made) / engine, engine)
            same = tables(Path(made) / engine) == expected
            wrong += not same
            print(f"with {engine}: {seconds:.1f} s, tables {'identical' if same else 'DIFFER'}")
        kills = 0
        while kills < options.kills:
            more, documents = survive(texts, out, engine, lambda: draw.uniform(0, seconds), options.kills - kills)
            kills += more
            same = tables(out) == expected
            wrong += not same or documents > options.documents
            print(f"{kills} kills: tables {'identical' if same else 'DIFFER'}, {documents} documents told in all")
        lost = lose_workers(texts, out, engine, options.workers, seconds)
        same = tables(out) == expected
        wrong += not same
        print(f"{lost} workers killed in one run: tables {'identical' if same else 'DIFFER'}")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
