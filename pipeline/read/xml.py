"""XML of any kind, without entities or anything from outside: its text, or that of the element that holds it.

Elements stand in paragraphs of their own, but for those within running text. Where there is an element that the
lexicon lists in text_fields.csv (`body`, `text` …) the first one is the text; title and date are those of
front_matter_keys.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipeline.errors import ReadError
from pipeline.lexicon import fold, mapping
from pipeline.read import html
from pipeline.read.content import Content
from pipeline.read.published import written_date

_DEEPEST = 500


def read(raw: bytes) -> Content:
    """The text of an XML file. Raises ReadError where it is not well-formed, or declares entities."""
    try:
        root = fromstring(raw)
    except DefusedXmlException as error:
        raise ReadError(
            "it declares entities, which are not read: they may stand for other files; remove them"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError(f"no well-formed XML: {error}") from error
    if _name(root) == "html":
        return html.read(raw)._replace(media_type="application/xhtml+xml")
    elements = list(root.iter())
    held = _first(elements, mapping("text_fields"))
    text = "\n\n".join(filter(None, (" ".join(block.split()) for block in _blocks(root if held is None else held, 0))))
    known = {value: _said(elements, value) for value in ("title", "published")}
    published = known["published"]
    return Content(text, "utf-8", "application/xml", known["title"], published and written_date(published))


def _name(element: Element) -> str:
    tag: Any = element.tag  # of a comment or an instruction, no text
    return fold(tag.rpartition("}")[2]) if isinstance(tag, str) else ""


def _first(elements: list[Element], names: dict[str, str]) -> Element | None:
    """The first element with any text that bears one of the names."""
    return next((one for one in elements if _name(one) in names and "".join(one.itertext()).strip()), None)


def _said(elements: list[Element], meaning: str) -> str | None:
    """The text of the first element that bears the best of the names for `meaning`."""
    texts: dict[str, str] = {}
    for element in elements:
        if said := " ".join("".join(element.itertext()).split()):
            texts.setdefault(_name(element), said)
    names = (name for name, value in mapping("front_matter_keys").items() if value == meaning)
    return next((texts[name] for name in names if name in texts), None)


def _blocks(element: Element, deep: int) -> Iterator[str]:
    """The paragraphs of an element: what has words between its elements is one, else each of them is looked into."""
    if deep > _DEEPEST:
        raise ReadError(f"elements within elements, more than {_DEEPEST} deep")
    between = "".join([element.text or "", *(child.tail or "" for child in element)])
    if between.strip() or not len(element):
        yield "".join(element.itertext())
        return
    for child in element:
        yield from _blocks(child, deep + 1)
