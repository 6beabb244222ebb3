"""Of which format bytes without a name are: those of standard input, and of a gzip file that does not say."""

from __future__ import annotations

import io
import json
import re
import zipfile

_HEADER = (
    rb"(?:from|to|date|subject|received|return-path|message-id|mime-version|content-type):[^\n]*\n(?:[ \t][^\n]*\n)*"
)
_BEGINNINGS = (
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"PK\x03\x04"), ".zip"),
    (re.compile(rb"\x1f\x8b"), ".gz"),
    (re.compile(rb"\{\\rtf"), ".rtf"),
    (re.compile(rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL), ".html"),
    (re.compile(rb"<\?xml"), ".xml"),
    (re.compile(rb"[{\[]"), ".json"),
    (re.compile(rb"(?:" + _HEADER + rb"){2}", re.IGNORECASE), ".eml"),
)
_OPENING = 4096


def suffix_of(raw: bytes) -> str:
    """The suffix of the format that the bytes look like; `.txt` where they look like none."""
    opening = raw[:_OPENING].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    suffix = next((suffix for beginning, suffix in _BEGINNINGS if beginning.match(opening)), ".txt")
    if suffix == ".zip":
        return _packed(raw)
    return _json(raw) if suffix == ".json" else suffix


def _packed(raw: bytes) -> str:
    """ZIP is also how word processors pack their files."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ".zip"
    if "word/document.xml" in names:
        return ".docx"
    return ".odt" if {"mimetype", "content.xml"} <= names else ".zip"


def _json(raw: bytes) -> str:
    """One object a line, or one value; text that only begins with a bracket is text."""
    first = next(line for line in raw.splitlines() if line.strip())
    for value, suffix in ((raw, ".json"), (first, ".jsonl")):
        try:
            json.loads(value)
        except (ValueError, RecursionError):
            continue
        return suffix
    return ".txt"
