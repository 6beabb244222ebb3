"""Organisations: what greffier_organisations finds, and what normalise makes of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import rows
from pipeline.normalise import normalise
from pipeline.normalise.organisations import organisation, organisation_country, organisation_id, organisations
from pipeline.recognise import recognise
from pipeline.recognise.organisations import Organisations

if TYPE_CHECKING:
    from spacy.language import Language

CASES = tomllib.loads((Path(__file__).parent / "cases" / "organisations.toml").read_text("utf-8"))
SENTENCES = [(group, case["text"], case["found"]) for group, part in CASES.items() for case in part["cases"]]
BEFORE = ("greffier_sentences", "ner", "greffier_dates", "greffier_places", "greffier_organisations")
WORDS = st.sampled_from(
    [
        "le",
        "la",
        "du",
        "de",
        "des",
        "et",
        "Conseil",
        "parquet",
        "Cour",
        "suprême",
        "Union",
        "ONU",
        "(CSU)",
        "juges",
        "Laos",
    ]
)
KINDS = {
    "ministry", "prosecution", "court", "ngo", "agency", "government", "international", "bank", "party", "embassy",
    "military", "university", "hospital", "parliament", "police", "company", "media", "religion",
}  # fmt: skip


SEATED = [
    ("Le procureur du tribunal de Tripoli, au Liban, est venu.", "LB"),
    ("Le juge du tribunal de Tripoli (Libye) est venu.", "LY"),
    ("La présidente de la cour d'appel de Valence, en Espagne, est venue.", "ES"),
    ("Le juge du tribunal de Georgetown, au Guyana, est venu.", "GY"),
    ("Le recteur de l'université de Hyderabad (Pakistan) est venu.", "PK"),
    ("Le greffier du tribunal de Hyderabad, en Inde, est venu.", "IN"),
    ("Le parquet de Guadalajara, au Mexique, enquête.", "MX"),
    ("Le parquet de Guadalajara (Espagne) enquête.", "ES"),
    ("Le tribunal de Tripoli a jugé, au Liban on attend.", "LY"),
    ("Le tribunal de Bamako, au Liban, est cité.", "ML"),
]


@pytest.mark.parametrize(("text", "country"), SEATED)
def test_the_place_behind_a_name_tells_namesake_towns_apart(nlp: Language, text: str, country: str) -> None:
    found = normalise(recognise(nlp(text), nlp), text)
    assert [mention.value[0].country for mention in found if mention.label == "ORG"] == [country]


SETTLED = [
    ("Un séisme a secoué la préfecture d'Ishikawa.", ["LOC Ishikawa"]),
    ("La préfecture de Fukushima compte ses morts.", ["LOC Fukushima"]),
    ("La préfecture de la Loire a publié un arrêté.", ["ORG préfecture de la Loire"]),
    ("Le directeur de la préfecture de police de Paris est venu.", ["ORG préfecture de police de Paris"]),
    ("L'Asean et l'ONU ont réagi.", ["ORG Asean", "ORG ONU"]),
]


@pytest.mark.parametrize(("text", "settled"), SETTLED)
def test_territories_are_no_offices(nlp: Language, text: str, settled: list[str]) -> None:
    found = normalise(recognise(nlp(text), nlp), text)
    assert [f"{m.label} {m.text}" for m in found if m.label in ("ORG", "LOC", "PER")] == settled


@pytest.fixture(scope="module")
def finder() -> Organisations:
    return Organisations()


@pytest.mark.parametrize(("group", "text", "expected"), SENTENCES)
def test_sentences(nlp: Language, group: str, text: str, expected: list[str]) -> None:
    doc = nlp.make_doc(text)
    for component in BEFORE:
        doc = nlp.get_pipe(component)(doc)
    assert [span.text for span in doc.spans["organisations"]] == expected


def test_component_writes_label_and_rule() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("greffier_organisations")
    doc = nlp("La Cour suprême du Laos écrit à l'ONU et à la Ligue des avocats (LA). La LA répond.")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["organisations"]] == [
        ("Cour suprême du Laos", "ORG", "org-head"),
        ("ONU", "ORG", "org-name"),
        ("Ligue des avocats (LA)", "ORG", "org-head"),
        ("LA", "ORG", "org-acronym"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cours suprêmes du Laos et de la Russie", ["Cour suprême du Laos", "Cour suprême de Russie"]),
        ("Parquets généraux d'Inde et de l'Iran", ["Parquet général d'Inde", "Parquet général d'Iran"]),
        ("ministères de la Pêche et de l'Eau", ["ministère de la Pêche", "ministère de l'Eau"]),
        (
            "Ministères de la Pêche, de l'Eau et des Forêts",
            ["Ministère de la Pêche", "Ministère de l'Eau", "Ministère des Forêts"],
        ),
        ("tribunaux maliens de Kati et de Ségou", ["tribunal malien de Kati", "tribunal malien de Ségou"]),
        ("Facultés de droit de Dakar et de Thiès", ["Faculté de droit de Dakar", "Faculté de droit de Thiès"]),
        ("cours d'appel de Fès et d'Agadir", ["cour d'appel de Fès", "cour d'appel d'Agadir"]),
        ("ministère de la Pêche et de l'Eau", ["ministère de la Pêche et de l'Eau"]),
        ("Cour suprême\nde la Russie", ["Cour suprême de la Russie"]),
        ("forces armées maliennes", ["forces armées maliennes"]),
        ("Ligue des avocats (LA)", ["Ligue des avocats"]),
        ("Unesco", ["Unesco"]),
        ("", [""]),
    ],
)
def test_canonical_names(text: str, expected: list[str]) -> None:
    assert list(organisations(text)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ONU", "org:onu"),
        ("Nations Unies", "org:onu"),
        ("Organisation des Nations unies (ONU)", "org:onu"),
        ("Cédéao", "org:cedeao"),
        ("Communauté économique des Etats de l'Afrique de l'Ouest", "org:cedeao"),
        ("Cour suprême de la Russie", "org:cour-supreme-de-russie"),
        ("Cour suprême de Russie", "org:cour-supreme-de-russie"),
        ("COUR SUPRÊME DE RUSSIE", "org:cour-supreme-de-russie"),
        ("Ligue des avocats (LA)", "org:ligue-des-avocats"),
    ],
)
def test_identifier(name: str, expected: str) -> None:
    assert organisation_id(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Cour suprême du Laos", "LA"),
        ("ministère chinois de la Pêche", "CN"),
        ("Parti populaire révolutionnaire lao", "LA"),
        ("Tribunal suprême de Guinée équatoriale", "GQ"),
        ("ambassade de France au Vietnam", "FR"),
        ("ambassade américaine", "US"),
        ("Pentagone", "US"),
        ("Bundestag", "DE"),
        ("ONU", None),
        ("Comité franco-vietnamien", None),
        ("Association des juges du Mali et du Niger", None),
        ("Office national des forêts", None),
        ("Chambre des communes", None),
    ],
)
def test_country(name: str, expected: str | None) -> None:
    assert organisation_country(name) == expected


@pytest.mark.parametrize(
    ("name", "kind", "aliases"),
    [
        ("Ligue des avocats (LA)", "ngo", ("LA",)),
        ("parquet de Dakar", "prosecution", ()),
        ("ministère de l'Eau", "ministry", ()),
        ("Ligue arabe", "international", ("Ligue des États arabes", "Ligue des Etats arabes")),
        ("FMI", "international", ("Fonds monétaire international",)),
        ("Xyz", None, ()),
    ],
)
def test_kind_and_aliases(name: str, kind: str | None, aliases: tuple[str, ...]) -> None:
    found = organisation(name)
    assert (found.kind, found.aliases) == (kind, aliases)


def test_lists_are_sound() -> None:
    heads, names, links = rows("org_heads"), rows("organisations"), {line["value"] for line in rows("org_links")}
    assert {line["kind"] for line in (*heads, *names)} <= KINDS
    assert {line["complement"] for line in heads} == {"no", "adjective", "yes", "name"}
    assert {line["name"] for line in heads} == {"", "thing", "person", "place"}
    assert {link for line in heads for link in line["links"].split("|")} <= {"", *links}
    assert [line["country"] for line in names if line["country"] and len(line["country"]) != 2] == []


def test_all_forms_of_an_organisation_have_one_identifier() -> None:
    forms = {line["form"]: [line["form"], *filter(None, line["variants"].split("|"))] for line in rows("organisations")}
    assert {name: ids for name, all_ in forms.items() if len(ids := {organisation_id(f) for f in all_}) > 1} == {}


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60))
def test_spans_are_in_order_and_apart(finder: Organisations, text: str) -> None:
    edges = [edge for start, end, _ in finder.find(text) for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(start < end <= len(text) for start, end, _ in finder.find(text))


@given(st.text(max_size=60))
def test_any_text_has_names_and_an_identifier(text: str) -> None:
    assert all(organisation_id(name).startswith("org:") for name in organisations(text))
