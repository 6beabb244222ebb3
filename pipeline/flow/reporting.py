"""From the ledger of an output folder to the page that shows it."""

from __future__ import annotations

from pathlib import Path

from pipeline.flow.writing import Said, as_written, tables_of
from pipeline.report import check_language, write_page
from pipeline.store import opened
from pipeline.write.tables import replacing

FILE_NAME = "report.html"


def report(
    out: str | Path,
    to: str | Path | None = None,
    *,
    language: str = "fr",
    identities: str | Path | None = None,
) -> Path:
    """Write the page over all that a run put into `out`; returns its path, `out`/report.html unless `to` says another.

    `language` (fr, en) is that of its words. Rows, persons and organisations are those of the tables that the run
    wrote, or those that the file `identities` makes, without corrections. The same ledger gives the same bytes, and the
    file appears whole. Raises UsageError where `out` holds no ledger or there is no such language, WriteError where the
    page cannot be written.
    """
    check_language(language)
    path = Path(to) if to else Path(out) / FILE_NAME
    with opened(out) as ledger, replacing(path) as page:
        written = None if identities else as_written(ledger)
        tables = written or tables_of(ledger, Said.of(identities, None))
        write_page(tables, page, title=Path(out).resolve().name, language=language)
    return path
