"""Web pages: the main text by trafilatura, the date by htmldate; scripts do not run, and nothing is fetched."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.decode import decode
from pipeline.read.libraries import library
from pipeline.read.published import written_date

_EXTRA, _WHAT = "html", "HTML"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
#: the names by which the web says an encoding that it reads as another one
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
#: names of <meta> whose value is a date of publication, where it is less than a day, which htmldate makes up
_DATES = re.compile(r"date|publi|issued|created", re.IGNORECASE)
_COARSE = re.compile(r"\d{4}(?:-\d\d)?")
_BLOCKS = ("p", "head", "item", "row", "quote", "code", "fw", "div", "ab")


def read(raw: bytes, charset: str | None = None) -> Content:
    """The main text of a page, its title and its date; `charset` is the encoding that its envelope says."""
    trafilatura, builder = library("trafilatura", _EXTRA, _WHAT), library("lxml.html", _EXTRA, _WHAT)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page, encoding = _decoded(raw, charset)
    tree = _tree(page, builder)
    found = trafilatura.bare_extraction(deepcopy(tree), favor_recall=True, include_comments=False, with_metadata=True)
    text = _rendered(found.body) if found is not None else ""
    return Content(text or _all_text(tree), encoding, "text/html", _title(found, tree), _date(tree))


def _tree(page: str, builder: Any) -> Any:
    """The elements of a page. Raises ReadError where there is none."""
    etree = library("lxml.etree", _EXTRA, _WHAT)
    parser = builder.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return builder.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"no HTML: {error}") from error


def _decoded(raw: bytes, charset: str | None) -> tuple[str, str]:
    """The characters: Unicode where the bytes are, else as the envelope or the page says, else as they look."""
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        said = _CHARSET.search(raw[:_HEAD_BYTES])
    for name in (charset, said and said[1].decode("ascii")):
        try:
            known = codecs.lookup(name or "").name
            known = _READ_AS.get(known, known)
            return raw.decode(known), known
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return decode(raw)


def _rendered(body: Any) -> str:
    """The text of trafilatura's tree: a blank line between paragraphs, a tab between the cells of a row."""
    blocks = [""]
    for step, element in _walk(body):
        if element.tag in _BLOCKS:
            blocks.append("")
        if element.tag == "lb" and step == "start":
            blocks[-1] += "\n"
        if element.tag == "cell" and step == "end":
            blocks[-1] += "\t"
        blocks[-1] += _spaced((element.text if step == "start" else element.tail) or "")
    return "\n\n".join(text for block in blocks if (text := _trimmed(block)))


def _walk(body: Any) -> Iterator[tuple[str, Any]]:
    etree = library("lxml.etree", _EXTRA, _WHAT)
    return iter(etree.iterwalk(body, events=("start", "end")))


def _spaced(text: str) -> str:
    """Runs of the spaces of HTML as one; a no-break space is a character."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _trimmed(block: str) -> str:
    return re.sub(r" *([\n\t]) *", r"\1", block).strip(" \n\t")


def _all_text(tree: Any) -> str:
    """What a page shows where no main text can be told from the rest."""
    cleaned = deepcopy(tree)
    for element in list(cleaned.iter("script", "style", "head", "noscript", "template")):
        element.drop_tree()
    return _trimmed("\n\n".join(filter(None, map(_trimmed, map(_spaced, cleaned.itertext())))))


def _title(found: Any, tree: Any) -> str | None:
    title = (found.title if found is not None else None) or tree.findtext(".//title")
    return " ".join(title.split()) or None if title else None


def _date(tree: Any) -> str | None:
    """The date that the head of a page, its data for search engines or its <time> elements say; none of the text's."""
    htmldate = library("htmldate", _EXTRA, _WHAT)
    coarse = [value for element in tree.iter("meta") if (value := _coarse_date(element))]
    found = htmldate.find_date(_dated(tree), original_date=True, extensive_search=False)
    return found or next(iter(coarse), None)


def _dated(tree: Any) -> Any:
    """A page that has the elements which say dates, and no text in which htmldate could find another one."""
    builder, etree = library("lxml.html", _EXTRA, _WHAT), library("lxml.etree", _EXTRA, _WHAT)
    page = builder.fromstring("<html><head></head><body></body></html>")
    for element in tree.iter("meta", "time", "script"):
        is_data = element.tag != "script" or element.get("type") == "application/ld+json"
        if is_data and not _COARSE.fullmatch(element.get("content", "").strip()):
            copy = builder.fromstring(etree.tostring(element, with_tail=False))
            page.find("head" if element.tag == "meta" else "body").append(copy)
    return page


def _coarse_date(meta: Any) -> str | None:
    """The year or month that a <meta> gives as a date; htmldate would make a day of it."""
    name = " ".join(filter(None, (meta.get(key) for key in ("name", "property", "itemprop"))))
    value = meta.get("content", "").strip()
    return written_date(value) if _COARSE.fullmatch(value) and _DATES.search(name) else None
