"""The command `diff`: two runs beside each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.printing import SOME_FAILED, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.review import Change, Difference

#: the sign and the colour of a line
_SIGNS = {"came": ("+", "green"), "went": ("-", "red"), "changed": ("~", "yellow")}
_COUNTED = ("same", "changed", "came", "went")


def diff(
    out1: Annotated[Path, typer.Argument(help="Folder that an earlier run wrote.")],
    out2: Annotated[Path, typer.Argument(help="Folder that a later run wrote.")],
    *,
    table: Annotated[
        list[str] | None, typer.Option(metavar="TABLE", help="Compare this table only; may be given again.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Also compare offsets, sentences, rules and confidence.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show which facts came (+), went (-) or changed (~) between two runs.

    Rows of a document are one fact by their words and cells, wherever they stand in it. Exit status 0: the same, 1:
    they differ, 2: they cannot be compared.
    """
    from pipeline import flow  # noqa: PLC0415

    changes: list[dict[str, Any]] = []

    def tell(name: str, change: Change) -> None:
        if as_json:
            changes.append({"table": name, **change._asdict()})
        else:
            _print_change(name, change)

    found = flow.diff(out1, out2, table or (), everything=everything)
    counts = {name: _counted(name, differences, tell) for name, differences in found}
    if as_json:
        typer.echo(json.dumps({"tables": counts, "changes": changes}, ensure_ascii=False, indent=2))
    else:
        rows = [(name, *(f"{count[kind]:,}" for kind in _COUNTED)) for name, count in counts.items()]
        print_table(("table", *_COUNTED), rows)
    differ = any(count[kind] for count in counts.values() for kind in _SIGNS)
    raise typer.Exit(SOME_FAILED if differ else 0)


def _counted(table: str, found: Iterator[Difference], tell: Callable[[str, Change], None]) -> dict[str, int]:
    """How many facts of a table are the same, came, went and changed; each that is not the same is told."""
    count = dict.fromkeys(_COUNTED, 0)
    for one in found:
        count["same"] += one.same
        for change in one.changes:
            count[change.kind] += 1
            tell(table, change)
    return count


def _print_change(table: str, change: Change) -> None:
    sign, colour = _SIGNS[change.kind]
    typer.secho(f"{sign} {table}: {change.told()}", fg=colour)
