"""RTF, by striprtf: paragraphs and rows of tables; title and date from its group of information."""

from __future__ import annotations

import logging
import re
from datetime import date

from pipeline.errors import ReadError
from pipeline.read.content import Content
from pipeline.read.libraries import library
from pipeline.read.office import joined
from pipeline.read.titles import title

_TITLE = re.compile(r"\{\\title\s?(?P<title>(?:[^{}\\]|\\[^{}]){0,2000})\}")
_CREATED = re.compile(r"\{\\creatim\s*\\yr(\d+)\s*\\mo(\d+)\s*\\dy(\d+)")
#: pictures are figures in hexadecimal; what is as long as this is no text
_PICTURE = re.compile(rb"[0-9a-fA-F\s]{1000,}")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")
_INFORMATION = 200_000  #: characters that may stand before it
_ROW = re.compile(r"^.*\|$", re.MULTILINE)


def read(raw: bytes) -> Content:
    """The text of an RTF file, its title and the day on which it was made."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ReadError("no RTF: it does not begin with {\\rtf")
    code = _PICTURE.sub(b"", raw).decode("latin-1")
    head = code[:_INFORMATION]
    text = _ROW.sub(lambda row: row[0].rstrip("|").replace("|", "\t"), _text(code))
    named, page = _TITLE.search(head), _CODE_PAGE.search(head)
    prefix = f"{{\\rtf1{page[0] if page else ''} "
    said = _text(f"{prefix}{named['title']}}}") if named else None
    encoding = f"cp{page[1]}" if page else None
    return Content(joined(text.split("\n")), encoding, "application/rtf", title(said), created=_created(head))


def _text(code: str) -> str:
    striprtf = library("striprtf.striprtf", "office", "RTF")
    logging.getLogger("striprtf").setLevel(logging.CRITICAL)
    text: str = striprtf.rtf_to_text(code, errors="replace")
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "replace")
    )


def _created(head: str) -> str | None:
    found = _CREATED.search(head)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except (ValueError, OverflowError):
        return None
