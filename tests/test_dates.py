"""Dates: sentences and the days that they mean, sentences without dates, and what holds for any text."""

from __future__ import annotations

import datetime as dt
import json
import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.lexicon import fold, load_rules
from pipeline.normalise.dates import date_rules, evaluate, find_dates
from pipeline.normalise.dates.tense import tense

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.records import DateMention

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parents[1] / "benchmarks" / "corpus"
DATES = tomllib.loads((CASES / "dates.toml").read_text("utf-8"))["case"]
NO_DATES = tomllib.loads((CASES / "no_dates.toml").read_text("utf-8"))["sentences"]
WORDS = """le les du au de la à et ou entre depuis jusqu'au d'ici avant après dès des fin mi- début 3 1er 12 28 31 2015
2024 99 mars mai sept. août lundi vendredi soir semaine année dernière prochain siècle XXe il y a deux ans mois dans dix
hier veille lendemain premier trimestre quinzaine été l'automne , . ; ( ) - / se tiendra a été signé même courant
vingt neuf mille cent Noël Pâques brumaire an VIII av. J.-C. XVe siècles à 14h30 midi fois par chaque tous heures
08 1978 2024-05 03/2024 T3 suivant mois de l'année moitié du : | ce week-end jour inclus jusqu'en octobre 2"""
french = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=40).map(" ".join)
references = st.sampled_from([None, "2024", "2025-03", "2025-03-28", dt.date(2024, 2, 29)])


def line(row: DateMention) -> str:
    return f"{row.text} | {row.date_start or ''} | {row.date_end or ''}"


@pytest.mark.parametrize("case", DATES, ids=[case["text"][:50] for case in DATES])
def test_days(case: dict[str, Any]) -> None:
    assert [line(row) for row in find_dates(case["text"], case.get("reference"))] == case["dates"]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert [line(row) for row in find_dates(text, "2025-03-28")] == []


@pytest.mark.parametrize("rule", date_rules(), ids=lambda rule: rule.id)
def test_examples_of_rules(rule: Any) -> None:
    missed = [e for e in rule.examples if (rule.id, e["value"]) not in evaluate(e["text"])]
    wrong = [text for text in rule.counter_examples if rule.id in {found for found, _ in evaluate(text)}]
    assert (missed, wrong) == ([], [])


@pytest.mark.parametrize("rule", load_rules("dates_tense"), ids=lambda rule: rule.id)
def test_signs_of_tense(rule: Any) -> None:
    """The last word of an example stands for the date."""
    expected = [None if e["value"] == "NEUTRAL" else e["value"] for e in rule.examples]
    assert [_tense(e["text"]) for e in rule.examples] == expected
    assert rule.label not in [_tense(text) for text in rule.counter_examples]


def _tense(text: str) -> str | None:
    return tense(text, fold(text), text.rindex(" ") + 1, len(text))


