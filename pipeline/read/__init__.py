"""Room 1, Path -> Document: find the files, decode them, and read what they say of themselves."""

from pipeline.read.document import read
from pipeline.read.formats import FORMATS
from pipeline.read.header import Header, header
from pipeline.read.language import is_french, language
from pipeline.read.published import check_published, evaluate
from pipeline.read.sources import Source, discover

__all__ = [
    "FORMATS",
    "Header",
    "Source",
    "check_published",
    "discover",
    "evaluate",
    "header",
    "is_french",
    "language",
    "read",
]
