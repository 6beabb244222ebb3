"""Paths as a caller gives them, to the files that are read, each with the name that it has in the tables."""

from __future__ import annotations

import codecs
import glob
import json
import logging
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path, PurePath
from typing import NamedTuple, Self

from pipeline.errors import UsageError
from pipeline.read.document import check_size, raw_bytes
from pipeline.read.formats import is_read, known
from pipeline.read.names import LEDGER, is_document, is_output, written
from pipeline.read.sniff import suffix_of
from pipeline.records import TABLES

log = logging.getLogger(__name__)

_ANNOTATIONS, _ANNOTATED = ".json", (".txt", ".md")
STANDARD_INPUT, _STANDARD_INPUT_NAME = "-", "stdin"


class Source(NamedTuple):
    """A file to read, and its document's name: the path relative to the folder that was given, with `/`.

    `raw` has the bytes of standard input, of whose path only the suffix means something. A run holds one a file, and a
    string takes a quarter of a Path.
    """

    file: str
    name: str
    raw: bytes | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.file)

    def size(self) -> int:
        """How many bytes it has, 0 where that cannot be told."""
        if self.raw is not None:
            return len(self.raw)
        return self.path.stat().st_size if self.path.is_file() else 0

    def read(self, most: int) -> bytes:
        """Its bytes. Raises ReadError where it cannot be read, or has more than `most`."""
        if self.raw is None:
            return raw_bytes(self.path, most)
        check_size(len(self.raw), most)
        return self.raw


class _Found(NamedTuple):
    """The path of a file or folder, and how many of its last parts name it."""

    file: str
    parts: int

    @classmethod
    def at(cls, path: Path, parts: int) -> Self:
        """A path that is there already."""
        return cls(str(path), parts)


def read_list(path: str | Path | None) -> list[str]:
    """The paths in a file, one a line (or with NUL between them); `-` is standard input. Raises UsageError."""
    if path is None:
        return []
    try:
        raw = sys.stdin.buffer.read() if str(path) == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"the list {path} cannot be read: {error.strerror or error}") from error
    lines = raw.removeprefix(codecs.BOM_UTF8).split(b"\0" if b"\0" in raw else b"\n")
    return [os.fsdecode(line.strip(b"\r\n")) for line in lines if line.strip()]


def discover(
    paths: Sequence[str | Path], on_skip: Callable[[Path], object] | None = None, listed: Iterable[str] = ()
) -> list[Source]:
    """The documents at `paths`: files, folders (with all folders in them) and glob patterns, sorted by name.

    `-` is standard input, as the document `stdin`. `listed` are paths of files, each named as it is written there;
    one that does not exist is a Source all the same. Hidden files and what a run wrote are passed over; files of other
    formats, a folder's README and annotations of a text beside it go to `on_skip` and to the log. A broken link or a
    folder that cannot be listed is a Source too, whose reading says what is wrong. Where two documents would have the
    same name, the folders above tell them apart. Raises UsageError where a path does not exist, or nothing is left to
    read.
    """
    skipped: list[Path] = []
    found: dict[str, _Found] = {}
    given = [path for path in paths if str(path) != STANDARD_INPUT]
    for one in chain(_listed(listed, skipped), _walk(given, skipped)):
        path = os.path.normcase(one.file)
        found[path] = max(one, found.get(path, one))
    for left in sorted(left for left in set(skipped) if os.path.normcase(left) not in found):
        log.info("skipped %s: read are %s", left, known())
        if on_skip is not None:
            on_skip(left)
    sources = list(_named(found.values()))
    if len(given) < len(paths):
        sources.append(_standard_input())
    if not sources:
        what = ", ".join(map(str, paths)) or "the list"
        raise UsageError(f"nothing to read in {what}: read are files that end in {known()}")
    return sorted(sources, key=lambda source: source.name)


def _standard_input() -> Source:
    raw = sys.stdin.buffer.read()
    return Source(f"{_STANDARD_INPUT_NAME}{suffix_of(raw)}", _STANDARD_INPUT_NAME, raw)


