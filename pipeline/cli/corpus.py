"""The command `run`: a folder of documents to tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.cli.printing import SOME_FAILED, STOPPED, print_table
from pipeline.cli.progress import progress
from pipeline.records import row

if TYPE_CHECKING:
    from pipeline.flow.corpus import RunReport


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH", help="Files, folders or quoted patterns; - is standard input.", show_default=False
        ),
    ] = None,
    *,
    listed: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="A list of more paths, one a line; - is standard input."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the tables and the ledger.")] = Path("outputs"),
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Date of the documents that say none: 2025, 2025-03 or 2025-03-28."),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="LIST", help="Some of csv, json, jsonl, xlsx, sqlite, parquet, with commas; or all."
        ),
    ] = "csv,json,jsonl",
    csv: Annotated[
        Literal["standard", "excel-fr"], typer.Option(help="excel-fr: semicolons and decimal commas.")
    ] = "standard",
    headers: Annotated[
        Literal["names", "fr"], typer.Option(help="What stands above the columns in XLSX: fr: French titles.")
    ] = "names",
    text_field: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Field of JSON, JSONL or CSV that is the text.", show_default="a guess"),
    ] = None,
    title_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Field that is the title.", show_default="a guess")
    ] = None,
    date_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Field that is the date of publication.", show_default="a guess")
    ] = None,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Also read documents that are not in French.")
    ] = False,
    max_megabytes: Annotated[float, typer.Option(min=0.001, help="Larger files are marked failed.")] = 64,
    max_characters: Annotated[int, typer.Option(min=1, help="Longer documents are marked failed.")] = 2_000_000,
    undated: Annotated[
        bool, typer.Option("--undated", help="Also put durations, frequencies and times of day among the dates.")
    ] = False,
    identities: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV that says which names are one person or organisation, and which not."),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What `greffier corrections import` kept of a review of the tables."),
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

    if not paths and listed is None:
        raise typer.BadParameter("give files, folders, - or --from FILE", param_hint="PATH")
    reading = flow.ReadOptions(text_field, title_field, date_field, any_language, max_megabytes)
    with _stoppable(out), progress(quiet) as on_document:
        report = flow.run(
            paths or [],
            out,
            published=published,
            formats=[name.strip() for name in formats.split(",")],
            csv_dialect=csv,
            headers=headers,
            max_characters=max_characters,
            undated=undated,
            fresh=fresh,
            identities=identities,
            corrections=corrections,
            confidence=confidence,
            reading=reading,
            listed=listed,
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
    for path in report.kept:
        typer.echo(f"{path}: a table that was edited; greffier corrections import keeps what it says", err=True)
    for line in report.unused:
        typer.echo(line, err=True)
    for document in report.failed:
        typer.echo(f"{document.document}: {document.status}: {document.message}", err=True)
    raise typer.Exit(SOME_FAILED if report.failed else 0)


@contextmanager
def _stoppable(out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"greffier: stopped; {out} keeps what was read, and the same command goes on from there", err=True)
        raise typer.Exit(STOPPED) from None


def _summary(report: RunReport) -> dict[str, Any]:
    failed = [{name: row(document)[name] for name in ("document", "status", "message")} for document in report.failed]
    return {
        "documents": report.documents,
        "unchanged": report.unchanged,
        "failed": failed,
        "skipped_files": report.skipped_files,
        "rows": report.rows,
        "reviewed": report.reviewed,
        "seconds": round(report.seconds, 3),
        "words_per_second": round(report.words_per_second),
        "out": str(report.out),
    }


def _print_summary(report: RunReport) -> None:
    read = f"{report.documents:,} read, {report.unchanged:,} unchanged, {len(report.failed):,} failed"
    speed = f"{report.seconds:.1f} s, {report.words_per_second:,.0f} words a second"
    rows = [(table, f"{count:,}") for table, count in report.rows.items()]
    print_table(("table", "rows"), rows)
    typer.echo(f"\ndocuments: {read}")
    if any(report.reviewed.values()):
        typer.echo(f"review: {', '.join(f'{count:,} {what}' for what, count in report.reviewed.items())}")
    if report.skipped_files:
        typer.echo(f"other files, not read: {report.skipped_files:,}")
    typer.echo(f"time: {speed}\ntables: {report.out}")
