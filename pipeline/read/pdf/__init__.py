"""PDF, by PDFium: words as they stand on the page, put into the order in which people read them.

Compared with pypdf, which gives a page of two columns line across line and leaves hyphens and running heads where they
are, PDFium says where each character stands, in a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.libraries import library
from pipeline.read.pace import progress
from pipeline.read.pdf.heads import without_heads
from pipeline.read.pdf.lines import Line, lines
from pipeline.read.pdf.order import columns
from pipeline.read.pdf.paragraphs import joined, paragraphs
from pipeline.read.titles import title

_MOST_PAGES = 5000
#: fewer letters than this on a page, on average, are a stamp or a page number over a picture
_LEAST_LETTERS = 10
_DAY = re.compile(r"D:(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_SCAN = (
    "its {} pages are pictures without text: a scan; a program for text recognition adds it: "
    "ocrmypdf -l fra scan.pdf text.pdf"
)


def read(raw: bytes) -> Content:
    """The text of a PDF, its title and the day on which it was made."""
    pdfium = library("pypdfium2", "pdf", "PDF")
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise ReadError(_refusal(str(error))) from error
    try:
        return _content(document)
    finally:
        document.close()


def _refusal(error: str) -> str:
    if "password" in error or "security" in error:
        return "encrypted; save it without a password"
    return f"no PDF, or a damaged one: {error}"


def _content(document: Any) -> Content:
    if len(document) > _MOST_PAGES:
        raise ReadError(f"{len(document):,} pages, more than {_MOST_PAGES:,}; split it", "failed")
    pages = []
    for number in range(len(document)):
        pages.append(_lines(document, number))
        progress(sum(len(line.text) for line in pages[-1]))
    if sum(len(line.text) for line in chain(*pages)) < _LEAST_LETTERS * max(len(pages), 1):
        raise ReadError(_SCAN.format(len(pages)), "no_text")
    blocks = (paragraphs(column) for page in without_heads(pages) for column in columns(page))
    about = document.get_metadata_dict()
    made = _DAY.match(about.get("CreationDate", ""))
    created = "-".join(made.groups()) if made else None
    return Content(joined(blocks), None, "application/pdf", title(about.get("Title", "")), created=created)


def _lines(document: Any, number: int) -> list[Line]:
    """The lines of a page, none where it is damaged."""
    pdfium = library("pypdfium2", "pdf", "PDF")
    try:
        page = document[number]
        try:
            return list(_on_page(page))
        finally:
            page.close()
    except pdfium.PdfiumError:
        return []


def _on_page(page: Any) -> Iterator[Line]:
    text = page.get_textpage()
    try:
        yield from lines(text, page.get_height())
    finally:
        text.close()
