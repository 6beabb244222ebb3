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
    """What `pieces` gives, read by a child; a document that costs the child its life is an error in its place.

    Several files may be read at a time, each by a child of its own.
    """
    told, member = 0, None
    lost: dict[str, ReadError] = {}
    while True:
        child = _idle()
        for message in _heard(child, child.ask(raw, path, options, list(lost))):
            if "end" in message:
                _IDLE.append(child)
                return
            member = message.get("at", member)
            piece = unpacked(message["piece"]) if "piece" in message else None
            if piece is None or (piece.number is not None and piece.number <= told):
                continue
            told += 1
            content = lost.get(piece.member or "", piece.content)
            # what goes wrong with a file behind its first documents stands behind them
            yield piece._replace(content=content, number=piece.number or (told if told > 1 else None))
        error = ReadError(child.end(), "failed", again=True)
        if member is None or member in lost or len(lost) == _MOST_LOST:
            yield Piece(error, told + 1 if told else None, member)
            return
        lost[member] = error


def _heard(child: _Child, messages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The messages of a child; one that nobody hears to the end is ended."""
    is_at_end = False
    try:
        for message in messages:
            is_at_end = "end" in message
            yield message
    except GeneratorExit:
        if not is_at_end:
            child.end()
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


#: the children of this process that wait for a file
_IDLE: list[_Child] = []


def _idle() -> _Child:
    """A child that waits, or a new one; a process that was forked has none of its own yet, and some may be killed."""
    while _IDLE:
        child = _IDLE.pop()
        if child.parent == os.getpid() and not child.is_gone():
            return child
    return _Child()
