"""The documents of a file: one, or many where it holds many or is an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.read.archives import Room, gunzip, members
from pipeline.read.content import Content, Piece, Reader
from pipeline.read.formats import COLLECTIONS, FORMATS, is_read, known
from pipeline.read.names import is_document
from pipeline.read.options import ReadOptions
from pipeline.read.sniff import suffix_of

#: archives within archives
_DEEPEST = 3

#: told of each member of an archive before it is read; may raise ReadError, which is then what is wrong with it
OnMember = Callable[[str], object]


class _Task(NamedTuple):
    raw: bytes
    path: PurePath
    options: ReadOptions
    room: Room
    on_member: OnMember
    deep: int = 0
    above: str = ""


def pieces(raw: bytes, path: PurePath, options: ReadOptions, on_member: OnMember = str) -> Iterator[Piece]:
    """The documents that the bytes of the file at `path` hold, and what is wrong with those that cannot be read.

    Of `path`, only the suffix counts. Raises ReadError where the whole file cannot be read.
    """
    return _pieces(_Task(raw, path, options, Room(options.most_bytes), on_member))


def _pieces(task: _Task) -> Iterator[Piece]:
    suffix = task.path.suffix.lower()
    if not task.raw.strip():
        raise ReadError("the file is empty", "empty")
    if suffix == ".gz":
        yield from _gunzipped(task)
    elif suffix == ".zip":
        yield from _unzipped(task)
    elif suffix in COLLECTIONS:
        yield from _collected(COLLECTIONS[suffix](task.raw, task.options))
    elif suffix in FORMATS:
        yield Piece(_read(FORMATS[suffix], task.raw))
    else:
        raise ReadError(f"{suffix or 'a file without suffix'} is not read; these are: {known()}")


def _collected(found: Content | Iterator[Content | ReadError]) -> Iterator[Piece]:
    if isinstance(found, Content):
        yield Piece(found)
    else:
        yield from (Piece(content, number) for number, content in enumerate(found, 1))


def _read(reader: Reader, raw: bytes) -> Content:
    try:
        return reader(raw)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # libraries raise anything on broken files
        raise ReadError(f"cannot be read: {type(error).__name__}: {error}") from error


def _gunzipped(task: _Task) -> Iterator[Piece]:
    raw = gunzip(task.raw, task.room)
    name = PurePath(task.path.stem)
    path = name if name.suffix else PurePath(f"{name}{suffix_of(raw)}")
    yield from _pieces(_deeper(task, raw, path))


def _unzipped(task: _Task) -> Iterator[Piece]:
    number = 0
    for path, raw in members(task.raw, task.room, lambda path: is_read(path) and is_document(path)):
        for piece in _of_member(task, path, raw):
            number += 1
            yield Piece(piece.content, number, f"{path}/{piece.member}" if piece.member else path)
    if not number:
        raise ReadError(f"nothing to read in the archive: read are files that end in {known()}", "empty")


def _of_member(task: _Task, path: str, raw: bytes | ReadError) -> Iterator[Piece]:
    """The documents of a file in an archive; what is wrong with it costs no other."""
    try:
        task.on_member(f"{task.above}{path}")
        if isinstance(raw, ReadError):
            raise raw
        yield from _pieces(_deeper(task, raw, PurePath(path), f"{task.above}{path}/"))
    except ReadError as error:
        yield Piece(error)


def _deeper(task: _Task, raw: bytes, path: PurePath, above: str = "") -> _Task:
    if task.deep == _DEEPEST:
        raise ReadError(f"archives within archives, more than {_DEEPEST} deep; unpack it")
    return task._replace(raw=raw, path=path, deep=task.deep + 1, above=above)
