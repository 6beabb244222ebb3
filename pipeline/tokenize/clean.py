"""A clean view of a text for the tokenizer, with the way back to the text as it was given.

Accents written as combining marks are composed, characters that nobody sees (soft hyphens, zero-width spaces) are
dropped, and characters that are no text (controls, NUL, lone surrogates) become spaces. An article glued to an office
(« leministre ») gets its space back.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pipeline.tokenize.glue import article

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CLUSTER = re.compile("[\ud800-\udfff]|.[\u0300-\u036f" + _INVISIBLE + "]*", re.DOTALL)


class View(NamedTuple):
    """A clean view: its `text`, and for each of its characters where it `starts` and `ends` in the given text.

    None: just where it is in the view. `base` is the offset in the given text from which on that counts.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None
    base: int = 0

    def given(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the given text of the characters from `start` to `end` (exclusive, behind it) of the view."""
        if self.starts is None or self.ends is None:
            return self.base + start, self.base + end
        return self.base + self.starts[start], self.base + self.ends[end - 1]


def clean(given: str, base: int = 0) -> View:
    """The clean view of `given` from the offset `base` on; any str will do."""
    text = given[base:]
    text = _NO_TEXT.sub(" ", text)
    gaps = {found.end() for found in article().finditer(text)}
    if not gaps and unicodedata.is_normalized("NFC", text) and not _DROPPED.search(text):
        return View(text, base=base)
    pieces, starts, ends = [], [], []
    for cluster in _CLUSTER.finditer(text):
        if cluster.start() in gaps:
            pieces.append(" ")
            starts.append(cluster.start())
            ends.append(cluster.start())
        piece = unicodedata.normalize("NFC", _DROPPED.sub("", cluster[0]))
        pieces.append(piece)
        starts += [cluster.start()] * len(piece)
        ends += [cluster.end()] * len(piece)
    return View("".join(pieces), starts, ends, base)
