"""CSV: the first line names the columns, each line behind it is a document."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.decode import decode
from pipeline.read.fields import contents
from pipeline.read.options import ReadOptions

_DELIMITERS = ",;\t|"


def read(raw: bytes, options: ReadOptions) -> Iterator[Content | ReadError]:
    """A document for each record. Raises ReadError where there is no record."""
    text, encoding = decode(raw)
    csv.field_size_limit(sys.maxsize)
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = _lines(text, delimiter)
    head = next((line for line in lines if isinstance(line, list)), [])
    return contents(_records(head, lines), options, "text/csv", encoding)


def _lines(text: str, delimiter: str) -> Iterator[list[str] | ReadError]:
    """The lines that are not blank, each as its cells."""
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            line = next(found)
        except StopIteration:
            return
        except csv.Error as error:
            yield ReadError(f"the line is no CSV: {error}")
        else:
            if any(cell.strip() for cell in line):
                yield line


def _records(head: list[str], lines: Iterator[list[str] | ReadError]) -> Iterator[Any]:
    names = [name.strip() for name in head]
    return (line if isinstance(line, ReadError) else dict(zip(names, line, strict=False)) for line in lines)
