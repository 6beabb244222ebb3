"""The commands that check: the lexicon's examples, what has changed since a run, how often rules are right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.printing import SOME_FAILED, print_table, report_failures


def check() -> None:
    """Run every example and counter-example of every rule."""
    from pipeline import flow  # noqa: PLC0415

    report_failures(flow.check_lexicon(), "the lexicon: every example holds", "the lexicon")


def verify(
    out: Annotated[Path, typer.Argument(help="Folder that `greffier run` wrote.")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]…", help="Where the documents are now, if not where the run found them."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check that all stands as the run left it: sources, ledger and tables.

    Every document is read again: its bytes, its text, and the words of each row at their place. Tables that somebody
    has edited are named with the cells that are other. Exit status 1 where anything differs.
    """
    from pipeline import flow  # noqa: PLC0415

    found = flow.verify(out, paths or ())
    if as_json:
        listed = [finding._asdict() for finding in found.findings]
        typer.echo(json.dumps({**found._asdict(), "findings": listed}, ensure_ascii=False, indent=2))
        raise typer.Exit(SOME_FAILED if listed else 0)
    lines = [f"{kind}: {where}: {message}" for kind, where, message in found.findings]
    checked = f"{found.documents:,} documents, {found.rows:,} rows and {found.files:,} files"
    report_failures(lines, f"{out}: {checked} are as the run left them", str(out), "differences")


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
