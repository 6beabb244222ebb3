"""Names of files, and which of those that are found in a folder or an archive are documents."""

from __future__ import annotations

import os
from pathlib import PurePath

from pipeline.records import TABLES

#: files that describe a folder and are no documents of it, unless they are given by name
_ABOUT_THE_FOLDER = {"readme", "license", "licence", "changelog", "contributing"}
#: what Macintoshes add to an archive
_MACINTOSH = "__MACOSX"
#: the file by which a folder is one that a run wrote to, and what else a run writes there that could be read
LEDGER = "greffier.sqlite"
_WRITTEN = {*TABLES, "corrections", "datapackage", "report", "tables"}
_WRITTEN_FOLDERS = {"partitions", "report"}
_WRITTEN_SUFFIXES = {".csv", ".json", ".jsonl", ".html"}


def is_url(path: object) -> bool:
    """Whether a path is a URL."""
    return "://" in str(path)


def written(name: str | PurePath) -> str:
    """A file's name as it can be written anywhere: with `/`, and bytes that are no characters as \\xNN."""
    return os.fsencode(str(name)).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def is_document(path: PurePath) -> bool:
    """Whether a file that is found in a folder, at `path` in it, is a document: neither hidden nor about the folder."""
    hidden = any((part.startswith(".") and part != "..") or part == _MACINTOSH for part in path.parts)
    return not hidden and path.stem.lower() not in _ABOUT_THE_FOLDER


def is_output(name: str) -> bool:
    """Whether a file of this name is one that a run writes or keeps, or a folder, where it stands beside a ledger."""
    path = PurePath(name)
    if path.suffix.lower() in _WRITTEN_SUFFIXES:
        return path.stem.partition(".edited")[0] in _WRITTEN
    return path.name in _WRITTEN_FOLDERS or path.name == LEDGER
