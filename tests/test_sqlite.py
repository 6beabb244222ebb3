"""The database: keys that hold, words that are found, views that answer, and Datasette that shows all of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import WriteError
from pipeline.records import (
    TABLES,
    Document,
    Entity,
    Event,
    Fact,
    Location,
    Mention,
    Official,
    Treaty,
    TreatyCount,
    columns,
)
from pipeline.write import write
from pipeline.write.evidence import EVIDENCED

STARTS = (0, 38)
TEXT = "La juge Nguyễn Thị Đào est à Conakry. Elle y a signé la Convention de Kampala, l’un de douze accords."
PLACE: dict[str, Any] = {"document": "a.txt", "name": "Conakry", "kind": "city", "country": "GN", "latitude": 9.5,
                         "longitude": -13.7, "entity_id": "city:2422465"}  # fmt: skip


def row(record: type, words: str, **cells: Any) -> Any:
    start = TEXT.index(words)
    place = {"sentence": 1 + (start > 37), "text": words, "start_char": start, "end_char": start + len(words)}
    return record(**{"document": "a.txt", "rule": "r", **place, **cells})


RECORDS: dict[str, list[Any]] = {
    "documents": [
        Document(document="a.txt", title="Visite", published="2025-03", status="ok", text=TEXT, sentence_starts=STARTS),
        Document(document="b.txt", published="2025-04", status="ok", text=TEXT, sentence_starts=STARTS),
        Document(document="c.txt", status="empty", message="the file has no visible character"),
    ],
    "officials": [
        row(Official, "juge Nguyễn Thị Đào", document=name, person="Nguyễn Thị Đào", person_id="per:x", role="juge",
            role_id="juge", country="VN", status="current")
        for name in ("a.txt", "b.txt")
    ],
    "locations": [row(Location, "Conakry", **PLACE), row(Location, "Conakry", **{**PLACE, "document": "b.txt"})],
    "treaty_counts": [row(TreatyCount, "douze accords", holder="Guinée", count=12, instrument="accord")],
    "treaties": [row(Treaty, "Convention de Kampala", treaty="Convention de Kampala", party="Guinée")],
    "events": [
        row(Event, "signé", event="signature", event_id="event:1", date_start="2025-03-02",
            participants=("Guinée", "x\ud800")),
        row(Event, "Elle", event="visite", event_id="event:2"),
    ],
    "facts": [
        row(Fact, "Elle", fact_id="fact:1", subject="Guinée", predicate="met_with", object="Nguyễn Thị Đào"),
        row(Fact, "signé", fact_id="fact:2", subject="x", predicate="met_with", object="y", modality="negated"),
    ],
    "mentions": [
        row(Mention, "Nguyễn Thị Đào", document=name, mention_id=f"m:{n}", label="PER", entity_id="per:x")
        for n, name in enumerate(("a.txt", "b.txt", "b.txt"))
    ],
    "entities": [
        Entity(entity_id="per:x", label="PER", name="Nguyễn Thị Đào", aliases=("Thị Đào",), documents=2, mentions=3),
        Entity(entity_id="city:2422465", label="LOC", name="Conakry", documents=2, mentions=2, geonames_id=2422465),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = write(RECORDS, tmp_path_factory.mktemp("out"), ["sqlite"])
    return path


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def test_it_is_whole_and_keys_hold(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
        assert [name for name in names if name != "evidence"] == [column.name for column in columns(TABLES[table])]
        assert ("evidence" in names) == (table in EVIDENCED)


def test_types_keys_and_references(db: sqlite3.Connection) -> None:
    about = {name: (kind, bool(key)) for _, name, kind, _, _, key in db.execute("PRAGMA table_info(events)")}
    assert about["event_id"] == ("TEXT", True)
    assert about["edition"] == ("INTEGER", False)
    assert about["date_start"] == ("DATE", False)
    assert about["confidence"] == ("REAL", False)
    refers = {(column, table, key) for _, _, table, column, key, *_ in db.execute("PRAGMA foreign_key_list(officials)")}
    assert refers == {
        ("document", "documents", "document"),
        ("person_id", "entities", "entity_id"),
        ("organisation_id", "entities", "entity_id"),
    }
    indexed = {name for _, name, *_ in db.execute("PRAGMA index_list(officials)")}
    assert {"officials_by_document", "officials_by_person_id", "officials_by_country"} <= indexed


def test_cells(db: sqlite3.Connection) -> None:
    assert db.execute("SELECT participants, date_start, place FROM events WHERE event_id = 'event:1'").fetchall() == [
        ('["Guinée", "x\ufffd"]', "2025-03-02", None)
    ]
    assert db.execute("SELECT value FROM events, json_each(participants) WHERE value = 'Guinée'").fetchall() == [
        ("Guinée",)
    ]
    assert db.execute("SELECT evidence FROM treaties").fetchall() == [
        ("Elle y a signé la Convention de Kampala, l’un de douze accords.",)
    ]


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("officials", "conakry", 2),
        ("officials", "Nguyen Dao", 0),  # Đ is a letter of its own, not a D with an accent
        ("officials", "nguyen thi", 2),
        ("officials", '"est a conakry"', 2),
        ("treaties", "kampala NOT conakry", 1),
        ("treaties", "conakry", 0),
        ("entities", "thị", 1),
        ("documents", "visite", 1),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(
    db: sqlite3.Connection, table: str, words: str, found: int
) -> None:
    query = f"SELECT count(*) FROM {table} WHERE rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)"
    assert db.execute(query, (words,)).fetchone() == (found,)


@pytest.mark.parametrize(
    ("view", "wanted", "expected"),
    [
        (
            "office_holders",
            "person, role, country, documents, first_published, last_published",
            [("Nguyễn Thị Đào", "juge", "VN", 2, "2025-03", "2025-04")],
        ),
        ("timeline", "date_start, event", [("2025-03-02", "signature")]),
        ("places", "name, latitude, longitude, mentions, documents", [("Conakry", 9.5, -13.7, 2, 2)]),
        ("treaty_counts_by_holder", "holder, count, as_of", [("Guinée", 12, "2025-03")]),
        ("parties", "treaty, party, documents", [("Convention de Kampala", "Guinée", 1)]),
        ("meetings", "subject, object", [("Guinée", "Nguyễn Thị Đào")]),
        ("entity_documents", "document, title, mentions", [("a.txt", "Visite", 1), ("b.txt", None, 2)]),
        ("unread_documents", "document, status", [("c.txt", "empty")]),
    ],
)  # fmt: skip
def test_views_answer_the_usual_questions(
    db: sqlite3.Connection, view: str, wanted: str, expected: list[tuple[Any, ...]]
) -> None:
    assert db.execute(f"SELECT {wanted} FROM {view}").fetchall() == expected


def test_every_view_is_tested(db: sqlite3.Connection) -> None:
    views = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    (mark,) = [m for m in test_views_answer_the_usual_questions.pytestmark if m.name == "parametrize"]  # type: ignore[attr-defined]
    assert views == {view for view, *_ in mark.args[1]}


def test_columns_are_described(db: sqlite3.Connection) -> None:
    (said,) = db.execute(
        "SELECT title, title_fr, unit FROM columns WHERE \"table\" = 'locations' AND \"column\" = 'latitude'"
    )
    assert said == ("Latitude", "Latitude", "degrees")
    assert db.execute("SELECT count(*) FROM columns").fetchone() == (
        sum(len(columns(kind)) for kind in TABLES.values()),
    )


def test_the_same_bytes_again_and_nothing_beside(path: Path, tmp_path: Path) -> None:
    (again,) = write(RECORDS, tmp_path, ["sqlite"])
    assert again.read_bytes() == path.read_bytes()
    assert list(tmp_path.iterdir()) == [again]


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    twice = {"events": [Event(document="a", event_id="e", start_char=0, end_char=1)] * 2}
    with pytest.raises(
        WriteError, match=r"tables\.sqlite cannot be written: UNIQUE constraint failed: events\.event_id"
    ):
        write(twice, tmp_path, ["sqlite"])
    assert list(tmp_path.iterdir()) == []


def test_datasette_shows_tables_views_links_and_search(path: Path) -> None:
    datasette = pytest.importorskip("datasette.app").Datasette(files=[str(path)])

    async def get(address: str) -> Any:
        response = await datasette.client.get(address)
        assert response.status_code == 200, address
        return response

    async def look() -> None:
        views = ["office_holders", "timeline", "places", "meetings", "entity_documents"]
        for name in [*TABLES, "columns", *views]:
            await get(f"/tables/{name}")
        found = (await get("/tables/officials.json?_search=conakry&_shape=objects")).json()
        assert (found["filtered_table_rows_count"], found["rows"][0]["role"]) == (2, "juge")
        labels = (await get("/tables/officials.json?_labels=on&_shape=objects")).json()["rows"][0]
        assert labels["person_id"] == {"value": "per:x", "label": "Nguyễn Thị Đào"}
        assert 'type="search"' in (await get("/tables/treaties")).text
        facets = (await get("/tables/events.json?_facet_array=participants")).json()["facet_results"]
        assert [one["value"] for one in facets["participants"]["results"]] == ["Guinée", "x\ufffd"]
        assert "Nguyễn Thị Đào" in (await get("/tables/entities/per~3Ax")).text

    asyncio.run(look())
