"""The ledger: what goes in comes out, whole or not at all, in the same order."""

from __future__ import annotations

import hashlib
import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.flow.digests import digest
from pipeline.records import DateMention, Document, Entity, Event, Official
from pipeline.store import Ledger, stored


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "out" / "greffier.sqlite") as opened:
        yield opened


def document(name: str, **more: object) -> Document:
    return Document(**{"document": name, "text": "Un texte.", "sha256": name * 3, "status": "ok", **more})


def official(name: str, start: int) -> Official:
    return Official(document=name, person="Awa Diop", text="Awa", start_char=start, end_char=start + 3, confidence=0.91)


def test_what_goes_in_comes_out(ledger: Ledger) -> None:
    one = document("é.txt", title="Titre", body_start=3, text="Un\x00 texte\n.")
    event = Event(document="é.txt", event="Sommet", participants=("Mali", "Côte d'Ivoire"), edition=3)
    ledger.replace(one, {"officials": [official("é.txt", 4)], "events": [event]})
    assert list(ledger.rows("documents")) == [one]
    assert [(d.text, d.body_start) for d in ledger.rows("documents")] == [("Un\x00 texte\n.", 3)]
    assert list(ledger.rows("officials")) == [official("é.txt", 4)]
    assert list(ledger.rows("events")) == [event]
    assert list(ledger.rows("dates")) == []


def test_order_is_that_of_documents_and_places(ledger: Ledger) -> None:
    for name in ("b", "a", "é", "B"):
        ledger.replace(document(name), {"officials": [official(name, 9), official(name, 2)]})
    ledger.put("entities", [Entity(entity_id="y", aliases=("i", "j")), Entity(entity_id="z")])
    assert [(o.document, o.start_char) for o in ledger.rows("officials")] == [
        (name, start) for name in ("B", "a", "b", "é") for start in (2, 9)
    ]
    assert ledger.names() == ["B", "a", "b", "é"]
    assert list(ledger.rows("entities")) == [Entity(entity_id="y", aliases=("i", "j")), Entity(entity_id="z")]


def test_replace_and_forget(ledger: Ledger) -> None:
    ledger.replace(document("a"), {"officials": [official("a", 1), official("a", 5)]})
    ledger.replace(document("b"), {"officials": [official("b", 1)], "dates": [DateMention(document="b", text="2020")]})
    ledger.replace(document("a", title="Neuf"), {"officials": [official("a", 7)]})
    assert [(o.document, o.start_char) for o in ledger.rows("officials")] == [("a", 7), ("b", 1)]
    ledger.forget(["b"])
    assert (ledger.names(), ledger.count("officials"), ledger.count("dates")) == (["a"], 1, 0)
    assert [d.title for d in ledger.rows("documents")] == ["Neuf"]
    ledger.put("entities", [Entity(entity_id="z")])
    ledger.put("entities", [])
    assert ledger.count("entities") == 0


def test_known_is_what_the_same_pipeline_read_with_the_same_option(ledger: Ledger) -> None:
    ledger.replace(document("a"), {}, fingerprint="1")
    ledger.replace(document("b"), {}, fingerprint="1", option="2025")
    ledger.replace(document("c"), {}, fingerprint="2")
    ledger.replace(document("d", sha256=None, status="unreadable"), {}, fingerprint="1")
    assert ledger.known("1") == {"a": "aaa"}
    assert ledger.known("1", "2025") == {"b": "bbb"}
    assert ledger.known("2") == {"c": "ccc"}


