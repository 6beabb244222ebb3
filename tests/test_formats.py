"""Formats: the same document is the same whatever it is written in; what files say of themselves; broken files."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import HOLD_MANY, PARAGRAPHS, PLACES, PUBLISHED, SAMPLES, TITLE, docx_file, html, jsonl, odt, zipped

from pipeline import flow
from pipeline.errors import ReadError
from pipeline.read import ReadOptions, discover, documents_of, read
from pipeline.read.content import Content, Piece
from pipeline.read.formats import ARCHIVES, COLLECTIONS, FORMATS
from pipeline.read.pieces import pieces
from pipeline.read.sniff import suffix_of
from pipeline.records import Document

OPTIONS = ReadOptions()
FRENCH = "Le juge malien Oumar Koné est à Dakar."


def documents(raw: bytes, name: str, options: ReadOptions = OPTIONS) -> list[Document]:
    return list(documents_of(raw, PurePath(name), name, None, options))


def content(raw: bytes, name: str, options: ReadOptions = OPTIONS) -> Content:
    """What a format's reader gives, in this process."""
    (piece,) = pieces(raw, PurePath(name), options)
    assert isinstance(piece.content, Content)
    return piece.content


def refusal(raw: bytes, name: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        list(pieces(raw, PurePath(name), OPTIONS))
    return caught.value


# The same document in all formats


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The rows of a run over the samples, by table."""
    folder = tmp_path_factory.mktemp("formats")
    for name, make in SAMPLES.items():
        (folder / "in" / name).parent.mkdir(exist_ok=True)
        (folder / "in" / name).write_bytes(make())
    report = flow.run([folder / "in"], folder / "out", jobs=1)
    assert [(d.document, d.message) for d in report.failed] == []
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (folder / "out").glob("*.json")}


@pytest.fixture(scope="module")
def texts(tables: dict[str, list[Any]]) -> dict[str, str]:
    """The text of each sample, read again."""
    assert tables
    return {document.document: document.text for name, make in SAMPLES.items() for document in documents(make(), name)}


@pytest.mark.parametrize("name", SAMPLES)
class TestSample:
    def of(self, tables: dict[str, list[Any]], table: str, name: str) -> list[Any]:
        document = f"{name}#1" if name in HOLD_MANY else name
        return [row for row in tables[table] if row["document"] == document]

    def test_title_and_date(self, tables: dict[str, list[Any]], name: str) -> None:
        (document,) = self.of(tables, "documents", name)
        assert (document["title"], document["published"], document["language"]) == (TITLE, PUBLISHED, "fr")

    def test_accents_and_paragraphs(self, tables: dict[str, list[Any]], texts: dict[str, str], name: str) -> None:
        (document,) = self.of(tables, "documents", name)
        text = texts[document["document"]]
        found = [block for block in text.split("\n\n") if block.strip() in PARAGRAPHS]
        assert [block.strip() for block in found] == PARAGRAPHS
        assert "Intrus" not in text

    def test_order_and_offsets(self, tables: dict[str, list[Any]], texts: dict[str, str], name: str) -> None:
        rows = self.of(tables, "locations", name)
        body = [row for row in rows if row["text"] in PLACES][-len(PLACES) :]
        assert [row["text"] for row in body] == PLACES
        assert [texts[row["document"]][row["start_char"] : row["end_char"]] for row in rows] == [
            r["text"] for r in rows
        ]

    def test_dates_count_from_the_publication(self, tables: dict[str, list[Any]], name: str) -> None:
        days = {row["text"]: row["date_start"] for row in self.of(tables, "dates", name)}
        assert days["mardi"] == "2024-04-30"


# What a file says of itself


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="date" content="2024-05-03">', "2024-05-03"),
        ('<meta property="article:published_time" content="2024-05">', "2024-05"),
        ('<meta name="dcterms.issued" content="2023">', "2023"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2022-02-01"}</script>',
            "2022-02-01",
        ),
        ("", None),
    ],
)
def test_dates_of_a_page(head: str, published: str | None) -> None:
    page = f"<html><head>{head}</head><body><p>{FRENCH} Le 2021-06-12, il était à Lomé.</p><p>© 2019</p></body></html>"
    assert content(page.encode(), "x.html").published == published


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Le juge <b>Koné</b> est là.</p>", "Le juge Koné est là."),
        ("<body>Le juge est là.<br>Le maire aussi.</body>", "Le juge est là.\nLe maire aussi."),
        ("Sans balise, à Bamako", "Sans balise, à Bamako"),
        ("<ul><li>un accord</li><li>deux accords</li></ul>", "un accord\n\ndeux accords"),
        ("<table><tr><td>Ministre</td><td>Awa Diop</td></tr></table>", "Ministre\tAwa Diop"),
        ("<p>d&eacute;j&agrave;&nbsp;l&#224;</p>", "déjà là"),
    ],
)
def test_short_pages(page: str, text: str) -> None:
    assert content(page.encode(), "x.html").text == text


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("<p>déjà là</p>".encode(), "utf-8"),
        ("<p>déjà là</p>".encode("utf-8-sig"), "utf-8"),
        ('<meta charset="iso-8859-1"><p>déjà l’œuvre</p>'.encode("cp1252"), "cp1252"),
        ('<meta charset="utf-8"><p>déjà là</p>'.encode("cp1252"), "cp1252"),  # it says what it is not
        ('<meta charset="no-such-thing"><p>déjà là</p>'.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_of_pages(raw: bytes, encoding: str) -> None:
    found = content(raw, "x.html")
    assert (found.text[:4], found.encoding) == ("déjà", encoding)


@pytest.mark.parametrize(
    ("message", "text", "title", "published"),
    [
        (f"Subject: Un\r\n titre\r\n\r\n{FRENCH}\r\n", f"{FRENCH}\n", "Un titre", None),
        (f"Date: 3 May 2024 10:00 +0000\n\n{FRENCH}", FRENCH, None, "2024-05-03"),
        ("Content-Type: text/plain; format=flowed\n\nUn mot \nici.\n-- \nSigné", "Un mot ici.\n-- \nSigné", None, None),
        (f"Content-Type: text/html\n\n<p>{FRENCH}</p>", FRENCH, None, None),
        ("Content-Type: text/plain; charset=no-such\n\ndéjà", "déjà", None, None),
    ],
)  # fmt: skip
def test_messages(message: str, text: str, title: str | None, published: str | None) -> None:
    found = content(message.encode(), "x.eml")
    assert (found.text, found.title, found.published) == (text, title, published)


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<a><b>Un mot</b> et <i>un autre</i>.</a>", "Un mot et un autre."),
        ("<a><p>Un.</p>\n<p>Deux <b>mots</b>.</p></a>", "Un.\n\nDeux mots."),
        ("<tei xmlns='urn:x'><teiHeader>x</teiHeader><text><body><p>Un.</p></body></text></tei>", "Un."),
        ("<a>é<?php x?></a>", "é"),
    ],
)
def test_xml(xml: str, text: str) -> None:
    assert content(xml.encode(), "x.xml").text == text


def test_xml_in_other_encodings() -> None:
    assert content('<?xml version="1.0" encoding="iso-8859-1"?><a>déjà</a>'.encode("latin-1"), "x.xml").text == "déjà"
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Titre</title></head><body><p>Un mot.</p></body></html>'
    )
    assert content(page.encode(), "x.xml")[:4] == ("Un mot.", "utf-8", "application/xhtml+xml", "Titre")


@pytest.mark.parametrize(
    ("value", "options", "text", "title", "published"),
    [
        ({"content": "Un.", "headline": "T", "datePublished": "2024-05"}, {}, "Un.", "T", "2024-05"),
        ({"a": {"texte": "Un."}, "b": {"title": " T\n"}}, {}, "Un.", "T", None),
        ({"Texte": "Un.", "body": "Deux."}, {}, "Un.", None, None),
        ({"Texte": "Un.", "body": "Deux."}, {"text_field": "body"}, "Deux.", None, None),
        ({"x": "Un mot. " * 20, "y": "z"}, {}, "Un mot. " * 20, None, None),
        ({"text": ["Un.", "Deux."]}, {}, "Un.\n\nDeux.", None, None),
        ({"text": "Un.", "date": 1714694400}, {}, "Un.", None, "2024-05-03"),
        ({"text": "Un.", "date": 1714694400000}, {}, "Un.", None, "2024-05-03"),
        ({"text": "Un.", "date": 2024}, {}, "Un.", None, "2024"),
        ({"text": "Un.", "date": "hier"}, {}, "Un.", None, None),
        (
            {"text": "Un.", "n": "T", "d": "3 mai 2024"},
            {"title_field": "n", "date_field": "d"},
            "Un.",
            "T",
            "2024-05-03",
        ),
    ],
)
def test_fields(
    value: dict[str, Any], options: dict[str, str], text: str, title: str | None, published: str | None
) -> None:
    found = content(json.dumps(value).encode(), "x.json", ReadOptions(**options))
    assert (found.text, found.title, found.published) == (text, title, published)


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("x.json", b'{"a": "b", "c": 1}', "no field is known for a text; name it with --text-field; there are: a, c"),
        ("x.json", b"{", "no JSON"),
        ("x.json", b"[" * 100_000, "no JSON"),
        ("x.json", b"[]", "no record"),
        ("x.json", b"3", "a JSON object was expected"),
        ("x.csv", b"text\n", "no record"),
        ("x.xml", b"<a>", "no well-formed XML"),
        ("x.xml", b"<a>" * 2000 + b"</a>" * 2000, "more than 500 deep"),
        ("x.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "declares entities"),
        ("x.eml", b"Rien qu'un texte", "no e-mail message"),
        ("x.eml", b"Subject: x\n\n", "is empty"),
        ("x.zip", b"PK\x03\x04", "no whole ZIP"),
        ("x.zip", zipped({"README.md": b"x", "a.png": b"x"}), "nothing to read in the archive"),
        ("x.gz", gzip.compress(FRENCH.encode(), mtime=0)[:-9], "no whole gzip"),
        ("x.tar", b"x", "is not read"),
    ],
)  # fmt: skip
def test_what_is_none(name: str, raw: bytes, message: str) -> None:
    assert message in str(refusal(raw, name))


def test_wanted_fields_must_be_there() -> None:
    (found,) = documents(b'{"text": "Un mot."}', "x.json", ReadOptions(date_field="day"))
    assert (found.status, found.message) == ("unreadable", "no field 'day'; there are: text")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    error = refusal(html(), "x.html")
    assert str(error) == "reading HTML needs trafilatura: pip install 'greffier[html]'"
    assert error.again


# Files that hold many


def test_numbers_and_errors_in_their_places() -> None:
    raw = b'{"text": "Un."}\n\n{"text"\n{"text": " "}\n{"texte": 1}\n{"text": "Cinq."}'
    found = documents(raw, "x.jsonl")
    assert [(d.document, d.status, d.text) for d in found] == [
        ("x.jsonl#1", "ok", "Un."),
        ("x.jsonl#2", "unreadable", ""),
        ("x.jsonl#3", "empty", ""),
        ("x.jsonl#4", "empty", ""),
        ("x.jsonl#5", "ok", "Cinq."),
    ]
    assert len({d.sha256 for d in found}) == 1


def test_archives_name_their_members() -> None:
    members = {
        "../../etc/2023-04-05.txt": FRENCH.encode(),
        "C:\\a.jsonl": b'{"text": "Un."}\n{"text": "Deux."}',
        "/abs.eml": b"x",
        ".hidden.txt": b"x",
        "__MACOSX/a.txt": b"x",
        "a.exe": b"x",
        "b.zip": zipped({"c.txt": FRENCH.encode()}),
    }
    found = documents(zipped(members), "x.zip")
    assert [(d.document, d.status, d.message and d.message.split(": ")[-1]) for d in found] == [
        ("x.zip#1", "ok", "../../etc/2023-04-05.txt"),
        ("x.zip#2", "ok", "C:\\a.jsonl"),
        ("x.zip#3", "ok", "C:\\a.jsonl"),
        ("x.zip#4", "unreadable", "/abs.eml"),
        ("x.zip#5", "ok", "b.zip/c.txt"),
    ]
    assert (found[0].published, found[0].published_source) == ("2023-04-05", "file name")


def test_read_gives_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl())
    with pytest.raises(ReadError, match="holds several documents"):
        read(tmp_path / "a.jsonl")
    (tmp_path / "a.html").write_bytes(html())
    assert read(tmp_path / "a.html").title == TITLE


# Choices


def test_any_language(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The minister met the members of parliament in the hall, and it was late.")
    assert read(tmp_path / "a.txt").status == "not_french"
    found = read(tmp_path / "a.txt", options=ReadOptions(any_language=True))
    assert (found.status, found.language, found.message) == ("ok", "en", None)


def test_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 1_000_001)
    with pytest.raises(ReadError, match=r"1\.0 MB, more than the limit of 1; raise --max-megabytes") as caught:
        read(tmp_path / "a.txt", options=ReadOptions(max_megabytes=1))
    assert caught.value.status == "failed"


@pytest.mark.parametrize(("name", "make"), SAMPLES.items())
def test_formats_are_known_by_their_bytes(name: str, make: Any) -> None:
    expected = {".md": ".txt", ".htm": ".html", ".csv": ".txt"}.get(PurePath(name).suffix, PurePath(name).suffix)
    assert suffix_of(make()) == expected or (name, suffix_of(make())) == ("a.jsonl", ".json")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(html())))
    (source,) = discover(["-"])
    assert (source.name, source.path.suffix, source.read(10**6)) == ("stdin", ".html", html())


# Whatever the bytes are


BEGINNINGS: dict[str, list[bytes]] = {
    ".html": [b"<html><body><p>", b"<meta charset=", b"<p>&#"],
    ".xml": [b"<a>", b'<?xml version="1.0" encoding="'],
    ".eml": [b"Subject: =?utf-8?q?", b"Date: ", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b"From: "],
    ".pdf": [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"],
    ".docx": [b"PK\x03\x04", docx_file()[:900]],
    ".odt": [b"PK\x03\x04", odt()[:300]],
    ".rtf": [b"{\\rtf1 ", b"{\\rtf1\\ansi\\u", b"{\\rtf1{\\info{\\title "],
    ".json": [b'{"text": "', b"[{", b"[", b'{"text": ["'],
    ".jsonl": [b'{"text": "', b"{}\n", b"["],
    ".csv": [b'text,"', b"a;text\n", b'text\n"'],
    ".gz": [b"\x1f\x8b", gzip.compress(b"a", mtime=0)[:12], gzip.compress(b"Un mot", mtime=0)],
    ".zip": [b"PK\x03\x04", zipped({"a.txt": b"Un mot"})[:40], zipped({"a.txt": b"Un mot"})],
}


def whole(suffix: str) -> Iterator[bytes]:
    """The samples of a format."""
    return (make() for name, make in SAMPLES.items() if name.endswith(suffix))


@pytest.mark.parametrize("suffix", [s for s in (*FORMATS, *COLLECTIONS, *ARCHIVES) if s in BEGINNINGS])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_bytes_give_documents_or_a_reason(suffix: str, data: st.DataObject) -> None:
    """Anything at all, anything behind a beginning of the format, and whole files with a hole in them."""
    sample = data.draw(st.sampled_from(list(whole(suffix))))
    at = data.draw(st.integers(0, len(sample)))
    junk = data.draw(st.binary(max_size=60))
    before = data.draw(st.sampled_from([b"", *BEGINNINGS[suffix]]))
    raw = data.draw(st.sampled_from([before + junk, sample[:at] + junk + sample[at + len(junk) :]]))
    try:
        found = list(pieces(raw, PurePath(f"x{suffix}"), OPTIONS))
    except ReadError as error:
        assert str(error)
    else:
        assert all(isinstance(piece, Piece) for piece in found)
        assert all("\r" not in p.content.text or suffix == ".eml" for p in found if isinstance(p.content, Content))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1))
def test_what_is_written_is_what_is_read(lines: list[str]) -> None:
    raw = b"".join(json.dumps({"text": line}).encode() + b"\n" for line in lines)
    found = [piece.content for piece in pieces(raw, PurePath("x.jsonl"), OPTIONS)]
    assert [c.text for c in found if isinstance(c, Content)] == lines
