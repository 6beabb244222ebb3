"""CSV word lists: a header line, then one word or name a line; lines that begin with # are comments."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from pipeline.errors import LexiconError
from pipeline.lexicon.fold import fold

WORDS = Path(__file__).parent / "words"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of `words/<name>.csv` as dicts of strings; the first column must be filled.

    Raises LexiconError where the list does not exist or a line has other cells than the header says.
    """
    path = WORDS / f"{name}.csv"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in WORDS.glob("*.csv")))
        raise LexiconError(f"no word list {name!r} in {WORDS}; there are: {known}")
    return lines(path)


def lines(path: Path) -> tuple[dict[str, str], ...]:
    """The lines of a CSV file with a header and comments, as `rows` gives them; raises LexiconError likewise."""
    with path.open(encoding="utf-8", newline="") as handle:
        numbered = [(n, line) for n, line in enumerate(handle, 1) if line.strip() and not line.startswith("#")]
    found = csv.reader(line for _, line in numbered)
    columns = next(found, None)
    if columns is None:
        raise LexiconError(f"{path.name}: expected a header line, the names of the columns; there is no line")
    return tuple(_row(path, numbered[found.line_num - 1][0], columns, cells) for cells in found)


def _row(path: Path, number: int, columns: list[str], cells: list[str]) -> dict[str, str]:
    stripped = [cell.strip() for cell in cells]
    if len(cells) != len(columns) or not stripped[0]:
        raise LexiconError(
            f"{path.name}, line {number}: expected {len(columns)} cells ({', '.join(columns)}), the first one filled; "
            f"got {cells!r}"
        )
    return dict(zip(columns, stripped, strict=True))


@cache
def single_words(name: str) -> frozenset[str]:
    """The words of all forms of a word list, each by itself, folded."""
    return frozenset(word for form in mapping(name) for word in form.split())


@cache
def mapping(name: str, key: str = "form", value: str = "value") -> dict[str, str]:
    """{folded form: value} of a word list; the first line wins where a form stands twice."""
    found: dict[str, str] = {}
    for entry in rows(name):
        found.setdefault(fold(entry[key]), entry[value])
    return found
