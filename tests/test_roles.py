"""Offices: the word lists behind them, and what normalise makes of a role as written."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexicon import fold, rows
from pipeline.lexicon.inflections import inflections
from pipeline.normalise.role_categories import CATEGORIES as PUBLISHED
from pipeline.normalise.role_categories import check_categories, role_category
from pipeline.normalise.role_ids import role_id
from pipeline.normalise.roles import Role, parts, role

CATEGORIES = {
    "head_of_state", "government", "parliament", "justice", "diplomacy", "military", "police", "administration",
    "international", "party", "business", "civil_society", "academia", "religion", "royalty", "local",
}  # fmt: skip
TAKES = {"portfolio", "organisation", "place", "none"}
NATURES = {"office", "rank", "title", "weak", "profession"}

#: role as written, role_id, head, status
CASES = [
    ("ministre", "ministre", "ministre", "current"),
    ("ministre des Pêches", "ministre", "ministre", "current"),
    ("ministres des Pêches et de l'Eau", "ministre", "ministre", "current"),
    ("Première ministre", "premier-ministre", "ministre", "current"),
    ("ex-Premier ministre", "premier-ministre", "ministre", "former"),
    ("ancienne Première ministre", "premier-ministre", "ministre", "former"),
    ("vice-premier ministre", "premier-ministre", "vice-ministre", "deputy"),
    ("Vice-Première ministre", "premier-ministre", "vice-ministre", "deputy"),
    ("vice-ministre du Travail", "ministre", "vice-ministre", "deputy"),
    ("ministre déléguée", "ministre-delegue", "ministre", "current"),
    ("ministre adjointe du Commerce", "ministre", "ministre", "deputy"),
    ("ministre du Plan par intérim", "ministre", "ministre", "acting"),
    ("ministre sortant", "ministre", "ministre", "current"),
    ("président", "president", "président", "current"),
    ("présidente", "president", "président", "current"),
    ("présidentes", "president", "président", "current"),
    ("ancien président", "president", "président", "former"),
    ("feu le président", None, None, None),
    ("feu président", "president", "président", "former"),
    ("président déchu", "president", "président", "former"),
    ("présidente élue", "president", "président", "future"),
    ("future présidente", "president", "président", "future"),
    ("président par intérim", "president", "président", "acting"),
    ("vice-présidente", "president", "vice-président", "deputy"),
    ("première vice-présidente", "president", "vice-président", "deputy"),
    ("ancien vice-président", "president", "vice-président", "former"),
    ("ex-vice-président", "president", "vice-président", "former"),
    ("ex vice-président", "president", "vice-président", "former"),
    ("président de la République", "president-de-la-republique", "président", "current"),
    ("chef de l'État", "chef-de-l-etat", "chef", "current"),
    ("chef de l’Etat", "chef-de-l-etat", "chef", "current"),
    ("cheffe du gouvernement", "chef-du-gouvernement", "chef", "current"),
    ("chef de gouvernement", "chef-du-gouvernement", "chef", "current"),
    ("procureur", "procureur", "procureur", "current"),
    ("procureure", "procureur", "procureur", "current"),
    ("procureure générale", "procureur-general", "procureur", "current"),
    ("procureure générale adjointe", "procureur-general", "procureur", "deputy"),
    ("procureurs généraux", "procureur-general", "procureur", "current"),
    ("procureur de la République financier", "procureur-de-la-republique-financier", "procureur", "current"),
    ("garde des Sceaux", "garde-des-sceaux", "garde", "current"),
    ("ancien garde des sceaux", "garde-des-sceaux", "garde", "former"),
    ("secrétaire d'Etat", "secretaire-d-etat", "secrétaire", "current"),
    ("secrétaire générale adjointe", "secretaire-general", "secrétaire", "deputy"),
    ("vice-amiral", "vice-amiral", "vice-amiral", "current"),
    ("vice-reine", "vice-roi", "vice-roi", "current"),
    ("général de division", "general-de-division", "général", "current"),
    ("général à la retraite", "general", "général", "former"),
    ("lieutenants-colonels", "lieutenant-colonel", "colonel", "current"),
    ("sous-préfète", "sous-prefet", "sous-préfet", "current"),
    ("hautes-commissaires", "haut-commissaire", "haut-commissaire", "current"),
    ("PDG", "president-directeur-general", "PDG", "current"),
    ("ex-PDG", "president-directeur-general", "PDG", "former"),
    ("présidente-directrice générale", "president-directeur-general", "président", "current"),
    ("directrice générale adjointe", "directeur-general", "directeur", "deputy"),
    ("directrice des\naffaires consulaires", "directeur", "directeur", "current"),
    ("représentant permanent adjoint", "representant-permanent", "représentant", "deputy"),
    ("ambassadrice", "ambassadeur", "ambassadeur", "current"),
    ("consule générale honoraire", "consul-general", "consul", "current"),
    ("porte-parole adjointe", "porte-parole", "porte-parole", "deputy"),
    ("wali d'Annaba", "wali", "wali", "current"),
    ("reine", "roi", "roi", "current"),
    ("prince héritier", "prince-heritier", "prince", "current"),
    ("nouvelle maire", "maire", "maire", "current"),
    ("directeur d'un centre pour adjoints retraités", "directeur", "directeur", "current"),
    ("ministère", None, None, None),
    ("ministrable", None, None, None),
    ("présidentielle", None, None, None),
    ("procuration", None, None, None),
    ("", None, None, None),
    ("ancien", None, None, None),
    ("la juge", None, None, None),
]


def shown(found: Role | None) -> tuple[str | None, str | None, str | None]:
    return (found.role_id, found.head, found.status) if found else (None, None, None)


@pytest.mark.parametrize(("form", "role_id", "head", "status"), CASES)
def test_role(form: str, role_id: str | None, head: str | None, status: str | None) -> None:
    assert shown(role(form)) == (role_id, head, status)


@pytest.mark.parametrize(
    ("form", "country", "category"),
    [
        ("chancelière de l'Échiquier", "GB", "government"),
        ("locataire de la Maison Blanche", "US", "head_of_state"),
        ("pape", "VA", "religion"),
        ("Guide suprême", "IR", "head_of_state"),
        ("garde des Sceaux", None, "government"),
        ("chancelier", None, "government"),
        ("juge", None, "justice"),
        ("avocate", None, "justice"),
        ("colonel", None, "military"),
    ],
)
def test_country_and_category(form: str, country: str | None, category: str) -> None:
    found = role(form)
    assert found is not None
    assert (found.country, found.category) == (country, category)


@pytest.mark.parametrize(
    ("form", "takes", "nature"),
    [
        ("ministre", "portfolio", "office"),
        ("présidente", "place", "office"),
        ("directeur", "organisation", "office"),
        ("maire", "place", "office"),
        ("garde des sceaux", "place", "office"),
        ("membre", "organisation", "weak"),
        ("chef", "organisation", "weak"),
        ("avocat", "organisation", "profession"),
        ("général", "organisation", "rank"),
        ("reine", "place", "title"),
    ],
)
def test_takes_and_nature(form: str, takes: str, nature: str) -> None:
    found = role(form)
    assert found is not None
    assert (found.takes, found.nature) == (takes, nature)


def test_every_listed_form_is_a_role() -> None:
    lost = [form for entry in rows("roles") for form in inflections(entry) if role(form) is None]
    assert lost == []


def test_list_of_roles_is_sound() -> None:
    entries = rows("roles")
    assert {e["category"] for e in entries} == CATEGORIES
    assert {e["takes"] for e in entries} == TAKES
    assert {e["nature"] for e in entries} == NATURES
    assert [e["form"] for e in entries if not all((e["feminine"], e["plural"], e["feminine_plural"]))] == []
    assert [form for form, n in Counter(fold(e["form"]) for e in entries).items() if n > 1] == []
    assert [e["country"] for e in entries if e["country"] and len(e["country"]) != 2] == []


def test_one_office_has_one_category() -> None:
    categories: dict[str, set[str]] = {}
    for entry in rows("roles"):
        categories.setdefault(entry["role_id"], set()).add(entry["category"])
    assert {role_id: found for role_id, found in categories.items() if len(found) > 1} == {}


NORMALISED = tomllib.loads((Path(__file__).parent / "cases" / "roles.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", NORMALISED, ids=lambda c: f"{c['role']} | {c.get('organisation', '')}")
def test_identifier_and_category(case: dict[str, Any]) -> None:
    found = role_category(case["role"], case.get("organisation"))
    assert (role_id(case["role"]), found or "") == (case["id"], case["category"])


def test_cases_cover_every_category() -> None:
    assert {case["category"] for case in NORMALISED} == PUBLISHED | {""}


def test_the_example_of_each_line_is_decided_by_it() -> None:
    assert check_categories() == []


def test_lists_of_categories_are_sound() -> None:
    known = {e["role_id"] for e in rows("roles")}
    lines = rows("role_categories")
    named = {office for e in lines for office in e["office"].split("|")} | {e["form"] for e in rows("open_offices")}
    given_to = {e["category"] for e in lines} | {e[c] for e in rows("open_offices") for c in ("alone", "other")}
    assert named - known == {"open"}
    assert given_to - PUBLISHED == {"none", ""}
    assert [e["form"] for e in rows("role_synonyms") for c in ("form", "value") if parts(e[c]) is None] == []
    modifiers = {m["form"] for m in rows("role_modifiers")}
    assert {e["form"] for e in rows("role_fillers")} - modifiers == set()


@given(st.text())
def test_an_identifier_is_its_own(form: str) -> None:
    found = role_id(form)
    assert found is None or found.strip("-") == found


@given(st.text())
def test_any_text_is_a_role_or_none(text: str) -> None:
    found = role(text)
    assert found is None or found.head
