"""One view of a text for matching: lower case, no accents, one kind of apostrophe, hyphen and space.

The view has as many characters as the text, so an offset in one is an offset in the other.
"""

import codecs
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from pipeline.remembered import Remembered

_WORD = 40  #: characters of a word or a short phrase, which comes again and again
_WORDS = 50_000  #: so many of them are kept folded
_WESTERN, _OTHERS = "cp1252", "greffier.fold"
_TEXTS = 4  #: so many longer texts are: what reads a text mostly folds it anew

_SAME = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "ʹ": "'",
         "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
         "−": "-", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
         "ı": "i", "İ": "i"}  # fmt: skip


def _fold_char(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if "\ud800" <= char <= "\udfff":
        return " "
    if char.isspace() and char not in "\n\r":
        return " "
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)).lower()
    return bare if len(bare) == 1 else char


class _Folding(dict[int, str]):
    """A translation table that learns each character the first time that it is met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_FOLDING = _Folding()
for _code in range(0x250):
    _FOLDING[_code] = _fold_char(chr(_code))


class _Views(Remembered[str, str]):
    """{text: its view}, made when it is first asked for; only words stay, and those texts that were asked for last."""

    def __missing__(self, text: str) -> str:
        return _view(text) if len(text) > _WORD else super().__missing__(text)


@lru_cache(_TEXTS)
def _view(text: str) -> str:
    """The view of a text, in a third of the time where all in it is a Western letter, or folds to one."""
    try:
        return text.encode(_WESTERN, _OTHERS).translate(_folded_bytes()).decode(_WESTERN)
    except UnicodeEncodeError:
        return text.translate(_FOLDING)


def _fold_others(error: UnicodeError) -> tuple[str, int]:
    """What stands for letters that `_WESTERN` has not, as an error handler of `str.encode`: `ễ` -> `e`."""
    if isinstance(error, UnicodeEncodeError):
        folded = error.object[error.start : error.end].translate(_FOLDING)
        if folded.isascii() and folded == folded.translate(_FOLDING):
            return folded, error.end
    raise error


codecs.register_error(_OTHERS, _fold_others)


@cache
def _folded_bytes() -> bytes:
    """What each byte of a text in `_WESTERN` becomes; the few that stand for nothing stay."""
    folded = (bytes([code]).decode(_WESTERN, "ignore").translate(_FOLDING) for code in range(256))
    return b"".join(char.encode(_WESTERN) or bytes([code]) for code, char in enumerate(folded))


#: the view of a text for matching, of the same length: `len(fold(text)) == len(text)`
fold: Callable[[str], str] = _Views(lambda text: text.translate(_FOLDING), _WORDS).__getitem__
