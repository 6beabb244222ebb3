"""The supervisor of the workers: none of them can hang or break a run.

Tried before this was written, 2 workers, a task that kills its process, one that sleeps for ever, one that raises:

    multiprocessing.Pool             hangs for ever when a worker is killed
    concurrent.futures, loky 3.7     a killed worker breaks the pool: 137 of 200 tasks lost
    Pebble 5.2                       right, until a worker is killed while it sends: the pipe that its workers share
                                     is locked by the dead one, 60 s later the pool breaks, 192 of 400 tasks lost

So each worker has a pipe of its own here. It answers task by task, and the parent always knows which one it is at: that
task alone is tried again, by itself, when the worker dies or takes too long; the rest of its batch goes to another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import wait
from typing import Any

from pipeline.engine.worker import Fault, Start, Worker
from pipeline.errors import EngineError

__all__ = ["Fault", "outcomes"]

_MOST_FAILED_STARTS = 3


def outcomes(
    start: Start, tasks: Iterable[Any], *, jobs: int, timeout: float, batch: int = 16
) -> Generator[tuple[Any, Any], None, None]:
    """Each task with its result, or with a Fault that says why it has none, in the order in which they are done.

    `start` is called in each worker and gives the function that does a task; what it reads of the parent's memory is
    shared where processes fork. Where that has a method `expect`, it is told of the tasks of a batch before. Tasks and
    results must be picklable, and cheap to hand over. A task is given up after `timeout` seconds. Raises EngineError
    where no worker can start. When the iterator is closed, all workers end.
    """
    crew = _Crew(start, tasks, jobs, batch)
    try:
        while crew.is_at_work():
            yield from crew.collect(timeout)
    finally:
        crew.dismiss()


class _Crew:
    def __init__(self, start: Start, tasks: Iterable[Any], jobs: int, batch: int) -> None:
        self._start, self._tasks, self._jobs, self._batch = start, iter(tasks), jobs, batch
        self._workers: list[Worker] = []
        self._alone: deque[Any] = deque()
        self._again: deque[Any] = deque()
        self._failed_starts = 0

    def is_at_work(self) -> bool:
        """Give every worker something to do, starting those that are missing; False when all tasks are done."""
        for worker in self._workers:
            if worker.ready and not worker.tasks:
                worker.give(*self._next())
        while len(self._workers) < self._jobs and (given := self._next())[0]:
            self._workers.append(Worker(self._start, self._workers))
            self._workers[-1].give(*given)
        return any(worker.tasks for worker in self._workers)

    def _next(self) -> tuple[Sequence[Any], bool]:
        """What to do next, and whether it is a second try."""
        if self._alone:
            return [self._alone.popleft()], True
        again = [self._again.popleft() for _ in range(min(self._batch, len(self._again)))]
        return again or list(islice(self._tasks, self._batch)), False

    def collect(self, timeout: float) -> Iterator[tuple[Any, Any]]:
        """Wait for answers and deaths, no longer than until some worker is overdue."""
        answering = wait([worker.connection for worker in self._workers], timeout=min(timeout, 1))
        for worker in [w for w in self._workers if w.connection in answering]:
            yield from self._heard(worker)
        for worker in [w for w in self._workers if w.is_overdue(timeout)]:
            worker.end()
            yield from self._lost(worker, f"took longer than {timeout:g} s; raise --timeout, or split it")

    def _heard(self, worker: Worker) -> Iterator[tuple[Any, Any]]:
        try:
            answer = worker.answer()
        except EOFError:
            yield from self._lost(worker, f"its process {worker.end()}; is there enough memory?")
            return
        if answer is not None:
            yield answer
        self._failed_starts = 0

    def _lost(self, worker: Worker, why: str) -> Iterator[tuple[Any, Any]]:
        """Find another hand for the tasks of a worker that is gone: the one it was at is tried once more, alone."""
        self._workers.remove(worker)
        if not worker.ready:
            self._count_failed_start(why)
            self._again.extend(worker.tasks)
        elif worker.tasks and worker.retrying:
            yield worker.tasks[0], Fault(f"{why} (tried twice)")
        elif worker.tasks:
            self._alone.append(worker.tasks.popleft())
            self._again.extend(worker.tasks)

    def _count_failed_start(self, why: str) -> None:
        self._failed_starts += 1
        if self._failed_starts > _MOST_FAILED_STARTS:
            raise EngineError(f"no worker process can start: {why}; try --jobs 1")

    def dismiss(self) -> None:
        """End all workers."""
        while self._workers:
            self._workers.pop().end()
