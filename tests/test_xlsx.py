"""The spreadsheet: cells that are what they look like, sentences with the fact in bold, sheets that never overflow."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.lexicon.titles import french_titles, sheet_titles
from pipeline.records import TABLES, DateMention, Document, Event, Fact, Location, Mention, Official, columns
from pipeline.write import Style, cells, write, xlsx
from pipeline.write.cells import cell_text
from pipeline.write.evidence import EVIDENCED
from pipeline.write.headings import with_evidence_column

TEXT = "Dépêche.\n\nMme Ngozi Đặng, juge, a vu le\nprésident à Abidjan. Puis elle est partie."
STARTS = (0, 10, TEXT.index("Puis"))
NAMES = Style()
DOCUMENT = Document(document="à/a.txt", title="007", text=TEXT, sentence_starts=STARTS, characters=len(TEXT))


def official(words: str, **more: Any) -> Official:
    start = TEXT.index(words)
    return Official(document="à/a.txt", text=words, start_char=start, end_char=start + len(words), **more)


def book(tmp_path: Path, tables: dict[str, list[Any]], style: Style = NAMES) -> Any:
    (path,) = write(tables, tmp_path, ["xlsx"], style)
    return load_workbook(path, rich_text=True)


def line(sheet: Worksheet, number: int = 2) -> dict[str, Any]:
    """The cells of a line under their heads, those that are not empty."""
    heads = [cell.value for cell in sheet[1]]
    return {h: cell.value for h, cell in zip(heads, sheet[number], strict=True) if cell.value is not None}


def test_a_sheet_a_table_with_head_filter_and_evidence(tmp_path: Path) -> None:
    found = book(tmp_path, {"documents": [DOCUMENT], "officials": [official("juge"), official("président")]})
    assert found.sheetnames == list(TABLES)
    for table in TABLES:
        sheet = found[table]
        assert [cell.value for cell in sheet[1]] == [column.name for column in with_evidence_column(table)]
        assert sheet.freeze_panes == "A2"
    assert found["officials"].auto_filter.ref == "A1:T3"
    assert set(TABLES) - set(EVIDENCED) == {"documents", "mentions", "entities"}


def test_french_heads(tmp_path: Path) -> None:
    found = book(tmp_path, {"officials": [official("juge", person="Ngozi Đặng")]}, Style(headers="fr"))
    assert found.sheetnames == [sheet_titles()[table] for table in TABLES]
    for table in TABLES:
        titles = french_titles(table)
        heads = [titles.get(column.name, sheet_titles()["evidence"]) for column in with_evidence_column(table)]
        assert [cell.value for cell in found[sheet_titles()[table]][1]] == heads
    assert line(found["Responsables"])["Personne"] == "Ngozi Đặng"


def test_french_names_of_sheets_are_such_as_can_be() -> None:
    assert list(sheet_titles()) == [*TABLES, "evidence"]
    assert all(len(name) <= 25 and not set(name) & set("[]:*?/\\'") for name in sheet_titles().values())


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("juge", ["Mme Ngozi Đặng, ", "juge", ", a vu le président à Abidjan."]),
        ("le\nprésident", ["Mme Ngozi Đặng, juge, a vu ", "le président", " à Abidjan."]),
        ("Mme Ngozi Đặng", ["Mme Ngozi Đặng", ", juge, a vu le président à Abidjan."]),
        ("Abidjan. Puis elle", ["Mme Ngozi Đặng, juge, a vu le président à ", "Abidjan. Puis elle", " est partie."]),
        ("Puis elle est partie.", "Puis elle est partie."),
    ],
)
def test_the_fact_is_bold_in_its_sentence(tmp_path: Path, words: str, parts: Any) -> None:
    found = book(tmp_path, {"documents": [DOCUMENT], "officials": [official(words)]})
    evidence = line(found["officials"])["evidence"]
    if isinstance(evidence, CellRichText):
        bold = [str(part) for part in evidence if getattr(getattr(part, "font", None), "b", False)]
        assert ([str(part) for part in evidence], bold) == (parts, [" ".join(words.split())])
    else:
        assert evidence == parts


def test_a_long_sentence_is_cut_between_words_and_a_row_without_its_document_has_none(tmp_path: Path) -> None:
    text = "mot " * 300 + "juge" + " fin" * 300
    one = Official(document="a", text="juge", start_char=1200, end_char=1204)
    tables = {"documents": [Document(document="a", text=text)], "officials": [one, Official(document="b", text="x")]}
    sheet = book(tmp_path, tables)["officials"]
    before, fact, behind = map(str, line(sheet)["evidence"])
    assert (before, fact, behind) == ("…" + "mot " * 124, "juge", " fin" * 124 + "…")
    assert "evidence" not in line(sheet, 3)


def test_numbers_days_lists_and_text_are_what_they_are(tmp_path: Path) -> None:
    event = Event(document="b", event="007", edition=3, date_start="2025-03-24", date_end="1799-11-09",
                  participants=("Mali", "Côte d’Ivoire"), text="=1+1\r\nà", confidence=0.91)  # fmt: skip
    fact = Fact(document="b", subject="+33", object="-5", value=12.5, date_start="1900-02-28", date_end="9999-12-31")
    found = book(tmp_path, {"events": [event], "facts": [fact], "locations": [Location(document="b", latitude=-4.0)]})
    assert line(found["events"]) == {
        "document": "b", "event": "007", "edition": 3, "date_start": datetime(2025, 3, 24), "date_end": "1799-11-09",
        "participants": "Mali; Côte d’Ivoire", "text": "'=1+1\nà", "confidence": 0.91,
    }  # fmt: skip
    assert line(found["facts"]) == {
        "document": "b", "subject": "'+33", "object": "'-5", "value": 12.5, "date_start": "1900-02-28",
        "date_end": datetime(9999, 12, 31),
    }  # fmt: skip
    assert line(found["locations"]) == {"document": "b", "latitude": -4}
    assert found["events"]["G2"].number_format == "yyyy-mm-dd"
    assert {cell.data_type for sheet in found for row in sheet for cell in row} == {"s", "n", "d"}  # no "f", a formula


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=SOMME(A1)", "'=SOMME(A1)"),
        ("<r><t>x</t></r>", "'<r><t>x</t></r>"),
        ("a\rb\r\nc\n", "a\nb\nc\n"),
        ("\x07é\ud800", "\ufffdé\ufffd"),
        ("é" * 40_000, "é" * 32_766 + "…"),
        ("😀" * 16_384, "😀" * 16_383 + "…"),
        ("0123", "0123"),
    ],
)
def test_text_in_a_cell(text: str, cell: str, tmp_path: Path) -> None:
    assert cell_text(text) == cell
    assert line(book(tmp_path, {"documents": [Document(document="a", title=text)]})["documents"])["title"] == cell


def test_links_to_documents_as_many_as_a_sheet_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_LINKS", 2)
    addresses = {"a": "../in/é%20b%231.txt", "b": "https://a.org/b.txt", "c": None, "d": "d.txt", "e": "e.txt"}
    documents = [Document(document=name) for name in addresses]
    sheet = book(tmp_path, {"documents": documents}, Style(link=addresses.get))["documents"]
    found = [(row[0].value, row[0].hyperlink and row[0].hyperlink.target) for row in sheet.iter_rows(min_row=2)]
    expected = [("a", "..\\in\\é%20b%231.txt"), ("b", "https://a.org/b.txt"), ("c", None), ("d", None), ("e", None)]
    assert found == expected


def test_more_rows_than_a_sheet_holds_go_to_more_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 3)
    dates = [DateMention(document="a", text=str(n), start_char=n, end_char=n) for n in range(5)]
    mentions = [Mention(document="a", mention_id=str(n), start_char=n, end_char=n) for n in range(4)]
    found = book(tmp_path, {"dates": dates, "mentions": mentions}, Style(headers="fr"))
    names = [name for name in found.sheetnames if name.startswith(("Dates", "Mentions"))]
    assert names == ["Dates", "Dates (2)", "Dates (3)", "Mentions", "Mentions (2)"]
    assert [found[name].max_row for name in names] == [3, 3, 2, 3, 3]
    assert [line(found[name])["Extrait"] for name in names[:3]] == ["0", "2", "4"]
    assert len({tuple(cell.value for cell in found[name][1]) for name in names[:3]}) == 1


def test_an_empty_workbook_has_all_heads(tmp_path: Path) -> None:
    found = book(tmp_path, {})
    assert {sheet.title: (sheet.max_row, sheet.max_column) for sheet in found} == {
        table: (1, len(columns(TABLES[table])) + (table in EVIDENCED)) for table in TABLES
    }


def test_nothing_but_the_file_is_left(tmp_path: Path) -> None:
    book(tmp_path, {"documents": [DOCUMENT]})
    assert [path.name for path in tmp_path.iterdir()] == ["tables.xlsx"]
