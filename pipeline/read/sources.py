"""Paths as a caller gives them, to the files that are read, each with the name that it has in the tables."""

from __future__ import annotations

import glob
import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.read.document import written
from pipeline.read.formats import FORMATS, known

log = logging.getLogger(__name__)

#: files that describe a folder and are no documents of it, unless they are given by name
_ABOUT_THE_FOLDER = {"readme", "license", "licence", "changelog", "contributing"}


class Source(NamedTuple):
    """A file to read, and its document's name: the path relative to the folder that was given, with `/`."""

    path: Path
    name: str


class _Found(NamedTuple):
    """A path, and how many of its last parts name it."""

    path: Path
    parts: int


def discover(paths: Sequence[str | Path], on_skip: Callable[[Path], object] | None = None) -> list[Source]:
    """The documents at `paths`: files, folders (with all folders in them) and glob patterns, sorted by name.

    Hidden files are passed over; files of other formats, and a folder's README, go to `on_skip` and to the log. A
    broken link or a folder that cannot be listed is a Source too, whose reading says what is wrong. Where two documents
    would have the same name, the folders above tell them apart. Raises UsageError where a path does not exist, or
    nothing is left to read.
    """
    skipped: list[Path] = []
    found = {}
    for path, parts in sorted(_walk(paths, skipped)):
        found[path] = _Found(path, parts)
    for path in sorted(set(skipped) - set(found)):
        log.info("skipped %s: read are %s", path, known())
        if on_skip is not None:
            on_skip(path)
    if not found:
        raise UsageError(f"nothing to read in {', '.join(map(str, paths))}: read are files that end in {known()}")
    return sorted(_named(list(found.values())), key=lambda source: source.name)


def _walk(paths: Sequence[str | Path], skipped: list[Path]) -> Iterator[_Found]:
    for given in paths:
        for path, parts in _given(given):
            if path.is_dir():
                yield from _folder(path, parts, skipped)
            elif path.suffix.lower() in FORMATS:
                yield _Found(path, parts)
            else:
                skipped.append(path)


def _given(given: str | Path) -> Iterator[_Found]:
    """What one argument stands for, and how many of its last parts are in the name: a folder itself is not."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 (resolve() would follow links, and a name is the link's)
    if os.path.lexists(path):
        yield _Found(path, 0 if path.is_dir() else 1)
        return
    matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 (an absolute pattern)
    if not matches:
        what = "no file matches" if glob.has_magic(str(given)) else "there is no"
        raise UsageError(f"{what} {given}; give files, folders or patterns of files that exist")
    root = next(n for n, part in enumerate(path.parts) if glob.has_magic(part))
    yield from (_Found(Path(match), len(Path(match).parts) - root) for match in matches)


def _folder(folder: Path, parts: int, skipped: list[Path]) -> Iterator[_Found]:
    """The documents in a folder and in those below it; each folder once, whatever links lead to it."""
    above = len(folder.parts) - parts
    unreadable: list[Path] = []
    seen = {_identity(folder)}
    walk = os.walk(folder, followlinks=True, onerror=lambda error: unreadable.append(Path(error.filename)))
    for here, folders, files in walk:
        folders[:] = sorted(name for name in folders if _is_new(Path(here, name), seen))
        for path in (Path(here, name) for name in sorted(files) if not name.startswith(".")):
            if path.suffix.lower() in FORMATS and is_document(PurePath(path.name)):
                yield _Found(path, len(path.parts) - above)
            else:
                skipped.append(path)
    yield from (_Found(path, max(len(path.parts) - above, 1)) for path in unreadable)


def is_document(path: PurePath) -> bool:
    """Whether a file that is found in a folder, at `path` in it, is a document: neither hidden nor about the folder."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.stem.lower() not in _ABOUT_THE_FOLDER


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


def _named(found: Iterable[_Found]) -> Iterator[Source]:
    """Each path with its name; those whose names are the same get one more folder in front, until they differ."""
    groups: dict[str, list[_Found]] = defaultdict(list)
    for path, parts in found:
        groups[_name(path, parts)].append(_Found(path, parts))
    for name, same in groups.items():
        if len(same) == 1:
            yield Source(same[0].path, name)
        else:
            longest = max(parts for _, parts in same) + 1
            yield from _named([_Found(path, longest) for path, _ in same])


def _name(path: Path, parts: int) -> str:
    return written("/".join(path.parts[-parts:]))
