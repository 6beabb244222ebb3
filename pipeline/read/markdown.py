"""Markdown: the text stays as it is, marks and all, so that offsets hold; the first heading is the title."""

from __future__ import annotations

import re

from pipeline.read.content import Content
from pipeline.read.decode import decode

_HEADING = re.compile(r"^(?:# +(?P<marked>.+?)(?: +#+)?|(?P<underlined>[^\s>#-].*)\n=+) *$", re.MULTILINE)


def read(raw: bytes) -> Content:
    """The text of a Markdown file and its first heading of the first level."""
    text, encoding = decode(raw)
    heading = _HEADING.search(text)
    return Content(text, encoding, "text/markdown", heading and (heading["marked"] or heading["underlined"]).strip())
