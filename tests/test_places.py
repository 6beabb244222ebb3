"""Places: what greffier_places finds, and what normalise makes of its keys."""

from __future__ import annotations

import re
import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import fold, gazetteer
from pipeline.lexicon.lists import rows
from pipeline.normalise.places import Place, country_name, demonym_country, lookup, place
from pipeline.recognise.places import Places

CASES = tomllib.loads((Path(__file__).parent / "cases" / "places.toml").read_text("utf-8"))
SENTENCES = [(group, case["text"], case["found"]) for group, part in CASES.items() for case in part["cases"]]


@pytest.fixture(scope="module")
def finder() -> Places:
    return Places()


def shown(text: str, start: int, end: int, key: str, _: str, label: str) -> str:
    found = place(key)
    return f"{text[start:end]}|{label if label == 'DEMONYM' else found.kind}|{found.country or ''}"


@pytest.mark.parametrize(("group", "text", "expected"), SENTENCES)
def test_sentences(finder: Places, group: str, text: str, expected: list[str]) -> None:
    assert [shown(text, *found) for found in finder.find(text)] == expected


def test_component_writes_spans() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("greffier_places")
    doc = nlp("Le Caire reçoit la délégation franco-tunisienne, dit l'Iran.")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["places"]] == [
        ("Le Caire", "LOC", "city:360630"),
        ("franco-tunisienne", "DEMONYM", "demonym:FR"),
        ("franco-tunisienne", "DEMONYM", "demonym:TN"),
        ("Iran", "LOC", "country:IR"),
    ]


_TAIL = re.compile(r"(?:[^\W_]+(?:-[^\W_]+)*(?:'|[ \n]+|\.[ ]))*\Z")
_NEIGHBOUR = re.compile(r"([^\W\d_]+)(?:-[^\W\d_]+)*[ ]\Z")
FRONT = ["dans", "la", "Ville", "de", "l'", "d'", "M", "Anne-Lise", *"-_.,' \n3’é", ". "]


@given(pieces=st.lists(st.sampled_from(FRONT) | st.characters(), max_size=12))
def test_front_is_read_backwards_as_forwards(finder: Places, pieces: list[str]) -> None:
    text = "".join(pieces)
    view, cues = fold(text), finder.cues
    front, neighbour = _TAIL.search(view), _NEIGHBOUR.search(text)
    said = cues.before(view, len(view))
    assert said == cues.before(front[0] if front else "", len(front[0]) if front else 0)
    capital = neighbour is not None and neighbour[1][0].isupper() and fold(neighbour[1]) not in cues.openers
    assert cues.in_person(text, said, len(text)) == ("title" in said or capital)


PIECES = ["Paris", "Le", "La", "Havane", "Nice", "Guinée", "iranien", "franco", "de", "à", "d'", *"- \n(),İ"]


