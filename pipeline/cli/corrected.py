"""The command `corrections import`: what a reviewer changed in a table, kept for later runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.printing import SOME_FAILED


def import_(
    file: Annotated[Path, typer.Argument(help="A table that was reviewed, saved as .csv, .xlsx or .ods.")],
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file of corrections.")] = Path("corrections.csv"),
    run: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="The run that the table is of.", show_default="the folder that it is in"),
    ] = None,
) -> None:
    """Keep what a reviewer changed in a table, for `greffier run --corrections FILE`.

    Under `review` stands ok (the row is right), wrong (it is no fact) or new values (country=TG; status=former); other
    cells may be edited in place, and a line without start_char adds a fact that is missing. Exit status 1 where a line
    cannot be kept.
    """
    from pipeline import flow  # noqa: PLC0415

    found = flow.import_corrections(file, to, run)
    said = ", ".join(f"{count:,} {what}" for what, count in found.counts.items()) or "nothing new"
    typer.echo(f"{file}: {said}\n{to}: {found.kept:,} corrections")
    for problem in found.problems:
        typer.echo(problem, err=True)
    raise typer.Exit(SOME_FAILED if found.problems else 0)
