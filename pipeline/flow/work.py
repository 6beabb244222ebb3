"""What the engines share: how documents are to be read, and how what came of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Document
from pipeline.store import Ledger, Stored


@dataclass(frozen=True, slots=True)
class Work:
    """How documents are to be read: the options of `run`; `mark` is the fingerprint of the pipeline with them."""

    published: str | None
    max_characters: int
    undated: bool
    measured: Path
    mark: str
    jobs: int
    timeout: float


def keep(ledger: Ledger, found: Iterable[Stored], work: Work) -> Iterator[Document]:
    """Put documents in the ledger, all of them together; gives them, without text.

    What could not be read, and could not at the last run, leaves the ledger as it is.
    """
    found = list(found)
    new = [one for one in found if one.digest or not ledger.holds(one, fingerprint=work.mark, option=work.published)]
    if new:
        ledger.keep_all(new, fingerprint=work.mark, option=work.published)
    return (one.document for one in found)
