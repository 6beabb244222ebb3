"""A whole folder down the line: what is new or changed is read, what has vanished forgotten, then the tables written.

Modules that are slow to import are imported where they are needed, so that a run that finds nothing new is short.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from pipeline import read as reads
from pipeline.errors import EngineError, UsageError
from pipeline.flow.digests import digest
from pipeline.flow.work import Options, Work, keep
from pipeline.flow.writing import read_corrections, write_tables
from pipeline.lexicon.confidence import MEASURED
from pipeline.read import Source
from pipeline.records import Document
from pipeline.store import FILE_NAME, Ledger, Stored
from pipeline.write import check_dialect

#: told of each document when it is done: the document, how many are done, how many there are
OnDocument = Callable[[Document, int, int], None]
#: child processes pay off from about this many bytes on, half a second of reading
_FEW_BYTES = 60_000
_MOST_BATCHED = 16


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended: how many documents were read in it, rows a table of the whole ledger, what failed, how fast.

    `unused` says which lines of the file of identities name nothing in the documents.
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


def run(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    published: str | None = None,
    csv_dialect: str = "standard",
    max_characters: int = 2_000_000,
    undated: bool = False,
    fresh: bool = False,
    identities: str | Path | None = None,
    confidence: str | Path | None = None,
    jobs: int | None = None,
    timeout: float = 300,
    engine: str = "local",
    scheduler: str | None = None,
    on_document: OnDocument | None = None,
) -> RunReport:
    """Read the documents of `paths` that are new or changed since the last run into `out`, and write all tables there.

    `undated` adds durations, frequencies and times of the day to the dates; `identities` is a CSV file that says which
    names are one person or organisation and which are not (README.md, Identities); `confidence` is a file that
    `greffier evaluate --save` wrote, in the place of Greffier's own measurements. `jobs` processes (default: the
    cores; 1: none but this one, nor where there is little to read) share the work; the tables are the same whatever
    their number. There, a document that takes longer than `timeout` seconds fails. With `engine` « dask », paths may be
    URLs, and the work goes to the Dask cluster at the address `scheduler`, or to `jobs` processes of one made here.
    Raises UsageError where a path does not exist or holds nothing to read, or where `identities` is wrong, LexiconError
    where `confidence` is; StoreError and WriteError where `out` cannot be used or another run uses it; EngineError
    where no process can start, or Dask is not installed. What is wrong with one document is in its row and the report.
    """
    began = perf_counter()
    options = Options(published, max_characters, undated, Path(confidence) if confidence else MEASURED)
    work = Work(options, options.mark(), jobs or _cores(), timeout)
    reads.check_published(published)
    check_dialect(csv_dialect)
    corrections = read_corrections(identities)
    skipped: list[Path] = []
    dask = _dask(engine, scheduler)
    sources: Sequence[Any] = (dask or reads).discover(paths, skipped.append)
    with Ledger(Path(out) / FILE_NAME, fresh=fresh) as ledger:
        if vanished := set(ledger.names()).difference(source.name for source in sources):
            ledger.forget(vanished)
        ledger.set_sources(map(_absolute, paths), {source.name: _absolute(source.path) for source in sources})
        documents = words = 0
        if dask:
            found = dask.read(ledger, sources, work, Path(out), scheduler=scheduler, fresh=fresh)
        else:
            found = _read(ledger, sources, work)
        for document, done in found:
            documents += 1
            words += document.tokens or 0
            if on_document:
                on_document(document, done, len(sources))
        written = write_tables(ledger, Path(out), work.mark, csv_dialect, corrections, jobs=1 if dask else work.jobs)
        failed = ledger.failed()
    seconds = perf_counter() - began
    return RunReport(
        documents=documents,
        rows=written.rows,
        failed=failed,
        unchanged=len(sources) - documents,
        seconds=seconds,
        words_per_second=words / seconds,
        out=Path(out),
        skipped_files=len(skipped),
        unused=written.unused,
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


def _absolute(path: str | Path) -> str:
    return str(path) if "://" in str(path) else str(Path(path).absolute())


def _is_new(source: Source, known: dict[str, str]) -> bool:
    return source.name not in known or known[source.name] != digest(source.path)


def _read(ledger: Ledger, sources: Sequence[Source], work: Work) -> Iterator[tuple[Document, int]]:
    """Read what is new or changed and put each document in the ledger at once; gives them as they are done.

    With each comes how many are done, those included that have not changed.
    """
    known = ledger.known(work.mark, work.options.published)
    new = [source for source in sources if _is_new(source, known)]
    if not new:
        return
    with closing(_stored(new, work)) as found:
        documents = (document for one in found for document in keep(ledger, [one], work))
        yield from zip(documents, count(len(sources) - len(new) + 1))


def _stored(new: Sequence[Source], work: Work) -> Generator[Stored, None, None]:
    from pipeline.engine import Fault, outcomes  # noqa: PLC0415
    from pipeline.flow import reading  # noqa: PLC0415

    jobs = 1 if _is_little(new) else work.jobs
    read = reading.start(work.options)
    if jobs == 1:
        for first in range(0, len(new), _MOST_BATCHED):
            read.expect(new[first : first + _MOST_BATCHED])
            yield from map(read, new[first : first + _MOST_BATCHED])
        return
    reading.warm_up()
    batch = max(1, min(_MOST_BATCHED, len(new) // (4 * jobs)))
    shared = outcomes(partial(reading.start, work.options), new, jobs=jobs, timeout=work.timeout, batch=batch)
    with closing(shared):
        for source, found in shared:
            yield reading.lost(source.name, found) if isinstance(found, Fault) else found


def _is_little(new: Sequence[Source]) -> bool:
    """Whether there is too little to read for child processes; looks at no more files than it takes to know."""
    total = 0
    for source in new:
        total += source.path.stat().st_size if source.path.is_file() else 0
        if total > _FEW_BYTES:
            return False
    return True
