"""DOCX, by python-docx: paragraphs, rows of tables, text boxes and notes, without what has been struck out.

python-docx gives paragraphs and tables, but neither what stands in content controls, insertions and text boxes nor
notes: so the elements are gone through here, and it opens the file and says the properties.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.libraries import library
from pipeline.read.office import day, joined, superscript
from pipeline.read.titles import title

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: what stands there and is not read: struck out, moved away, the second form of a drawing
_UNREAD = {f"{_WORD}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_WRITTEN = {f"{_WORD}tab": "\t", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-", f"{_WORD}softHyphen": ""}
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
_OLE = b"\xd0\xcf\x11\xe0"


def read(raw: bytes) -> Content:
    """The text of a DOCX file, its title and the day on which it was made."""
    docx = library("docx", "office", "DOCX")
    if raw.startswith(_OLE):
        raise ReadError("encrypted, or an old Word file (.doc); save it as .docx without a password")
    try:
        document = docx.Document(io.BytesIO(raw))
    except MemoryError:
        raise
    except Exception as error:  # broken packages raise almost anything
        raise ReadError(f"no whole DOCX: {error}") from error
    blocks = [*_blocks(document.element.body), *_notes(document)]
    about = document.core_properties
    return Content(joined(blocks), None, _MEDIA_TYPE, title(about.title), created=day(about.created))


def _notes(document: Any) -> Iterator[str]:
    """The foot- and endnotes, behind the text."""
    parse = library("docx.oxml", "office", "DOCX").parse_xml
    for part in document.part.package.iter_parts():
        if str(part.partname) in _NOTES:
            for note in parse(part.blob):
                if note.get(f"{_WORD}type") in (None, "normal"):
                    yield from _blocks(note)


def _blocks(parent: Any) -> Iterator[str]:
    """The paragraphs of an element and the rows of its tables, in order."""
    for child in parent:
        if child.tag == f"{_WORD}p":
            yield "".join(_texts(child))
            for box in child.iter(f"{_WORD}txbxContent"):
                if not any(above.tag in _UNREAD for above in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == f"{_WORD}tr":
            cells = (" ".join(_blocks(cell)) for cell in child.iter(f"{_WORD}tc") if _is_of(cell, child))
            yield "\t".join(cells)
        elif child.tag not in _UNREAD:
            yield from _blocks(child)


def _is_of(cell: Any, row: Any) -> bool:
    """Whether a cell is one of this row, and not of a table in it."""
    return next(cell.iterancestors(f"{_WORD}tr")) is row


def _texts(parent: Any, raised: bool = False) -> Iterator[str]:
    """The characters of a paragraph; digits in superscript, which refer to something, as such."""
    for child in parent:
        if child.tag == f"{_WORD}t":
            yield superscript(child.text or "") if raised else child.text or ""
        elif child.tag == f"{_WORD}br":
            yield "" if child.get(f"{_WORD}type") else "\n"
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag not in _UNREAD and child.tag != f"{_WORD}txbxContent":
            yield from _texts(child, _is_raised(child))


def _is_raised(run: Any) -> bool:
    align, position = (run.find(f"{_WORD}rPr/{_WORD}{name}") for name in ("vertAlign", "position"))
    if align is not None:
        return bool(align.get(f"{_WORD}val") == "superscript")
    return position is not None and position.get(f"{_WORD}val", "").isdecimal() and position.get(f"{_WORD}val") != "0"
