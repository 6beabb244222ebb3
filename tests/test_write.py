"""Writing: the same bytes for the same records, cells that no spreadsheet runs, files that appear whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import UsageError, WriteError
from pipeline.records import TABLES, DateMention, Document, Entity, Event, Location, columns, row
from pipeline.store import Ledger
from pipeline.write import FORMATS, write
from pipeline.write.csv import number, safe
from pipeline.write.schema import schema
from pipeline.write.tables import Lists, Style, Tables

PLACE = Location(
    document="a.txt", name="Le Cap", country="ZA", latitude=-33.925, longitude=18.0, text="Le\nCap", start_char=3,
    end_char=9, sentence=1, rule="city", confidence=0.91,
)  # fmt: skip
EVENT = Event(document="b.txt", event="=SOMME(A1)", edition=3, participants=("Mali", "Côte d’Ivoire"))
TWO = {
    "documents": [Document(document="b.txt", text="Suite."), Document(document="a.txt", title="Été", text="À Le\nCap")],
    "locations": [PLACE],
    "events": [EVENT],
    "dates": [DateMention(document="b.txt", text="2021", start_char=s, end_char=s + 4) for s in (9, 2)],
    "entities": [Entity(entity_id="x", aliases=("i",), documents=2)],
}


#: what « all » writes beside a file a table
OTHERS = ["documents.jsonl", "tables.xlsx", "tables.sqlite", *(f"{table}.parquet" for table in TABLES)]


def read_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=delimiter))


def test_files(tmp_path: Path) -> None:
    paths = write(TWO, tmp_path / "new" / "out")
    expected = [f"{table}.{suffix}" for suffix in ("csv", "json") for table in TABLES]
    assert [path.name for path in paths] == [*expected, "documents.jsonl", "datapackage.json"]
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == sorted(path.name for path in paths)


@pytest.mark.parametrize(
    ("formats", "files"),
    [
        (["jsonl"], ["documents.jsonl"]),
        (["xlsx", "jsonl", "xlsx"], ["documents.jsonl", "tables.xlsx"]),
        (
            ["all", "csv"],
            [*(f"{t}.{suffix}" for suffix in ("csv", "json") for t in TABLES), *OTHERS, "datapackage.json"],
        ),
    ],
)
def test_formats_are_written_once_in_their_order(tmp_path: Path, formats: list[str], files: list[str]) -> None:
    assert [path.name for path in write(TWO, tmp_path, formats)] == files


def test_csv_to_the_byte(tmp_path: Path) -> None:
    write(TWO, tmp_path, ["csv"])
    head = ",".join(column.name for column in columns(Location))
    line = '\r\na.txt,Le Cap,,ZA,,,-33.925,18,,1,"Le\nCap",3,9,city,0.91,\r\n'
    assert (tmp_path / "locations.csv").read_bytes() == b"\xef\xbb\xbf" + (head + line).encode()
    assert (tmp_path / "treaties.csv").read_bytes().count(b"\r\n") == 1


def test_csv_for_french_excel(tmp_path: Path) -> None:
    write(TWO, tmp_path, ["csv"], Style(dialect="excel-fr"))
    (place,) = read_csv(tmp_path / "locations.csv", ";")
    assert (place["latitude"], place["longitude"], place["confidence"], place["end_char"]) == (
        "-33,925",
        "18",
        "0,91",
        "9",
    )
    (event,) = read_csv(tmp_path / "events.csv", ";")
    assert event["participants"] == "Mali; Côte d’Ivoire"
    described = {r["name"]: r for r in json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]}
    assert described["locations"]["dialect"]["delimiter"] == ";"
    assert {f.get("decimalChar") for f in described["locations"]["schema"]["fields"] if f["type"] == "number"} == {","}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1", "'+33 1"),
        ("-5 %", "'-5 %"),
        ("@nom", "'@nom"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'déjà", "'déjà"),
        ("1-2", "1-2"),
        ("a\x00b\ud800c\x1b", "a\ufffdb\ufffdc\ufffd"),
        ("", ""),
    ],
)
def test_safe_cells(text: str, cell: str) -> None:
    assert safe(text) == cell


@pytest.mark.parametrize(
    ("value", "mark", "cell"),
    [(None, ".", ""), (0, ".", "0"), (-3, ",", "-3"), (2.0, ",", "2"), (0.5, ",", "0,5"), (-1.25, ".", "-1.25")],
)
def test_numbers(value: float | None, mark: str, cell: str) -> None:
    assert number(value, mark) == cell


def test_pandas_reads_the_csv(tmp_path: Path) -> None:
    write(TWO, tmp_path, ["csv"])
    place = pd.read_csv(tmp_path / "locations.csv", keep_default_na=False).iloc[0]
    assert (place["document"], place["latitude"], place["start_char"], place["text"]) == (
        "a.txt",
        -33.925,
        3,
        "Le\nCap",
    )


def test_json_is_what_json_would_write(tmp_path: Path) -> None:
    write(TWO, tmp_path, ["json"])
    for table in TABLES:
        expected = [row(record) for record in Lists(TWO).rows(table)]
        text = (tmp_path / f"{table}.json").read_text("utf-8")
        assert text == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"
    assert json.loads((tmp_path / "events.json").read_text("utf-8"))[0]["event"] == "=SOMME(A1)"


def test_nested_lines(tmp_path: Path) -> None:
    write(TWO, tmp_path, ["jsonl"])
    first, second = map(json.loads, (tmp_path / "documents.jsonl").read_text("utf-8").splitlines())
    assert (first["document"], first["title"], first["text"]) == ("a.txt", "Été", "À Le\nCap")
    assert first["locations"] == [{k: v for k, v in row(PLACE).items() if k != "document"}]
    assert [len(second[table]) for table in ("locations", "events", "dates", "mentions")] == [0, 1, 2, 0]
    assert [date["start_char"] for date in second["dates"]] == [2, 9]
    assert "entities" not in first


def test_rows_of_a_document_that_is_not_listed_are_passed_over(tmp_path: Path) -> None:
    dates = [DateMention(document=name, text="2021") for name in ("a", "b", "c")]
    write({"documents": [Document(document="b")], "dates": dates}, tmp_path, ["jsonl"])
    (line,) = map(json.loads, (tmp_path / "documents.jsonl").read_text("utf-8").splitlines())
    assert len(line["dates"]) == 1


def test_a_ledger_gives_the_same_bytes_as_lists_whatever_the_order(tmp_path: Path) -> None:
    with Ledger(tmp_path / "greffier.sqlite") as ledger:
        for document in TWO["documents"]:
            own = {
                table: [record for record in TWO[table] if record.document == document.document]
                for table in ("locations", "events", "dates")
            }
            ledger.replace(document, own)
        ledger.put("entities", TWO["entities"])
        paths = write(ledger, tmp_path / "ledger", ["all"])
    write({table: records[::-1] for table, records in TWO.items()}, tmp_path / "lists", ["all"])
    for path in paths:
        assert path.read_bytes() == (tmp_path / "lists" / path.name).read_bytes()


@given(text=st.text(st.characters(), max_size=30))
@example(text="a\ud800b\U0001f600\udfff")
@example(text="\udc80é")
def test_any_text_can_be_written(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out")
    tables = {
        "documents": [Document(document="a", text=text)],
        "events": [Event(document="a", text=text, participants=(text,))],
    }
    write(tables, out)
    expected = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    (line,) = map(json.loads, (out / "documents.jsonl").read_text("utf-8").split("\n")[:-1])
    (event,) = json.loads((out / "events.json").read_text("utf-8"))
    (cells,) = read_csv(out / "events.csv")
    assert {line["text"], event["text"], *event["participants"]} == {expected}
    assert cells["text"] == safe(text)


class Broken(Tables):
    """Tables that break in the middle."""

    def rows(self, table: str) -> Iterator[Any]:
        yield TABLES[table](document="a.txt")
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, name: str) -> None:
    before = {path.name: path.read_bytes() for path in write(TWO, tmp_path, [name])}
    with pytest.raises(WriteError, match="cannot be written: No space left on device"):
        write(Broken(), tmp_path, [name])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(WriteError, match=r"out/documents\.csv cannot be written"):
        write(TWO, tmp_path / "out")


def test_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'xls'; there are: csv, json, jsonl, xlsx, sqlite, parquet, all"):
        write(TWO, tmp_path, ["csv", "xls"])
    with pytest.raises(UsageError, match="no CSV dialect 'excel'; there are: standard, excel-fr"):
        write(TWO, tmp_path, style=Style(dialect="excel"))
    with pytest.raises(UsageError, match="no headers 'de'; there are: names, fr"):
        write(TWO, tmp_path, style=Style(headers="de"))
    assert list(tmp_path.iterdir()) == []


def test_schema_describes_every_column() -> None:
    described = {resource["name"]: resource["schema"]["fields"] for resource in schema()["resources"]}
    assert {table: [field["name"] for field in fields] for table, fields in described.items()} == {
        table: [column.name for column in columns(kind)] for table, kind in TABLES.items()
    }
    assert all(field["description"] and field["title"] for fields in described.values() for field in fields)
