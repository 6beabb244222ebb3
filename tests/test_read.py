"""Reading: which files, in which encoding, with which title, date and language; and what is no document."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError, UsageError
from pipeline.lexicon import load_rules
from pipeline.lexicon.rules import Rule
from pipeline.read import Source, Told, check_published, discover, evaluate, header, language, read
from pipeline.read.decode import decode
from pipeline.read.published import complete

CASES = tomllib.loads((Path(__file__).parent / "cases" / "read.toml").read_text("utf-8"))
RULES = load_rules("headers")
FRENCH = "Le procureur général a reçu une délégation du Parquet."
#: French with what tells encodings apart
PIECES = [
    "L’été, à Noël : « ça va »…",
    "Les États membres – dont la Côte d’Ivoire – ont voté à l’unanimité.",
    "Une œuvre à 30 €, où tout est prêt.",
    "Le décès de l’évêque",
    "déjà",
    "Thiès",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "deep/c.TXT", ".hidden.txt", ".git/d.txt", "photo.jpg", "README.md"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FRENCH, "utf-8")
    return tmp_path / "in"


def names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def written(tmp_path: Path, content: bytes | str, name: str = "x.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


# Which files


def test_folder(folder: Path) -> None:
    skipped: list[Path] = []
    assert names(discover([folder], skipped.append)) == ["a.md", "b.txt", "deep/c.TXT"]
    assert [path.name for path in skipped] == ["README.md", "photo.jpg"]


def test_annotations_are_no_document(tmp_path: Path) -> None:
    for name in ("a.txt", "a.json", "b.json", "c.md", "c.json", "d.json"):
        content = {"text": "Un texte."} if name == "c.json" else {"officials": [], "dates": []}
        written(tmp_path, json.dumps(content), name)
    skipped: list[Path] = []
    assert names(discover([tmp_path], skipped.append)) == ["a.txt", "b.json", "c.json", "c.md", "d.json"]
    assert [path.name for path in skipped] == ["a.json"]
    assert names(discover([tmp_path / "a.json"])) == ["a.json"]


@pytest.mark.parametrize(
    ("given_paths", "expected"),
    [
        (["b.txt"], ["b.txt"]),
        (["README.md"], ["README.md"]),
        (["*.txt"], ["b.txt"]),
        (["**/*.[tT]*"], ["b.txt", "deep/c.TXT"]),
        (["deep", "b.txt"], ["b.txt", "c.TXT"]),
        (["b.txt", "."], ["a.md", "b.txt", "deep/c.TXT"]),
        ([".", "deep/c.TXT"], ["a.md", "b.txt", "deep/c.TXT"]),
    ],
)
def test_paths(folder: Path, given_paths: list[str], expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert names(discover(given_paths)) == expected
    assert discover(given_paths) == discover(given_paths[::-1])


def test_same_names_are_told_apart(tmp_path: Path) -> None:
    for name in ("p/in/x.txt", "q/in/x.txt", "p/in/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FRENCH)
    assert names(discover([tmp_path / "p/in", tmp_path / "q/in"])) == ["p/in/x.txt", "q/in/x.txt", "y.txt"]


def test_links(folder: Path) -> None:
    (folder / "deep" / "loop").symlink_to(folder)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    found = {source.name: source for source in discover([folder])}
    assert list(found) == ["a.md", "b.txt", "broken.txt", "deep/c.TXT"]
    with pytest.raises(ReadError, match=r"broken link: .*nowhere\.txt does not exist"):
        read(found["broken.txt"].path)


def test_names_that_are_no_characters(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt")).write_text(FRENCH)
    assert names(discover([tmp_path])) == ["caf\\xe9.txt"]


def test_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir, iterdir = os.scandir, Path.iterdir

    def refuse(path: str | Path) -> None:
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) or scandir(path))
    monkeypatch.setattr(Path, "iterdir", lambda path: refuse(path) or iterdir(path))
    found = {source.name: source for source in discover([folder])}
    assert list(found) == ["a.md", "b.txt", "deep"]
    with pytest.raises(ReadError, match="cannot be read: Permission denied"):
        read(found["deep"].path)


@pytest.mark.parametrize(
    ("given_path", "message"),
    [
        ("nowhere", "there is no nowhere"),
        ("*.pdf", r"no file matches \*\.pdf"),
        ("empty", r"nothing to read in empty: read are files that end in \.csv, .*\.zip"),
        ("photo.jpg", "nothing to read in photo.jpg"),
    ],
)
def test_nothing_to_read(folder: Path, given_path: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "empty").mkdir()
    with pytest.raises(UsageError, match=message):
        discover([given_path])


# Characters


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso8859_15", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("text", PIECES)
def test_encodings(text: str, encoding: str) -> None:
    possible = text.encode(encoding, "ignore").decode(encoding)
    assert decode(possible.encode(encoding))[0] == possible


def test_latin_1() -> None:
    text = "Les députés ont été reçus à l'Élysée, où le président était prêt."
    assert decode(text.encode("latin-1")) == (text, "cp1252")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"un\r\ndeux\rtrois\n", "un\ndeux\ntrois\n"),
        (b"d\xc3\xa9j\xc3\xa0 \xed\xa0\x80 l\xc3\xa0", "déjà \ufffd là"),  # a lone surrogate
        (b"\xed\xa0\xbd\xed\xb8\x80 ici", "\U0001f600 ici"),  # a pair of surrogates, as CESU-8 has them
        ("déjà là, à l'été né".encode() + b"\xe9.", "déjà là, à l'été né\ufffd."),  # cut in the middle of a character
        ("zéro\x00largeur".encode(), "zéro\x00largeur"),
        ("co\u00adopé\u200bration e\u0301".encode(), "co\u00adopé\u200bration e\u0301"),
    ],
)
def test_characters(raw: bytes, expected: str) -> None:
    assert decode(raw) == (expected, "utf-8")


def test_other_encodings_are_still_named() -> None:
    text = "Министр принял депутатов в зале и сказал, что это не было для него неожиданностью."
    assert decode(text.encode("cp1251"))[0] == text


@pytest.mark.parametrize("raw", [b"%PDF-1.7 ...", b"PK\x03\x04abc", bytes(range(256)), b"\x00\x01" * 5])
def test_binary(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(ReadError, match="looks binary") as caught:
        read(written(tmp_path, raw))
    assert caught.value.status == "unreadable"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_that_can_be_written_or_a_reason(raw: bytes) -> None:
    try:
        text, _ = decode(raw)
    except ReadError as error:
        assert "looks binary" in str(error)
    else:
        assert "\r" not in text
        assert text.encode("utf-8").decode("utf-8") == text


# Header, date, language


@pytest.mark.parametrize("case", CASES["header"], ids=lambda case: case["text"][:30])
def test_header(case: dict[str, str]) -> None:
    found = header(
        case["text"], case.get("name", "x.txt"), Told(case.get("meta"), case.get("option"), case.get("created"))
    )
    assert found[:3] == (case.get("title"), case.get("published"), case.get("source"))
    assert case["text"][found.body_start :] == case.get("body", case["text"])


@given(
    st.sampled_from(["", " date 2024 ", "---\n", "---\ndate: "]), st.text(max_size=80), st.sampled_from(["", "\n---\n"])
)
def test_header_of_any_text(before: str, text: str, behind: str) -> None:
    whole = before + text + behind
    found = header(whole, text, Told(option="2024"))
    assert 0 <= found.body_start <= len(whole)
    assert found.published is not None
    assert found.source in ("header", "front matter", "dateline", "file name", "option")


def called(value: Any) -> str:
    """The name of a case: rules by their id, since their patterns are long and their words have no order."""
    return value.id if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize(
    ("rule", "text", "value"), [(rule, e["text"], e["value"]) for rule in RULES for e in rule.examples], ids=called
)
def test_rule_examples(rule: Rule, text: str, value: str) -> None:
    assert evaluate(rule, text) == value


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.counter_examples], ids=called
)
def test_rule_counter_examples(rule: Rule, text: str) -> None:
    assert evaluate(rule, text) is None


@pytest.mark.parametrize(
    ("partial", "near", "expected"),
    [
        ("XXXX-12-31", "2025-01", "2024-12-31"),
        ("XXXX-01-02", "2024-12-30", "2025-01-02"),
        ("XXXX-06-15", "2020", "2020-06-15"),
        ("XXXX-02-29", "2024-03", "2024-02-29"),
        ("XXXX-02-29", "2022", ""),
    ],
)
def test_complete(partial: str, near: str, expected: str) -> None:
    assert complete(partial, near) == expected


@pytest.mark.parametrize("published", ["2025-13", "mars", "XXXX-03-01", "2025-02-29", "28/03/2025", ""])
def test_published_is_checked(published: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        check_published(published)


@pytest.mark.parametrize(("code", "text"), list(CASES["languages"][0].items()))
def test_language(code: str, text: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("text", ["", "Ta Quang Khai", "12 345", "Nguyen Van An, Ivan Petrov"])
def test_language_of_texts_that_show_none(text: str) -> None:
    assert language(text) is None


# Documents


def test_document(tmp_path: Path) -> None:
    text = " date 2024-02 Un titre\n\n" + FRENCH
    found = read(written(tmp_path, text), "deep/x.txt")
    assert (found.document, found.title, found.published, found.published_source) == (
        "deep/x.txt",
        "Un titre",
        "2024-02",
        "header",
    )
    assert (found.text, found.characters, found.text[found.body_start :]) == (text, len(text), "Un titre\n\n" + FRENCH)
    assert (found.status, found.language, found.encoding, found.media_type) == ("ok", "fr", "utf-8", "text/plain")
    assert found.sha256 is not None and len(found.sha256) == 64


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Avant.\n\n# Un *titre* #\n\nUn texte.", "Un *titre*"),
        ("Un titre\n====\n\nUn texte.", "Un titre"),
        ("## Une section\n\nUn texte.", None),
        ("---\ntitle: Devant\n---\n# Dedans\nUn texte.", "Devant"),
    ],
)
def test_markdown(tmp_path: Path, text: str, title: str | None) -> None:
    found = read(written(tmp_path, text, "x.md"))
    assert (found.title, found.text, found.media_type) == (title, text, "text/markdown")


def test_english_is_not_french(tmp_path: Path) -> None:
    found = read(written(tmp_path, CASES["languages"][0]["en"] + " Le mot « chef » is French."))
    assert (found.status, found.language) == ("not_french", "en")
    assert "not in French" in str(found.message)


@pytest.mark.parametrize("content", ["", " \n\t", "\ufeff", "\u200b\u00ad\n", " date 2024-02 Un titre\n\n"])
def test_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(written(tmp_path, content))
    assert caught.value.status == "empty"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="cannot be read: Permission denied"):
        read(written(tmp_path, FRENCH))


def test_device_and_folder_are_no_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="not a regular file"):
        read(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="a folder, not a file"):
        read(tmp_path)


def test_one_very_long_line(tmp_path: Path) -> None:
    line = FRENCH[:-1] + ", "
    found = read(written(tmp_path, line * (20_000_000 // len(line))))
    assert (found.status, found.title, found.body_start) == ("ok", None, 0)
    assert found.characters is not None and found.characters > 19_900_000


def test_header_line_without_an_end(tmp_path: Path) -> None:
    text = " date 2024-02 " + FRENCH * 40
    found = read(written(tmp_path, text))
    assert (found.published, found.title, text[found.body_start :]) == ("2024-02", None, FRENCH * 40)
