"""A child process that does tasks for its parent, and the parent's end of it."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

#: after the fork, a child has the model without loading it; elsewhere (Windows, and macOS, whose own libraries do not
#: bear a fork) each child starts from nothing and loads it
CAN_FORK = sys.platform not in ("win32", "darwin")
_METHOD = "fork" if CAN_FORK else "spawn"
_CONTEXT: Any = multiprocessing.get_context(_METHOD)
_READY = "ready"

Start = Callable[[], Callable[[Any], Any]]


class Fault(str):
    """What a task has instead of a result: why there is none."""

    __slots__ = ()


class Worker:
    """A child process; `tasks` are those that it was given and has not answered, the first is the one it is at."""

    def __init__(self, start: Start, others: Iterable[Worker]) -> None:
        """Start the child. `start` makes, in the child, the function that does a task; `others` are its siblings."""
        self.tasks: deque[Any] = deque()
        self.retrying = False
        self.ready = False
        self.since = monotonic()
        self.connection, theirs = _CONTEXT.Pipe()
        # a forked child holds copies of these ends; while it does, no sibling sees that the parent is gone
        inherited = [self.connection, *(w.connection for w in others)] if _METHOD == "fork" else []
        self.process = _CONTEXT.Process(target=_serve, args=(theirs, inherited, start), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, tasks: Sequence[Any], retrying: bool) -> None:
        """Hand tasks over, if there are any. A worker that has died meanwhile is found out by `answer`."""
        if not tasks:
            return
        self.tasks.extend(tasks)
        self.retrying = retrying
        self.since = monotonic()
        with suppress(OSError):
            self.connection.send(tasks)

    def answer(self) -> tuple[Any, Any] | None:
        """The next task that is done and its outcome; None where the worker only says that it is ready.

        Blocks until there is one. Raises EOFError where the worker is dead.
        """
        try:
            message = self.connection.recv()
        except OSError as error:
            raise EOFError from error
        self.since = monotonic()
        if not self.ready:
            self.ready = True
            return None
        return self.tasks.popleft(), message

    def is_overdue(self, timeout: float) -> bool:
        """Whether it has been at its task for longer than `timeout` seconds, and nothing of it waits to be read."""
        late = self.ready and bool(self.tasks) and monotonic() - self.since > timeout
        return late and not self.connection.poll()

    def end(self) -> str:
        """Kill the child, or take notice of its death; says how it ended."""
        self.connection.close()
        self.process.join(0.1)  # one that is idle ends by itself, and one that dies is not yet dead when its pipe is
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        return f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with status {code}"


def _serve(connection: Connection, inherited: Iterable[Connection], start: Start) -> None:
    """Do tasks until the parent closes its end or is gone; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for parents in inherited:
        parents.close()
    gc.freeze()  # what came with the fork stays shared: no collection writes to it
    work = start()
    expect = getattr(work, "expect", lambda tasks: None)
    with suppress(EOFError, OSError):
        connection.send(_READY)
        while True:
            tasks = connection.recv()
            expect(tasks)
            for task in tasks:
                connection.send(_outcome(work, task))


def _outcome(work: Callable[[Any], Any], task: Any) -> Any:
    try:
        return work(task)
    except Exception as error:  # noqa: BLE001 - whatever a task sets off, the next ones are done
        return Fault(f"{type(error).__name__}: {error}")
