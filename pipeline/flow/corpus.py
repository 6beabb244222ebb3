"""A whole folder down the line: what is new or changed is read, what has vanished forgotten, then the tables written.

Modules that are slow to import are imported where they are needed, so that a run that finds nothing new is short.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline import read as reads
from pipeline.errors import EngineError, UsageError
from pipeline.flow.digests import source_digest
from pipeline.flow.tasks import Part, Tasks, is_many
from pipeline.flow.work import Options, Work, keep
from pipeline.flow.writing import Output, Said, set_aside, write_tables
from pipeline.lexicon.confidence import MEASURED
from pipeline.read import ReadOptions, Source
from pipeline.read.names import is_url
from pipeline.records import Document
from pipeline.store import FILE_NAME, Ledger, Stored
from pipeline.write import DEFAULT

#: told of each document when it is done: the document, how many are done, how many there are
OnDocument = Callable[[Document, int, int], None]
#: child processes pay off from about this many bytes on, half a second of reading
_FEW_BYTES = 60_000
_MOST_BATCHED, _FEW_BATCHED = 16, 8


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended: how many documents were read in it, rows a table of the whole ledger, what failed, how fast.

    `unused` says which lines of the files of identities and corrections find nothing in the documents, `reviewed` how
    many rows are ok, corrected, added or removed by corrections, `kept` where tables are that somebody had edited.
    """

    documents: int
    rows: dict[str, int]
    failed: list[Document]
    unchanged: int
    seconds: float
    words_per_second: float
    out: Path
    skipped_files: int
    unused: tuple[str, ...] = ()
    reviewed: dict[str, int] = field(default_factory=dict)
    kept: tuple[Path, ...] = ()


def run(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    published: str | None = None,
    formats: Sequence[str] = DEFAULT,
    csv_dialect: str = "standard",
    headers: str = "names",
    max_characters: int = 2_000_000,
    undated: bool = False,
    fresh: bool = False,
    identities: str | Path | None = None,
    corrections: str | Path | None = None,
    confidence: str | Path | None = None,
    reading: ReadOptions = ReadOptions(),  # noqa: B008 (a frozen record)
    listed: str | Path | None = None,
    jobs: int | None = None,
    timeout: float = 300,
    engine: str = "local",
    scheduler: str | None = None,
    on_document: OnDocument | None = None,
) -> RunReport:
    """Read the documents of `paths` that are new or changed since the last run into `out`, and write all tables there.

    `-` among the paths is standard input, `listed` a file with more paths, one a line; `reading` is how files are
    read. `formats` are some of csv, json, jsonl, xlsx, sqlite, parquet, or « all »; `csv_dialect` is « standard » or
    « excel-fr », `headers` (« names » or « fr ») what stands above the columns in the spreadsheet. `undated` adds
    durations, frequencies and times of the day to the dates; `identities` is a CSV file that says which names are one
    person or organisation and which are not (README.md, Who is who), `corrections` one that says which rows are right,
    wrong or missing (README.md, Corrections); `confidence` is a file that `greffier evaluate --save` wrote, in the
    place of Greffier's own measurements. `jobs` processes (default: the cores; 1: none but this one, nor where there
    is little to read) share the work; the tables are the same whatever their number. There, a document that takes
    longer than `timeout` seconds fails. With `engine` « dask », paths may be URLs, and the work goes to the Dask
    cluster at the address `scheduler`, or to `jobs` processes of one made here.

    Raises UsageError where a path does not exist or holds nothing to read, or where `identities` or `corrections`
    is wrong, LexiconError where `confidence` is; StoreError and WriteError where `out` cannot be used or another
    run uses it; EngineError where no process can start, or Dask is not installed. What is wrong with one document
    is in its row and the report.
    """
    began = perf_counter()
    options = Options(published, max_characters, undated, Path(confidence) if confidence else MEASURED, reading)
    work = Work(options, options.mark(), jobs or _cores(), timeout)
    reads.check_published(published)
    output = Output.of(formats, csv_dialect, headers)
    said = Said.of(identities, corrections)
    skipped: list[Path] = []
    dask = _dask(engine, scheduler)
    sources = (dask or reads).discover(paths, skipped.append, reads.read_list(listed))
    sources[:] = _without(sources, (identities, corrections, confidence, listed))
    with Ledger(Path(out) / FILE_NAME, fresh=fresh) as ledger:
        kept = set_aside(ledger, Path(out))
        if vanished := ledger.files().difference(source.name for source in sources):
            ledger.forget(vanished)
        ledger.set_sources(*_told(paths, sources), reading.as_json())
        documents = words = 0
        if dask:
            found = dask.read(ledger, sources, work, Path(out), scheduler=scheduler, fresh=fresh)
        else:
            found = _read(ledger, sources, work)
        for document, done, total in found:
            documents += 1
            words += document.tokens or 0
            if on_document:
                on_document(document, done, total)
        sources.clear()  # a path a file, which writing does not need
        at_once = 1 if dask else work.jobs
        written = write_tables(ledger, Path(out), work.mark, output, said, jobs=at_once)
        failed, unchanged = ledger.failed(), ledger.count("documents") - documents
    seconds = perf_counter() - began
    return RunReport(
        documents=documents,
        rows=written.rows,
        failed=failed,
        unchanged=unchanged,
        seconds=seconds,
        words_per_second=words / seconds,
        out=Path(out),
        skipped_files=len(skipped),
        unused=written.unused,
        reviewed=written.reviewed,
        kept=tuple(kept),
    )