def test_all_or_nothing(ledger: Ledger) -> None:
    ledger.replace(document("a"), {"officials": [official("a", 1)]})

    def rows() -> Iterator[Official]:
        yield official("a", 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.replace(document("a", title="Neuf"), {"officials": rows()})
    assert [o.start_char for o in ledger.rows("officials")] == [1]
    assert [d.title for d in ledger.rows("documents")] == [None]


def test_what_was_committed_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "greffier.sqlite"
    for name in ("a", "b"):
        with Ledger(path) as opened:
            opened.replace(document(name), {}, fingerprint="1")
    with Ledger(path) as opened:
        assert opened.known("1") == {"a": "aaa", "b": "bbb"}
    with Ledger(path, fresh=True) as opened:
        assert opened.names() == []


@given(text=st.text(st.characters(), max_size=20))
def test_any_text(text: str) -> None:
    with Ledger(":memory:") as opened:
        opened.replace(document("a", text=text), {"events": [Event(document="a", text=text, participants=(text,))]})
        (event,) = opened.rows("events")
        expected = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
        assert {event.text, *event.participants, next(opened.rows("documents")).text} == {expected}


def test_lone_surrogates_are_replaced_one_for_one(ledger: Ledger) -> None:
    ledger.replace(document("a\udc80", text="x\ud800y", sha256="1"), {})
    assert [(d.document, d.text) for d in ledger.rows("documents")] == [("a\ufffd", "x\ufffdy")]


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize(
    "content", [b"Bonjour, je suis un texte et non une base.\n" * 4, b"SQLite format 3\x00" + b"\x07" * 200]
)
def test_a_file_that_is_no_ledger(tmp_path: Path, content: bytes, fresh: bool) -> None:
    path = tmp_path / "greffier.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"greffier\.sqlite is no ledger of Greffier's, or is damaged"):
        Ledger(path, fresh=fresh)
    assert path.read_bytes() == content


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "greffier.sqlite"
    sqlite3.connect(path).execute("CREATE TABLE clients (name TEXT)").connection.close()
    for fresh in (False, True):
        with pytest.raises(StoreError, match="is another program's database"):
            Ledger(path, fresh=fresh)


def test_another_version(tmp_path: Path) -> None:
    path = tmp_path / "greffier.sqlite"
    Ledger(path).close()
    db = sqlite3.connect(path)
    db.execute("UPDATE made_by SET tables = 'CREATE TABLE readings (document TEXT)'")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="made by another version of Greffier; run with --fresh"):
        Ledger(path)
    with Ledger(path, fresh=True) as opened:
        assert opened.names() == []


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StoreError, match="cannot be opened"):
        Ledger(tmp_path / "out" / "greffier.sqlite")


def test_only_one_run_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.database._TIMEOUT", 0.01)
    path = tmp_path / "greffier.sqlite"
    with Ledger(path):
        for shared in (False, True):
            with pytest.raises(StoreError, match="in use: another run or program has it open"):
                Ledger(path, shared=shared)
    with Ledger(path, shared=True) as one, Ledger(path, shared=True) as other:
        assert one.names() == other.names() == []


def test_fresh_waits_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.database._TIMEOUT", 0.01)
    path = tmp_path / "greffier.sqlite"
    with Ledger(path) as opened:
        opened.replace(document("a"), {}, fingerprint="1")
        with pytest.raises(StoreError, match="in use"):
            Ledger(path, fresh=True)
        assert opened.known("1") == {"a": "aaa"}


def test_a_full_disk_leaves_what_was_there(ledger: Ledger) -> None:
    ledger.replace(document("a"), {"officials": [official("a", 1)]})
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="cannot be written: database or disk is full; what it held before is intact"):
        ledger.replace(document("b", text="mot " * 50_000), {"officials": [official("b", 1)]})
    assert (ledger.names(), [o.document for o in ledger.rows("officials")]) == (["a"], ["a"])


def test_one_file_is_left(tmp_path: Path) -> None:
    with Ledger(tmp_path / "greffier.sqlite") as opened:
        opened.replace(document("a"), {})
    assert [path.name for path in tmp_path.iterdir()] == ["greffier.sqlite"]


def test_what_was_written_is_known_until_a_document_changes(ledger: Ledger) -> None:
    assert ledger.written() is None
    ledger.set_written({"files": ["a.csv"]})
    ledger.forget([])
    assert ledger.written() is None
    ledger.set_written([1])
    assert ledger.written() == [1]
    ledger.put("entities", [Entity(entity_id="z")])
    assert ledger.written() == [1]
    ledger.replace(document("a"), {})
    assert ledger.written() is None


def test_failures_come_without_their_text(ledger: Ledger) -> None:
    ledger.replace(document("b", status="empty", message="it is empty"), {})
    ledger.replace(document("a"), {})
    assert [(d.document, d.message, d.text) for d in ledger.failed()] == [("b", "it is empty", "")]


def test_holds_a_document_that_did_not_change(ledger: Ledger) -> None:
    lost = stored(document("a", sha256=None, status="unreadable", message="gone"), {})
    assert not ledger.holds(lost)
    ledger.keep(lost, fingerprint="1")
    assert ledger.holds(lost, fingerprint="1")
    assert not ledger.holds(lost, fingerprint="2")
    assert not ledger.holds(lost._replace(tables={"officials": [[None]]}), fingerprint="1")


def test_no_such_table(ledger: Ledger) -> None:
    with pytest.raises(StoreError, match="no table 'people'; there are: documents, officials"):
        list(ledger.rows("people"))


def test_a_digest_takes_no_memory_of_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"\xc3\xa9," * 10_000_000)
    tracemalloc.start()
    found = digest(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found, peak < 2_000_000) == (hashlib.sha256(b"\xc3\xa9," * 10_000_000).hexdigest(), True)
    assert [digest(tmp_path), digest(tmp_path / "none.csv")] == [None, None]
