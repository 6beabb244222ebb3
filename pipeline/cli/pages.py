"""The command `report`: a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def report(
    out: Annotated[Path, typer.Argument(help="Folder that `greffier run` wrote.")],
    *,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it.", show_default="OUT/report.html")
    ] = None,
    language: Annotated[Literal["fr", "en"], typer.Option(help="Language of the page.")] = "fr",
    identities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Other corrections than the run was given.")
    ] = None,
) -> None:
    """Write one HTML page that shows all documents and tables of a run.

    The page is one file that opens in any browser and asks nothing of the network.
    """
    from pipeline import flow  # noqa: PLC0415

    path = flow.report(out, to, language=language, identities=identities)
    typer.echo(f"page: {path}")
