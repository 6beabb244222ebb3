"""From the ledger to the files of the output folder, where anything has changed since they were written."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import EngineError
from pipeline.flow.digests import digest
from pipeline.flow.links import Links
from pipeline.records import TABLES
from pipeline.store import Ledger
from pipeline.write import Style, Tables, check_formats, check_style, write

_FEW_ROWS = 20_000  #: fewer are written in a second, without child processes
_LONG = 86_400.0  #: seconds that a child may take


class Written(NamedTuple):
    """What was written: how many rows a table has, and which corrections of identities name nothing."""

    rows: dict[str, int]
    unused: tuple[str, ...]


class Output(NamedTuple):
    """What is to be written: formats, each once, the dialect of CSV, and what stands above columns in spreadsheets."""

    formats: Sequence[str]
    dialect: str
    headers: str

    @classmethod
    def of(cls, formats: Sequence[str], dialect: str, headers: str) -> Output:
        """Raises UsageError where there is no such format, dialect or header."""
        check_style(Style(dialect, headers))
        return cls(check_formats(formats), dialect, headers)


def read_corrections(identities: str | Path | None) -> list[Any]:
    """The lines of the file of identities, none without a file; raises UsageError where a line is wrong."""
    if not identities:
        return []
    from pipeline import relate as relating  # noqa: PLC0415 (slow to import)

    return list(relating.read_corrections(Path(identities)))


def write_tables(
    ledger: Ledger,
    out: Path,
    mark: str,
    output: Output,
    sources: Iterable[Any],
    corrections: Sequence[Any] = (),
    *,
    jobs: int = 1,
) -> Written:
    """Settle who is who and write all tables; nothing where the very same files are there already.

    `mark` is the pipeline's fingerprint, `sources` say where documents are, `corrections` are the lines of the file of
    identities. With several `jobs`, each format of large tables is written by a process of its own. Raises UsageError
    where the corrections contradict each other, WriteError where a file cannot be written.
    """
    links = Links(sources, out)
    linked = links.mark() if "xlsx" in output.formats else ""
    options = [mark, *output, linked, hashlib.sha256(repr(corrections).encode()).hexdigest()]
    about = ledger.written()
    if about and about["options"] == options and about["files"] == _files(out, about["files"]):
        return Written(about["rows"], tuple(about["unused"]))
    from pipeline.flow.identities import Settled  # noqa: PLC0415 (slow to import)

    settled = Settled(ledger, corrections)
    ledger.put("entities", settled.entities)
    _sweep(out)
    rows = {table: ledger.count(table) for table in TABLES}
    at_once = jobs > 1 and sum(rows.values()) > _FEW_ROWS
    formats, style = output.formats, Style(output.dialect, output.headers, links)
    paths = _write_at_once(ledger, settled, out, formats, style) if at_once else write(settled, out, formats, style)
    files = _files(out, [path.name for path in paths])
    about = {"options": options, "files": files, "rows": rows, "unused": settled.unused}
    digests = {name: digest(out / name) for name in files}
    ledger.set_written({**about, "digests": digests, "identities": [asdict(line) for line in corrections]})
    return Written(rows, settled.unused)


def as_written(ledger: Ledger) -> Tables | None:
    """The tables as the last run wrote them; None where documents have changed since."""
    from pipeline.flow.identities import Settled  # noqa: PLC0415 (slow to import)
    from pipeline.relate.corrections import Correction  # noqa: PLC0415

    about = ledger.written()
    return Settled(ledger, [Correction(**line) for line in about["identities"]]) if about else None


def _write_at_once(ledger: Ledger, settled: Any, out: Path, formats: Sequence[str], style: Style) -> list[Path]:
    """All formats, each by a child, and here what a child could not write, be it to say why."""
    from pipeline.engine import CAN_FORK, Fault, outcomes  # noqa: PLC0415 (only large runs need it)

    parent = os.getpid()

    def start() -> Callable[[str], list[Path]]:
        tables = _Attended(settled.over(Ledger.frozen(ledger.path)), parent)
        return lambda name: write(tables, out, [name], style)

    ledger.settle()
    found = outcomes(start, formats, jobs=len(formats), timeout=_LONG, batch=1) if CAN_FORK else ()
    done = {name: paths for name, paths in found if not isinstance(paths, Fault)}
    left = [name for name in formats if name not in done]
    return [path for paths in (*done.values(), write(settled, out, left, style)) for path in paths]


class _Attended:
    """Tables whose rows come only as long as the parent lives, which keeps the ledger from others.

    A file that an orphan writes is not finished, so that it cannot take the place of one of the next run.
    """

    def __init__(self, tables: Tables, parent: int) -> None:
        self._tables, self._parent = tables, parent

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table. Raises EngineError where the parent is gone, at the latest behind the last one."""
        for row in chain(self._tables.rows(table), [None]):
            if os.getppid() != self._parent:
                raise EngineError(f"process {self._parent} has ended")
            if row is not None:
                yield row


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
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
