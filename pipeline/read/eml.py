"""E-mail messages (RFC 5322), by the standard library: the subject is the title, the date that of publication.

The text is the body: plain text where the message has it, else its HTML. Attachments are not read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser

from pipeline.errors import ReadError
from pipeline.read import html
from pipeline.read.content import Content
from pipeline.read.decode import decode
from pipeline.read.published import written_date

_SOFT_BREAK = re.compile(r"(?<!^--)(?<=\S) \n(?=\S)", re.MULTILINE)


def read(raw: bytes) -> Content:
    """The body of a message, its subject and its date. Raises ReadError where it has neither headers nor body."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise ReadError("no e-mail message: it begins with no header line such as « Subject: … »")
    body = message.get_body(("plain", "html"))
    if body is None:
        raise ReadError("the message has no text; attachments are not read", "empty")
    text, encoding = _body(body)
    return Content(text, encoding, "message/rfc822", _header(message, "Subject"), _date(message))


def _body(body: MIMEPart) -> tuple[str, str]:
    raw = body.get_payload(decode=True)
    if not isinstance(raw, bytes) or not raw.strip():
        raise ReadError("the body of the message is empty", "empty")
    charset = body.get_content_charset()
    if body.get_content_subtype() == "html":
        found = html.read(raw, charset)
        return found.text, found.encoding or ""
    text, encoding = _decoded(raw, charset)
    flowed = str(body.get_param("format", "")).lower() == "flowed"
    return (_SOFT_BREAK.sub(" ", text) if flowed else text), encoding


def _decoded(raw: bytes, charset: str | None) -> tuple[str, str]:
    """The text by the charset that the message says, where the bytes are of it, else by what they look like."""
    with suppress(LookupError, UnicodeDecodeError):
        if charset and charset != "us-ascii":
            return raw.decode(charset).replace("\r\n", "\n").replace("\r", "\n"), charset
    return decode(raw)


def _header(message: EmailMessage, name: str) -> str | None:
    # the parser of structured headers fails on some broken ones
    with suppress(ValueError, IndexError, AttributeError, KeyError, TypeError, RecursionError):
        return " ".join(str(message[name] or "").split()) or None
    return None


def _date(message: EmailMessage) -> str | None:
    said = _header(message, "Date")
    return written_date(said) if said else None
