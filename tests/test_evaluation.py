"""Evaluation: rows beside annotated documents, and the confidence that comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import flow
from pipeline.errors import LexiconError, UsageError
from pipeline.flow.scores import Count, Share, score
from pipeline.lexicon.confidence import ALL, MEASURED, Measurement, confidence, measurements
from pipeline.records import DateMention, Document, Location, Official, Provenance, TreatyCount
from pipeline.store import FILE_NAME, Ledger

TEXT = "La juge Awa Diop est à Lomé, Le Caire et Lomé. Le 3 mai, puis le 3 mai. Elle compte 12 accords."


def at(words: str, nth: int = 0, **columns: Any) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"document": "a/x.txt", "text": words, "start_char": start, "end_char": start + len(words), **columns}


def judged(
    tmp_path: Path, table: str, rows: list[Provenance], facts: list[dict[str, Any]], body_start: int = 0
) -> dict[str, tuple[int, int]]:
    """{rule: (rows, right)}."""
    document = Document(document="a/x.txt", text=TEXT, status="ok", body_start=body_start)
    with Ledger(tmp_path / FILE_NAME) as ledger:
        ledger.replace(document, {table: rows})
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.json").write_text(json.dumps({table: facts}), "utf-8")
    return {m.rule: (m.rows, m.right) for m in flow.evaluate(tmp_path, tmp_path).measured}


def official(person: str, role: str, country: str | None, rule: str) -> Official:
    return Official(person=person, role=role, country=country, **at("La juge Awa Diop", rule=rule))


@pytest.mark.parametrize(
    ("person", "role", "country", "right"),
    [
        ("Awa Diop", "juge", "TG", 1),
        ("Diop", "juge", "TG", 1),
        ("Awa Mariama Diop", "juge", "TG", 1),
        ("Awa Diôp", "Juge d'instruction", "TG", 1),
        ("Awa Diop", "juge", None, 0),
        ("Awa Diop", "juge", "GH", 0),
        ("Awa Diop", "ministre", "TG", 0),
        ("Awa Sow", "juge", "TG", 0),
        ("", "juge", "TG", 0),
    ],
)
def test_an_official_is_right_in_person_office_and_country(
    tmp_path: Path, person: str, role: str, country: str | None, right: int
) -> None:
    facts = [{"name": "Awa Diop", "role": "juge", "country": "TG"}]
    assert judged(tmp_path, "officials", [official(person, role, country, "r")], facts) == {
        ALL: (1, right),
        "r": (1, right),
    }


def test_one_fact_makes_one_row_right(tmp_path: Path) -> None:
    rows = [official("Awa Diop", "juge", "TG", "good"), official("Diop", "juge d'appel", "TG", "twice")]
    facts = [{"name": "A. Diop", "aliases": ["Awa Diop"], "role": "juge", "country": "TG"}]
    assert judged(tmp_path, "officials", rows, facts) == {ALL: (2, 1), "good": (1, 1), "twice": (1, 0)}


def test_a_date_is_right_where_it_stands(tmp_path: Path) -> None:
    rows = [
        DateMention(date_start="2024-05-03", date_end="2024-05-03", **at("3 mai", rule="day")),
        DateMention(date_start="2024-05-03", date_end="2024-05-04", **at("3 mai", 1, rule="day")),
        DateMention(**at("12", rule="none")),
    ]
    facts = [{"text": "3 mai", "nth": n, "start": "2024-05-03", "end": "2024-05-03", "optional": False} for n in (0, 1)]
    assert judged(tmp_path, "dates", rows, facts) == {ALL: (3, 1), "day": (2, 1), "none": (1, 0)}


def test_what_is_optional_counts_nowhere(tmp_path: Path) -> None:
    rows = [DateMention(date_start="1999-01-01", **at("3 mai", rule="day"))]
    facts = [{"text": "3 mai", "start": None, "end": None, "optional": True}]
    assert judged(tmp_path, "dates", rows, facts) == {}


def test_rows_of_the_header_count_nowhere(tmp_path: Path) -> None:
    rows = [DateMention(date_start="2024-05-03", **at("3 mai", n, rule="day")) for n in (0, 1)]
    facts = [{"text": "3 mai", "start": "2024-05-03", "end": None}]
    assert judged(tmp_path, "dates", rows, facts, body_start=TEXT.index("puis")) == {ALL: (1, 1), "day": (1, 1)}


def test_a_place_counts_once_in_a_document(tmp_path: Path) -> None:
    rows = [
        Location(country="TG", **at("Lomé", rule="list")),
        Location(country="TG", **at("Lomé", 1, rule="list")),
        Location(country="SD", **at("Le Caire", rule="list")),
    ]
    facts = [{"text": "lomé", "country": "TG"}, {"text": "Le Caire", "country": "EG"}]
    assert judged(tmp_path, "locations", rows, facts) == {ALL: (2, 1), "list": (2, 1)}


@pytest.mark.parametrize(("instrument", "right"), [("accord", 1), ("traité", 0)])
def test_a_count_is_right_in_all_columns(tmp_path: Path, instrument: str, right: int) -> None:
    rows = [TreatyCount(count=12, qualifier="exact", instrument=instrument, **at("12 accords", rule="c"))]
    facts = [{"text": "12 accords", "count": 12, "qualifier": "exact", "instrument": "accord", "scope": None}]
    assert judged(tmp_path, "treaty_counts", rows, facts)["c"] == (1, right)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "expected an object"),
        ("{", "x.json"),
        ('{"dates": [{"text": "4 mai", "start": null, "end": null}]}', "'4 mai' does not occur 1 times"),
        ('{"dates": [{"start": null}]}', "a fact of dates has no 'text'"),
        ('{"officials": [{"name": "Awa Diop"}]}', "a fact of officials has no 'role'"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, content: str, message: str) -> None:
    with Ledger(tmp_path / FILE_NAME) as ledger:
        rows = [official("Awa Diop", "juge", "TG", "r")]
        ledger.replace(Document(document="x.txt", text=TEXT, status="ok"), {"officials": []})
        ledger.replace(Document(document="a/x.txt", text=TEXT, status="ok"), {"officials": rows})
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.json").write_text(content, "utf-8")
    with pytest.raises(UsageError, match=message):
        flow.evaluate(tmp_path, tmp_path)


def test_annotated_documents_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no greffier"):
        flow.evaluate(tmp_path, tmp_path)
    with Ledger(tmp_path / FILE_NAME) as ledger:
        ledger.replace(Document(document="x.txt", text=TEXT, status="ok"), {})
    with pytest.raises(UsageError, match="no annotated document"):
        flow.evaluate(tmp_path, tmp_path)


def test_measurements_are_kept_by_table(tmp_path: Path) -> None:
    path = tmp_path / "confidence.csv"
    for table, rows in (("dates", 4), ("officials", 3), ("dates", 9)):
        measured = [Measurement(table, rule, rows, 2, "a set") for rule in (ALL, "r")]
        flow.save(flow.Evaluation(1, measured), path)
    assert [(m.table, m.rule, m.rows, m.right) for m in measurements(path).values()] == [
        ("dates", ALL, 9, 2),
        ("dates", "r", 9, 2),
        ("officials", ALL, 3, 2),
        ("officials", "r", 3, 2),
    ]


@pytest.mark.parametrize("content", ["", "table,rule\ndates,r\n", "table,rule,rows,right,measured_on\ndates,r,x,1,s\n"])
def test_a_file_of_measurements_that_is_wrong_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(LexiconError, match=r"wrong\.csv"):
        measurements(path)
    with pytest.raises(LexiconError, match=r"no file .*other\.csv"):
        measurements(tmp_path / "other.csv")


#: rows, right of a rule in a table that was right in 89 of 98 rows, and the confidence
@pytest.mark.parametrize(
    ("rows", "right", "expected"),
    [(0, 0, 0.9), (1, 1, 0.909), (1, 0, 0.818), (10, 10, 0.95), (10, 0, 0.45), (990, 990, 0.999)],
)
def test_confidence_goes_from_the_table_to_the_rule(tmp_path: Path, rows: int, right: int, expected: float) -> None:
    path = tmp_path / "confidence.csv"
    measured = [Measurement("dates", ALL, 98, 89, "s"), Measurement("dates", "r", rows, right, "s")]
    flow.save(flow.Evaluation(1, measured), path)
    assert confidence("dates", "r", path) == expected
    assert confidence("dates", "unheard of", path) == 0.9
    assert confidence("events", "r", path) is None


def rounded(share: Share) -> tuple[float | None, ...]:
    return tuple(None if number is None else round(number, 3) for number in share)


#: (annotated, rows, right) of each document; precision, recall, F1 with their intervals
SCORES: list[tuple[list[tuple[int, int, int]], list[tuple[float | None, ...]]]] = [
    ([], [(None, None, None)] * 3),
    ([(0, 0, 0)], [(None, None, None)] * 3),
    ([(2, 0, 0)], [(None, None, None), (0, 0, 0), (0, 0, 0)]),
    ([(0, 2, 0)], [(0, 0, 0), (None, None, None), (0, 0, 0)]),
    ([(4, 5, 2)] * 9, [(0.4, 0.4, 0.4), (0.5, 0.5, 0.5), (0.444, 0.444, 0.444)]),
    ([(1, 1, 1)] * 8 + [(1, 1, 0)] * 2, [(0.8, 0.5, 1.0)] * 3),
]


@pytest.mark.parametrize(("counts", "expected"), SCORES, ids=str)
def test_scores_with_intervals_over_documents(counts: list[Any], expected: list[Any]) -> None:
    found = [score("dates", "strict", [Count(*one) for one in counts]) for _ in range(2)]
    assert found[0] == found[1]
    assert [rounded(share) for share in (found[0].precision, found[0].recall, found[0].f1)] == expected


COUNTS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda three: Count(three[0], three[1], min(three))
)


@settings(max_examples=25)
@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_a_score_is_within_its_interval_of_shares(counts: list[Count]) -> None:
    found = score("dates", "fuzzy", counts)
    for share in (found.precision, found.recall, found.f1):
        known = [number for number in share if number is not None]
        assert known == [] or (len(known) == 3 and found.right >= 0 and 0 <= share[1] <= share[2] <= 1)


def test_strict_and_fuzzy(tmp_path: Path) -> None:
    rows = [official("Awa Diop", "juge", country, "r") for country in ("TG", "GH")]
    rows.append(official("Oumar Farah", "ministre", "DJ", "r"))
    facts = [{"name": "Awa Diop", "role": role, "country": "TG"} for role in ("juge", "greffière", "maire")]
    judged(tmp_path, "officials", [*rows, *rows], facts)
    found = flow.evaluate(tmp_path, tmp_path)
    flow.save_json(found, tmp_path / "scores.json")
    told = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    expected = [("officials", "strict", 3, 3, 1), ("officials", "fuzzy", 3, 3, 1)]
    assert [s[:5] for s in found.scores] == expected
    assert [
        tuple(s[key] for key in ("table", "measure", "annotated", "rows", "right")) for s in told["scores"]
    ] == expected
    assert (told["documents"], told["scores"][0]["precision"]["value"]) == (1, 1 / 3)
    assert [(rule["rule"], rule["rows"], rule["right"]) for rule in told["rules"]] == [("*", 3, 1), ("r", 3, 1)]


@pytest.mark.parametrize(("rows", "right", "lower"), [(0, 0, 0.0), (1, 1, 0.207), (10, 10, 0.722), (50, 45, 0.786)])
def test_lower_bound_is_wilsons(rows: int, right: int, lower: float) -> None:
    assert round(Measurement("t", "r", rows, right, "s").lower, 3) == lower


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_lower_bound_is_below_the_precision(rows: int, right: int) -> None:
    measured = Measurement("t", "r", max(rows, right), right, "s")
    assert 0 <= measured.lower <= measured.precision + 1e-9


def test_shipped_measurements_hold_rules_and_numbers() -> None:
    known = measurements(MEASURED)
    assert {m.table for m in known.values()} == {"officials", "dates", "locations", "treaty_counts"}
    for table in ("officials", "dates", "locations", "treaty_counts"):
        own = [m for m in known.values() if m.table == table and m.rule != ALL]
        whole = known[table, ALL]
        assert (sum(m.rows for m in own), sum(m.right for m in own)) == (whole.rows, whole.right)


def test_a_run_takes_the_measurements_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Le juge malien Oumar Konaté est à Dakar.", "utf-8")
    path = tmp_path / "own.csv"
    flow.save(flow.Evaluation(1, [Measurement("locations", ALL, 8, 4, "s")]), path)
    flow.run([tmp_path / "x.txt"], tmp_path / "out")
    flow.run([tmp_path / "x.txt"], tmp_path / "out", confidence=path)
    with Ledger(tmp_path / "out" / FILE_NAME) as ledger:
        found = {(table, row.confidence) for table in ("officials", "locations") for row in ledger.rows(table)}
    assert found == {("officials", None), ("locations", 0.5)}
