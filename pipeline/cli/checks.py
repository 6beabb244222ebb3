"""The commands that check: the lexicon's examples, what has changed since a run, how often rules are right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.printing import SOME_FAILED, print_table, report_failures

if TYPE_CHECKING:
    from pipeline.flow import Evaluation
    from pipeline.flow.scores import Share


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
    as_json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all that was measured to a JSON file.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the measurements for `greffier run --confidence FILE`.")
    ] = None,
) -> None:
    """Show how often tables and rules are right on documents that you annotated.

    strict: a row is right where all its annotated columns are; fuzzy: where it is the fact at all. In brackets, 95 %
    intervals over documents (bootstrap). Behind it the same for each rule, strict: `*` is the whole table, « at least »
    the lower bound of a 95 % interval. README.md says what the annotations look like.
    """
    from pipeline import flow  # noqa: PLC0415

    found = flow.evaluate(out, gold)
    print_table(("table", "measure", "annotated", "rows", "right", "precision", "recall", "F1"), _scores(found))
    typer.echo()
    print_table(
        ("table", "rule", "rows", "right", "precision", "at least"),
        [(m.table, m.rule, str(m.rows), str(m.right), f"{m.precision:.3f}", f"{m.lower:.3f}") for m in found.measured],
    )
    typer.echo(f"\ndocuments: {found.documents:,}")
    if as_json is not None:
        flow.save_json(found, as_json)
        typer.echo(f"scores: {as_json}")
    if save is not None:
        flow.save(found, save)
        typer.echo(f"measurements: {save}")


def _scores(found: Evaluation) -> list[tuple[str, ...]]:
    return [
        (
            s.table,
            s.measure,
            *(f"{n:,}" for n in (s.annotated, s.rows, s.right)),
            *map(_share, (s.precision, s.recall, s.f1)),
        )
        for s in found.scores
    ]


def _share(share: Share) -> str:
    return "" if share.value is None else f"{share.value:.3f} [{share.low:.3f}, {share.high:.3f}]"
