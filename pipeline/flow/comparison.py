"""Two runs beside each other: which facts came, went or changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.flow.edits import rows_of
from pipeline.flow.writing import as_written
from pipeline.records import TABLES
from pipeline.review import READABLE, UNCOMPARED, Difference, Row, differences, sheet
from pipeline.store import opened


def diff(
    old: str | Path, new: str | Path, tables: Iterable[str] = (), *, everything: bool = False
) -> Iterator[tuple[str, Iterator[Difference]]]:
    """The facts that came, went or changed from the run in `old` to the run in `new`, a table and document at a time.

    The tables are read from the CSV or JSON files that are there, else from the ledger; `tables` names some of them.
    With `everything`, offsets, rules and confidence are compared as well. Raises UsageError where there is no such
    table, or a folder has none.
    """
    wanted = tuple(tables) or tuple(TABLES)
    if unknown := [table for table in wanted if table not in TABLES]:
        raise UsageError(f"no table {', '.join(unknown)}; there are: {', '.join(TABLES)}")
    uncompared = frozenset() if everything else UNCOMPARED
    with ExitStack() as stack:
        sides = [_Side(Path(out), stack) for out in (old, new)]
        for table in wanted:
            yield table, differences(table, sides[0].rows(table), sides[1].rows(table), uncompared)


class _Side:
    """The tables of an output folder."""

    def __init__(self, out: Path, stack: ExitStack) -> None:
        self._out = out
        self._written = None if any(map(self._file, TABLES)) else as_written(stack.enter_context(opened(out)))
        if not any(map(self._file, TABLES)) and self._written is None:
            raise UsageError(f"{out}: the tables are older than what was read; run again")

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, none where the others are there and this one is not."""
        if self._written is not None:
            return rows_of(self._written, table)
        file = self._file(table)
        return (line.row for line in sheet(file, table).lines) if file else iter(())

    def _file(self, table: str) -> Path | None:
        files = (self._out / f"{table}{suffix}" for suffix in READABLE)
        return next((file for file in files if file.is_file()), None)
