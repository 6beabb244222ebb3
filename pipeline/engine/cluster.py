"""A Dask cluster, on this machine or on many: parts to its workers and results back, whatever becomes of a worker.

Dask itself gives what a dead worker was at to another one, and gives up only what has cost several workers. Such a part
is tried again here, task by task and with nothing else at its side: Dask blames a death on all that waited for the same
worker, and a task that ends its process is to cost no other its result.
"""

from __future__ import annotations

import faulthandler
import logging
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, get_worker, wait

from pipeline.engine.worker import Fault
from pipeline.errors import EngineError, GreffierError

#: how many workers a part may cost, that none waits at a busy worker, and that a worker which dies again while another
#: is started in its place is not taken for lost for ever; a cluster that others started has its own
_SETTINGS = {
    "distributed.scheduler.allowed-failures": 3,
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.deploy.lost-worker-timeout": "1 day",
}
_SECONDS_TO_CONNECT = 30
#: how long a cluster may be without any worker: one may just be started in the place of a dead one
_SECONDS_WITHOUT_WORKERS = 300
#: parts that are with the cluster at one time, for each of its threads
_AHEAD = 3

Part = Sequence[Any]


def results(
    work: Callable[[Part], Any], parts: Iterable[Part], *, jobs: int, scheduler: str | None
) -> Generator[tuple[Part, Any], None, None]:
    """Each part with what `work` gives for it, in the order in which they are done.

    `work` and its results are pickled. `scheduler` is the address of a cluster; without one, `jobs` processes of this
    machine are started, and ended when the iterator is closed. A part that costs worker after worker is split into
    single tasks, and one of those that still does has a Fault for a result. Raises EngineError where there are no
    workers, or where `work` raised; GreffierErrors of `work` come as they are.
    """
    with _client(jobs, scheduler) as client:
        yield from _results(client, work, iter(parts))


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End the worker's process where what stands inside takes longer than `seconds`; its nanny starts another.

    No exception could end what hangs in compiled code. Without a nanny, nothing would come after: there is no deadline.
    """
    if get_worker().nanny is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _client(jobs: int, scheduler: str | None) -> Iterator[Client]:
    if scheduler is None:
        with (
            dask.config.set(_SETTINGS),
            LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    with _connected(scheduler) as client:
        yield client


def _connected(scheduler: str) -> Client:
    try:
        client = Client(scheduler, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise EngineError(f"no scheduler answers at {scheduler}: {error}; start one with `dask scheduler`") from error
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
    except TimeoutError as error:
        client.close()
        raise EngineError(f"{scheduler} has no workers; start some with `dask worker {scheduler}`") from error
    return client


def _results(client: Client, work: Callable[[Part], Any], parts: Iterator[Part]) -> Iterator[tuple[Part, Any]]:
    running: dict[Any, Part] = {}
    again: deque[Part] = deque()
    while True:
        while len(running) < _room(client) and (part := next(parts, None)) is not None:
            running[client.submit(work, part, pure=False)] = part
        if not running and again:
            part = again.popleft()
            running[client.submit(work, part, pure=False)] = part
        if not running:
            return
        for future in _done(client, list(running)):
            part = running.pop(future)
            result = _result(future)
            if isinstance(result, Fault) and len(part) > 1:
                again.extend([task] for task in part)
            else:
                yield part, result


def _done(client: Client, running: list[Any]) -> set[Any]:
    """Those of the futures that are done, when one is. Raises EngineError where no worker is left to do them."""
    seen = monotonic()
    while True:
        try:
            return set(wait(running, timeout=_SECONDS_TO_CONNECT, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            if client.nthreads():
                seen = monotonic()
            elif monotonic() - seen > _SECONDS_WITHOUT_WORKERS:
                raise EngineError("the cluster has no workers any more; the same command goes on from here") from None


def _room(client: Client) -> int:
    """How many parts the cluster is to have at a time; its workers may come and go."""
    threads: dict[str, int] = client.nthreads()
    return max(_AHEAD * sum(threads.values()), 1)


def _result(future: Any) -> Any:
    """What the work gave, or a Fault where it cost too many workers. Raises EngineError or the work's GreffierError."""
    if future.status == "finished":
        return future.result()
    if future.status != "error":
        raise EngineError(f"the cluster has given up ({future.status}); the same command goes on from here")
    error = future.exception()
    if isinstance(error, KilledWorker):
        return Fault("worker after worker that was at it has died; too little memory, or longer than --timeout?")
    if isinstance(error, GreffierError):
        raise error
    raise EngineError(f"a worker cannot go on: {type(error).__name__}: {error}") from error
