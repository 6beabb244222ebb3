"""The formats that are read. A new one is a file beside this one, with a `read(raw) -> Content`, and a line here."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.read import csv, docx, eml, html, json, jsonl, markdown, odt, pdf, rtf, text, xml
from pipeline.read.content import Collection, Reader

#: a file is a document
FORMATS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xml": xml.read,
    ".eml": eml.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".odt": odt.read,
    ".rtf": rtf.read,
}
#: a file holds many
COLLECTIONS: dict[str, Collection] = {
    ".json": json.read,
    ".jsonl": jsonl.read,
    ".csv": csv.read,
}
ARCHIVES = (".gz", ".zip")
#: formats that no library is needed for, and no file of which can take long or fill the memory
SIMPLE = (".txt", ".md")


def is_read(path: PurePath) -> bool:
    """Whether a file is of a format that is read, by its suffix; `.gz` alone is, and `.tar.gz` is not."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        packed = PurePath(path.stem)
        return not packed.suffix or is_read(packed)
    return suffix in FORMATS or suffix in COLLECTIONS or suffix in ARCHIVES


def holds_many(path: PurePath) -> bool:
    """Whether a file of this suffix may hold several documents."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        packed = PurePath(path.stem)
        return not packed.suffix or holds_many(packed)
    return suffix in COLLECTIONS or suffix == ".zip"


def known() -> str:
    """The suffixes that are read, for messages."""
    return ", ".join(sorted([*FORMATS, *COLLECTIONS, *ARCHIVES]))
