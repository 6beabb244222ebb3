"""One view of a text for matching: lower case, no accents, one kind of apostrophe, hyphen and space.

The view has as many characters as the text, so an offset in one is an offset in the other.
"""

import unicodedata

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


def fold(text: str) -> str:
    """The view of `text` for matching, of the same length (`len(fold(text)) == len(text)`)."""
    return text.translate(_FOLDING)
