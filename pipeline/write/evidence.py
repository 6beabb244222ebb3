"""The sentence that a row stands in, for people who look at the row without the document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from pipeline.records import TABLES, Document, Provenance
from pipeline.write.tables import Tables

#: the tables whose rows come with their sentence; of mentions, one a name, the facts made of them have it
EVIDENCED = tuple(t for t, kind in TABLES.items() if issubclass(kind, Provenance) and t != "mentions")
#: characters on each side: a sentence without end, such as a list, is cut between words
_MOST = 500
_CUT = "…"
_SPACE = re.compile(r"\s+")


class Evidence(NamedTuple):
    """A sentence on one line: what stands before the words of the row, these words, what stands behind them."""

    before: str
    words: str
    behind: str


def with_evidence(tables: Tables, table: str) -> Iterator[tuple[Any, Evidence | None]]:
    """The records of a table, each with its sentence; None in tables that have none, or without its document."""
    if table not in EVIDENCED:
        yield from ((record, None) for record in tables.rows(table))
        return
    documents = tables.rows("documents")
    document = next(documents, None)
    for record in tables.rows(table):
        # both come sorted by document
        while document is not None and document.document < record.document:
            document = next(documents, None)
        if document is not None and document.document == record.document:
            yield record, evidence(document, record)
        else:
            yield record, None


def evidence(document: Document, record: Provenance) -> Evidence:
    """The sentence of a record; those from the first to the last where it stands in several."""
    start, end, text = record.start_char or 0, record.end_char or 0, document.text
    starts = document.sentence_starts
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end)
    begin = starts[first] if first >= 0 else 0
    stop = starts[last] if last < len(starts) else len(text)
    return Evidence(
        _line(_from(text, begin, start)).lstrip(), _line(text[start:end]), _line(_until(text, end, stop)).rstrip()
    )


def _from(text: str, begin: int, start: int) -> str:
    if start - begin <= _MOST:
        return text[begin:start]
    return _CUT + text[start - _MOST : start].partition(" ")[2]


def _until(text: str, end: int, stop: int) -> str:
    if stop - end <= _MOST:
        return text[end:stop]
    return text[end : end + _MOST].rpartition(" ")[0] + _CUT


def _line(text: str) -> str:
    return _SPACE.sub(" ", text)
