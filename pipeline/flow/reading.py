"""One file through the line, to what the ledger keeps of it: what a process does, be it a child or not."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from pipeline import read as reading
from pipeline.errors import ReadError
from pipeline.flow.digests import digest, digest_of
from pipeline.flow.document import Tables, facts_of, load, prepared
from pipeline.flow.work import Options
from pipeline.lexicon import load_rules
from pipeline.lexicon.rules import RULES
from pipeline.read.document import document_of
from pipeline.records import Document
from pipeline.store import Stored, stored

_LOG = logging.getLogger(__name__)
_SHORT = 40_000  #: characters of the files that are prepared together


def warm_up() -> None:
    """Make all that is made at the first use of it, by reading an example of each kind of rule: children share it."""
    examples = (rule.examples[0]["text"] for path in sorted(RULES.glob("*.toml")) for rule in load_rules(path.stem)[:1])
    facts_of(Document(document="examples", text="\n\n".join(examples)))


def start(options: Options) -> Reader:
    """Load the model, and give what reads one file after the other with these options."""
    load()
    return Reader(options)


class Reader:
    """Reads a file, to what the ledger keeps of it; never raises.

    Of the files that it is told to expect, short ones are prepared together (`prepared`), a few at a time.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._expected: deque[reading.Source] = deque()
        self._ready: dict[str, tuple[Document, Any]] = {}

    def expect(self, sources: Iterable[reading.Source]) -> None:
        """Be told which files come next, in their order."""
        self._expected = deque(sources)
        self._ready.clear()

    def __call__(self, source: reading.Source) -> Stored:
        """What the ledger keeps of a file."""
        if source.name not in self._ready:
            self._prepare(source)
        read, doc = self._ready.pop(source.name)
        document, tables = _facts_or_reason(read, self._options, doc)
        return stored(document, tables, read.sha256 or digest(source.path))

    def _prepare(self, source: reading.Source) -> None:
        """Read a file, and those expected behind it while all of them are short."""
        found = {source.name: self._read(source)}
        if self._expected and self._expected[0] == source:
            self._expected.popleft()
        left = _SHORT
        while self._expected and (left := left - len(found[source.name].text)) > 0:
            source = self._expected.popleft()
            found.setdefault(source.name, self._read(source))
        usable = {name: read for name, read in found.items() if read.status == "ok" and len(read.text) <= _SHORT}
        docs: list[Any] = []
        with suppress(Exception):  # whatever a document sets off, it does so again when its turn comes
            docs = prepared(usable.values())
        made = dict(zip(usable, docs, strict=bool(docs)))
        self._ready = {name: (read, made.get(name)) for name, read in found.items()}

    def _read(self, source: reading.Source) -> Document:
        return _document(source.name, lambda: reading.read(source.path, source.name, self._options.published))


def lost(name: str, why: str) -> Stored:
    """A file whose reading ended its process; it is tried again at the next run."""
    return stored(Document(document=name, status="failed", message=why), {})


def stored_bytes(options: Options, path: PurePath, name: str, raw: bytes | ReadError) -> Stored:
    """What the ledger keeps of a file whose bytes, or what is wrong with it, are known; it never raises."""
    document = _document(name, lambda: document_of(_given(raw), path, name, options.published))
    return stored(*_facts_or_reason(document, options), digest_of(raw))


def _given(raw: bytes | ReadError) -> bytes:
    if isinstance(raw, ReadError):
        raise raw
    return raw


def _document(name: str, read: Callable[[], Document]) -> Document:
    try:
        return read()
    except ReadError as error:
        return Document(document=name, status=error.status, message=str(error))


def _facts_or_reason(document: Document, options: Options, doc: Any = None) -> tuple[Document, Tables]:
    """A document that can be read with its facts, any other with its message and none; `doc` as for `facts_of`."""
    if document.status != "ok":
        return document, {}
    if len(document.text) > options.max_characters:
        message = (
            f"{len(document.text):,} characters, more than the limit of {options.max_characters:,}; "
            "split it, or raise --max-characters"
        )
        return replace(document, status="failed", message=message, text=""), {}
    try:
        return facts_of(document, undated=options.undated, measured=options.measured, doc=doc)
    except Exception as error:  # noqa: BLE001 - whatever a document sets off, the others keep their facts
        _LOG.debug("%s", document.document, exc_info=True)
        message = f"{type(error).__name__}: {error}; please report this as a fault of Greffier, with the document"
        return replace(document, status="failed", message=message), {}
