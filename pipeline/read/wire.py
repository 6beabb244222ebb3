"""What goes between a process that asks for the documents of a file and the one that reads them: lines of JSON."""

from __future__ import annotations

import json
from typing import IO, Any

from pipeline.errors import ReadError
from pipeline.read.content import Content, Piece


def send(stream: IO[bytes], **message: Any) -> None:
    """Write one message."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message, None where the other side is gone."""
    line = stream.readline()
    return json.loads(line) if line.endswith(b"\n") else None


def packed(piece: Piece) -> dict[str, Any]:
    """A piece as a message."""
    content = piece.content
    about = {"number": piece.number, "member": piece.member}
    if isinstance(content, ReadError):
        return about | {"error": str(content), "status": content.status, "again": content.again}
    return about | content._asdict()


def unpacked(message: dict[str, Any]) -> Piece:
    """The piece that a message is."""
    number, member = message.pop("number"), message.pop("member")
    if "error" in message:
        return Piece(ReadError(message["error"], message["status"], again=message["again"]), number, member)
    return Piece(Content(**message), number, member)
