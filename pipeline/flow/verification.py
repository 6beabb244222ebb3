"""What has changed since a run: its sources are read again, and its ledger and tables compared with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from pipeline import read as reading
from pipeline.entries import clean
from pipeline.errors import ReadError, UsageError
from pipeline.flow.digests import digest_of
from pipeline.flow.edits import Finding, edits
from pipeline.read import ReadOptions
from pipeline.read.document import raw_bytes
from pipeline.read.names import is_url
from pipeline.records import Document
from pipeline.review import REVIEWED
from pipeline.store import Ledger, opened


class Verification(NamedTuple):
    """How many documents, rows and files of tables were checked, and what is not as it was."""

    documents: int
    rows: int
    files: int
    findings: list[Finding]


def verify(out: str | Path, paths: Sequence[str | Path] = ()) -> Verification:
    """Read every source of the run in `out` again, and check each row of its ledger and of its tables.

    The sources are where the run found them or, where `paths` are given, what `greffier run` would find there. Raises
    UsageError where `out` has no ledger or one of `paths` does not exist, StoreError where the ledger cannot be used.
    """
    with opened(out) as ledger:
        sources = _Sources(ledger, paths)
        documents = rows = 0
        findings: list[Finding] = []
        for document, placed in _by_document(ledger):
            documents, rows = documents + 1, rows + len(placed)
            findings += sources.findings(document, placed)
        files, edited = edits(ledger, Path(out))
        return Verification(documents, rows, files, [*findings, *sources.new(), *edited])


def _by_document(ledger: Ledger) -> Iterator[tuple[Document, list[tuple[str, Any]]]]:
    """Each document with its rows, each with the name of its table."""
    rows = merge(*(_named(ledger, table) for table in REVIEWED), key=_document)
    groups = groupby(rows, key=_document)
    head = next(groups, None)
    for document in ledger.rows("documents"):
        placed = list(head[1]) if head and head[0] == document.document else []
        if placed:
            head = next(groups, None)
        yield document, placed


def _named(ledger: Ledger, table: str) -> Iterator[tuple[str, Any]]:
    return ((table, row) for row in ledger.rows(table))


def _document(named: tuple[str, Any]) -> str:
    return str(named[1].document)


class _Sources:
    """The files of a run, as they are now."""

    def __init__(self, ledger: Ledger, paths: Sequence[str | Path]) -> None:
        self._readings, self._files = ledger.readings(), ledger.files()
        self._options = ReadOptions.from_json(ledger.reading())
        self._opened: tuple[str, bytes | ReadError, dict[str, str]] = ("", b"", {})
        self._now = _discovered(paths) if paths else _discovered_again(ledger.inputs())
        self._paths = self._now if paths else ledger.sources()

    def new(self) -> list[Finding]:
        """The files that the run did not find."""
        return [
            Finding("new", name, f"{path} was not there; the next run reads it")
            for name, path in sorted(self._now.items())
            if name not in self._files
        ]

    def findings(self, document: Document, rows: list[tuple[str, Any]]) -> list[Finding]:
        """What is not as it was in the source of a document, and in the rows that stand on it."""
        name = document.document
        source, digest, option = self._readings[name]
        if source not in self._paths:
            return [Finding("vanished", name, "the paths hold no such document"), *_misplaced(document.text, rows)]
        path = self._paths[source]
        if path == reading.STANDARD_INPUT:
            return list(_misplaced(document.text, rows))
        raw, texts = self._open(source, path, option)
        if isinstance(raw, ReadError):
            gone = [] if digest is None else [Finding(_absence(path), name, f"{path}: {raw}")]
            return [*gone, *_misplaced(document.text, rows)]
        text = texts.get(name, "")
        if digest_of(raw) != digest:
            lost = sum(1 for _ in _misplaced(text, rows))
            told = f"{lost:,} of its {len(rows):,} rows do not stand there any more"
            return [Finding("changed", name, f"{path} has changed since it was read; {told}")]
        if document.text and text != document.text:
            told = "this version of Greffier reads another text from the same bytes; run with --fresh"
            return [Finding("text", name, told), *_misplaced(document.text, rows)]
        return list(_misplaced(text, rows))

    def _open(self, source: str, path: str, option: str | None) -> tuple[bytes | ReadError, dict[str, str]]:
        """The bytes of a file and the texts of its documents; kept until another one is asked for."""
        if self._opened[0] != source:
            raw = _raw(path, self._options.most_bytes)
            texts = {} if isinstance(raw, ReadError) else _texts(raw, path, source, option, self._options)
            self._opened = source, raw, texts
        return self._opened[1:]


def _misplaced(text: str, rows: list[tuple[str, Any]]) -> Iterator[Finding]:
    for table, row in rows:
        if text[row.start_char : row.end_char] != row.text:
            where = f"[{row.start_char}:{row.end_char}]"
            yield Finding("row", f"{table}: {row.document} {where}", f"{row.text!r} does not stand there")


def _absence(path: str) -> str:
    return "unreadable" if is_url(path) or Path(path).exists() or Path(path).is_symlink() else "vanished"


def _raw(path: str, most: int) -> bytes | ReadError:
    if is_url(path):
        from pipeline.read.remote import fetch  # noqa: PLC0415 (needs fsspec)

        return fetch([path], most)[path]
    try:
        return raw_bytes(Path(path), most)
    except ReadError as error:
        return error


def _texts(raw: bytes, path: str, name: str, option: str | None, options: ReadOptions) -> dict[str, str]:
    """The texts of a file's documents as the reader gives them now, lone surrogates as in the ledger."""
    found = reading.documents_of(raw, PurePath(path), name, option, options)
    return {document.document: clean(document.text) for document in found}


def _discovered(paths: Sequence[str | Path]) -> Mapping[str, str]:
    """{name: path or URL} of what a run would find at `paths`."""
    if any(map(is_url, paths)):
        from pipeline.flow.distributed import discover  # noqa: PLC0415 (needs Dask)

        return {place.name: str(place.path) for place in discover(paths, lambda _: None)}
    return {source.name: source.file for source in reading.discover(paths)}


def _discovered_again(paths: Sequence[str]) -> Mapping[str, str]:
    """The same, none where nothing is left at the paths: then each of their documents has vanished."""
    try:
        return _discovered(paths)
    except UsageError:
        return {}
