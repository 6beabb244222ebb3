"""JSON: an object is a document; an array of objects, or an object with one such array in it, holds many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.decode import decode
from pipeline.read.fields import contents
from pipeline.read.options import ReadOptions

_MEDIA_TYPE = "application/json"


def read(raw: bytes, options: ReadOptions) -> Content | Iterator[Content | ReadError]:
    """The document that an object is, or those of an array. Raises ReadError where it is no JSON, or has no text."""
    text, encoding = decode(raw)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"no JSON: {error}") from error
    listed = _listed(value)
    if listed is not None:
        return contents(listed, options, _MEDIA_TYPE, encoding)
    found = next(contents([value], options, _MEDIA_TYPE, encoding))
    if isinstance(found, ReadError):
        raise found
    return found


def _listed(value: Any) -> list[Any] | None:
    """The array that holds the documents, None where the value itself is the document."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(one, dict) for one in v)]
    long = any(isinstance(v, str) and len(v) > 200 for v in value.values())
    return lists[0] if len(lists) == 1 and not long else None
