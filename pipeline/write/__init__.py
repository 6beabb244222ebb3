"""Room 7, store -> files. A new format is a file here, with a `write(tables, out, style)`, and a line below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.write import csv, json, jsonl, parquet, schema, sqlite, xlsx
from pipeline.write.csv import check_dialect
from pipeline.write.headings import check_headers
from pipeline.write.tables import Lists, Style, Tables

FORMATS = {
    "csv": csv.write,
    "json": json.write,
    "jsonl": jsonl.write,
    "xlsx": xlsx.write,
    "sqlite": sqlite.write,
    "parquet": parquet.write,
}
#: what is written where nobody says
DEFAULT = ("csv", "json", "jsonl")
ALL = "all"

__all__ = ["ALL", "DEFAULT", "FORMATS", "Lists", "Style", "Tables", "check_formats", "check_style", "write"]


def write(
    tables: Tables | Mapping[str, Iterable[Any]],
    out: str | Path,
    formats: Sequence[str] = DEFAULT,
    style: Style = Style(),  # noqa: B008 (a tuple, which nobody can change)
) -> list[Path]:
    """Write all tables to the folder `out` in each of `formats`, with CSV what its columns mean in datapackage.json.

    `tables` is a ledger, or {table: records}. The same records give the same bytes; each file appears whole. Returns
    the paths of the files. Raises UsageError where a format or a style does not exist, WriteError where a file cannot
    be written.
    """
    wanted = check_formats(formats)
    check_style(style)
    given: Tables = Lists(tables) if isinstance(tables, Mapping) else tables
    written = [path for name in wanted for path in FORMATS[name](given, Path(out), style)]
    return [*written, schema.write(Path(out), style.dialect)] if "csv" in wanted else written


def check_formats(formats: Sequence[str]) -> list[str]:
    """The formats that are meant, each once, in the order in which they are written; « all » is every one.

    Raises UsageError where there is no such format, or what it needs is not installed.
    """
    unknown = [name for name in formats if name not in FORMATS and name != ALL]
    if unknown:
        raise UsageError(f"no format {', '.join(map(repr, unknown))}; there are: {', '.join(FORMATS)}, {ALL}")
    wanted = [name for name in FORMATS if name in formats or ALL in formats]
    if "parquet" in wanted and not find_spec("pyarrow"):
        raise UsageError("the format parquet needs pyarrow: pip install 'greffier[parquet]'; or name other formats")
    return wanted


def check_style(style: Style) -> None:
    """Raises UsageError where there is no such dialect of CSV, or no such headers."""
    check_dialect(style.dialect)
    check_headers(style.headers)
