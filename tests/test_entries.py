"""Entries: rows come back as they went in, and their cells are lines, whatever the texts are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entries import entries, entry, in_rows, picked, records
from pipeline.records import TABLES, Document, Entity, Event, Location, columns, row

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
EVENTS = st.builds(
    Event,
    document=st.just("a"),
    event=st.none() | TEXTS,
    edition=st.none() | st.integers(),
    participants=st.lists(TEXTS, max_size=3).map(tuple),
    text=TEXTS,
    confidence=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@given(st.lists(EVENTS, min_size=1, max_size=4))
def test_rows_come_back(events: list[Event]) -> None:
    made = entry("events", events, "a")
    assert list(records("events", made)) == events
    assert made.values() == [cell for event in events for cell in json.loads(json.dumps([*row(event).values()]))]
    apart = made._replace(cells=made.lines())
    assert (apart.lines(), apart.values()) == (made.lines(), made.values())
    assert len(made.lines()) == len(events) * len(columns(Event))
    assert [*picked("events", made, "text", "event")] == [(event.text, event.event) for event in events]
    for cells, event in zip(in_rows(made.lines(), "events"), events, strict=True):
        assert [*map(json.loads, cells)] == json.loads(json.dumps([*row(event).values()]))


def test_numbers_are_decimals_and_lone_surrogates_no_characters() -> None:
    made = entry("locations", [Location(document="a\udc80", latitude=5, sentence=5, text="x\ud800y")], "a\udc80")
    (found,) = records("locations", made)
    assert (made.document, made.rows, repr(found.latitude), repr(found.sentence)) == ("a\ufffd", 1, "5.0", "5")
    assert found.text == "x\ufffdy"


@pytest.mark.parametrize("table", TABLES)
def test_an_entry_a_document(table: str) -> None:
    kind = TABLES[table]
    rows = [kind(entity_id=name) if kind is Entity else kind(document=name) for name in "aabb"]
    own = ["aa", "bb"] if kind not in (Document, Entity) else ["aabb"]
    found = list(entries(table, rows))
    assert [one.rows for one in found] == [*map(len, own)]
    assert [one.document for one in found] == ([""] if len(own) == 1 else ["a", "b"])
    assert [record for one in found for record in records(table, one)] == rows
    assert list(entries(table, [])) == []
