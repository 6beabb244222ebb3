"""Plain text."""

from __future__ import annotations

from pipeline.read.content import Content
from pipeline.read.decode import decode


def read(raw: bytes) -> Content:
    """Plain text says nothing of itself but its characters."""
    text, encoding = decode(raw)
    return Content(text, encoding, "text/plain")
