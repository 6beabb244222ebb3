"""The file of identities that the user edits: which names are one, which are not, what somebody is called.

    entity,same_as,different_from,name
    Vladimir Zelenski,Volodymyr Zelensky,,
    Jean Martin,,Jean-Marie Martin,
    per:vladimir-poutine,,,Vladimir Vladimirovitch Poutine

Cells are names, or identifiers of the entities table; `@` and a document behind either mean that document only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

COLUMNS = ("entity", "same_as", "different_from", "name")
_DELIMITERS = ";,\t"


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """One line: the entity, and what it is the same as, different from or called; `where` names file and line."""

    where: str
    entity: str
    same_as: str = ""
    different_from: str = ""
    name: str = ""


def read_identities(path: Path) -> list[IdentityLine]:
    """The lines of a file of identities: CSV with commas, semicolons or tabs, UTF-8 or Windows-1252.

    Other columns are the user's own. Raises UsageError, naming file and line, where there is no such file, where a
    column is missing or where a line says nothing.
    """
    lines = _text(path).splitlines()
    delimiter = max(_DELIMITERS, key=(lines or [""])[0].count)
    reader = csv.reader(lines, delimiter=delimiter)
    head = [cell.strip().lower() for cell in next(reader, [])]
    if not {"entity"} < set(head) & set(COLUMNS):
        raise UsageError(
            f"{path}, line 1: expected the column entity and one or more of {', '.join(COLUMNS[1:])}; "
            f"got {', '.join(head) or 'nothing'}"
        )
    return [_line(f"{path}, line {number}", head, cells) for number, cells in _filled(reader)]


def _filled(reader: Any) -> Iterator[tuple[int, list[str]]]:
    for cells in reader:
        stripped = [" ".join(cell.split()) for cell in cells]
        if any(stripped) and not stripped[0].startswith("#"):
            yield reader.line_num, stripped


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); --identities expects a CSV file") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _line(where: str, head: list[str], cells: list[str]) -> IdentityLine:
    if len(cells) > len(head) and any(cells[len(head) :]):
        raise UsageError(f"{where}: expected {len(head)} cells ({', '.join(head)}), got {len(cells)}")
    said = {column: cell for column, cell in zip(head, cells, strict=False) if column in COLUMNS}
    if not said["entity"]:
        raise UsageError(f"{where}: expected a name or an identifier under entity; the cell is empty")
    if not any(said.get(column) for column in COLUMNS[1:]):
        raise UsageError(
            f"{where}: expected same_as, different_from or name to be filled for {said['entity']!r}; all are empty"
        )
    return IdentityLine(where, **said)