@pytest.mark.parametrize("name", ["dispatches", "law", "wire"])
def test_corpus(name: str) -> None:
    """Of the dates that readers annotated 95 in 100 have the right days, and 99 rows in 100 are dates."""
    right = gold = dates = rows = 0
    for case in map(json.loads, (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines()):
        found = find_dates(case["text"], case["reference"])
        for e in case["expected"]:
            days = [(r.date_start, r.date_end) for r in found if overlaps(r, e)]
            gold += bool(e["accepted"])
            right += any((a["date_start"], a["date_end"]) in days for a in e["accepted"])
        rows += len(found)
        dates += sum(any(overlaps(row, e) for e in case["expected"]) for row in found)
    assert right / gold >= 0.95
    assert dates / rows >= 0.99


def overlaps(row: DateMention, expected: dict[str, Any]) -> bool:
    return (row.start_char or 0) < expected["end_char"] and expected["start_char"] < (row.end_char or 0)


FORMS = [
    # text, edtf, timex, value, granularity, anchor, open
    ("le 3 mars 2021", "2021-03-03", "DATE", "2021-03-03", "day", None, None),
    ("en mars 2021", "2021-03", "DATE", "2021-03", "month", None, None),
    ("en 2021", "2021", "DATE", "2021", "year", None, None),
    ("jeudi soir", "2025-03-27", "TIME", "2025-03-27TEV", "day", "2025-03-28", None),
    ("du 3 au 5 mai 2021", "2021-05-03/2021-05-05", "DATE", "2021-05-03/2021-05-05", "day", None, None),
    ("entre 2015 et 2020", "2015/2020", "DATE", "2015/2020", "year", None, None),
    ("depuis 2019", "2019/..", "DATE", "2019", "year", None, "end"),
    ("jusqu'en mai 2021", "../2021-05", "DATE", "2021-05", "month", None, "start"),
    ("les années 1990", "199X", "DATE", "199", "decade", None, None),
    ("au XIXe siècle", "1801/1900", "DATE", "18", "century", None, None),
    ("à l'automne 2020", "2020-23", "DATE", "2020-FA", "season", None, None),
    ("la semaine dernière", "2025-03-17/2025-03-23", "DATE", "2025-W12", "week", "2025-03-28", None),
    ("au premier trimestre 2024", "2024-01/2024-03", "DATE", "2024-Q1", "quarter", None, None),
    ("au second semestre 2024", "2024-07/2024-12", "DATE", "2024-H2", "semester", None, None),
    ("ce week-end", "2025-03-29/2025-03-30", "DATE", "2025-W13-WE", "weekend", "2025-03-28", None),
    ("fin avril 2024", "2024-04-21/2024-04-30", "DATE", "2024-04-21/2024-04-30", "day", None, None),
    ("lundi 7 avril à 14 h 30", "2025-04-07", "TIME", "2025-04-07T14:30", "day", "2025-03-28", None),
    ("demain à midi", "2025-03-29", "TIME", "2025-03-29T12:00", "day", "2025-03-28", None),
    ("en 44 av. J.-C.", "-0043", "DATE", "BC0044", "year", None, None),
    ("au Ier siècle av. J.-C.", "-0099/0000", "DATE", "BC00", "century", None, None),
    ("seconde moitié du XXe siècle", "1951/2000", "DATE", "1951/2000", "year", None, None),
    ("la fête des mères 2025", "2025-05-25", "DATE", "2025-05-25", "day", None, None),
    ("la fête des mères 2020", "2020-06-07", "DATE", "2020-06-07", "day", None, None),
    ("12 rajab 1446", None, "DATE", "XXXX-XX-XX", "day", None, None),
]


@pytest.mark.parametrize("form", FORMS, ids=[form[0] for form in FORMS])
def test_outputs(form: tuple[str | None, ...]) -> None:
    (row,) = find_dates(form[0] or "", "2025-03-28")
    assert (row.edtf, row.timex, row.value, row.granularity, row.anchor, row.open) == form[1:]


ATOMS = """2015|mars|12 mai 2021|3 juin|lundi|été|l'automne 2020|l'hiver|les années 1990|le XIXe siècle|fin 2019
le premier trimestre 2024|la semaine dernière|ce week-end|Noël 2020|il y a deux ans|la mi-avril|la quinzaine|12"""
ATOMS = ATOMS.replace("\n", "|").split("|")


@pytest.mark.parametrize("link", ["{} - {}", "de {} à {}", "entre {} et {}", "depuis {} et jusqu'à {}"])
def test_any_atom_in_any_combination(link: str) -> None:
    rows = [row for a in ATOMS for b in ATOMS for row in find_dates(link.format(a, b), "2025-03-28")]
    written = dict.fromkeys(row.edtf for row in rows if row.edtf)
    assert [str(parse_edtf(edtf)) for edtf in written] == list(written)
    assert all(row.date_start <= row.date_end for row in rows if row.date_start and row.date_end)


UNDATED = [
    # text, timex, value
    ("un mandat de six ans", "DURATION", "P6Y"),
    ("un ultimatum de 72 heures", "DURATION", "PT72H"),
    ("trois ans et demi de prison", "DURATION", "P3.5Y"),
    ("deux trimestres", "DURATION", "P6M"),
    ("tous les trois mois", "SET", "P3M"),
    ("chaque mardi", "SET", "XXXX-WXX-2"),
    ("tous les samedis", "SET", "XXXX-WXX-6"),
    ("deux fois par semaine", "SET", "P1W"),
    ("à 9 h 15", "TIME", "T09:15"),
    ("vers minuit", "TIME", "T00:00"),
    ("ces dernières semaines", "DATE", "PAST_REF"),
]


@pytest.mark.parametrize(("text", "timex", "value"), UNDATED)
def test_what_has_no_days(text: str, timex: str, value: str) -> None:
    """Only where it is asked for, and never with a day."""
    assert find_dates(text, "2025-03-28") == []
    (row,) = find_dates(text, "2025-03-28", undated=True)
    assert (row.timex, row.value, row.date_start, row.date_end, row.edtf) == (timex, value, None, None, None)


COARSE = [
    ("jeudi", "2023-10", None),
    ("la semaine dernière", "2023-10", None),
    ("le mois dernier", "2023-10", "2023-09"),
    ("le mois dernier", "2023", None),
    ("en mars", "2023", "2023-03"),
    ("en mars", None, None),
    ("du 24 au 28 mars", "2025-03", "2025-03-24/2025-03-28"),
]


@pytest.mark.parametrize(("text", "reference", "edtf"), COARSE)
def test_what_the_reference_allows(text: str, reference: str | None, edtf: str | None) -> None:
    assert [row.edtf for row in find_dates(text, reference)] == [edtf]


@pytest.mark.parametrize("reference", ["2025-13", "2025-02-30", "hier", "25"])
def test_reference_that_is_no_date(reference: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        find_dates("hier", reference)


def check(text: str, reference: dt.date | str | None, undated: bool = False) -> None:
    rows = find_dates(text, reference, undated=undated)
    assert [row.text for row in rows] == [text[row.start_char : row.end_char] for row in rows]
    assert all(a.end_char <= b.start_char for a, b in pairwise(rows))
    assert all(row.date_start <= row.date_end for row in rows if row.date_start and row.date_end)
    assert rows == find_dates(text, reference, undated=undated)


@given(french, references, st.booleans())
def test_any_french(text: str, reference: dt.date | str | None, undated: bool) -> None:
    check(text, reference, undated)


@given(st.text(), references)
def test_any_text(text: str, reference: dt.date | str | None) -> None:
    check(text, reference)


@settings(max_examples=60)
@given(french)
def test_edtf_is_valid(text: str) -> None:
    written = [row.edtf for row in find_dates(text, "2025-03-28") if row.edtf]
    assert [str(parse_edtf(edtf)) for edtf in written] == written


@given(st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31)))
def test_every_day_in_figures(day: dt.date) -> None:
    for text in (f"le {day:%d/%m/%Y}", f"le {day:%Y-%m-%d}", f"le {day.day}.{day.month}.{day.year}"):
        assert [row.date_start for row in find_dates(text)] == [day.isoformat()]


