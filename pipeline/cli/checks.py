"""The commands that check: the lexicon's examples, where rows stand, how often rules are right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.printing import print_table, report_failures


def check() -> None:
    """Run every example and counter-example of every rule."""
    from pipeline import flow  # noqa: PLC0415

    report_failures(flow.check_lexicon(), "the lexicon: every example holds", "the lexicon")


def verify(out: Annotated[Path, typer.Argument(help="Folder that `greffier run` wrote.")]) -> None:
    """Check that rows stand where they say.

    For each row of each table: document text[start_char:end_char] is the text of the row.
    """
    from pipeline import flow  # noqa: PLC0415

    report_failures(flow.verify(out), f"{out}: every row stands where it says", str(out))


def evaluate(
    out: Annotated[Path, typer.Argument(help="Folder that `greffier run` wrote.")],
    gold: Annotated[Path, typer.Argument(help="Folder of annotated documents: 007.json for 007.txt.")],
    *,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the measurements for `greffier run --confidence FILE`.")
    ] = None,
) -> None:
    """Show how often each rule was right on documents that you annotated.

    A row is right where all its annotated columns are. `*` is the whole table; « at least » the lower bound of a 95 %
    interval. README.md says what the annotations look like.
    """
    from pipeline import flow  # noqa: PLC0415

    found = flow.evaluate(out, gold)
    print_table(
        ("table", "rule", "rows", "right", "precision", "at least"),
        [(m.table, m.rule, str(m.rows), str(m.right), f"{m.precision:.3f}", f"{m.lower:.3f}") for m in found.measured],
    )
    typer.echo(f"\ndocuments: {found.documents:,}")
    for table, facts in found.annotated.items():
        typer.echo(f"{table}: {found.found[table]:,} of {facts:,} annotated facts found")
    if save is not None:
        flow.save(found, save)
        typer.echo(f"measurements: {save}")
