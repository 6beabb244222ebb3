"""One file through the line, to what the ledger keeps of it: what a process does, be it a child or not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from pipeline import read as reading
from pipeline.errors import ReadError
from pipeline.flow.digests import digest, digest_of
from pipeline.flow.document import Tables, facts_of, load
from pipeline.flow.work import Options
from pipeline.lexicon import load_rules
from pipeline.lexicon.rules import RULES
from pipeline.read.document import document_of
from pipeline.records import Document
from pipeline.store import Stored, stored

_LOG = logging.getLogger(__name__)


def warm_up() -> None:
    """Make all that is made at the first use of it, by reading an example of each kind of rule: children share it."""
    examples = (rule.examples[0]["text"] for path in sorted(RULES.glob("*.toml")) for rule in load_rules(path.stem)[:1])
    facts_of(Document(document="examples", text="\n\n".join(examples)))


def start(options: Options) -> Callable[[reading.Source], Stored]:
    """Load the model, and give the function that reads one file with these options; it never raises."""
    load()
    return partial(_stored, options)


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


def _stored(options: Options, source: reading.Source) -> Stored:
    read = _document(source.name, lambda: reading.read(source.path, source.name, options.published))
    document, tables = _facts_or_reason(read, options)
    return stored(document, tables, document.sha256 or digest(source.path))


def _document(name: str, read: Callable[[], Document]) -> Document:
    try:
        return read()
    except ReadError as error:
        return Document(document=name, status=error.status, message=str(error))


def _facts_or_reason(document: Document, options: Options) -> tuple[Document, Tables]:
    """A document that can be read with its facts, any other with its message and none."""
    if document.status != "ok":
        return document, {}
    if len(document.text) > options.max_characters:
        message = (
            f"{len(document.text):,} characters, more than the limit of {options.max_characters:,}; "
            "split it, or raise --max-characters"
        )
        return replace(document, status="failed", message=message, text=""), {}
    try:
        return facts_of(document, undated=options.undated, measured=options.measured)
    except Exception as error:  # noqa: BLE001 - whatever a document sets off, the others keep their facts
        _LOG.debug("%s", document.document, exc_info=True)
        message = f"{type(error).__name__}: {error}; please report this as a fault of Greffier, with the document"
        return replace(document, status="failed", message=message), {}
