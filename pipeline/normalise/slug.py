"""A name as an identifier: the same letters give the same identifier, with diacritics or without."""

from __future__ import annotations

import re

from pipeline.lexicon import fold

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_APART = re.compile(r"[^\w]+|_+")


def slug(name: str) -> str:
    """`Tạ Quang Khải` -> `ta-quang-khai`; letters of other scripts stay, other characters part words."""
    return _APART.sub("-", fold(name).translate(_LIGATURES)).strip("-")
