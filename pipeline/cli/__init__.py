"""The command `greffier`: parse, call, print. The only package that prints.

Exit status: 0 all good, 1 some documents (examples, rows) failed or differ, 2 the call itself was wrong, 130 stopped
by Ctrl-C.
spaCy and all that is slow to import is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import sys
from importlib.metadata import version
from types import SimpleNamespace
from typing import Annotated

import typer

from pipeline.cli.checks import check, evaluate, verify
from pipeline.cli.compared import diff
from pipeline.cli.corpus import run
from pipeline.cli.corrected import import_
from pipeline.cli.document import show
from pipeline.cli.pages import report
from pipeline.cli.printing import USAGE
from pipeline.cli.shown import dates, schema
from pipeline.errors import GreffierError

app = typer.Typer(
    name="greffier",
    help="From a folder of French documents to tables of facts, each with the words that prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
corrections = typer.Typer(help="What reviewers say of rows, kept for later runs.", no_args_is_help=True)
lexicon = typer.Typer(help="The word lists and rules.", no_args_is_help=True)
app.command()(run)
app.command()(show)
app.command()(dates)
app.command()(verify)
app.command()(diff)
app.command()(evaluate)
app.command()(report)
app.command()(schema)
app.add_typer(corrections, name="corrections")
corrections.command("import")(import_)
app.add_typer(lexicon, name="lexicon")
lexicon.command()(check)


#: new objects between two searches for garbage: loading makes a million, none of them garbage, and a tenth of its time
#: would go by in searching them
_OBJECTS = 50_000


def main() -> None:
    """Run the command line; errors that Greffier raises on purpose are a line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    gc.set_threshold(_OBJECTS)
    _leave_out_spacys_commands()
    try:
        app()
    except GreffierError as error:
        typer.echo(f"greffier: {error}", err=True)
        sys.exit(USAGE)


def _leave_out_spacys_commands() -> None:
    """Spare spaCy the import of its own command line, which takes 0.3 s and of which it shows one function, `info`.

    This process is a command of Greffier's, which has no use for it; where Greffier is imported, nothing is changed.
    """
    sys.modules.setdefault("spacy.cli.info", SimpleNamespace(info=None))  # type: ignore[arg-type]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"greffier {version('greffier')}")
        raise typer.Exit


@app.callback()
def greffier(
    wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """From a folder of French documents to tables of facts, each with the words that prove it."""