def _dask(engine: str, scheduler: str | None) -> Any:
    """The module that reads on a Dask cluster, None where the work is done here."""
    if engine not in ("local", "dask"):
        raise UsageError(f"no engine {engine!r}; there are: local, dask")
    if engine == "local":
        if scheduler:
            raise UsageError("--scheduler is an option of --engine dask; give both")
        return None
    try:
        return import_module("pipeline.flow.distributed")
    except ModuleNotFoundError as error:
        raise EngineError(f"--engine dask needs {error.name}: pip install 'greffier[dask]'") from error


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _without(sources: Sequence[Any], options: Iterable[str | Path | None]) -> list[Any]:
    """The files but for those that the caller gave to options, which may lie beside the documents."""
    given = {Path(path).absolute() for path in options if path is not None}
    return [source for source in sources if source.path not in given] if given else list(sources)


def _told(paths: Sequence[str | Path], sources: Sequence[Any]) -> tuple[list[str], dict[str, str]]:
    """What a run was told to read and the file of each name, as the ledger keeps them; `-` is standard input."""
    is_file = {source.name: getattr(source, "raw", None) is None for source in sources}
    files = {s.name: _absolute(s.path) if is_file[s.name] else reads.STANDARD_INPUT for s in sources}
    return [_absolute(path) for path in paths if str(path) != reads.STANDARD_INPUT], files


def _absolute(path: str | Path) -> str:
    return str(path) if is_url(path) else str(Path(path).absolute())


def _is_new(source: Source, known: dict[str, str], most: int) -> bool:
    return source.name not in known or known[source.name] != source_digest(source, most)


def _read(ledger: Ledger, sources: Sequence[Source], work: Work) -> Iterator[tuple[Document, int, int]]:
    """Read what is new or changed and put each document in the ledger at once; gives them as they are done.

    With each comes how many are done, those included that have not changed, and how many there are as far as known.
    """
    known, most = ledger.known(work.mark, work.options.published), work.options.reading.most_bytes
    new = [source for source in sources if _is_new(source, known, most)]
    if not new:
        return
    tasks = Tasks(ledger, new, len(sources) - len(new), work)
    with closing(_stored(new, tasks, work)) as found:
        for one in found:
            for document in keep(ledger, [one], work):
                tasks.take(one)
                yield document, tasks.done, tasks.total


def _stored(new: Sequence[Source], tasks: Iterable[Source | Part], work: Work) -> Generator[Stored, None, None]:
    from pipeline.engine import Fault, outcomes  # noqa: PLC0415
    from pipeline.flow import reading  # noqa: PLC0415

    jobs = 1 if _is_little(new) else work.jobs
    read = reading.start(work.options)
    if jobs == 1:
        left = iter(tasks)
        while batched := list(islice(left, _MOST_BATCHED)):
            read.expect(batched)
            yield from map(read, batched)
        return
    reading.warm_up()
    batch = max(_FEW_BATCHED if is_many(new) else 1, min(_MOST_BATCHED, len(new) // (4 * jobs)))
    shared = outcomes(partial(reading.start, work.options), tasks, jobs=jobs, timeout=work.timeout, batch=batch)
    with closing(shared):
        for task, found in shared:
            yield reading.lost(task.name, found, reading.file_of(task)) if isinstance(found, Fault) else found


def _is_little(new: Sequence[Source]) -> bool:
    """Whether there is too little to read for child processes; looks at no more files than it takes to know."""
    total = 0
    for source in new:
        total += source.size()
        if total > _FEW_BYTES:
            return False
    return True
