"""A file to a Document."""

from __future__ import annotations

import hashlib
import os
from itertools import islice
from pathlib import Path, PurePath

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.formats import FORMATS, known
from pipeline.read.header import header
from pipeline.read.language import is_french, language
from pipeline.records import Document

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00\x1a"


def read(path: str | Path, name: str | None = None, published: str | None = None) -> Document:
    """The document at `path`, called `name` in the tables (default: the file's name).

    `published` is the date (EDTF) of a document that says none. `text` is the whole file's, header and all;
    `body_start` says where the title or, without one, the text proper begins. `status` is ok or not_french.
    Raises ReadError where there is nothing to read.
    """
    path = Path(path)
    return document_of(raw_bytes(path), path, name or written(path.name), published)


def document_of(raw: bytes, path: PurePath, called: str, published: str | None = None) -> Document:
    """The document that the bytes of a file are, as `read` gives it; of `path`, only the suffix counts."""
    content = _content(path, raw)
    found = header(content.text, called, published)
    _refuse_empty(content.text, found.body_start)
    code = language(content.text[found.body_start :])
    french = is_french(code)
    return Document(
        document=called,
        title=found.title or content.title,
        published=found.published,
        published_source=found.source,
        language=code,
        media_type=content.media_type,
        encoding=content.encoding,
        characters=len(content.text),
        sha256=hashlib.sha256(raw).hexdigest(),
        status="ok" if french else "not_french",
        message=None if french else f"the text is not in French (language: {code}); no facts were taken from it",
        text=content.text,
        body_start=found.body_start if found.title_start is None else found.title_start,
    )


def written(name: str | PurePath) -> str:
    """A file's name as it can be written anywhere: with `/`, and bytes that are no characters as \\xNN."""
    return os.fsencode(str(name)).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def raw_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises ReadError, naming the cause, where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            return _refuse_other(path)
        return path.read_bytes()
    except FileNotFoundError as error:
        broken = path.is_symlink()
        raise ReadError(
            f"broken link: {path.readlink()} does not exist" if broken else "it is not there any more"
        ) from error
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from error


def _refuse_other(path: Path) -> bytes:
    """Raises ReadError or OSError, whichever says why a folder or device is no document."""
    if path.is_dir():
        next(path.iterdir(), None)
        raise ReadError("a folder, not a file")
    raise ReadError("not a regular file")


def _content(path: PurePath, raw: bytes) -> Content:
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"{path.suffix or 'a file without suffix'} is not read; these are: {known()}")
    if not raw.strip():
        raise ReadError("the file is empty", "empty")
    return reader(raw)


def _refuse_empty(text: str, body_start: int) -> None:
    body = islice(text, body_start, None)
    if all(char.isspace() or char in _INVISIBLE for char in body):
        what = "nothing stands behind the header" if body_start else "the file has no visible character"
        raise ReadError(what, "empty")
