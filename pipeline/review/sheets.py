"""Tables read back from CSV and JSON files, whoever saved them: other delimiters, decimal commas, titles as header."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.review.rows import Row, as_row

_DELIMITERS = ",;\t"


class Line(NamedTuple):
    """A row, and the number of its line in the file (in a JSON file, of the record), from 1."""

    number: int
    row: Row


class Sheet(NamedTuple):
    """The rows of one table in a file, read as they are asked for."""

    path: Path
    table: str
    lines: Iterator[Line]


def sheet(path: Path, table: str) -> Sheet:
    """The rows of the file `path`, .csv or .json, as those of `table`. Raises UsageError where it cannot be read."""
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise UsageError(f"{path}: tables are read from files that end in {', '.join(READERS)}")
    return Sheet(path, table, read(path, table))


def _csv(path: Path, table: str) -> Iterator[Line]:
    with path.open(encoding=_encoding(path), errors="replace", newline="") as handle:
        head = handle.readline()
        lines = csv.reader(chain([head], handle), delimiter=max(_DELIMITERS, key=head.count))
        names = next(lines, [])
        before = lines.line_num
        for cells in lines:
            number, before = before + 1, lines.line_num
            if any(cells):
                yield Line(number, as_row(table, dict(zip(names, cells, strict=False))))


def _json(path: Path, table: str) -> Iterator[Line]:
    try:
        records = json.loads(path.read_bytes())
    except ValueError as error:
        raise UsageError(f"{path}: is no JSON ({error})") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise UsageError(f"{path}: expected an array of objects, as `greffier run` writes it")
    for number, record in enumerate(records, 1):
        yield Line(number, as_row(table, record))


def _encoding(path: Path) -> str:
    """UTF-8, if the whole file is that, else Windows-1252, which spreadsheets on Windows write."""
    try:
        with path.open(encoding="utf-8") as handle:
            while handle.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


#: what reads a table, by the suffix of its file
READERS = {".csv": _csv, ".json": _json}
