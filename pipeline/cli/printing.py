"""What commands print alike, and how they end."""

from __future__ import annotations

from collections.abc import Sequence

import typer

SOME_FAILED, USAGE, STOPPED = 1, 2, 130


def report_failures(failures: list[str], all_good: str, what: str, called: str = "failed") -> None:
    """A line for each failure, or that there is none; ends the command with the status that says so."""
    for failure in failures:
        typer.echo(failure)
    typer.echo(f"{what}: {len(failures):,} {called}" if failures else all_good)
    raise typer.Exit(SOME_FAILED if failures else 0)


def print_table(head: tuple[str, ...], rows: Sequence[tuple[str | None, ...]]) -> None:
    """Columns side by side, numbers to the right; a head of empty strings is not printed."""
    lines = [head, *rows] if any(head) else rows
    cells = [[cell or "" for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (c.rjust(w) if c.replace(",", "").isdigit() else c.ljust(w) for c, w in zip(line, widths, strict=True))
        typer.echo("  ".join(padded).rstrip())
