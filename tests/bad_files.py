"""Files that break readers, made here and never kept: how each is written, and how its reading must end.

`where` is the address of a server that must never be asked.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pypdf
from pdfs import Word, assembled, pdf
from samples import csv_file, docx_file, eml, html, jsonl, odt, pdf_file, rtf, zipped

WORDS = "Le juge malien Oumar Koné est à Dakar. "
ZEROS = bytes(10_000_000)


class Bad(NamedTuple):
    """How a file is written, given the address of a server, and the statuses of its documents, in their order."""

    make: Callable[[str], bytes]
    statuses: tuple[str, ...] = ("unreadable",)


def is_(raw: bytes, *statuses: str) -> Bad:
    return Bad(lambda _: raw, statuses or ("unreadable",))


def made(make: Callable[[], bytes], *statuses: str) -> Bad:
    return Bad(lambda _: make(), statuses or ("unreadable",))


def repacked(raw: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """An archive with other contents in some of its files, or without them."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: content for name, content in (files | dict(changes)).items() if content is not None})


def encrypted_pdf() -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(pdf_file()))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def encrypted_zip() -> bytes:
    raw = bytearray(zipped({"a.txt": WORDS.encode()}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def other_method() -> bytes:
    raw = bytearray(zipped({"a.txt": WORDS.encode()}))
    raw[8] = raw[raw.index(b"PK\x01\x02") + 10] = 77
    return bytes(raw)


def lying_zip() -> bytes:
    """An archive that says that its file is small."""
    raw = bytearray(zipped({"a.txt": WORDS.encode() * 50}))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (7).to_bytes(4, "little")
    return bytes(raw)


def nested(raw: bytes, deep: int) -> bytes:
    for _ in range(deep):
        raw = zipped({"a.zip": raw})
    return raw


def flate_bomb_pdf() -> bytes:
    packed = zlib.compress(b"BT /F 9 Tf (a) Tj ET " + b" " * 150_000_000, 1)
    return pdf_with(b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed))


def pdf_with(content: bytes, page: bytes = b"", kids: bytes = b"3 0 R", count: int = 1) -> bytes:
    """A PDF of one page, with this object as its content."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>"
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s%s>>" % (resources, page),
            content,
            font,
        ],
        b"",
    )


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), about, content)


def document_xml(body: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()


def docx_with(body: str, before: str = "") -> bytes:
    return repacked(docx_file(), {"word/document.xml": document_xml(body, before)})


def entities(where: str, kind: str = "") -> str:
    return f'<!DOCTYPE a [<!ENTITY {kind}x SYSTEM "{where}">]>'


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY l0 "ha">{levels}]><a>&l9;</a>'.encode()


BAD: dict[str, Bad] = {
    # text
    "binary.txt": is_(bytes(range(256)) * 4),
    "empty.txt": is_(b"", "empty"),
    "pdf.txt": made(pdf_file),
    "half.txt": is_("Le juge".encode("utf-16")[:-1], "ok"),
    "marks.txt": is_(("a" + "\u0301" * 40_000).encode(), "ok"),
    "long.txt": is_(WORDS.encode() * 60_000, "failed"),
    "yaml.md": is_(b"---\na: &a [x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(99)) + b"---\nUn mot.", "ok"),
    # pages
    "deep.html": is_(b"<div>" * 100_000 + WORDS.encode(), "ok", "empty"),
    "attributes.html": is_(b"<p " + b" ".join(b"a%d=1" % n for n in range(10_000)) + b">" + WORDS.encode(), "ok", "failed"),
    "script.html": is_(b"<script>while(1);fetch('http://x')</script><p>" + WORDS.encode() + b"</p>", "ok"),
    "fetch.html": Bad(lambda where: f'<link rel=stylesheet href="{where}"><img src="{where}"><iframe src="{where}"></iframe><p>{WORDS}'.encode(), ("ok",)),
    "angles.html": is_(b"<" * 300_000, "failed"),
    "comment.html": is_(b"<p>Un mot.<!-- " + b"-" * 1_000_000, "ok", "failed"),
    "entities.html": is_(b"<p>" + b"&amp;&eacute;" * 50_000, "ok", "not_french"),
    "digits.html": is_(b"<meta name=date content='" + b"2024-" * 100_000 + b"'><p>Un mot. " + b"12/" * 100_000, "failed"),
    "json-ld.html": is_(b'<script type="application/ld+json">' + b'{"a":' * 50_000 + b"</script><p>Un mot.", "ok"),
    "nul.html": is_(b"<p>Le\x00 juge\x00", "ok"),
    "utf7.html": is_(b"<meta charset=utf-7><p>+ADw-script+AD4- Un mot.", "ok"),
    "nothing.html": is_(b"<html><body><script>x</script></body></html>", "empty"),
    "metas.html": is_(b"<meta name=date content=2024>" * 5_000 + b"<p>Un mot.", "ok"),
    # XML
    "file.xml": is_(f"{entities('file:///etc/passwd')}<a>&x;</a>".encode()),
    "fetch.xml": Bad(lambda where: f"{entities(where)}<a>&x;</a>".encode()),
    "parameter.xml": Bad(lambda where: f"{entities(where, '% ')}<a>Un mot.</a>".encode()),
    "dtd.xml": Bad(lambda where: f'<!DOCTYPE a SYSTEM "{where}"><a>Un mot.</a>'.encode(), ("ok",)),
    "include.xml": Bad(lambda where: f'<a xmlns:x="http://www.w3.org/2001/XInclude">Un mot.<x:include href="{where}"/></a>'.encode(), ("ok",)),
    "laughs.xml": made(laughs),
    "quadratic.xml": is_(b'<!DOCTYPE a [<!ENTITY x "' + b"x" * 100_000 + b'">]><a>' + b"&x;" * 10_000 + b"</a>"),
    "deep.xml": is_(b"<a>" * 200_000 + b"Un mot." + b"</a>" * 200_000),
    "cut.xml": is_(b"<a><b>Un mot."),
    "encoding.xml": is_(b'<?xml version="1.0" encoding="utf-7"?><a>x</a>'),
    # JSON and CSV
    "deep.json": is_(b'{"text":' * 200_000),
    "number.json": is_(b'{"text": ' + b"1" * 100_000 + b"}"),
    "cut.json": is_(b'{"text": "Un mot'),
    "surrogate.json": is_(b'{"text": "Le juge \\ud800 malien"}', "ok"),
    "utf16.json": is_('{"text": "Un mot"}'.encode("utf-16"), "ok"),
    "other.json": is_(b'{"name": "x", "version": 1}'),
    "lines.jsonl": is_(b'{"text": "Un mot."}\n{"text":\n[1]\n"\x00"\n{"text": ""}\n', "ok", "unreadable", "unreadable", "unreadable", "empty"),
    "wide.jsonl": is_(json.dumps({"text": WORDS * 60_000}).encode(), "failed"),
    "quote.csv": is_(b'text\n"Un mot.\nsans fin', "ok"),
    "field.csv": is_(b"text\n" + WORDS.encode() * 60_000, "failed"),
    "columns.csv": is_(b",".join(b"c%d" % n for n in range(50_000)) + b"\n1\n"),
    "nul.csv": is_(b"text\nUn\x00mot\n", "ok"),
    "head.csv": made(lambda: csv_file().splitlines()[0], "empty"),
    # messages
    "none.eml": is_(WORDS.encode()),
    "deep.eml": is_(b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)), "unreadable", "empty"),
    "base64.eml": is_(b"Subject: x\nContent-Transfer-Encoding: base64\n\n$$$$", "empty"),
    "charset.eml": is_(b"Content-Type: text/plain; charset=no-such-thing\n\nUn mot.", "ok"),
    "header.eml": is_(b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nUn mot.", "ok", "failed"),
    "attachment.eml": is_(b"Content-Type: image/png\n\nabc", "empty"),
    "boundary.eml": is_(b"Content-Type: multipart/mixed\n\nUn mot.", "empty"),
    # archives
    "bomb.txt.gz": made(lambda: gzip.compress(ZEROS, mtime=0) * 200, "failed"),
    "cut.txt.gz": is_(gzip.compress(WORDS.encode() * 9, mtime=0)[:-20]),
    "crc.txt.gz": is_(gzip.compress(WORDS.encode(), mtime=0)[:-8] + b"\x00" * 8),
    "twelve.gz": made(lambda: deep_gzip(12)),
    "bomb.zip": made(lambda: zipped({"a.txt": WORDS.encode(), "b.txt": bytes(70_000_000)}), "ok", "failed"),
    "deep.zip": made(lambda: nested(zipped({"a.txt": WORDS.encode()}), 6)),
    "encrypted.zip": made(encrypted_zip),
    "method.zip": made(other_method),
    "lying.zip": made(lying_zip),
    "cut.zip": made(lambda: zipped({"a.txt": WORDS.encode()})[:60]),
    "paths.zip": is_(zipped({"../../escaped.txt": WORDS.encode(), "/tmp/escaped.txt": b"", "a/../../b.txt": b"\x00" * 9}), "ok", "empty", "unreadable"),
    "pictures.zip": is_(zipped({"a.png": b"x"}), "empty"),
    "mixed.zip": made(lambda: zipped({"a.html": html(), "b.pdf": b"%PDF-", "c.docx": b"PK", "d.jsonl": jsonl()}), "ok", "unreadable", "unreadable", "ok"),
    # PDF
    "encrypted.pdf": made(encrypted_pdf),
    "cut.pdf": made(lambda: pdf_file()[:400]),
    "junk.pdf": is_(b"%PDF-1.7\n" + bytes(range(256)) * 99),
    "scan.pdf": made(lambda: pdf([[], [Word(300, 20, "7")]]), "no_text"),
    "loop.pdf": is_(pdf_with(stream(b"BT /F 9 Tf (Un mot, puis un autre.) Tj ET"), kids=b"2 0 R 3 0 R"), "ok"),
    "count.pdf": is_(pdf_with(stream(b"BT /F 9 Tf (Un mot, puis un autre.) Tj ET"), count=2_000_000), "ok"),
    "itself.pdf": is_(pdf_with(stream(b"/X Do " * 2000, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>")), "no_text", "failed"),
    "bomb.pdf": made(flate_bomb_pdf, "no_text", "failed"),
    "operators.pdf": is_(pdf_with(stream(b"BT /F 9 Tf " + b"(Un mot) Tj " * 300_000 + b"ET")), "ok", "failed"),
    "numbers.pdf": is_(pdf_with(stream(b"BT /F 1e400 Tf -9e99 9e99 Td (Un mot, puis un autre) Tj ET")), "ok", "no_text"),
    "xref.pdf": is_(pdf_file().replace(b"trailer\n<<", b"trailer\n<</Prev 9"), "ok"),
    # word processors
    "cut.docx": made(lambda: docx_file()[:9000]),
    "old.docx": is_(b"\xd0\xcf\x11\xe0" + bytes(999)),
    "none.docx": made(lambda: zipped({"a.txt": b"x"})),
    "entity.docx": made(lambda: docx_with("<w:p><w:r><w:t>Un mot. &x;</w:t></w:r></w:p>", entities("file:///etc/passwd")), "ok", "unreadable"),
    "laughs.docx": made(lambda: repacked(docx_file(), {"word/document.xml": laughs()})),
    "deep.docx": made(lambda: docx_with("<w:sdt>" * 5000 + "</w:sdt>" * 5000)),
    "bomb.docx": made(lambda: docx_with("<w:p><w:r><w:t>" + "a" * 50_000_000 + "</w:t></w:r></w:p>"), "failed", "unreadable"),
    "paragraphs.docx": made(lambda: docx_with("<w:p/>" * 300_000), "failed", "empty"),
    "cut.odt": made(lambda: odt()[:500]),
    "entity.odt": made(lambda: repacked(odt(), {"content.xml": f"{entities('file:///etc/passwd')}<a>&x;</a>".encode()})),
    "spaces.odt": made(lambda: odt('<text:p>Un<text:s text:c="999999999"/>mot</text:p>'), "ok"),
    "deep.odt": made(lambda: odt("<text:section>" * 5000 + "</text:section>" * 5000)),
    "none.odt": made(lambda: repacked(odt(), {"content.xml": None})),
    "cut.rtf": made(lambda: rtf()[:400], "ok"),
    "deep.rtf": is_(b"{\\rtf1 " + b"{" * 300_000 + b"Un mot.", "ok"),
    "binary.rtf": is_(b"{\\rtf1 {\\pict\\bin999999999 abc} Un mot.}", "ok", "empty"),
    "unicode.rtf": is_(b"{\\rtf1\\ansicpg99999 \\u99999999? \\u-1? \\'zz \\u55357?Un mot.}", "ok", "unreadable"),
    "picture.rtf": is_(b"{\\rtf1 {\\pict " + b"ff" * 5_000_000 + b"} Un mot.}", "ok"),
    "none.rtf": is_(b"Un mot."),
}  # fmt: skip


def deep_gzip(deep: int) -> bytes:
    raw = eml()
    for _ in range(deep):
        raw = gzip.compress(raw, mtime=0)
    return raw


#: what is no file with bytes: how it is made at a path, and the status of its document
ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "broken.html": (lambda path: path.symlink_to("nowhere"), "unreadable"),
    "itself.pdf.gz": (lambda path: path.symlink_to(path.name), "unreadable"),
    "zero.txt": (lambda path: path.symlink_to("/dev/zero"), "unreadable"),
    "pipe.json": (os.mkfifo, "unreadable"),
    "huge.txt": (lambda path: _sparse(path, 500_000_000), "failed"),
    "huge.pdf": (lambda path: _sparse(path, 500_000_000), "failed"),
}


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as handle:
        handle.truncate(size)
