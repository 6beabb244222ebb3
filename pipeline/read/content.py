"""What a format's reader makes of the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.read.options import ReadOptions


class Content(NamedTuple):
    """The text of a document, and what its format says of it; offsets of the whole line count in `text`.

    `published` is the date of publication, `created` the day on which the file was made, both EDTF.
    """

    text: str
    encoding: str | None
    media_type: str
    title: str | None = None
    published: str | None = None
    created: str | None = None


class Piece(NamedTuple):
    """One document of a file, or what is wrong with it.

    `number` counts from 1 where a file holds many, and is None where it is the document; `member` is the path in the
    archive that it comes from.
    """

    content: Content | ReadError
    number: int | None = None
    member: str | None = None


#: a format whose files are a document each: bytes in, content out; raises ReadError where the bytes are none of its
#: files
Reader = Callable[[bytes], Content]
#: a format whose files hold several documents: those that cannot be read are errors in their places; raises ReadError
#: where the whole file cannot be read. One that holds a single document may give it as Content
Collection = Callable[[bytes, ReadOptions], Content | Iterator[Content | ReadError]]
