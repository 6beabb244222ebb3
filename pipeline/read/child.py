"""A process that reads files for another one, within bounds: whatever a file does to it, only this process is lost.

It takes requests from its standard input and answers on its standard output (wire.py), until its input is closed. What
takes too long is ended by the operating system's timer, even in the middle of a library that is not Python's.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Container
from contextlib import suppress
from pathlib import PurePath
from typing import IO

from pipeline.errors import ReadError
from pipeline.read.content import Piece
from pipeline.read.options import ReadOptions
from pipeline.read.pace import listen
from pipeline.read.pieces import pieces
from pipeline.read.wire import packed, receive, send

#: seconds of the processor that one document may take to be read, and the bytes that this process may have
SECONDS, MEMORY = 8.0, 900_000_000
#: where a reader tells how it gets on, each so many characters earn it another second
_CHARACTERS_A_SECOND = 25_000
#: how the process ends where memory ran out: nobody knows in which state a library is then
NO_MEMORY = 70


def main() -> None:
    """Answer requests until there are none."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    listen(_earn)
    _limit_memory()
    while (request := receive(requests)) is not None:
        raw = requests.read(request["size"])
        _answer(answers, raw, PurePath(request["path"]), ReadOptions(**request["options"]), request["without"])


def _answer(answers: IO[bytes], raw: bytes, path: PurePath, options: ReadOptions, without: Container[str]) -> None:
    def begin(member: str) -> None:
        _start_timer()
        send(answers, at=member)
        if member in without:
            raise ReadError("left out")

    _start_timer()
    try:
        for piece in pieces(raw, path, options, begin):
            _start_timer(0)
            send(answers, piece=packed(piece))
            _start_timer()
    except ReadError as error:
        send(answers, piece=packed(Piece(error)))
    except MemoryError:
        os._exit(NO_MEMORY)
    _start_timer(0)
    send(answers, end=True)


def _start_timer(seconds: float = SECONDS) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _earn(characters: int) -> None:
    if hasattr(signal, "getitimer"):
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        if left:
            _start_timer(left + characters / _CHARACTERS_A_SECOND)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
