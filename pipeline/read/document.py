"""A file to a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path, PurePath
from stat import S_ISREG
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.fields import replace
from pipeline.read.content import Content, Piece
from pipeline.read.formats import SIMPLE
from pipeline.read.guard import guarded
from pipeline.read.header import Told, header
from pipeline.read.language import is_french, language
from pipeline.read.names import written
from pipeline.read.options import ReadOptions
from pipeline.read.pieces import pieces
from pipeline.records import Document

_NOT_FRENCH = (
    "the text is not in French (language: {}); no facts were taken from it; --any-language reads it all the same"
)
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00\x1a"


def read(
    path: str | Path, name: str | None = None, published: str | None = None, options: ReadOptions | None = None
) -> Document:
    """The document at `path`, called `name` in the tables (default: the file's name).

    `published` is the date (EDTF) of a document that says none. `text` is the whole file's, header and all;
    `body_start` says where the title or, without one, the text proper begins. `status` is ok or not_french.
    Raises ReadError where there is nothing to read, or more than one document.
    """
    path, options = Path(path), options or ReadOptions()
    raw = raw_bytes(path, options.most_bytes)
    called = name or written(path.name)
    for piece in _pieces(raw, path, options):
        if piece.number is not None:
            raise ReadError("it holds several documents, which greffier run reads; give one")
    if isinstance(piece.content, ReadError):
        raise piece.content
    return _document(piece.content, _Source(called, called, raw_digest(raw)), published, options)


def documents_of(
    raw: bytes, path: PurePath, called: str, published: str | None, options: ReadOptions
) -> Iterator[Document]:
    """The documents of a file, as `read` gives them; those of a file that holds many are called `called`#1, #2 …

    Of `path`, only the suffix counts. What cannot be read is a document with its status and message; it has no `sha256`
    where the same bytes may be read at another time.
    """
    sha256 = raw_digest(raw)
    for piece in _pieces(raw, path, options):
        name = called if piece.number is None else f"{called}#{piece.number}"
        source = _Source(name, piece.member or called, sha256)
        where = f"in the archive: {written(piece.member)}" if piece.member else None
        try:
            if isinstance(piece.content, ReadError):
                raise piece.content
            document = _document(piece.content, source, published, options)
            yield replace(document, message="; ".join(filter(None, (document.message, where))) or None)
        except ReadError as error:
            message = "; ".join(filter(None, (str(error), where)))
            digest = None if error.again else sha256
            yield Document(document=name, status=error.status, message=message, sha256=digest)


class _Source(NamedTuple):
    """Where a document comes from: its name, the path whose words may be a date, and the digest of the file."""

    called: str
    path: str
    sha256: str


def _document(content: Content, source: _Source, published: str | None, options: ReadOptions) -> Document:
    told = Told(content.published, published, content.created)
    found = header(content.text, source.path, told)
    _refuse_empty(content.text, found.body_start)
    code = language(content.text[found.body_start :])
    wanted = options.any_language or is_french(code)
    return Document(
        document=source.called,
        title=found.title or content.title,
        published=found.published,
        published_source=found.source,
        language=code,
        media_type=content.media_type,
        encoding=content.encoding,
        characters=len(content.text),
        sha256=source.sha256,
        status="ok" if wanted else "not_french",
        message=None if wanted else _NOT_FRENCH.format(code),
        text=content.text,
        body_start=found.body_start if found.title_start is None else found.title_start,
    )


def raw_digest(raw: bytes) -> str:
    """The SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def raw_bytes(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file. Raises ReadError, naming the cause, where it cannot be read or has more than `most`."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return _refuse_other(path)
        if most is not None:
            check_size(status.st_size, most)
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


def check_size(size: int, most: int) -> None:
    """Raises ReadError where a file of `size` bytes has more than `most`."""
    if size > most:
        raise ReadError(f"{size / 1e6:,.1f} MB, more than the limit of {most / 1e6:g}; raise --max-megabytes", "failed")


def _pieces(raw: bytes, path: PurePath, options: ReadOptions) -> Generator[Piece, None, None]:
    """The documents of a file: those of simple formats are read here, all others by a child."""
    if path.suffix.lower() not in SIMPLE and raw.strip():
        yield from guarded(raw, path, options)
        return
    try:
        yield from pieces(raw, path, options)
    except ReadError as error:
        yield Piece(error)


def _refuse_empty(text: str, body_start: int) -> None:
    body = islice(text, body_start, None)
    if all(char.isspace() or char in _INVISIBLE for char in body):
        what = "nothing stands behind the header" if body_start else "the file has no visible character"
        raise ReadError(what, "empty")
