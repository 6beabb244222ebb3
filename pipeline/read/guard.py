"""The documents of a file, read in a process of its own that is ended where it takes too long or too much memory.

Libraries that read PDF or HTML are large, some are not Python's, and files come from anywhere: a file that crashes one,
sends it round in circles or unpacks to gigabytes costs a process that is there for nothing else. Tried instead: a
signal's exception in this process, which waits until a library in C returns, and leaves it in any state.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import PurePath
from threading import Timer
from typing import IO, Any

from pipeline.errors import ReadError
from pipeline.read.child import MEMORY, NO_MEMORY, SECONDS
from pipeline.read.content import Piece
from pipeline.read.options import ReadOptions
from pipeline.read.wire import receive, send, unpacked

#: seconds by the clock, for a child whose own timer does not work
_PATIENCE = 300.0
#: so many documents of an archive may cost their process, before the rest of it is left
_MOST_LOST = 3


def guarded(raw: bytes, path: PurePath, options: ReadOptions) -> Iterator[Piece]:
    """What `pieces` gives, read by a child; a document that costs the child its life is an error in its place."""
    told, member = 0, None
    lost: dict[str, ReadError] = {}
    while True:
        for message in _asked(raw, path, options, list(lost)):
            if "end" in message:
                return
            member = message.get("at", member)
            piece = unpacked(message["piece"]) if "piece" in message else None
            if piece is None or (piece.number is not None and piece.number <= told):
                continue
            told += 1
            content = lost.get(piece.member or "", piece.content)
            # what goes wrong with a file behind its first documents stands behind them
            yield piece._replace(content=content, number=piece.number or (told if told > 1 else None))
        error = ReadError(_end(), "failed", again=True)
        if member is None or member in lost or len(lost) == _MOST_LOST:
            yield Piece(error, told + 1 if told else None, member)
            return
        lost[member] = error


def _asked(raw: bytes, path: PurePath, options: ReadOptions, without: list[str]) -> Iterator[dict[str, Any]]:
    """The messages of the child; one whose answer nobody hears to its end is ended."""
    heard: dict[str, Any] | None = None
    try:
        for heard in _child().ask(raw, path, options, without):
            yield heard
    except GeneratorExit:
        if heard is None or "end" not in heard:
            _end()
        raise


#: how the child is started, by this Python
COMMAND = ("-P", "-m", "pipeline.read.child")


class _Child:
    """The child, which lives until it is lost or this process ends."""

    def __init__(self) -> None:
        self.parent = os.getpid()
        paths = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def ask(self, raw: bytes, path: PurePath, options: ReadOptions, without: list[str]) -> Iterator[dict[str, Any]]:
        """Its messages, the last one {"end": True}; fewer where it is lost on the way."""
        requests, answers = self._pipes()
        try:
            request = {"path": os.fsencode(path).decode("utf-8", "replace"), "options": asdict(options)}
            send(requests, **request, size=len(raw), without=without)
            requests.write(raw)
            requests.flush()
        except OSError:
            return
        while (message := self._heard(answers)) is not None:
            yield message
            if "end" in message:
                return

    def _heard(self, answers: IO[bytes]) -> dict[str, Any] | None:
        timer = Timer(_PATIENCE, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            return receive(answers)
        finally:
            timer.cancel()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def is_gone(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def end(self) -> str:
        """Kill it, or take notice of its death; says why its document could not be read."""
        for pipe in self._pipes():
            with suppress(OSError):
                pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._process.kill()
        code = self._process.wait()
        if code in (-signal.SIGKILL, -getattr(signal, "SIGPROF", 0)):
            return f"reading it took longer than {SECONDS:g} s; split it, or save it as text"
        if code == NO_MEMORY:
            return f"reading it took more than {MEMORY / 1e9:g} GB of memory; split it, or save it as text"
        how = signal.Signals(-code).name if code < 0 else f"status {code}"
        return f"reading it ended its process ({how}); save it as text"


_CHILD: _Child | None = None


def _child() -> _Child:
    """The child of this process: one that was forked has none of its own yet, and one may have been killed."""
    global _CHILD  # noqa: PLW0603 (one a process)
    if _CHILD is None or _CHILD.parent != os.getpid() or _CHILD.is_gone():
        _CHILD = _Child()
    return _CHILD


def _end() -> str:
    """End the child of this process; says why its document could not be read."""
    global _CHILD
    child, _CHILD = _CHILD, None
    return child.end() if child is not None else ""
