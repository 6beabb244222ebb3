"""Words a second and memory as folders grow, and what a second run over an unchanged folder costs.

    python benchmarks/scaling.py [--sizes 1000,10000] [--jobs 1,2] [--words N] [--keep FOLDER]

For each size, that many documents are generated (benchmarks/generated.py; `--words` each), and the command
`greffier run` reads them, from its start to its end; then the same command once more. `cpu` is the time of all its
processes together, which other work on the machine changes less than the wall's. `memory` is the peak of resident
memory of the largest process. `again` is the second run's time as a share of the first one's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from generated import ROOT, folder

HEADER = "| documents | processes | words/s | seconds | cpu | memory | again | second run |\n" + "| --- " * 8 + "|"


class Run(NamedTuple):
    """What a command took: seconds by the wall and of all processors, peak of memory in bytes; documents read."""

    seconds: float
    cpu: float
    memory: int
    documents: int


def run(texts: Path, out: Path, jobs: int) -> Run:
    call = [sys.executable, "-m", "pipeline", "run", str(texts), "--out", str(out), "--jobs", str(jobs), "--json"]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    began = perf_counter()
    with tempfile.TemporaryFile("w+") as summary:
        process = subprocess.Popen(call, stdout=summary, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        summary.seek(0)
        return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, json.load(summary)["documents"])


def measure(texts: Path, out: Path, jobs: int) -> str:
    """A line of the table."""
    words = sum(len(path.read_text("utf-8").split()) for path in texts.rglob("*.txt"))
    first, again = run(texts, out, jobs), run(texts, out, jobs)
    if again.documents:
        raise SystemExit(f"the second run read {again.documents} documents: was the code changed meanwhile?")
    share = again.seconds / first.seconds
    return (
        f"| {first.documents:9,} | {jobs:9} | {words / first.seconds:7,.0f} | {first.seconds:7,.1f} | "
        f"{first.cpu:5,.1f} s | {first.memory / 1e6:4,.0f} MB | {share:5.1%} | {again.seconds:8.1f} s |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of documents, with commas: %(default)s")
    parser.add_argument("--jobs", default="1,2", help="numbers of processes, with commas: %(default)s")
    parser.add_argument("--words", type=int, default=250, help="words a document: %(default)s")
    parser.add_argument("--keep", type=Path, help="folder for the documents, not removed (default: a temporary one)")
    options = parser.parse_args()
    sizes, numbers = ([int(n) for n in given.split(",")] for given in (options.sizes, options.jobs))
    print(HEADER)
    with tempfile.TemporaryDirectory() as made:
        for size in sizes:
            texts = folder((options.keep or Path(made)) / f"{size}x{options.words}", size, options.words)
            for jobs in numbers:
                with tempfile.TemporaryDirectory() as out:
                    print(measure(texts, Path(out), jobs), flush=True)


if __name__ == "__main__":
    main()
