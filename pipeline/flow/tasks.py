"""What is to be read in a run: a file where it is a document, and each document of a file that holds many.

Such files are opened here, by the process that hands out the work, so that each of their documents is a task of its
own: it has its time, and what it does to a process costs no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline import read as reading
from pipeline.errors import ReadError
from pipeline.fields import replace
from pipeline.flow.work import Options, Work
from pipeline.read import Source
from pipeline.records import Document
from pipeline.store import Ledger, Stored

#: spaCy's tokenizer takes the square of the time for what it cuts mark by mark, such as a word of nothing but `<`
_LONGEST_WORD = 50_000


class Part(NamedTuple):
    """A document of a file that holds many, read but for its facts, and the name of the file."""

    document: Document
    source: str

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document.document


@dataclass(slots=True)
class _File:
    """A file that may hold many: how many it holds, none where it is one; how many are in hand; whether that is all."""

    documents: int = 0
    in_hand: int = 0
    digest: str | None = None
    is_at_end: bool = False


class Tasks:
    """The tasks of the files of a run, one after the other; `done` and `total` count documents, as far as known."""

    def __init__(self, ledger: Ledger, new: Sequence[Source], unchanged: int, work: Work) -> None:
        """`new` are the files to read, `unchanged` says how many need not be."""
        self._ledger, self._new, self._work = ledger, new, work
        self._files: dict[str, _File] = {}
        self.done, self.total = unchanged, unchanged + len(new)

    def __iter__(self) -> Iterator[Source | Part]:
        for source in self._new:
            if reading.holds_many(source.path):
                yield from self._parts(source)
            else:
                yield source

    def take(self, one: Stored) -> None:
        """Be told that a document has been kept."""
        self.done += 1
        if (file := self._files.get(one.source)) is not None:
            file.in_hand -= 1
            self._finish(one.source, file)

    def _parts(self, source: Source) -> Iterator[Part]:
        """The documents of a file that an earlier run, which was stopped, has not read."""
        file = self._files[source.name] = _File()
        for part in parts(source, self._work.options):
            self.total += file.documents > 0
            file.documents += part.name != part.source
            file.digest = file.digest or part.document.sha256
            if self._is_read(part):
                self.done += 1
            else:
                file.in_hand += 1
                yield part
        file.is_at_end = True
        self._finish(source.name, file)

    def _is_read(self, part: Part) -> bool:
        digest, option = part.document.sha256, self._work.options.published
        return digest is not None and part.name != part.source and self._ledger.has_read(
            part.name, digest, fingerprint=self._work.mark, option=option
        )  # fmt: skip

    def _finish(self, source: str, file: _File) -> None:
        if file.is_at_end and not file.in_hand:
            del self._files[source]
        if file.is_at_end and not file.in_hand and file.documents:
            finish(self._ledger, source, file.documents, file.digest, self._work)


def is_many(sources: Sequence[Source]) -> bool:
    """Whether one of the files may hold several documents."""
    return any(reading.holds_many(source.path) for source in sources)


def finish(ledger: Ledger, source: str, documents: int, digest: str | None, work: Work) -> None:
    """Tell the ledger that a file that holds `documents` has been read."""
    ledger.finish(source, documents, digest, fingerprint=work.mark, option=work.options.published)


def parts(source: Source, options: Options) -> Iterator[Part]:
    """The documents of a file, without their facts; what cannot be read is one that says why. It never raises."""
    try:
        raw = source.read(options.reading.most_bytes)
    except ReadError as error:
        yield Part(unread(source.name, error), source.name)
        return
    for document in reading.documents_of(raw, source.path, source.name, options.published, options.reading):
        yield Part(bounded(document, options), source.name)


def unread(name: str, error: ReadError) -> Document:
    """The document of a file that cannot be opened."""
    return Document(document=name, status=error.status, message=str(error))


def bounded(document: Document, options: Options) -> Document:
    """The document, or where it or a word of it is too long, one that says so in its place."""
    if document.status != "ok":
        return document
    if len(document.text) > options.max_characters:
        limit = f"more than the limit of {options.max_characters:,}; split it, or raise --max-characters"
        return replace(document, status="failed", message=f"{len(document.text):,} characters, {limit}", text="")
    if (longest := max(map(len, document.text.split()), default=0)) > _LONGEST_WORD:
        message = f"{longest:,} characters without a space, more than {_LONGEST_WORD:,}: that is no text"
        return replace(document, status="failed", message=message, text="")
    return document