@pytest.mark.parametrize(
    "piece", ["1 et ", "12-", "le 3, ", "mai ", "janvier 2 et 3 ", "a" * 50, "du 3 au ", "fin de "]
)
def test_time_is_linear(piece: str) -> None:
    find_dates(piece * 10, "2025-03-28")
    assert _seconds((piece * 100_000)[:100_000]) < 10  # quadratic would take minutes


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS.split(), "-", "/", ".", "\n", "1", "99"]), min_size=1, max_size=6),
    st.sampled_from(["", " "]),
)
def test_time_is_linear_in_any_repetition(pieces: list[str], space: str) -> None:
    """No pattern runs away: eight times the text takes no more than some thirty times as long, clocks being noisy."""
    piece = space.join(pieces) + space
    short, long = (piece * (size // len(piece) + 1) for size in (2_000, 16_000))
    assert _seconds(long) < 30 * _seconds(short) + 0.05


def _seconds(text: str) -> float:
    started = time.process_time()
    find_dates(text, "2025-03-28", undated=True)
    return time.process_time() - started


def test_component(nlp: Language) -> None:
    doc = nlp("Le ministre Nguyen Van Hoa sera à Lomé du 24 au 28 mars 2025 et mercredi.")
    found = [(span.text, span.label_, span.id_) for span in doc.spans["dates"]]
    assert found == [("du 24 au 28 mars 2025", "DATE", "range"), ("mercredi", "DATE", "weekday")]
