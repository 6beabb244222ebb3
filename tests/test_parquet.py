"""Parquet: days are days, lists are lists, in pandas and DuckDB as well; groups of rows one after the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.records import TABLES, DateMention, Event, Fact, columns, row
from pipeline.write import check_formats, parquet, write

pq = pytest.importorskip("pyarrow.parquet")

EVENT = Event(document="à.txt", event="007", edition=3, date_start="2025-03-24", date_end="0987-01-01",
              participants=("Mali", "x\ud800"), text="=1\r\n", confidence=0.25)  # fmt: skip


def test_what_comes_back(tmp_path: Path) -> None:
    paths = write({"events": [EVENT]}, tmp_path, ["parquet"])
    assert [path.name for path in paths] == [f"{table}.parquet" for table in TABLES]
    (found,) = pq.read_table(tmp_path / "events.parquet").to_pylist()
    days = {"date_start": date(2025, 3, 24), "date_end": date(987, 1, 1)}
    assert found == {**row(EVENT), **days, "participants": ["Mali", "x\ufffd"]}


def test_types_and_meanings(tmp_path: Path) -> None:
    write({}, tmp_path, ["parquet"])
    for table, kind in TABLES.items():
        schema = pq.read_schema(tmp_path / f"{table}.parquet")
        assert schema.names == [column.name for column in columns(kind)]
        assert schema.metadata[b"description"].decode() == (kind.__doc__ or "").strip()
    schema = pq.read_schema(tmp_path / "locations.parquet")
    assert (str(schema.field("latitude").type), schema.field("latitude").metadata[b"unit"]) == ("double", b"degrees")
    schema = pq.read_schema(tmp_path / "events.parquet")
    assert [str(schema.field(name).type) for name in ("event", "edition", "date_end", "participants")] == [
        "string", "int64", "date32[day]", "list<element: string>",
    ]  # fmt: skip


def test_a_table_is_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_AT_ONCE", 2)
    facts = [Fact(document="a", fact_id=str(n), value=n, start_char=n, end_char=n) for n in range(5)]
    write({"facts": facts}, tmp_path, ["parquet"])
    file = pq.ParquetFile(tmp_path / "facts.parquet")
    assert (file.num_row_groups, file.read()["fact_id"].to_pylist()) == (3, list("01234"))


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.write.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"parquet needs pyarrow: pip install 'greffier\[parquet\]'"):
        check_formats(["all"])
    assert check_formats(["jsonl", "csv", "sqlite"]) == ["csv", "jsonl", "sqlite"]


READ: dict[str, Any] = {"document": "à.txt", "event": "007", "edition": 3, "confidence": 0.25}


def test_pandas_reads_it(tmp_path: Path) -> None:
    import pandas as pd  # noqa: PLC0415

    write({"events": [EVENT]}, tmp_path, ["parquet"])
    found = pd.read_parquet(tmp_path / "events.parquet").iloc[0]
    assert {name: found[name] for name in READ} == READ
    assert (found["date_start"], list(found["participants"])) == (date(2025, 3, 24), ["Mali", "x\ufffd"])


def test_duckdb_reads_parquet_json_and_csv_alike(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    dates = [
        DateMention(document="a", date_start="2025-03-24", text="24 mars, « tôt »\nl’an", start_char=3, end_char=9)
    ]
    write({"events": [EVENT], "dates": dates}, tmp_path, ["parquet", "json", "csv"])
    wanted = "SELECT document, event, edition, date_start, confidence FROM '{}'"
    files = {name: tmp_path / f"events.{name}" for name in ("parquet", "json")}
    read = {name: duckdb.sql(wanted.format(path)).fetchall() for name, path in files.items()}
    typed = f"'{tmp_path / 'events.csv'}', types = {{'event': 'VARCHAR'}}"  # else 007 is a number
    read["csv"] = duckdb.sql(wanted.replace("'{}'", f"read_csv({typed})")).fetchall()
    expected = [("à.txt", "007", 3, date(2025, 3, 24), 0.25)]
    assert read == {"parquet": expected, "json": expected, "csv": expected}
    assert duckdb.sql(f"SELECT text, start_char FROM '{tmp_path / 'dates.csv'}'").fetchall() == [(dates[0].text, 3)]
    assert duckdb.sql(f"SELECT unnest(participants) FROM '{tmp_path / 'events.parquet'}'").fetchall() == [
        ("Mali",),
        ("x\ufffd",),
    ]
