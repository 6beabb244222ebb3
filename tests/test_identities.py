"""Who is who over a corpus: tables of pairs, what must not matter, and the file of corrections."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import flow
from pipeline.errors import UsageError
from pipeline.flow.moves import Moves
from pipeline.lexicon import fold
from pipeline.normalise.names import person_id
from pipeline.normalise.organisations import organisation_id
from pipeline.records import Mention
from pipeline.relate.acronyms import stands_for, statements
from pipeline.relate.identities import Identities, Identity, identities
from pipeline.relate.identity_lines import read_identities
from pipeline.relate.lone import Lone
from pipeline.relate.occurrences import Occurrence, is_of_document

CASES = tomllib.loads((Path(__file__).parent / "cases" / "identities.toml").read_text("utf-8"))
#: spelling differs in what identifiers do not tell, so that nothing needs to be tied
SYLLABLES = ["ba", "do", "fe", "gui", "lo", "mi", "nu", "ra", "so", "ta"]
UNTIED = ("diacritics", "case")


def person(document: str, name: str, country: str = "", office: str = "") -> Occurrence:
    countries = frozenset({country} if country else ())
    return Occurrence((document,), person_id(name), {name: 1}, countries, frozenset({fold(office)} if office else ()))


def of(found: Identities) -> dict[tuple[str, str], Identity]:
    """The identity by document and entity_id."""
    return {(d, o.entity_id): identity for identity, own in found.settled for o in own for d in o.documents}


def settled(*people: Occurrence, found: Identities | None = None) -> list[str]:
    known = of(found or identities(people, {}))
    return [known[o.documents[0], o.entity_id].entity_id for o in people]


@pytest.mark.parametrize(("why", "one", "other"), [(k, *pair) for k, pairs in CASES["same"].items() for pair in pairs])
def test_one_person(why: str, one: str, other: str) -> None:
    found = identities([person("a", one), person("b", other)], {})
    first, second = of(found)["a", person_id(one)], of(found)["b", person_id(other)]
    tied = () if why in UNTIED else (why,)
    assert (first.entity_id, tuple(r.split()[0] for r in first.merged)) == (second.entity_id, tied)


@pytest.mark.parametrize(("one", "other"), [pair for pairs in CASES["apart"].values() for pair in pairs])
def test_two_persons(one: str, other: str) -> None:
    first, second = settled(person("a", one), person("b", other))
    assert first != second


@pytest.mark.parametrize("case", CASES["context"], ids=lambda c: f"{c['one']}-{c['other']}")
def test_what_documents_say_of_offices_decides(case: dict[str, Any]) -> None:
    first, second = settled(person("a", *case["one"]), person("b", *case["other"]))
    assert (first == second) == case["same"]


def corpus(*lines: tuple[str, ...]) -> list[Occurrence]:
    return [person(*line) for line in lines]


DIALLOS = corpus(
    ("a", "Mohamed Diallo", "GN", "juge"),
    ("b", "Mohamed Diallo", "ML", "ministre de la Santé"),
    ("c", "Mohamed Diallo", "GN", "juge à la Cour suprême"),
    ("d", "Mohamed Diallo"),
)


def test_namesakes_have_their_countries_in_their_identifiers() -> None:
    assert settled(*DIALLOS) == [
        "per:mohamed-diallo@GN",
        "per:mohamed-diallo@ML",
        "per:mohamed-diallo@GN",
        "per:mohamed-diallo",
    ]


def test_a_part_of_two_names_is_neither() -> None:
    people = corpus(("a", "Ly Thanh Hai"), ("b", "Tran Thanh Hai"), ("c", "Thanh Hai"))
    assert len(set(settled(*people))) == 3


def test_the_fullest_name_gives_the_identifier() -> None:
    people = corpus(("a", "Thanh Hai"), ("b", "Thanh Hai"), ("c", "Ly Thanh Hai"))
    assert set(settled(*people)) == {"per:ly-thanh-hai"}


def test_a_fuller_name_that_is_a_rarity_does_not() -> None:
    people = [person(d, "Rosa Pino") for d in "abcd"] + corpus(("e", "Rosa Pino Selon"))
    assert set(settled(*people)) == {"per:rosa-pino"}


def test_spellings_that_lead_to_two_countries_stay_two() -> None:
    people = corpus(
        ("a", "Ahmed Karroubi", "IR", "juge"), ("b", "Ahmad Karoubi"), ("c", "Ahmad Karroubi", "IQ", "ministre")
    )
    first, _, third = settled(*people)
    assert first != third


NAMES = [
    "Mohamed Diallo",
    "Mohammed Diallo",
    "Diallo",
    "Nguyen Van Thinh",
    "Van Thinh",
    "Thinh Nguyen Van",
    "M. Diallo",
]
PEOPLE = st.lists(
    st.builds(
        person,
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", "GN", "ML"]),
        st.sampled_from(["", "juge", "ministre"]),
    ),
    unique_by=lambda o: (o.documents, o.entity_id),
    max_size=10,
)


def as_groups(found: Identities) -> dict[tuple[str, str], str]:
    return {key: identity.entity_id for key, identity in sorted(of(found).items())}


@settings(max_examples=150, deadline=None)
@given(people=PEOPLE, data=st.data())
def test_the_order_of_documents_does_not_matter(people: list[Occurrence], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(people))
    found, again = identities(people, {}), identities(shuffled, {})
    assert (as_groups(found), set(of(found).values())) == (as_groups(again), set(of(again).values()))


@settings(max_examples=150, deadline=None)
@given(people=PEOPLE)
def test_everyone_is_one_entity_and_no_mononym_two_documents(people: list[Occurrence]) -> None:
    found = identities(people, {})
    assert set(of(found)) == {(o.documents[0], o.entity_id) for o in people}
    mononyms = [identity.entity_id for (_, base), identity in of(found).items() if base == "per:diallo"]
    assert len(mononyms) == len(set(mononyms))


def together(people: list[Occurrence]) -> list[Occurrence]:
    """One occurrence for documents that say the same of a name that is no other person in each of them."""
    found: dict[object, list[Occurrence]] = {}
    for one in people:
        own = one.documents if is_of_document(one.entity_id) else ()
        found.setdefault((one.entity_id, one.countries, one.offices, own), []).append(one)
    return [
        replace(
            same[0], documents=[d for o in same for d in o.documents], names=Counter(n for o in same for n in o.names)
        )
        for same in found.values()
    ]


@settings(max_examples=150, deadline=None)
@given(people=PEOPLE)
def test_what_documents_say_alike_may_come_at_once(people: list[Occurrence]) -> None:
    found, again = identities(people, {}), identities(together(people), {})
    assert (as_groups(found), set(of(found).values())) == (as_groups(again), set(of(again).values()))


def test_names_of_one_word_are_an_entity_in_each_document() -> None:
    documents = ["a", "b", "b-c"]
    lone = Lone(read := list[str]())
    for document in documents:
        read.append(document)
        lone.add("per:diallo", {"Diallo": 2}, frozenset({"GN"} if document == "b" else ()))
        lone.add("per:diallo-2", {"Diallo": 1}, frozenset({"GN", "ML"}))
    found = list(lone.entities(lambda entity_id, names: None))
    assert [(e.entity_id, e.name, e.country, e.documents, e.mentions) for e in found] == [
        ("per:diallo-2@a", "Diallo", None, 1, 1),
        ("per:diallo-2@b", "Diallo", None, 1, 1),
        ("per:diallo-2@b-c", "Diallo", None, 1, 1),
        ("per:diallo@a", "Diallo", None, 1, 2),
        ("per:diallo@b", "Diallo", "GN", 1, 2),
        ("per:diallo@b-c", "Diallo", None, 1, 2),
    ]


def test_what_a_name_means_in_a_document() -> None:
    lone = Lone(["a"])
    lone.add("per:diallo", {"Diallo": 1}, frozenset())
    people = [*DIALLOS, person("a", "Mohamed Lamine Diallo"), person("b", "Mohammed Lamine Diallo")]
    moves = Moves(identities(people, {}).settled, lone, sorted({"a", *(o.documents[0] for o in people)}))
    elsewhere = ("per:mohamed-diallo", "z")
    asked = [(o.entity_id, o.documents[0]) for o in people]
    asked += [elsewhere, ("per:diallo", "a"), ("per:x-y", "a"), (None, "a")]
    assert [moves.of(*one) for one in asked] == [
        "per:mohamed-diallo@GN",
        "per:mohamed-diallo@ML",
        "per:mohamed-diallo@GN",
        None,
        "per:mohammed-lamine-diallo",
        None,
        None,
        "per:diallo@a",
        None,
        None,
    ]


@settings(max_examples=200, deadline=None)
@given(names=st.lists(st.text(max_size=12), max_size=6))
def test_any_name_has_an_identity(names: list[str]) -> None:
    people = {(o.documents[0], o.entity_id): o for n, name in enumerate(names) for o in [person(str(n), name)]}
    assert set(of(identities(people.values(), {}))) == set(people)


def test_ten_thousand_names_take_less_than_five_seconds() -> None:
    names = [" ".join("".join(part).capitalize() for part in (s[:2], s[2:])) for s in product(SYLLABLES, repeat=4)]
    people = [person(f"{n % 500}", name) for n, name in enumerate(names)]
    began = perf_counter()
    assert len(set(settled(*people))) == 10_000
    assert perf_counter() - began < 5


def corrected(tmp_path: Path, text: str, people: Iterable[Occurrence] = DIALLOS) -> Identities:
    path = tmp_path / "merges.csv"
    path.write_text(text, "utf-8")
    return identities(people, {}, read_identities(path))


CORRECTIONS = [
    ("entity,same_as\nMohamed Diallo,Mohamed Diallo\n", ["", "", "", ""]),
    ("entity;same_as\nper:mohamed-diallo;per:mohamed-diallo@ML\n", ["GN", "ML", "GN", "ML"]),
    ("\ufeffEntity\tSame_as\tnote\nmohamed diallo @ d\tper:mohamed-diallo@ML\tseen\n", ["GN", "ML", "GN", "ML"]),
    ("entity,different_from\nMohamed Diallo@c,per:mohamed-diallo@GN\n", ["GN", "ML", "c", ""]),
    ("entity,name\nper:mohamed-diallo@GN,Mohamed Lamine Diallo\n", ["GN", "ML", "GN", ""]),
]


@pytest.mark.parametrize(("text", "expected"), CORRECTIONS)
def test_corrections(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = corrected(tmp_path, text)
    assert [one.partition("@")[2] for one in settled(*DIALLOS, found=found)] == expected


WRONG = [
    ("", "line 1: expected the column entity and one or more of same_as, different_from, name; got nothing"),
    ("entity,other\nA B,C D\n", "line 1: expected the column entity"),
    ("entity,same_as\nA B,\n", "line 2: expected same_as, different_from or name to be filled for 'A B'"),
    ("entity,same_as\n\n,A B\n", "line 3: expected a name or an identifier under entity"),
    ("entity,same_as\nA B,C D,E F\n", "line 2: expected 2 cells (entity, same_as), got 3"),
    ("entity,name\nMohamed Diallo,A\nMohamed Diallo,B\n", "line 3: 'Mohamed Diallo' is called 'A' by a line before"),
    (
        "entity,same_as,different_from\nMohamed Diallo@a,Mohamed Diallo@b,\nMohamed Diallo@b,,Mohamed Diallo@a\n",
        "line 3: 'Mohamed Diallo@b' and 'Mohamed Diallo@a' are one by other lines",
    ),
    ("entity,different_from\nONU,org:onu\n", "line 2: 'ONU' and 'org:onu' both mean org:onu; say which document"),
    ("entity,same_as\nMohamed Diallo,ONU\n", "line 2: expected persons only or organisations only"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    people = [*DIALLOS, Occurrence(("a",), "org:onu", {"ONU": 1})]
    with pytest.raises(UsageError) as caught:
        corrected(tmp_path, text, people)
    assert str(caught.value).startswith(f"{tmp_path / 'merges.csv'}, {message}")


def test_no_file_of_corrections(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--identities expects a CSV file"):
        read_identities(tmp_path / "none.csv")


def test_a_file_from_a_french_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "merges.csv"
    path.write_bytes("entity;same_as\r\nAndré Sène;Andre Senne\r\n".encode("cp1252"))
    assert [(line.entity, line.same_as) for line in read_identities(path)] == [("André Sène", "Andre Senne")]


def test_a_line_that_names_nothing_is_said(tmp_path: Path) -> None:
    found = corrected(tmp_path, "entity,same_as\nMohamed Diallo,Ana Ruiz\n")
    where = tmp_path / "merges.csv"
    assert found.unused == (
        f"{where}, line 2: no 'Ana Ruiz' among the entities of these documents; the line is not used",
    )


ACRONYMS = [
    ("Comité de suivi des accords (CSA)", "CSA", True),
    ("Ligue africaine pour la paix (LAP)", "LAP", True),
    ("Mouvement national (Monat)", "Monat", False),
    ("Parti du renouveau populaire (PRP)", "PRP", True),
    ("Office intergouvernemental du café (OFICA)", "OFICA", True),
    ("Assemblée nationale (UNIR)", "UNIR", False),
    ("Agence des juristes (Genève)", "Genève", False),
]


@pytest.mark.parametrize(("long", "acronym", "expected"), ACRONYMS)
def test_an_acronym_stands_for(long: str, acronym: str, expected: bool) -> None:
    assert stands_for(acronym, long.partition(" (")[0]) == expected


def organisation(document: str, name: str) -> Occurrence:
    return Occurrence((document,), organisation_id(name), {name: 1})


STATED = [
    "La {Ligue africaine pour la paix (LAP)} siège.",
    "La {Ligue africaine pour la paix} (LAP) siège.",
    "La LAP ({Ligue africaine pour la paix}) siège.",
    "L'LAP\n( {Ligue africaine pour la paix} ) siège.",
]


@pytest.mark.parametrize("marked", STATED)
def test_a_document_explains_an_acronym(marked: str) -> None:
    start, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    mention = Mention(label="ORG", entity_id="org:ligue", text=text[start:end], start_char=start, end_char=end)
    assert statements([mention], text, organisation_id) == {("org:lap", "org:ligue")}


def test_an_acronym_means_in_all_documents_what_one_says() -> None:
    long, short = "Comité de suivi des accords", "CSA"
    pair = (organisation_id(short), organisation_id(long))
    found = identities([organisation("a", long), organisation("b", short)], {"a": {pair}})
    assert {(i.entity_id, i.merged) for i in of(found).values()} == {("org:comite-de-suivi-des-accords", ("acronym",))}


def test_an_acronym_of_two_organisations_is_read_in_its_document_only() -> None:
    first, second = "Comité de suivi des accords", "Conseil supérieur des archives"
    said = [organisation(d, n) for d, n in (("a", first), ("a", "CSA"), ("b", second), ("b", "CSA"), ("c", "CSA"))]
    stated = {d: {("org:csa", organisation_id(name))} for d, name in (("a", first), ("b", second))}
    found = identities(said, stated)
    assert settled(*said, found=found) == [
        "org:comite-de-suivi-des-accords",
        "org:comite-de-suivi-des-accords",
        "org:conseil-superieur-des-archives",
        "org:conseil-superieur-des-archives",
        "org:csa",
    ]


def test_all_tables_bear_the_same_identifiers(tmp_path: Path, nlp: Any) -> None:
    for name, who in {"a": "Awa N'Diaye", "b": "Awa Ndiaye", "c": "Rosa Pino"}.items():
        (tmp_path / f"{name}.txt").write_text(f"La ministre sénégalaise de la Justice, {who}, est à Dakar.", "utf-8")
    first = flow.run([tmp_path], tmp_path / "out")
    assert {table: ids(tmp_path, table) for table in ("officials", "facts", "mentions", "entities")} == {
        "officials": ["per:awa-n-diaye", "per:awa-n-diaye", "per:rosa-pino"],
        "facts": ["per:awa-n-diaye", "per:awa-n-diaye", "per:rosa-pino"],
        "mentions": ["per:awa-n-diaye", "per:awa-n-diaye", "per:rosa-pino"],
        "entities": ["per:awa-n-diaye", "per:rosa-pino"],
    }
    (tmp_path / "merges.csv").write_text("entity,different_from\nAwa N'Diaye,Awa Ndiaye\n", "utf-8")
    second = flow.run([tmp_path], tmp_path / "out", identities=tmp_path / "merges.csv")
    assert (first.documents, second.documents, second.unchanged) == (3, 0, 3)
    assert ids(tmp_path, "officials") == ["per:awa-n-diaye", "per:awa-ndiaye", "per:rosa-pino"]
    flow.run([tmp_path], tmp_path / "out")
    assert ids(tmp_path, "entities") == ["per:awa-n-diaye", "per:rosa-pino"]


def ids(folder: Path, table: str) -> list[str]:
    column = {"officials": "person_id", "facts": "subject_id"}.get(table, "entity_id")
    found = [row[column] for row in json.loads((folder / "out" / f"{table}.json").read_text("utf-8"))]
    return [value for value in found if value and value.startswith("per:")]


def test_the_command_names_the_wrong_line(tmp_path: Path) -> None:
    (tmp_path / "merges.csv").write_text("entity,same_as\nAwa Ndiaye,\n", "utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(tmp_path), "--identities", str(tmp_path / "merges.csv")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"greffier: {tmp_path / 'merges.csv'}, line 2: expected same_as, different_from or name to be filled for "
        "'Awa Ndiaye'; all are empty\n"
    )
