"""The line on a Dask cluster: partitions of documents to Parquet on its workers, and from there into the ledger.

A partition's key says which documents it is of, what their bytes were and which pipeline read them: where a folder of
that name is there, the work is done, whoever did it. Only workers open the documents.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache, partial
from pathlib import Path, PurePath
from typing import NamedTuple

from pipeline import read as reading
from pipeline.engine import Fault
from pipeline.engine.cluster import deadline, results
from pipeline.errors import EngineError, ReadError, UsageError
from pipeline.flow.digests import digest_of
from pipeline.flow.document import load
from pipeline.flow.reading import lost, stored_bytes, warm_up
from pipeline.flow.tasks import finish
from pipeline.flow.work import Work, keep
from pipeline.read.document import raw_bytes
from pipeline.read.names import is_url
from pipeline.read.remote import discover_urls, fetch
from pipeline.read.sources import STANDARD_INPUT
from pipeline.records import Document
from pipeline.store import Ledger, Stored
from pipeline.store.partitions import FOLDER_NAME, has_partition, read_partition, sweep, write_partition

#: documents in a partition: at most, and so many partitions in a small corpus; the workers' number does not count, so
#: that another cluster finds the partitions of the one before
_MOST_DOCUMENTS, _LEAST_PARTITIONS = 1000, 32
#: a worker with several threads reads one partition at a time: a second thread would gain nothing
_ONE_AT_A_TIME = threading.Lock()


class Place(NamedTuple):
    """Where a document is, a path or a URL, and its name."""

    path: Path | str
    name: str


class Task(NamedTuple):
    """A document, and the SHA-256 of the bytes whose rows are in the ledger."""

    place: Place
    known: str | None


def discover(paths: Sequence[str | Path], on_skip: Callable[[Path], object], listed: Sequence[str] = ()) -> list[Place]:
    """The files at `paths` and URLs, and those `listed`, sorted by name.

    Raises UsageError where two have one name, and for standard input, which workers do not have.
    """
    if STANDARD_INPUT in paths:
        raise UsageError("standard input (-) is read by the local engine only; give a file that all workers see")
    local = [path for path in paths if not is_url(path)]
    files = [path for path in listed if not is_url(path)]
    sources = reading.discover(local, on_skip, files) if local or files else ()
    found = [Place(source.path, source.name) for source in sources]
    for url in (str(path) for path in (*paths, *listed) if is_url(path)):
        found += [Place(*document) for document in discover_urls(url).items()]
    named = {place.name: place for place in found}
    if twice := next((place for place in found if named[place.name] != place), None):
        raise UsageError(f"{twice.path} and {named[twice.name].path} have one name; give the folder above both")
    return [named[name] for name in sorted(named)]


def read(
    ledger: Ledger, places: Sequence[Place], work: Work, out: Path, *, scheduler: str | None, fresh: bool
) -> Iterator[tuple[Document, int, int]]:
    """Have new and changed documents read and put each partition in the ledger; gives them as they are done.

    With each comes how many are done, those included that have not changed, and how many there are as far as known. A
    file that holds many is one task. Partitions stay in `out`/partitions.
    """
    folder = (out / FOLDER_NAME).absolute()
    sweep(folder, everything=fresh)
    known = ledger.known(work.mark, work.options.published)
    tasks = [Task(place, known.get(place.name)) for place in places]
    size = min(_MOST_DOCUMENTS, -(-len(tasks) // _LEAST_PARTITIONS))
    parts = (tasks[at : at + size] for at in range(0, len(tasks), size))
    done, total = 0, len(tasks)
    with closing(results(partial(read_part, work, folder), parts, jobs=work.jobs, scheduler=scheduler)) as found:
        for part, key in found:
            rows = _rows(part, folder, key)
            documents = list(keep(ledger, rows, work))
            files = _finish(ledger, rows, work)
            done, total = done + len(part) - files, total + len(rows) - files
            for document in documents:
                done += 1
                yield document, done, total


def _finish(ledger: Ledger, rows: Sequence[Stored], work: Work) -> int:
    """Tell the ledger that all documents of these files have been kept; how many files they are of."""
    files: dict[str, list[Stored]] = defaultdict(list)
    for one in rows:
        files[one.source].append(one)
    for source, found in files.items():
        if found[0].document.document != source:
            digest = next((one.digest for one in found if one.digest), None)
            finish(ledger, source, len(found), digest, work)
    return len(files)


def _rows(part: Sequence[Task], folder: Path, key: str | None) -> list[Stored]:
    if isinstance(key, Fault):
        return [lost(part[0].place.name, key)]
    return read_partition(folder, key) if key else []


def read_part(work: Work, folder: Path, part: Sequence[Task]) -> str | None:
    """On a worker: the key of the partition that has the new and changed documents of `part`, None if there are none.

    Raises EngineError where this worker has not the pipeline that the run started with, StoreError where it cannot
    write.
    """
    with _ONE_AT_A_TIME:
        if work.options.mark() != work.mark:
            raise EngineError("a worker has another version of Greffier, its model or its lexicon; install the same")
        raw = _raw([task.place for task in part], work.options.reading.most_bytes)
        new = [task.place for task in part if task.known is None or task.known != digest_of(raw[task.place])]
        if not new:
            return None
        key = _key(work, {place.name: raw[place] for place in new})
        if not has_partition(folder, key):
            _make_ready()
            write_partition(folder, key, (one for place in new for one in _stored(work, place, raw[place])))
        return key


@cache
def _make_ready() -> None:
    """Load the model, and make what is made at first use, once a process: no document's time is spent on it."""
    load()
    warm_up()


def _raw(places: Sequence[Place], most: int) -> dict[Place, bytes | ReadError]:
    """The bytes of each file, or what is wrong with it."""
    fetched = fetch([place.path for place in places if isinstance(place.path, str)], most)
    return {p: fetched[p.path] if isinstance(p.path, str) else _local(p.path, most) for p in places}


def _local(path: Path, most: int) -> bytes | ReadError:
    try:
        return raw_bytes(path, most)
    except ReadError as error:
        return error


def _key(work: Work, raw: dict[str, bytes | ReadError]) -> str:
    contents = [(name, digest_of(found) or str(found)) for name, found in raw.items()]
    return hashlib.sha256(json.dumps([work.mark, work.options.published, contents]).encode()).hexdigest()[:32]


def _stored(work: Work, place: Place, raw: bytes | ReadError) -> Iterator[Stored]:
    """The documents of a file; each has its time."""
    found = stored_bytes(work.options, PurePath(place.path), place.name, raw)
    while True:
        with deadline(work.timeout):
            one = next(found, None)
        if one is None:
            return
        yield one