@given(pieces=st.lists(st.sampled_from(PIECES) | st.characters(), max_size=20))
def test_offsets(finder: Places, pieces: list[str]) -> None:
    text = "".join(pieces)
    found = finder.find(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_place_of_a_town() -> None:
    assert place("city:3553478") == Place(
        key="city:3553478",
        name="La Havane",
        kind="city",
        country="CU",
        country_name="Cuba",
        geonames_id=3553478,
        latitude=23.133,
        longitude=-82.383,
    )


@pytest.mark.parametrize(
    ("key", "name", "kind", "country"),
    [
        ("country:VN", "Vietnam", "country", "VN"),
        ("country:HK", "Hong Kong", "region", "HK"),
        ("demonym:VN", "Vietnam", "country", "VN"),
        ("region:FR-69", "Rhône", "region", "FR"),
        ("supra:amerique-latine", "Amérique latine", "supranational", None),
        ("natural:lac-leman", "lac Léman", "natural", None),
        ("facility:kremlin", "Kremlin", "facility", "RU"),
    ],
)
def test_place(key: str, name: str, kind: str, country: str | None) -> None:
    found = place(key)
    assert (found.name, found.kind, found.country) == (name, kind, country)


@pytest.mark.parametrize(
    ("key", "geonames_id", "latitude", "longitude"),
    [
        ("region:FR-69", 2987410, 45.7491, 4.8479),  # Lyon
        ("region:DE-BY", 2951839, 48.1374, 11.5755),  # Munich
        ("region:TN-61", 2467450, 34.7406, 10.7603),  # Sfax
        ("region:VN-24", 1568839, 17.4688, 106.6223),  # Dong Hoi: a province merged in 2025
        ("region:fr-bourgogne", None, 47.3134, 5.0139),  # Dijon
        ("supra:asie", 6255147, 29.8406, 89.2969),
        ("supra:balkans", None, 43.0, 22.0),
        ("natural:mer-noire", None, 44.5, 31.2),
        ("natural:mont-fuji", None, 35.36, 138.73),
        ("facility:kremlin", None, 55.752, 37.617),
    ],
)
def test_numbers_and_coordinates(key: str, geonames_id: int | None, latitude: float, longitude: float) -> None:
    found = place(key)
    assert (found.geonames_id, found.latitude, found.longitude) == (geonames_id, latitude, longitude)


def test_every_subdivision_has_a_number() -> None:
    keys = [line["key"] for line in (*rows("regions"), *rows("subdivisions"))]
    iso = [key for key in keys if key.partition("-")[2].isupper() or key[-1].isdigit()]
    without = [key for key in iso if place(key).geonames_id is None]
    assert without == ["region:FR-6AE", "region:IQ-KR"]  # Alsace, Kurdistan: units of ISO 3166-2 that GeoNames has not


def test_what_has_no_coordinates() -> None:
    """What has no place of its own, and some small subdivisions."""
    known = [place(line["key"]) for name in gazetteer.LISTS for line in rows(name)]
    without = [one.key for one in known if one.latitude is None]
    assert [key for key in without if not key.startswith(("country:", "region:"))] == [
        "supra:asie-pacifique",
        "supra:indo-pacifique",
        "supra:ocean-indien-occidental",
    ]
    assert len([key for key in without if key.startswith("region:")]) / len(known) < 0.02


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("country:VN", "Q881"),
        ("demonym:ML", "Q912"),
        ("supra:union-europeenne", "Q458"),
        ("supra:afrique-de-l-ouest", "Q4412"),
        ("region:UA-43", "Q7835"),
        ("city:3553478", None),
        ("natural:mer-noire", None),
    ],
)
def test_items_of_wikidata(key: str, item: str | None) -> None:
    assert place(key).wikidata_id == item


def test_points_and_items_are_of_known_places() -> None:
    lines = [line for name in (*gazetteer.POINTS, "wikidata") for line in rows(name)]
    assert [line["key"] for line in lines if line["key"] not in gazetteer.places()] == []


def test_no_such_key() -> None:
    with pytest.raises(KeyError):
        place("country:QQ")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("viêt nam", "country:VN"),
        ("USA", "country:US"),
        ("Bamako", "city:2460596"),
        ("Hô-Chi-Minh-Ville", "city:1566083"),
        ("Géorgie", "country:GE"),
        ("Vienne", "city:2761369"),
        ("Nulle-Part-sur-Rien", None),
    ],
)
def test_lookup(name: str, key: str | None) -> None:
    assert lookup(name) == key


@pytest.mark.parametrize(
    ("form", "code"), [("Vietnamiennes", "VN"), ("grecque", "GR"), ("malgache", "MG"), ("bleu", None)]
)
def test_demonym_country(form: str, code: str | None) -> None:
    assert demonym_country(form) == code


def test_every_country_has_a_name_and_every_alias_a_place() -> None:
    assert country_name("CI") == "Côte d'Ivoire"
    keys = [key for line in rows("place_aliases") for key in line["value"].split("|")]
    assert [key for key in keys if not place(key).name] == []


def test_every_demonym_is_a_countrys() -> None:
    assert [line for line in rows("demonyms") if line["value"] not in gazetteer.places()] == []


def test_loads_fast() -> None:
    gazetteer._town_lines.cache_clear()
    start = time.process_time()
    Places().find("De Bamako à Hanoï.")
    assert time.process_time() - start < 1
