"""From the ledger to the files of the output folder, where anything has changed since they were written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.records import TABLES
from pipeline.store import Ledger
from pipeline.write import write


class Written(NamedTuple):
    """What was written: how many rows a table has, and which corrections of identities name nothing."""

    rows: dict[str, int]
    unused: tuple[str, ...]


def read_corrections(identities: str | Path | None) -> list[Any]:
    """The lines of the file of identities, none without a file; raises UsageError where a line is wrong."""
    if not identities:
        return []
    from pipeline import relate as relating  # noqa: PLC0415 (slow to import)

    return list(relating.read_corrections(Path(identities)))


def write_tables(ledger: Ledger, out: Path, mark: str, dialect: str, corrections: Sequence[Any] = ()) -> Written:
    """Settle who is who and write all tables; nothing where the very same files are there already.

    `mark` is the pipeline's fingerprint, `corrections` the lines of the file of identities. Raises UsageError where
    these contradict each other, WriteError where a file cannot be written.
    """
    options = [mark, dialect, hashlib.sha256(repr(corrections).encode()).hexdigest()]
    about = ledger.written()
    if about and about["options"] == options and about["files"] == _files(out, about["files"]):
        return Written(about["rows"], tuple(about["unused"]))
    from pipeline.flow.identities import Settled  # noqa: PLC0415 (slow to import)

    settled = Settled(ledger, corrections)
    ledger.put("entities", settled.entities)
    _sweep(out)
    paths = write(settled, out, csv_dialect=dialect)
    rows = {table: ledger.count(table) for table in TABLES}
    files = _files(out, [path.name for path in paths])
    ledger.set_written({"options": options, "files": files, "rows": rows, "unused": settled.unused})
    return Written(rows, settled.unused)


def _files(out: Path, names: Any) -> dict[str, Any]:
    """Size (bytes) and time of change (nanoseconds) of those files that are there."""
    found = {}
    for name in names:
        with suppress(OSError):
            status = (out / name).stat()
            found[name] = [status.st_size, status.st_mtime_ns]
    return found


def _sweep(out: Path) -> None:
    """Remove what a run that was killed while it wrote has left."""
    for left in out.glob(".*.new"):
        left.unlink(missing_ok=True)
