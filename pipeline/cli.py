"""The command `greffier`: parse, call, print. The only file that prints.

Exit status: 0 all good, 1 some documents (examples, rows) failed, 2 the call itself was wrong, 130 stopped by Ctrl-C.
spaCy and all that is slow to import is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.errors import GreffierError
from pipeline.records import TABLES, Document, columns, row

if TYPE_CHECKING:
    from pipeline.flow.corpus import OnDocument, RunReport

SOME_FAILED, USAGE, STOPPED = 1, 2, 130

app = typer.Typer(
    name="greffier",
    help="From a folder of French documents to tables of facts, each with the words that prove it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lexicon = typer.Typer(help="The word lists and rules.", no_args_is_help=True)
app.add_typer(lexicon, name="lexicon")


def main() -> None:
    """Run the command line; errors that Greffier raises on purpose are a line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except GreffierError as error:
        typer.echo(f"greffier: {error}", err=True)
        sys.exit(USAGE)


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


@app.command()
def run(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders or quoted patterns: .txt, .md.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the tables and the ledger.")] = Path("outputs"),
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Date of the documents that say none: 2025, 2025-03 or 2025-03-28."),
    ] = None,
    csv: Annotated[
        Literal["standard", "excel-fr"], typer.Option(help="excel-fr: semicolons and decimal commas.")
    ] = "standard",
    max_characters: Annotated[int, typer.Option(min=1, help="Longer documents are marked failed.")] = 2_000_000,
    undated: Annotated[
        bool, typer.Option("--undated", help="Also put durations, frequencies and times of day among the dates.")
    ] = False,
    identities: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV that says which names are one person or organisation, and which not."),
    ] = None,
    confidence: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Measurements that `greffier evaluate --save` wrote, for the confidence."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes that share the work; 1: no child.", show_default="the cores")
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="A document that takes a child longer is marked failed.")
    ] = 300,
    engine: Annotated[
        Literal["local", "dask"], typer.Option(help="dask: on a cluster, and from URLs; see DISTRIBUTED.md.")
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A running Dask cluster: tcp://….", show_default="--jobs processes"),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget earlier runs; read every document again.")] = False,
) -> None:
    """Read documents and write the tables of their facts.

    Documents that have not changed since the last run into the same folder are not read again.
    """
    from pipeline import flow  # noqa: PLC0415

    with _stoppable(out), _progress(quiet) as on_document:
        report = flow.run(
            paths,
            out,
            published=published,
            csv_dialect=csv,
            max_characters=max_characters,
            undated=undated,
            fresh=fresh,
            identities=identities,
            confidence=confidence,
            jobs=jobs,
            timeout=timeout,
            engine=engine,
            scheduler=scheduler,
            on_document=on_document,
        )
    if as_json:
        typer.echo(json.dumps(_summary(report), ensure_ascii=False, indent=2))
    elif not quiet:
        _print_summary(report)
    for line in report.unused:
        typer.echo(line, err=True)
    for document in report.failed:
        typer.echo(f"{document.document}: {document.status}: {document.message}", err=True)
    raise typer.Exit(SOME_FAILED if report.failed else 0)


@app.command()
def dates(
    text: Annotated[str, typer.Argument(help="A French text.")],
    reference: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date of publication, which words such as « mardi » count from.")
    ] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Also durations, frequencies and times of day, which have no days.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print an array of JSON objects.")] = False,
) -> None:
    """Show the dates in a text and the days that they mean."""
    from pipeline.normalise.dates import find_dates  # noqa: PLC0415

    found = [row(date) for date in find_dates(text, reference, undated=undated)]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print_table(
            ("text", "from", "to", "EDTF", "TIMEX3"),
            [(d["text"], d["date_start"], d["date_end"], d["edtf"], d["value"]) for d in found],
        )


@lexicon.command("check")
def check() -> None:
    """Run every example and counter-example of every rule."""
    from pipeline import flow  # noqa: PLC0415

    _report_failures(flow.check_lexicon(), "the lexicon: every example holds", "the lexicon")


@app.command()
def verify(out: Annotated[Path, typer.Argument(help="Folder that `greffier run` wrote.")]) -> None:
    """Check that rows stand where they say.

    For each row of each table: document text[start_char:end_char] is the text of the row.
    """
    from pipeline import flow  # noqa: PLC0415

    _report_failures(flow.verify(out), f"{out}: every row stands where it says", str(out))


@app.command()
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
    _print_table(
        ("table", "rule", "rows", "right", "precision", "at least"),
        [(m.table, m.rule, str(m.rows), str(m.right), f"{m.precision:.3f}", f"{m.lower:.3f}") for m in found.measured],
    )
    typer.echo(f"\ndocuments: {found.documents:,}")
    for table, facts in found.annotated.items():
        typer.echo(f"{table}: {found.found[table]:,} of {facts:,} annotated facts found")
    if save is not None:
        flow.save(found, save)
        typer.echo(f"measurements: {save}")


@app.command()
def schema() -> None:
    """Show the tables and what their columns mean."""
    for table, kind in TABLES.items():
        typer.echo(f"{table}: {(kind.__doc__ or '').strip()}")
        _print_table(
            ("", "", ""),
            [(f"  {c.name}", c.type, c.description + (f" ({c.unit})" if c.unit else "")) for c in columns(kind)],
        )
        typer.echo()


def _report_failures(failures: list[str], all_good: str, what: str) -> None:
    for failure in failures:
        typer.echo(failure)
    typer.echo(f"{what}: {len(failures)} failed" if failures else all_good)
    raise typer.Exit(SOME_FAILED if failures else 0)


@contextmanager
def _stoppable(out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"greffier: stopped; {out} keeps what was read, and the same command goes on from there", err=True)
        raise typer.Exit(STOPPED) from None


@contextmanager
def _progress(quiet: bool) -> Iterator[OnDocument | None]:
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


def _summary(report: RunReport) -> dict[str, Any]:
    failed = [{name: row(document)[name] for name in ("document", "status", "message")} for document in report.failed]
    return {
        "documents": report.documents,
        "unchanged": report.unchanged,
        "failed": failed,
        "skipped_files": report.skipped_files,
        "rows": report.rows,
        "seconds": round(report.seconds, 3),
        "words_per_second": round(report.words_per_second),
        "out": str(report.out),
    }


def _print_summary(report: RunReport) -> None:
    read = f"{report.documents:,} read, {report.unchanged:,} unchanged, {len(report.failed):,} failed"
    speed = f"{report.seconds:.1f} s, {report.words_per_second:,.0f} words a second"
    rows = [(table, f"{count:,}") for table, count in report.rows.items()]
    _print_table(("table", "rows"), rows)
    typer.echo(f"\ndocuments: {read}")
    if report.skipped_files:
        typer.echo(f"other files, not read: {report.skipped_files:,}")
    typer.echo(f"time: {speed}\ntables: {report.out}")


def _print_table(head: tuple[str, ...], rows: Sequence[tuple[str | None, ...]]) -> None:
    """Columns side by side, numbers to the right; a head of empty strings is not printed."""
    lines = [head, *rows] if any(head) else rows
    cells = [[cell or "" for cell in line] for line in lines]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (c.rjust(w) if c.replace(",", "").isdigit() else c.ljust(w) for c, w in zip(line, widths, strict=True))
        typer.echo("  ".join(padded).rstrip())