def _listed(listed: Iterable[str], skipped: list[Path]) -> Iterator[_Found]:
    """The files of a list: named by all of a path that stays below this folder, else by its last part."""
    for given in listed:
        path, written = Path(os.path.abspath(given)), PurePath(os.path.normpath(given))  # noqa: PTH100
        below = not written.is_absolute() and written.parts[0] != ".."
        if path.is_dir():
            yield from _folder(path, len(written.parts) if below else 0, skipped)
        elif is_read(path):
            yield _Found.at(path, len(written.parts) if below else 1)
        else:
            skipped.append(path)


def _walk(paths: Sequence[str | Path], skipped: list[Path]) -> Iterator[_Found]:
    for given in paths:
        for path, parts in ((Path(one.file), one.parts) for one in _given(given)):
            if path.is_dir():
                yield from _folder(path, parts, skipped)
            elif is_read(path):
                yield _Found.at(path, parts)
            else:
                skipped.append(path)


def _given(given: str | Path) -> Iterator[_Found]:
    """What one argument stands for, and how many of its last parts are in the name: a folder itself is not."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 (resolve() would follow links, and a name is the link's)
    if os.path.lexists(path):
        yield _Found.at(path, 0 if path.is_dir() else 1)
        return
    matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 (an absolute pattern)
    if not matches:
        what = "no file matches" if glob.has_magic(str(given)) else "there is no"
        raise UsageError(f"{what} {given}; give files, folders or patterns of files that exist")
    root = next(n for n, part in enumerate(path.parts) if glob.has_magic(part))
    yield from (_Found.at(match, len(match.parts) - root) for match in map(Path, matches))


def _folder(folder: Path, parts: int, skipped: list[Path]) -> Iterator[_Found]:
    """The documents in a folder and in those below it; each folder once, whatever links lead to it."""
    above = len(folder.parts) - parts
    unreadable: list[Path] = []
    seen = {_identity(folder)}
    walk = os.walk(folder, followlinks=True, onerror=lambda error: unreadable.append(Path(error.filename)))
    for here, folders, files in walk:
        beside = frozenset(files)
        is_mine = is_output if LEDGER in files else _is_nobodys
        folders[:] = sorted(name for name in folders if not is_mine(name) and _is_new(Path(here, name), seen))
        visible = (name for name in sorted(files) if not name.startswith(".") and not is_mine(name))
        for path in (Path(here, name) for name in visible):
            if is_read(path) and is_document(PurePath(path.name)) and not _annotates(path, beside):
                yield _Found.at(path, len(path.parts) - above)
            else:
                skipped.append(path)
    yield from (_Found.at(path, max(len(path.parts) - above, 1)) for path in unreadable)


def _annotates(path: Path, beside: frozenset[str]) -> bool:
    """Whether a file has what `greffier evaluate` reads of the text of its name beside it: `007.json` of `007.txt`."""
    if path.suffix.lower() != _ANNOTATIONS or beside.isdisjoint(path.stem + suffix for suffix in _ANNOTATED):
        return False
    with suppress(OSError, ValueError):
        content = json.loads(path.read_bytes())
        return isinstance(content, dict) and not TABLES.keys().isdisjoint(content)
    return False


def _is_nobodys(_: str) -> bool:
    return False


def _is_new(folder: Path, seen: set[tuple[int, int] | Path]) -> bool:
    identity = _identity(folder)
    if folder.name.startswith(".") or identity in seen:
        return False
    seen.add(identity)
    return True


def _identity(folder: Path) -> tuple[int, int] | Path:
    """What two paths to one folder have in common; of one that cannot be looked at, which os.walk reports, its path."""
    try:
        status = folder.stat()
    except OSError:
        return folder
    return status.st_dev, status.st_ino


def _named(found: Collection[_Found]) -> Iterator[Source]:
    """Each path with its name; those whose names are the same get one more folder in front, until they differ."""
    often = Counter(map(_name, found))
    same: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        name = _name(one)
        if often[name] == 1:
            yield Source(one.file, name)
        else:
            same[name].append(one)
    for alike in same.values():
        longest = max(one.parts for one in alike) + 1
        yield from _named([_Found(one.file, longest) for one in alike])


def _name(one: _Found) -> str:
    return written("/".join(Path(one.file).parts[-one.parts :]))
