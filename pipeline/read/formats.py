"""The formats that are read. A new one is a file beside this one, with a `read(raw) -> Content`, and a line here."""

from __future__ import annotations

from pipeline.read import markdown, text
from pipeline.read.content import Reader

FORMATS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
}


def known() -> str:
    """The suffixes that are read, for messages."""
    return ", ".join(sorted(FORMATS))
