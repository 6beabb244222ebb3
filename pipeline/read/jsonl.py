"""JSON Lines: a JSON object a line, each a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.decode import decode
from pipeline.read.fields import contents
from pipeline.read.options import ReadOptions


def read(raw: bytes, options: ReadOptions) -> Iterator[Content | ReadError]:
    """A document for each line that is not blank; a line that is no JSON object is an error in its place."""
    text, encoding = decode(raw)
    lines = (line for line in text.split("\n") if line.strip())
    return contents(map(_value, lines), options, "application/jsonl", encoding)


def _value(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return ReadError(f"the line is no JSON: {error}")
