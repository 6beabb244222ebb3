"""The report: what is packed comes back, words are there in both languages, the page is safe and legible."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest
from report_corpus import TEXTS, page_of, tables

from pipeline import flow
from pipeline.errors import UsageError, WriteError
from pipeline.records import TABLES, columns
from pipeline.report import LANGUAGES, write_page
from pipeline.report.packing import LEFT_OUT
from pipeline.report.words import described, outlines, words
from pipeline.store import Ledger


def chunks(page: str) -> dict[str, Any]:
    """The data of a page, by the names of its chunks."""
    found = re.findall(r'<script type="text/plain" id="chunk-([\w-]+)">([\w+/=]*)</script>', page)
    return {name: json.loads(gzip.decompress(b64decode(content))) for name, content in found}


# What is packed


@pytest.mark.parametrize("table", ["documents", "officials", "dates", "locations", "mentions", "entities"])
def test_a_table_comes_back_from_its_chunks(table: str) -> None:
    packed = chunks(page_of(tables()))["entities-0" if table == "entities" else f"0-{table}"]
    names = [c.name for c in columns(TABLES[table]) if c.name not in LEFT_OUT]
    back = [
        column if isinstance(column, list) else [column["values"][code] for code in column["codes"]]
        for column in packed["columns"].values()
    ]
    rows = [[getattr(record, name) for name in names] for record in tables()[table]]
    expected = [["; ".join(cell) or None if isinstance(cell, tuple) else cell for cell in row] for row in rows]
    assert list(packed["columns"]) == names
    assert [list(row) for row in zip(*back, strict=True)] == expected


def test_blocks_hold_all_documents_and_their_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.report.packing._DOCUMENTS", 1)
    found = chunks(page_of(tables()))
    assert [found[f"{n}-texts"] for n in range(3)] == [[text] for text in TEXTS.values()]
    assert [block["rows"]["dates"] for block in found["index"]["blocks"]] == [1, 1, 0]
    assert found["1-dates"]["columns"]["text"] == {"values": ["5 mai 2023"], "codes": [0]}


def test_summary() -> None:
    summary = chunks(page_of(tables()))["summary"]
    assert {name: n for name, n in summary["counts"].items() if n} == {
        "documents": 3, "officials": 1, "dates": 2, "locations": 1, "mentions": 5, "entities": 2,
    }  # fmt: skip
    assert summary["statuses"] == {"ok": 2, "empty": 1}
    assert summary["months"] == {"2023-05": 1, "2024-03": 1}
    assert summary["failures"] == [
        {"number": 2, "document": "c/vide.txt", "status": "empty", "message": "the file is empty"}
    ]
    assert [entity["name"] for entity in summary["top"]["PER"]] == ["Kofi Agbéko", "Nguyễn Thị Hà"]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert page_of(tables()) == page_of({name: rows[::-1] for name, rows in tables().items()})


def test_no_rows_at_all_are_a_page() -> None:
    assert chunks(page_of({}))["index"]["blocks"] == []


# The words


def test_every_key_of_the_scripts_has_words() -> None:
    script = "".join(p.read_text("utf-8") for p in Path("pipeline/report/page").resolve().glob("*.js"))
    asked = set(re.findall(r'\bt\((?:period \? )?"([\w.-]+)"', script)) | {
        f"{key}.{number}" for key in re.findall(r'\bcounted\("([\w-]+)"', script) for number in ("one", "many")
    }
    assert len(asked) > 60
    assert asked - set(words("fr")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_have_the_same_places_to_fill(language: str) -> None:
    places = {key: set(re.findall(r"\{\d\}", said)) for key, said in words(language).items()}
    assert places == {key: set(re.findall(r"\{\d\}", said)) for key, said in words("fr").items()}
    assert all(words(language).values())


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_described(table: str) -> None:
    french, english = (described(table, language, LEFT_OUT) for language in LANGUAGES)
    assert [c["name"] for c in french["columns"]] == [c["name"] for c in english["columns"]]  # type: ignore[attr-defined]
    assert french["title"] and english["title"]


def test_the_map_has_countries_within_its_frame() -> None:
    found = outlines()
    starts = [tuple(map(int, start)) for _, path in found for start in re.findall(r"M(-?\d+) (-?\d+)", path)]
    assert {"VN", "FR", "BF", "CN", "FJ", "RU"} <= {country for country, _ in found}
    assert all(0 <= x <= 10150 and -100 <= y <= 4400 for x, y in starts)


# The page


def test_only_the_script_and_style_of_the_page_may_run() -> None:
    page = page_of(tables())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]  # type: ignore[index]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{b64encode(hashlib.sha256(c.encode()).digest()).decode()}'" for c in (script, style)]
    assert policy.startswith(f"default-src 'none'; script-src {hashes[0]}; style-src {hashes[1]};")
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*", page) == []


@pytest.mark.parametrize("title", ["</title><script>x</script>", '"><img src=x>', "a & b"])
def test_the_title_is_text(title: str) -> None:
    page = page_of({}, title=title)
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert chunks(page)["index"]["title"] == title


PAIRS = [
    *((ink, ground) for ink in ("ink", "soft") for ground in ("paper", "sheet", "wash")),
    *(("accent", ground) for ground in ("paper", "sheet", "accent-wash")),
    *(("ink", ground) for ground in ("accent-wash", "per", "org", "loc")),
    ("good", "good-wash"),
    ("bad", "bad-wash"),
    ("lit-ink", "lit"),
    *((f"{kind}-ink", kind) for kind in ("per", "org", "loc", "role", "date", "count", "quantity", "demonym")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(scheme: str) -> None:
    style = (Path(write_page.__code__.co_filename).parent / "page" / "base.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\n\s*\}", style, re.DOTALL)
    said = "".join(blocks[: 1 + (scheme == "dark")])
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", said))
    weak = {pair: contrast(*(colours[name] for name in pair)) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2.1."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# The command


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder whose ledger has the three documents."""
    given = tables()
    own = {table: rows for table, rows in given.items() if table not in ("documents", "entities")}
    with Ledger(tmp_path / "greffier.sqlite") as ledger:
        for document in given["documents"]:
            of_it = {table: [row for row in rows if row.document == document.document] for table, rows in own.items()}
            ledger.replace(document, of_it)
    return tmp_path


def test_report_of_a_folder(out: Path) -> None:
    path = flow.report(out)
    first = path.read_bytes()
    assert (path, flow.report(out), path.read_bytes()) == (out / "report.html", path, first)
    assert (
        flow.report(out, out / "page.html", language="en")
        .read_text("utf-8")
        .startswith('<!doctype html>\n<html lang="en">')
    )
    assert sorted(p.name for p in out.iterdir()) == ["greffier.sqlite", "page.html", "report.html"]


def test_what_cannot_be_reported(out: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(UsageError, match="no page in 'de'; there are: fr, en"):
        flow.report(out, language="de")
    with pytest.raises(UsageError, match=r"no greffier\.sqlite"):
        flow.report(tmp_path_factory.mktemp("empty"))
    with pytest.raises(WriteError, match="cannot be written"):
        flow.report(out, out / "greffier.sqlite" / "page.html")
