"""Running heads, feet and page numbers: what stands at the edge of several pages, at the same height."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.read.pdf.lines import Line

#: what is at the edge: so much of the page's height, above and below
_EDGE = 0.12
#: of so many pages, one in two has its own head where those of left and right pages differ
_LEAST_PAGES, _LEAST_SHARE = 2, 0.4
_NUMBER = re.compile(r"\d+|(?<!\w)[ivxl]+(?!\w)", re.IGNORECASE)
_STEP = 0.008


def without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that come again on others, but for their numbers."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page if _is_at_the_edge(line)})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    return [[line for line in page if not _is_at_the_edge(line) or seen[_key(line)] < least] for page in pages]


def _is_at_the_edge(line: Line) -> bool:
    return line.height_on_page < _EDGE or line.height_on_page > 1 - _EDGE


def _key(line: Line) -> tuple[str, int]:
    return _NUMBER.sub("#", line.text.casefold()), round(line.height_on_page / _STEP)
