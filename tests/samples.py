"""The same document in every format that is read: what stands in it, and functions that write it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from html import escape

import docx
from pdfs import column, pdf

TITLE = "Visite à Hanoï : « l’œuvre » du garde des Sceaux"
PUBLISHED = "2024-05-03"
PARAGRAPHS = [
    "Le garde des Sceaux malien, Oumar Koné, est arrivé mardi à Hanoï, où l’attendait déjà Đặng Thị Mai.",
    "La présidente de la Cour suprême du Kenya, Wanjiku Mwangi, l’a reçu à Nairobi le 14 juin 2023 ; huit accords y "
    "ont été signés.",
    "Enfin, l’ambassadeur Youssef Al Amrani s’est rendu à Cotonou du 3 au 5 février 2022.",
]
#: the same names of places in the order of the text, by which order and offsets are checked
PLACES = ["Hanoï", "Kenya", "Nairobi", "Cotonou"]


def text_file() -> bytes:
    return f" date {PUBLISHED} {TITLE}\n\n".encode() + "\n\n".join(PARAGRAPHS).encode()


def markdown() -> bytes:
    return f'---\ntitle: "{TITLE}"\ndate: {PUBLISHED}\n---\n\n'.encode() + "\n\n".join(PARAGRAPHS).encode()


def html(encoding: str = "utf-8") -> bytes:
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="{encoding}"><title>{escape(TITLE)}</title>'
        f'<meta property="article:published_time" content="{PUBLISHED}T08:30:00+02:00">'
        '<script>document.write("Le ministre Script Intrus")</script></head><body>'
        '<nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav>'
        f"<article><h1>{escape(TITLE)}</h1>{paragraphs}</article><footer>© 2019 Agence</footer></body></html>"
    ).encode(encoding, "xmlcharrefreplace")


def latin_html() -> bytes:
    return html("windows-1252")


def xml() -> bytes:
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in PARAGRAPHS)
    head = f"<title>{escape(TITLE)}</title><date>{PUBLISHED}</date><!-- un commentaire -->"
    return f'<?xml version="1.0" encoding="UTF-8"?><doc>{head}<body>{paragraphs}</body></doc>'.encode()


def eml() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = TITLE, "a@example.org", "Fri, 03 May 2024 23:10:00 +0200"
    message.set_content("\n\n".join(PARAGRAPHS))
    message.add_alternative(html().decode(), subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="../a.png")
    return message.as_bytes()


def docx_file() -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.created = TITLE, datetime(2024, 5, 3, 9, 30)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt(content: str | None = None) -> bytes:
    """An ODT with the sample's paragraphs, or with other XML in their place."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(
        f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "text", "table", "draw", "style", "meta")
    )
    body = content or "".join(f"<text:p>{escape(p)}</text:p>" for p in PARAGRAPHS)
    made = f"<meta:creation-date>{PUBLISHED}T08:00:00</meta:creation-date>"
    head = f'<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{escape(TITLE)}</dc:title>'
    parts = {
        "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "meta.xml": f"<office:document-meta {names}><office:meta>{head}{made}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{office}:manifest:1.0"><m:file-entry m:full-path="/" '
        'm:media-type="application/vnd.oasis.opendocument.text"/></m:manifest>',
    }
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text"} | {n: p.encode() for n, p in parts.items()})


def rtf() -> bytes:
    def escaped(text: str) -> str:
        return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text)

    about = f"{{\\info{{\\title {escaped(TITLE)}}}{{\\creatim\\yr2024\\mo5\\dy3\\hr9}}}}"
    body = r"\par ".join(map(escaped, PARAGRAPHS))
    return f"{{\\rtf1\\ansi\\ansicpg1252{about}{body}\\par}}".encode("ascii")


def pdf_file() -> bytes:
    return pdf([column(PARAGRAPHS)], {"Title": TITLE, "CreationDate": "D:20240503093000+02'00'"})


def record() -> dict[str, str]:
    return {"id": "7", "titre": TITLE, "date": f"{PUBLISHED}T10:00:00Z", "texte": "\n\n".join(PARAGRAPHS)}


def json_object() -> bytes:
    return json.dumps(record()).encode()


def json_array() -> bytes:
    return json.dumps({"total": 1, "articles": [record()]}, ensure_ascii=False).encode("utf-8-sig")


def jsonl() -> bytes:
    return b"\n" + json.dumps(record()).encode() + b"\n"


def csv_file(delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(record()), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(record())
    return out.getvalue().encode(encoding, "replace")


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return out.getvalue()


#: name of a file -> what writes it; the names of documents have #1 behind them where a file holds many
SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.txt": text_file,
    "a.md": markdown,
    "a.html": html,
    "a.htm": latin_html,
    "a.xml": xml,
    "a.eml": eml,
    "a.docx": docx_file,
    "a.odt": odt,
    "a.rtf": rtf,
    "a.pdf": pdf_file,
    "a.json": json_object,
    "b.json": json_array,
    "a.jsonl": jsonl,
    "a.csv": csv_file,
    "b.csv": lambda: csv_file(";"),
    "a.txt.gz": lambda: gzip.compress(text_file(), mtime=0),
    "a.html.gz": lambda: gzip.compress(html(), mtime=0),
    "a.zip": lambda: zipped({"textes/a.txt": text_file()}),
    "a.pdf.gz": lambda: gzip.compress(pdf_file(), mtime=0),
    "b.zip": lambda: zipped({"textes.zip": zipped({"README.md": b"x", "a.html": html()})}),
}
HOLD_MANY = {"b.json", "a.jsonl", "a.csv", "b.csv", "a.zip", "b.zip"}
