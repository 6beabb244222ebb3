"""Where the file of a document is, seen from the folder of the tables: both can be moved together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from pipeline.read import STANDARD_INPUT
from pipeline.read.names import is_url

#: characters that have a meaning of their own in an address; others stay as people read them
_KEPT = "".join(c for c in map(chr, range(33, 127)) if c not in '"#%<>?[\\]^`{|}')


class Links:
    """Gives the address of a document's file, relative to a folder; None where it has none."""

    def __init__(self, files: Mapping[str, str], out: Path) -> None:
        """`files` are the absolute path or URL of each file by its name; standard input has none, but a hyphen."""
        self._out = os.path.realpath(out)
        self._files = files
        self._last: tuple[str, str | None] = ("", None)

    def __call__(self, document: str) -> str | None:
        """The address of the file that holds a document: of `a.jsonl#3`, that of `a.jsonl`."""
        if document != self._last[0]:
            self._last = (document, self._address(document))
        return self._last[1]

    def mark(self) -> str:
        """What is another one where any file is elsewhere."""
        found = hashlib.sha256(self._out.encode(errors="replace"))
        for name, path in self._files.items():
            found.update(f"{name}\0{path}\0".encode(errors="replace"))
        return found.hexdigest()

    def _address(self, document: str) -> str | None:
        name = document
        while name not in self._files and "#" in name:
            name = name.rpartition("#")[0]
        path = self._files.get(name, STANDARD_INPUT)
        if path == STANDARD_INPUT:
            return None
        if is_url(path):
            return path if path.startswith(("http://", "https://")) else None
        return _relative(path, self._out)


def _relative(path: str, out: str) -> str | None:
    try:
        found = os.path.relpath(path, out).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return None
    return _escaped(found)


def _escaped(path: str) -> str:
    """A path as an address: ASCII that has a meaning there as %20, letters of any script as they are."""
    return "".join(c if c in _KEPT or not c.isascii() else quote(c) for c in path)
