"""Whom and what the documents of a corpus name, and what they say of them: gathered in one pass over their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import relate as relating
from pipeline.entries import picked
from pipeline.lexicon import fold
from pipeline.normalise.names import bare
from pipeline.normalise.organisations import organisation
from pipeline.records import Mention
from pipeline.relate.entities import Roll
from pipeline.relate.identity_lines import IdentityLine
from pipeline.relate.lone import Lone, Numbered
from pipeline.relate.occurrences import Occurrence, is_of_document, is_tied_to_none
from pipeline.relate.references import documents_apart, form
from pipeline.write import Tables

_SETTLED = ("PER", "ORG")  #: the labels of what is settled over the corpus; a place is itself wherever it is named
#: what marks the rule of an office whose country is a guess from the whole document
_GUESSED = "+document"


class Named(NamedTuple):
    """Whom and what documents name: those that name anybody, sorted.

    Persons and organisations that may be one with those of other documents, those that are tied to none, a roll with
    all else, and what each document says of acronyms.
    """

    documents: list[str]
    occurrences: list[Occurrence]
    lone: Lone
    roll: Roll
    statements: dict[str, set[tuple[str, str]]]


_SAID = ("person_id", "role", "country", "rule")


class _Office(NamedTuple):
    role: str
    country: str | None


class _Mentioned(NamedTuple):
    label: str
    entity_id: str | None
    text: str
    start_char: int
    end_char: int


def named(tables: Tables, lines: Sequence[IdentityLine] = ()) -> Named:
    """What is named in tables, all of which come sorted by document; `lines` are those of the file of identities."""
    gathering = _Gathering(lines)
    offices, documents = _Offices(tables), tables.rows("documents")
    for entry in tables.entries("mentions"):
        mentions = [*map(_Mentioned._make, picked("mentions", entry, *_Mentioned._fields))]
        text = next(document.text for document in documents if document.document == entry.document)
        gathering.hear(entry.document, mentions, _statements(mentions, text), offices)
    return gathering.named()


#: entity_id, countries and offices
_Key = tuple[str, frozenset[str], frozenset[str]]


class _Gathering:
    """What is named so far. A name takes 4 bytes for each document that says of it what others do."""

    def __init__(self, lines: Sequence[IdentityLine]) -> None:
        self._documents: list[str] = []
        self._has_lines, self._apart = bool(lines), documents_apart(lines)
        self._own: list[Occurrence] = []
        self._gathered: dict[_Key, tuple[Numbered, dict[str, int]]] = {}
        self._lone, self._roll = Lone(self._documents), Roll()
        self._statements: dict[str, set[tuple[str, str]]] = {}

    def hear(
        self, document: str, mentions: Iterable[_Mentioned], statements: set[tuple[str, str]], offices: _Offices
    ) -> None:
        """Be told of the mentions of the next document, and of what it says of acronyms."""
        self._documents.append(document)
        if statements:
            self._statements[document] = statements
        stated = {acronym for acronym, _ in statements}
        for entity_id, (label, names) in _names(mentions).items():
            if label in _SETTLED:
                countries, roles = _held(offices.of(document, entity_id))
                self._settle((entity_id, countries, roles), names, is_stated=entity_id in stated)
            else:
                self._roll.hear(entity_id, names)

    def _settle(self, key: _Key, names: Mapping[str, int], *, is_stated: bool) -> None:
        entity_id, countries, roles = key
        document = self._documents[-1]
        if is_tied_to_none(entity_id) and not is_stated and not self._has_lines:
            self._lone.add(entity_id, names, countries)
        elif is_stated or is_of_document(entity_id) or form(document) in self._apart:
            self._own.append(Occurrence((document,), entity_id, _shared(tuple(names.items())), countries, roles))
        else:
            if (gathered := self._gathered.get(key)) is None:
                gathered = self._gathered[key] = Numbered(self._documents), {}
            documents, written = gathered
            documents.add()
            for name, times in names.items():
                written[name] = written.get(name, 0) + times

    def named(self) -> Named:
        """All of it."""
        gathered = (
            Occurrence(documents, entity_id, names, countries, roles)
            for (entity_id, countries, roles), (documents, names) in self._gathered.items()
        )
        return Named(self._documents, [*self._own, *gathered], self._lone, self._roll, self._statements)


@cache
def _shared(names: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    """The same object for the same names."""
    return dict(names)


def _names(mentions: Iterable[_Mentioned]) -> dict[str, tuple[str, dict[str, int]]]:
    """{entity_id: its label, its names with how often they stand} of the mentions of a document."""
    found: dict[str, tuple[str, dict[str, int]]] = {}
    for label, entity_id, text, *_ in mentions:
        if entity_id:
            name = _bare(text) if label == "PER" else " ".join(text.split())
            _, forms = found.get(entity_id) or found.setdefault(entity_id, (label, {}))
            forms[name] = forms.get(name, 0) + 1
    return found


#: a person's name as written, on one line, without title
_bare = cache(bare)


class _Offices:
    """The offices that documents say of persons; documents are asked for in their order."""

    def __init__(self, tables: Tables) -> None:
        self._entries = tables.entries("officials")
        self._next = next(self._entries, None)
        self._document, self._found = "", dict[str, list[_Office]]()

    def of(self, document: str, person_id: str) -> Collection[_Office]:
        """Those of a person in a document."""
        if document != self._document:
            self._document, self._found = document, self._read(document)
        return self._found.get(person_id, ())

    def _read(self, document: str) -> dict[str, list[_Office]]:
        while self._next is not None and self._next.document < document:
            self._next = next(self._entries, None)
        found: dict[str, list[_Office]] = defaultdict(list)
        if self._next is not None and self._next.document == document:
            for person_id, role, country, rule in picked("officials", self._next, *_SAID):
                guessed = _GUESSED in (rule or "")
                found[person_id or ""].append(_Office(fold(role or ""), None if guessed else country))
        return found


def _held(offices: Collection[_Office]) -> tuple[frozenset[str], frozenset[str]]:
    """The countries and roles of offices; a corpus has many of them, so those that are the same are one object."""
    if not offices:
        return _NONE, _NONE
    countries = _one(frozenset(office.country for office in offices if office.country))
    return countries, _one(frozenset(office.role for office in offices))


_NONE = frozenset[str]()


@cache
def _one(strings: frozenset[str]) -> frozenset[str]:
    """The same object for the same strings."""
    return strings


def _statements(mentions: Iterable[_Mentioned], text: str) -> set[tuple[str, str]]:
    """What a document says of acronyms, which stand in parentheses or before them."""
    if "(" not in text:
        return set()
    organisations = (Mention(**one._asdict()) for one in mentions if one.label == "ORG")
    return relating.statements(organisations, text, _organisation_id)


@cache
def _organisation_id(name: str) -> str:
    return organisation(name).organisation_id
