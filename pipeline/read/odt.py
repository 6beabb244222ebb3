"""ODT, by odfdo: paragraphs, rows of tables, text boxes and notes, without what has been struck out and comments.

odfdo (not odfpy, whose last version is of 2020) opens the file and says its metadata; its own text has the numbers of
notes within words and cells in lines of their own, so the elements are gone through here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.libraries import library
from pipeline.read.office import day, joined, superscript
from pipeline.read.titles import title

_OF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_TEXT = {name: _OF % ("text", name) for name in ("p", "h", "s", "tab", "line-break", "note", "note-body", "c")}
_ROW, _CELL, _BOX = _OF % ("table", "table-row"), _OF % ("table", "table-cell"), _OF % ("draw", "text-box")
_WRITTEN = {_TEXT["s"]: " ", _TEXT["tab"]: "\t", _TEXT["line-break"]: "\n"}
_MOST_SPACES = 100
_UNREAD = {
    _OF % ("text", "tracked-changes"),
    _OF % ("text", "note-citation"),
    _OF % ("office", "annotation"),
    _OF % ("office", "forms"),
    _OF % ("text", "sequence-decls"),
}
_STYLE, _POSITION = _OF % ("style", "style"), _OF % ("style", "text-position")
_STYLE_NAME, _NAMED = _OF % ("style", "name"), _OF % ("text", "style-name")
_RAISED = re.compile(r"super|[1-9]\d*%")
_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def read(raw: bytes) -> Content:
    """The text of an ODT file, its title and the day on which it was made."""
    odfdo = library("odfdo", "office", "ODT")
    try:
        document = odfdo.Document(io.BytesIO(raw))
        body = fromstring(document.get_part("content.xml").serialize())
        about = document.meta
        named, created = about.title, about.creation_date
    except DefusedXmlException as error:
        raise ReadError("it declares entities, which are not read: they may stand for other files") from error
    except (MemoryError, ReadError):
        raise
    except Exception as error:  # broken packages raise almost anything
        raise ReadError(_refusal(raw, error)) from error
    read_in = _Reader(body)
    blocks = [*read_in.blocks(body), *read_in.notes(body)]
    return Content(joined(blocks), None, _MEDIA_TYPE, title(named), created=day(created))


def _refusal(raw: bytes, error: Exception) -> str:
    if isinstance(error, ParseError) and b"manifest.xml" in raw:
        return "encrypted, or no whole ODT; save it without a password"
    return f"no whole ODT: {error}"


class _Reader:
    """Goes through the elements of a document, whose styles it knows."""

    def __init__(self, body: Element) -> None:
        said = ((style.get(_STYLE_NAME), [p.get(_POSITION, "") for p in style]) for style in body.iter(_STYLE))
        self._raised = {name for name, positions in said if any(map(_RAISED.match, positions))}

    def notes(self, body: Element) -> Iterator[str]:
        """The foot- and endnotes, behind the text."""
        for note in body.iter(_TEXT["note-body"]):
            yield from self.blocks(note)

    def blocks(self, parent: Element) -> Iterator[str]:
        """The paragraphs of an element and the rows of its tables, in order."""
        for child in parent:
            if child.tag in (_TEXT["p"], _TEXT["h"]):
                yield "".join(self._texts(child))
                yield from (text for box in child.iter(_BOX) for text in self.blocks(box))
            elif child.tag == _ROW:
                yield "\t".join(" ".join(self.blocks(cell)) for cell in child if cell.tag == _CELL)
            elif child.tag not in _UNREAD:
                yield from self.blocks(child)

    def _texts(self, parent: Element) -> Iterator[str]:
        """The characters of a paragraph; digits in superscript, which refer to something, as such."""
        text = parent.text or ""
        yield superscript(text) if parent.get(_NAMED) in self._raised else text
        for child in parent:
            if child.tag in _WRITTEN:
                yield _WRITTEN[child.tag] * min(_number(child.get(_TEXT["c"])), _MOST_SPACES)
            elif child.tag not in (*_UNREAD, _TEXT["note"], _BOX):
                yield from self._texts(child)
            yield child.tail or ""


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() else 1
