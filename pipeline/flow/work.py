"""What the engines share: how documents are to be read, and how what came of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.flow.digests import fingerprint
from pipeline.lexicon.confidence import measurements
from pipeline.read import ReadOptions
from pipeline.read.libraries import versions
from pipeline.records import Document
from pipeline.store import Ledger, Stored


@dataclass(frozen=True, slots=True)
class Options:
    """What the rows of a document depend on beside its bytes; `published` only where the document says no date."""

    published: str | None
    max_characters: int
    undated: bool
    measured: Path
    reading: ReadOptions = field(default_factory=ReadOptions)

    def mark(self) -> str:
        """The fingerprint of the pipeline that is here with these options, but for `published`."""
        measured = tuple(measurements(self.measured).values())
        return fingerprint(self.max_characters, self.undated, measured, self.reading.mark(), tuple(versions()))


@dataclass(frozen=True, slots=True)
class Work:
    """How documents are to be read; `mark` is that of the options where the run began."""

    options: Options
    mark: str
    jobs: int
    timeout: float


def keep(ledger: Ledger, found: Iterable[Stored], work: Work) -> Iterator[Document]:
    """Put documents in the ledger, all of them together; gives them, without text.

    What could not be read, and could not at the last run, leaves the ledger as it is.
    """
    found, option = list(found), work.options.published
    new = [one for one in found if one.digest or not ledger.holds(one, fingerprint=work.mark, option=option)]
    if new:
        ledger.keep_all(new, fingerprint=work.mark, option=option)
    return (one.document for one in found)
