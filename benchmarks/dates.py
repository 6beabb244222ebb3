"""Find dates with Greffier and with other libraries, side by side: how many, how right, how fast.

    python benchmarks/dates.py [--peers dateparser,edsnlp,recognizers] [--cases FILE] [--no-dates FILE] [--speed FOLDER]

The peers are optional; those that are not installed are named and skipped. Give them an environment of their own:

    python3 -m venv peers-venv
    peers-venv/bin/pip install -e '.[benchmark]'
    peers-venv/bin/python benchmarks/dates.py

All three install with Python 3.11. Recognizers-Text for Python (1.0.2a2) starts only with emoji 1, as the extra has it.

Cases are a table like tests/cases/dates.toml, or JSON lines: {"suite", "text", "reference", "expected": [{"start_char",
"end_char", "accepted": [{"date_start", "date_end"}]}]}, one table for each suite. The columns:

    gold          expressions whose days the case says; the others only keep rows from being false
    touched       of gold, the share that some row overlaps
    exact         of gold, the share with both days right in such a row; an end one day later is right too
    precision     of all rows on the cases, the share that overlaps an expression
    false alarms  rows on the sentences without dates, of which --no-dates is the list
    chars/s       of the documents of --speed, the seeds, since cases hold more dates than texts do; median of rounds in
                  which all systems take turns
    speed         characters a second as a multiple of Greffier's in the same round, median
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from cases import Case, Expression, read_cases, suite_of
from peers import PEERS, Find, Row, greffier

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "cases"
HEADER = ("system", "gold", "touched", "exact", "precision", "false alarms", "chars/s", "speed")
REFERENCE = "2025-03-28"
ROUNDS = 7
DOCUMENT = 3000  # characters: a long dispatch


@dataclass(slots=True)
class Tally:
    """What a system made of the cases: counts, named as the columns above."""

    gold: int = 0
    touched: int = 0
    exact: int = 0
    rows: int = 0
    right: int = 0
    false_alarms: int = 0


def touch(row: Row, expression: Expression) -> bool:
    return row[0] < expression.end_char and expression.start_char < row[1]


def spans(rows: Iterable[Row]) -> set[tuple[int, int]]:
    """Where rows stand: two readings of the same words are one."""
    return {(start, end) for start, end, _, _ in rows}


def score(find: Find, cases: Iterable[Case], no_dates: Iterable[str]) -> Tally:
    """What a system finds in the cases, and in sentences without dates."""
    tally = Tally()
    for case in cases:
        add(tally, find(case.text, case.reference), case.expected)
    tally.false_alarms = sum(len(spans(find(text, REFERENCE))) for text in no_dates)
    return tally


def add(tally: Tally, rows: list[Row], expected: tuple[Expression, ...]) -> None:
    """Count the rows of one case."""
    for expression in expected:
        near = [row for row in rows if touch(row, expression)]
        tally.gold += bool(expression.accepted)
        tally.touched += bool(near and expression.accepted)
        tally.exact += any((first, last) in expression.accepted for _, _, first, last in near)
    tally.rows += len(spans(rows))
    tally.right += len(spans(row for row in rows if any(touch(row, expression) for expression in expected)))


def documents(folder: Path) -> list[str]:
    """The texts of a folder, put together to documents of one length."""
    joined = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    return [joined[start : start + DOCUMENT] for start in range(0, len(joined), DOCUMENT)]


def clock(systems: dict[str, Find], texts: list[str]) -> dict[str, list[float]]:
    """The seconds of each system for the texts, round by round; in a round all systems take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for _ in range(ROUNDS):
        for name, find in systems.items():
            started = time.perf_counter()
            for text in texts:
                find(text, REFERENCE)
            seconds[name].append(time.perf_counter() - started)
    return seconds


def measure(
    systems: dict[str, Find], cases: list[Case], no_dates: list[str], texts: list[str]
) -> Iterator[tuple[str, ...]]:
    """A line of cells for each system. Scoring comes first, so that each has loaded all it needs when time counts."""
    tallies = {name: score(find, cases, no_dates) for name, find in systems.items()}
    seconds = clock(systems, texts)
    for name, tally in tallies.items():
        shares = [tally.touched / tally.gold, tally.exact / tally.gold, tally.right / max(tally.rows, 1)]
        pace = sum(map(len, texts)) / median(seconds[name])
        speed = median(ours / its for ours, its in zip(seconds["greffier"], seconds[name], strict=True))
        counts = [str(tally.gold), *(f"{share:.3f}" for share in shares), str(tally.false_alarms)]
        yield name, *counts, f"{pace:,.0f}".replace(",", " "), f"{speed:.3f}"


def markdown(lines: list[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a table, its header first, with columns of even width."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in (lines[0], tuple("-" * width for width in widths), *lines[1:]):
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


def installed(peers: Iterable[str]) -> dict[str, Find]:
    """Greffier and those of the peers that can be loaded; says which cannot."""
    systems = {"greffier": greffier()}
    for name in peers:
        load, command = PEERS[name]
        try:
            systems[name] = load()
        except ImportError as error:
            print(f"{name} skipped ({error}). To install it: {command}")
    return systems


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers", default=",".join(PEERS), help="some of %(default)s, with commas")
    parser.add_argument("--cases", type=Path, default=OWN / "dates.toml", help="TOML or JSONL")
    parser.add_argument("--no-dates", type=Path, default=OWN / "no_dates.toml", help="TOML: sentences = [...]")
    parser.add_argument("--speed", type=Path, default=ROOT / "seeds", help="folder of .txt")
    options = parser.parse_args()
    peers = [name for name in options.peers.split(",") if name]
    if unknown := sorted(set(peers) - set(PEERS)):
        parser.error(f"no such peer: {', '.join(unknown)}; there are: {', '.join(PEERS)}")
    systems = installed(peers)
    no_dates = tomllib.loads(options.no_dates.read_text("utf-8"))["sentences"]
    texts = documents(options.speed)
    for suite, cases in groupby(read_cases(options.cases), key=suite_of):
        print(f"\n{suite}\n", *markdown([HEADER, *measure(systems, list(cases), no_dates, texts)]), sep="\n")


if __name__ == "__main__":
    main()
