"""Files that are packed: gzip and ZIP, unpacked in memory and never to the disk, within bounds.

A member's path is only a name here, so that `../` in it leads nowhere.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from pipeline.errors import ReadError

_MOST_MEMBERS = 100_000
#: all that is unpacked from one file may have so many times what one document may have
_TIMES = 16
_ENCRYPTED = 0x1


class Member(NamedTuple):
    """A file in an archive: its path there, and its bytes or what is wrong with it."""

    path: str
    raw: bytes | ReadError


class Room:
    """What may still be unpacked of a file, in bytes, and how much at a time."""

    def __init__(self, most: int) -> None:
        self.most, self.left = most, _TIMES * most

    def read(self, handle: IO[bytes] | gzip.GzipFile) -> bytes:
        """All bytes of a handle. Raises ReadError where they are too many."""
        raw = handle.read(min(self.most, self.left) + 1)
        if len(raw) > self.most:
            raise ReadError(f"unpacked, more than {self.most / 1e6:g} MB; raise --max-megabytes", "failed")
        self.left -= len(raw)
        if self.left < 0:
            raise ReadError(
                f"what is packed in one file has more than {_TIMES} times {self.most / 1e6:g} MB; "
                "unpack it, or raise --max-megabytes", "failed"
            )  # fmt: skip
        return raw


def gunzip(raw: bytes, room: Room) -> bytes:
    """The bytes that a gzip file packs. Raises ReadError where it is none, is cut off or packs too many."""
    try:
        with gzip.open(io.BytesIO(raw)) as handle:
            return room.read(handle)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"no whole gzip file: {error}") from error


def members(raw: bytes, room: Room, is_wanted: Callable[[PurePosixPath], bool]) -> Iterator[Member]:
    """The wanted files of a ZIP archive in its own order. Raises ReadError where it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ReadError(f"no whole ZIP archive: {error}") from error
    listed = archive.infolist()
    if len(listed) > _MOST_MEMBERS:
        raise ReadError(f"the archive has {len(listed):,} files, more than {_MOST_MEMBERS:,}; unpack it", "failed")
    for about in listed:
        if not about.is_dir() and is_wanted(PurePosixPath(about.filename.replace("\\", "/"))):
            yield Member(about.filename, _unpacked(archive, about, room))


def _unpacked(archive: zipfile.ZipFile, about: zipfile.ZipInfo, room: Room) -> bytes | ReadError:
    if about.flag_bits & _ENCRYPTED:
        return ReadError("encrypted; save it without a password")
    try:
        with archive.open(about) as handle:
            return room.read(handle)
    except ReadError as error:
        return error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        return ReadError(f"cannot be unpacked: {error}")
