"""Room 1, Path -> Document: find the files, decode them, and read what they say of themselves."""

from pipeline.read.document import documents_of, read
from pipeline.read.formats import FORMATS, holds_many
from pipeline.read.header import Header, Told, header
from pipeline.read.language import is_french, language
from pipeline.read.options import ReadOptions
from pipeline.read.published import check_published, evaluate
from pipeline.read.sources import STANDARD_INPUT, Source, discover, read_list

__all__ = [
    "FORMATS",
    "STANDARD_INPUT",
    "Header",
    "ReadOptions",
    "Source",
    "Told",
    "check_published",
    "discover",
    "documents_of",
    "evaluate",
    "header",
    "holds_many",
    "is_french",
    "language",
    "read",
    "read_list",
]
