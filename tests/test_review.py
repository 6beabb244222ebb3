"""Tables read back, and what became of their facts between two runs."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import flow
from pipeline.errors import UsageError
from pipeline.records import DateMention, Event, row
from pipeline.review import Change, Row, as_row, differences, sheet
from pipeline.write import Style, write

CASES = tomllib.loads((Path(__file__).parent / "cases" / "differences.toml").read_text("utf-8"))["case"]
COLUMNS = {
    "officials": ("text", "start_char", "person", "role", "country"),
    "dates": ("text", "start_char", "date_start", "date_end"),
}


def rows(table: str, lines: str) -> list[Row]:
    found = [dict(zip(COLUMNS[table], cells, strict=True)) for cells in csv.reader(lines.splitlines())]
    return [{"document": "a.txt", **one, "end_char": str(int(one["start_char"]) + len(one["text"]))} for one in found]


def told(change: Change) -> str:
    cells = [f"{name} {old} → {new}" for name, (old, new) in change.cells.items()]
    return ": ".join([f"{change.kind} {change.row.get('person') or change.row['date_start']}", *cells])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_became_of_facts(case: dict[str, Any]) -> None:
    found = list(differences(case["table"], rows(case["table"], case["old"]), rows(case["table"], case["new"])))
    changes = [told(change) for one in found for change in one.changes]
    assert (sum(one.same for one in found), changes) == (case["same"], case["changes"])


WORDS = st.sampled_from(["3 mai", "lundi"])
LINES = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from(["3 mai", "lundi"]),
        st.integers(0, 9),
        st.sampled_from(["", "2024-05-03"]),
    ),
    max_size=8,
)


def table_of(lines: list[tuple[str, str, int, str]], shift: int = 0) -> list[Row]:
    return [
        {
            "document": name,
            "text": text,
            "start_char": str(at + shift),
            "end_char": str(at + shift + 5),
            "date_start": day,
        }
        for name, text, at, day in sorted(lines)
    ]


@given(LINES, LINES, st.integers(0, 99))
def test_facts_are_counted_once(old: list[Any], new: list[Any], shift: int) -> None:
    found = list(differences("dates", table_of(old), table_of(new, shift)))
    count = {kind: sum(c.kind == kind for one in found for c in one.changes) for kind in ("came", "went", "changed")}
    same = sum(one.same for one in found)
    assert (same + count["changed"] + count["went"], same + count["changed"] + count["came"]) == (len(old), len(new))
    assert [one.changes for one in differences("dates", table_of(old), table_of(old, shift))] == [[]] * len(
        {name for name, *_ in old}
    )


PLACED = {"document": "a.txt", "text": "le\n3 mai", "start_char": "4", "end_char": "12", "edtf": "2024"}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (Change("came", PLACED, {}), "a.txt [4:12] « le 3 mai »: 2024"),
        (
            Change("changed", {"document": "a.txt"}, {"country": ("", "TG"), "status": ("future", "")}),
            "a.txt: country (empty) → TG; status future → (empty)",
        ),
        (Change("went", {"entity_id": "per:x", "name": "L" * 99}, {}), f"per:x: per:x | {'L' * 40} … {'L' * 37}"),
    ],
)
def test_a_change_is_a_line(change: Change, line: str) -> None:
    assert change.told() == line


ROW = {
    "document": "a;b.txt",
    "text": "l'an\n1,5",
    "start_char": "3",
    "confidence": "0.95",
    "participants": "Mali; Togo",
}
NAMES = tuple(ROW)
SAVED = {
    "written.csv": '\ufeff{0},{1},{2},{3},{4}\r\na;b.txt,"l\'an\n1,5",3,0.95,Mali; Togo\r\n',
    "french.csv": '{0};{1};{2};{3};{4}\n"a;b.txt";"l\'an\n1,5";3;0,95;"Mali; Togo"\n\n',
    "tabs.csv": '{0}\t{1}\t{2}\t{3}\t{4}\na;b.txt\t"l\'an\r\n1,5"\t3.0\t0,950\tMali; Togo\n',
}


def test_json_is_read(tmp_path: Path) -> None:
    cells = {**ROW, "start_char": 3, "confidence": 0.95, "participants": ["Mali", "Togo"]}
    (tmp_path / "events.json").write_text(json.dumps([cells]), "utf-8")
    assert [line.row for line in sheet(tmp_path / "events.json", "events").lines] == [ROW]


@pytest.mark.parametrize("name", SAVED)
def test_a_table_is_read_whoever_saved_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SAVED[name].format(*NAMES).encode())
    assert [line.row for line in sheet(tmp_path / name, "events").lines] == [ROW]


def test_lines_are_counted_as_in_an_editor(tmp_path: Path) -> None:
    (tmp_path / "dates.csv").write_text('document,text\na,"3\nmai"\n\nb,lundi\n', "utf-8")
    assert [line.number for line in sheet(tmp_path / "dates.csv", "dates").lines] == [2, 5]


def test_windows_1252_is_read(tmp_path: Path) -> None:
    (tmp_path / "dates.csv").write_bytes("document;text\né.txt;fin août\n".encode("cp1252"))
    assert [line.row for line in sheet(tmp_path / "dates.csv", "dates").lines] == [
        {"document": "é.txt", "text": "fin août"}
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("dates.ods", b"", r"dates\.ods: tables are read from files that end in \.csv, \.json"),
        ("dates.json", b"{", "is no JSON"),
        ("dates.json", b"[1]", "expected an array of objects"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=message):
        list(sheet(tmp_path / name, "dates").lines)


def test_unsorted_rows_are_refused() -> None:
    unsorted = [{"document": name, "text": "lundi"} for name in ("b", "a")]
    with pytest.raises(UsageError, match="dates: 'a' stands behind 'b'"):
        list(differences("dates", unsorted, []))


CELLS = st.text(st.characters(codec="utf-8"), max_size=12)


@given(
    CELLS,
    CELLS,
    st.lists(CELLS.filter(lambda part: "; " not in part), max_size=3),
    st.sampled_from(["standard", "excel-fr"]),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str, participants: list[str], dialect: str
) -> None:
    out = tmp_path_factory.mktemp("out")
    event = Event(
        document=f"a{name}", event=text, participants=tuple(participants), text=text, start_char=7, confidence=0.123
    )
    write({"events": [event], "dates": [DateMention(document="a")]}, out, ["csv", "json"], Style(dialect))
    for suffix in ("csv", "json"):
        assert [line.row for line in sheet(out / f"events.{suffix}", "events").lines] == [as_row("events", row(event))]


# Runs beside each other

FIRST = "Le ministre malien de la Justice, Oumar Konaté, est à Dakar. La juge Awa Diop est à Lomé."
SECOND = "Bonjour. Le ministre malien de la Justice, Oumar Konaté, est à Hanoï. La juge Awa Diop est à Lomé."


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    (folder / "in").mkdir()
    for name, text in (("one", FIRST), ("two", SECOND)):
        (folder / "in" / "a.txt").write_text(text, "utf-8")
        flow.run([folder / "in"], folder / name, csv_dialect="excel-fr" if name == "two" else "standard")
    return folder / "one", folder / "two"


def changes(old: Path, new: Path, *tables: str) -> list[tuple[str, str, str]]:
    return [
        (table, change.kind, change.row["name"])
        for table, found in flow.diff(old, new, tables)
        for one in found
        for change in one.changes
    ]


@pytest.mark.parametrize("gone", [[], ["locations.csv"], ["*.csv"], ["*.csv", "*.json"]], ids=str)
def test_two_runs_are_compared_by_what_is_there(two_runs: tuple[Path, Path], tmp_path: Path, gone: list[str]) -> None:
    for out in two_runs:
        copied = tmp_path / out.name
        copied.mkdir()
        left = [path for path in out.iterdir() if not any(path.match(pattern) for pattern in gone)]
        for path in left:
            (copied / path.name).write_bytes(path.read_bytes())
    assert changes(tmp_path / "one", tmp_path / "two", "locations", "officials") == [
        ("locations", "went", "Dakar"),
        ("locations", "came", "Hanoï"),
    ]
    assert changes(tmp_path / "one", tmp_path / "one") == []


def test_offsets_are_compared_if_asked(two_runs: tuple[Path, Path]) -> None:
    ((_, found),) = flow.diff(*two_runs, ["officials"], everything=True)
    assert [sorted(change.cells) for one in found for change in one.changes] == [
        ["end_char", "sentence", "start_char"]
    ] * 2


def test_what_cannot_be_compared_is_named(two_runs: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table persons; there are: documents"):
        list(flow.diff(*two_runs, ["persons"]))
    with pytest.raises(UsageError, match=r"no greffier\.sqlite"):
        list(flow.diff(two_runs[0], tmp_path))
