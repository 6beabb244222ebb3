"""What is told of a run on its way: a bar on a terminal, a line a document elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from pipeline.records import Document

if TYPE_CHECKING:
    from pipeline.flow.corpus import OnDocument


@contextmanager
def progress(quiet: bool) -> Iterator[OnDocument | None]:
    """What is told of each document: a bar on a terminal, a line each elsewhere, nothing if `quiet`."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as on_document:
            yield on_document
    else:
        yield _line


def _line(document: Document, done: int, total: int) -> None:
    typer.echo(f"{done}/{total} {document.document} {document.status}", err=True)


@contextmanager
def _bar() -> Iterator[OnDocument]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    described = TextColumn("{task.description}", markup=False)
    shown = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), described)
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("loading the model", total=None)

        def on_document(document: Document, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, description=document.document)

        yield on_document
