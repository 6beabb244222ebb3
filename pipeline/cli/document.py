"""The command `show`: one document in the terminal, its text with the mentions marked, and tables of its facts."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.printing import SOME_FAILED, print_table
from pipeline.glance import GLANCE
from pipeline.highlight import COLOURS, UNKNOWN, bracketed, runs
from pipeline.records import row

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.result import Facts

#: what no terminal may be sent: escape sequences of a document are none of the page
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\ufffd")


def show(
    file: Annotated[Path, typer.Argument(help="A document.")],
    *,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date of publication, where the document says none.")
    ] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Also durations, frequencies and times of day among the dates.")
    ] = False,
    table: Annotated[
        list[str] | None, typer.Option(metavar="TABLE", help="Only this table; may be given several times.")
    ] = None,
) -> None:
    """Show the text of one document with what was found in it marked, and its facts.

    In colour on a terminal; elsewhere, and with NO_COLOR, mentions stand in brackets: [Kofi Annan|PER].
    """
    from pipeline import flow  # noqa: PLC0415
    from pipeline.errors import ReadError, UsageError  # noqa: PLC0415

    if unknown := sorted({*(table or ())} - {*GLANCE}):
        raise UsageError(f"no table {', '.join(unknown)} to show; there are: {', '.join(GLANCE)}")
    if not file.exists():
        raise UsageError(f"there is no {file}; name a document")
    try:
        facts = flow.extract(file, published, undated=undated)
    except ReadError as error:
        typer.echo(f"{file}: {error.status}: {error}", err=True)
        raise typer.Exit(SOME_FAILED) from None
    _print(facts, table or list(GLANCE))
    if facts.document.status != "ok":
        typer.echo(f"{file}: {facts.document.status}: {facts.document.message}", err=True)
        raise typer.Exit(SOME_FAILED)


def _print(facts: Facts, tables: list[str]) -> None:
    from rich.console import Console  # noqa: PLC0415 (slow to import)

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())
    document = facts.document
    console.print(_safe(document.title or document.document), style="bold")
    console.print(
        _safe(" · ".join(filter(None, [document.document, document.published, document.language]))), style="dim"
    )
    console.print()
    console.print(_marked(facts, coloured=_coloured(console)))
    console.print(_legend(facts))
    for name in tables:
        if records := facts.records.get(name, ()):
            _print_table(name, records, console)


def _print_table(name: str, records: Any, console: Console) -> None:
    """Fitted to the width of a terminal; elsewhere a line a row, for other programs."""
    from rich.rule import Rule  # noqa: PLC0415

    head, rows = _cells(name, records)
    console.print()
    if console.is_terminal:
        console.print(Rule(f"{name} {len(rows)}", align="left", style="dim"))
        console.print(_table(head, rows))
    else:
        console.print(name)
        print_table(head, rows)


def _coloured(console: Console) -> bool:
    return console.color_system is not None and not console.no_color


def _safe(words: str) -> str:
    return words.translate(_CONTROLS)


def _marked(facts: Facts, *, coloured: bool) -> Text:
    """The text with its mentions in colour, or else in brackets."""
    from rich.text import Text  # noqa: PLC0415

    text, shown = facts.document.text, Text()
    if not coloured:
        return Text(_safe(bracketed(text, facts.spans())))
    for start, end, span in runs(len(text), facts.spans()):
        shown.append(_safe(text[start:end]), style=_style(span.label) if span else None)
    return shown


def _style(label: str) -> str:
    return f"bold {COLOURS.get(label, UNKNOWN).terminal}"


def _legend(facts: Facts) -> Text:
    """Each label that there is, in its colour, with how many mentions it has."""
    from rich.text import Text  # noqa: PLC0415

    numbers = Counter(span.label for span in facts.spans())
    labels = [label for label in (*COLOURS, *sorted(numbers.keys() - COLOURS.keys())) if numbers[label]]
    return Text("  ").join(Text(f"{label} {numbers[label]}", style=_style(label)) for label in labels)


def _cells(name: str, records: Any) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """What rows say at a glance, without columns in which none says anything, and the words that they stand on."""
    rows = [row(record) for record in records]
    said = [column for column in GLANCE[name] if any(cells[column] not in (None, (), "") for cells in rows)]
    head = (*said, "text")
    return head, [tuple(_safe(_cell(cells[column])) for column in head) for cells in rows]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in head:
        shown.add_column(column, style="italic" if column == "text" else "", overflow="fold")
    for cells in rows:
        shown.add_row(*cells)
    return shown


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())
