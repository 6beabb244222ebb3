"""From the ledger to the files of the output folder, where anything has changed since they were written."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.entries import Entry
from pipeline.errors import EngineError, WriteError
from pipeline.flow.digests import digest
from pipeline.flow.links import Links
from pipeline.records import TABLES
from pipeline.store import Ledger
from pipeline.write import Style, Tables, check_formats, check_style, write

if TYPE_CHECKING:
    from pipeline.flow.corrected import Corrected

_FEW_ROWS = 20_000  #: fewer are written in a second, without child processes
_LONG = 86_400.0  #: seconds that a child may take


class Written(NamedTuple):
    """What was written: how many rows a table has, which lines of the files name nothing, and what was corrected."""

    rows: dict[str, int]
    unused: tuple[str, ...]
    reviewed: dict[str, int]


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


class Said(NamedTuple):
    """What people say of what was found: the lines of the file of identities, and those of the file of corrections."""

    identities: Sequence[Any] = ()
    corrections: Sequence[Any] = ()

    @classmethod
    def of(cls, identities: str | Path | None, corrections: str | Path | None) -> Said:
        """Read both files, if there are any. Raises UsageError where one cannot be read or a line is wrong."""
        return cls(_identities(identities), _corrections(corrections))

    def plain(self) -> dict[str, Any]:
        """All lines as plain values, which JSON keeps."""
        from pipeline.review import plain  # noqa: PLC0415

        return {
            "identities": [asdict(line) for line in self.identities],
            "corrections": [*map(plain, self.corrections)],
        }

    @classmethod
    def unplain(cls, values: dict[str, Any]) -> Said:
        """What `plain` gave."""
        from pipeline.relate.identity_lines import IdentityLine  # noqa: PLC0415
        from pipeline.review import unplain  # noqa: PLC0415

        return cls([IdentityLine(**line) for line in values["identities"]], [*map(unplain, values["corrections"])])


def _identities(path: str | Path | None) -> Sequence[Any]:
    if not path:
        return ()
    from pipeline.relate import read_identities  # noqa: PLC0415 (slow to import)

    return read_identities(Path(path))


def _corrections(path: str | Path | None) -> Sequence[Any]:
    if not path:
        return ()
    from pipeline.review import read_corrections  # noqa: PLC0415

    return read_corrections(Path(path))


_NOTHING = Said()


def write_tables(
    ledger: Ledger,
    out: Path,
    mark: str,
    output: Output,
    said: Said = _NOTHING,
    *,
    jobs: int = 1,
) -> Written:
    """Settle who is who, correct what is `said` to be wrong and write all tables; nothing where they are there already.

    `mark` is the pipeline's fingerprint. With several `jobs`, each format of large tables is written by a process of
    its own. Raises UsageError where lines of the file of identities contradict each other, WriteError where a file
    cannot be written.
    """
    links = Links(ledger.sources() if "xlsx" in output.formats else {}, out)
    linked = links.mark() if "xlsx" in output.formats else ""
    options = [mark, *output, linked, hashlib.sha256(repr(said).encode()).hexdigest()]
    about = ledger.written()
    if about and about["options"] == options and about["files"] == _files(out, about["files"]):
        return Written(about["rows"], tuple(about["unused"]), about["reviewed"])
    tables = tables_of(ledger, said)
    ledger.put("entities", tables.entities)
    _sweep(out)
    rows = {table: ledger.count(table) + tables.more(table) for table in TABLES}
    at_once = jobs > 1 and sum(rows.values()) > _FEW_ROWS
    formats, style = output.formats, Style(output.dialect, output.headers, links)
    paths = _write_at_once(ledger, tables, out, formats, style) if at_once else write(tables, out, formats, style)
    files = _files(out, [path.name for path in paths])
    about = {"options": options, "files": files, "rows": rows, "unused": tables.unused, "reviewed": tables.counts}
    digests = {name: digest(out / name) for name in files}
    ledger.set_written({**about, "digests": digests, **said.plain()})
    return Written(rows, tables.unused, tables.counts)


def set_aside(ledger: Ledger, out: Path) -> list[Path]:
    """Keep files that somebody has changed since they were written: officials.csv as officials.edited.csv.

    Gives the paths of what was kept. Raises WriteError where one cannot be renamed.
    """
    about = ledger.written() or {"files": {}}
    now = _files(out, about["files"])
    edited = [n for n in now if now[n] != about["files"][n] and digest(out / n) != about["digests"][n]]
    return [_kept(out / name) for name in edited]


def _kept(path: Path) -> Path:
    names = (f"{path.stem}.edited{number}{path.suffix}" for number in chain([""], (f"-{n}" for n in count(2))))
    free = next(kept for name in names if not (kept := path.with_name(name)).exists())
    try:
        return path.rename(free)
    except OSError as error:
        raise WriteError(f"{path} was edited and cannot be kept as {free.name}: {error.strerror or error}") from error


def as_written(ledger: Ledger) -> Corrected | None:
    """The tables as the last run wrote them; None where documents have changed since."""
    about = ledger.written()
    return tables_of(ledger, Said.unplain(about)) if about else None


def tables_of(ledger: Ledger, said: Said) -> Corrected:
    """The tables of a ledger as people have them who say this: with its identities, and corrected."""
    from pipeline.flow.corrected import Corrected  # noqa: PLC0415 (slow to import)
    from pipeline.flow.identities import Settled  # noqa: PLC0415

    return Corrected(Settled(ledger, said.identities), said.corrections)


def _write_at_once(ledger: Ledger, written: Any, out: Path, formats: Sequence[str], style: Style) -> list[Path]:
    """All formats, each by a child, and here what a child could not write, be it to say why."""
    from pipeline.engine import CAN_FORK, Fault, outcomes  # noqa: PLC0415 (only large runs need it)

    parent = os.getpid()

    def start() -> Callable[[str], list[Path]]:
        tables = _Attended(written.over(Ledger.frozen(ledger.path)), parent)
        return lambda name: write(tables, out, [name], style)

    ledger.settle()
    found = outcomes(start, formats, jobs=len(formats), timeout=_LONG, batch=1) if CAN_FORK else ()
    done = {name: paths for name, paths in found if not isinstance(paths, Fault)}
    left = [name for name in formats if name not in done]
    return [path for paths in (*done.values(), write(written, out, left, style)) for path in paths]


class _Attended:
    """Tables whose rows come only as long as the parent lives, which keeps the ledger from others.

    A file that an orphan writes is not finished, so that it cannot take the place of one of the next run.
    """

    def __init__(self, tables: Tables, parent: int) -> None:
        self._tables, self._parent = tables, parent

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table. Raises EngineError where the parent is gone, at the latest behind the last one."""
        return self._attended(self._tables.rows(table))

    def entries(self, table: str) -> Iterator[Entry]:
        """The same as entries."""
        return self._attended(self._tables.entries(table))

    def _attended(self, found: Iterator[Any]) -> Iterator[Any]:
        for one in chain(found, [None]):
            if os.getppid() != self._parent:
                raise EngineError(f"process {self._parent} has ended")
            if one is not None:
                yield one


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
