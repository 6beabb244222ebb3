"""The commands that show: the dates of a sentence, what the columns mean."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli.printing import print_table
from pipeline.records import TABLES, columns, row


def dates(
    text: Annotated[str, typer.Argument(help="A French text.")],
    reference: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date of publication, which words such as « mardi » count from.")
    ] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Also durations, frequencies and times of day, which have no days.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print an array of JSON objects.")] = False,
) -> None:
    """Show the dates in a text and the days that they mean."""
    from pipeline.normalise.dates import find_dates  # noqa: PLC0415

    found = [row(date) for date in find_dates(text, reference, undated=undated)]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_table(
            ("text", "from", "to", "EDTF", "TIMEX3"),
            [(d["text"], d["date_start"], d["date_end"], d["edtf"], d["value"]) for d in found],
        )


def schema() -> None:
    """Show the tables and what their columns mean."""
    for table, kind in TABLES.items():
        typer.echo(f"{table}: {(kind.__doc__ or '').strip()}")
        print_table(
            ("", "", ""),
            [(f"  {c.name}", c.type, c.description + (f" ({c.unit})" if c.unit else "")) for c in columns(kind)],
        )
        typer.echo()
