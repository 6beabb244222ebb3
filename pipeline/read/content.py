"""What a format's reader makes of the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Content(NamedTuple):
    """The text of a file, and what its format says of it; offsets of the whole line count in `text`."""

    text: str
    encoding: str
    media_type: str
    title: str | None = None


#: a format: bytes in, content out; raises ReadError where the bytes are none of its files
Reader = Callable[[bytes], Content]
