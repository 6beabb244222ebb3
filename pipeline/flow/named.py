"""Whom and what the documents of a corpus name, and what they say of them: gathered in one pass over their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from sys import intern
from typing import NamedTuple

from pipeline import relate as relating
from pipeline.entries import Entry, picked
from pipeline.lexicon import fold
from pipeline.normalise.names import bare
from pipeline.normalise.organisations import organisation
from pipeline.records import Document, Mention
from pipeline.relate.entities import Roll, Seen
from pipeline.relate.occurrences import Occurrence
from pipeline.write import Tables

_SETTLED = ("PER", "ORG")  #: the labels of what is settled over the corpus; a place is itself wherever it is named
#: what marks the rule of an office whose country is a guess from the whole document
_GUESSED = "+document"


class Named(NamedTuple):
    """The persons and organisations of each document, a roll with all else, and what each says of acronyms."""

    occurrences: list[Occurrence]
    roll: Roll
    statements: dict[str, set[tuple[str, str]]]


_SAID = ("person_id", "role", "country", "rule")


class _Office(NamedTuple):
    role: str
    country: str | None


def named(tables: Tables) -> Named:
    """What is named in tables, all of which come sorted by document."""
    found = Named([], Roll(), {})
    offices, documents = _Offices(tables), tables.rows("documents")
    for entry in tables.entries("mentions"):
        document = intern(entry.document)
        for entity_id, (label, forms) in _names(entry).items():
            if label in _SETTLED:
                found.occurrences.append(_occurrence(document, entity_id, forms, offices.of(document, entity_id)))
            else:
                found.roll.hear(Seen(entity_id, label, forms, document))
        if said := _statements(entry, documents):
            found.statements[document] = said
    return found


def _names(entry: Entry) -> dict[str, tuple[str, Counter[str]]]:
    """{entity_id: its label, its names with how often they stand} of the mentions of a document."""
    found: dict[str, tuple[str, Counter[str]]] = {}
    for label, entity_id, text in picked("mentions", entry, "label", "entity_id", "text"):
        if entity_id:
            _, forms = found.get(entity_id) or found.setdefault(entity_id, (label, Counter()))
            forms[_bare(text) if label == "PER" else " ".join(text.split())] += 1
    return found


#: a person's name as written, on one line, without title
_bare = cache(bare)


class _Offices:
    """The offices that documents say of persons; documents are asked for in their order."""

    def __init__(self, tables: Tables) -> None:
        self._entries = tables.entries("officials")
        self._next = next(self._entries, None)
        self._document, self._found = "", dict[str, list[_Office]]()

    def of(self, document: str, person_id: str) -> Iterable[_Office]:
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


def _occurrence(document: str, entity_id: str, forms: Mapping[str, int], offices: Iterable[_Office]) -> Occurrence:
    """An entity in a document; a corpus has many, so they share what they have in common."""
    countries = _one(frozenset(office.country for office in offices if office.country))
    roles = _one(frozenset(office.role for office in offices))
    return Occurrence(document, intern(entity_id), _forms(tuple(forms.items())), countries, roles)


@cache
def _forms(names: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    return dict(names)


@cache
def _one(strings: frozenset[str]) -> frozenset[str]:
    """The same object for the same strings."""
    return strings


def _statements(entry: Entry, documents: Iterator[Document]) -> set[tuple[str, str]]:
    """What a document says of acronyms, which stand in parentheses or before them."""
    text = next(document.text for document in documents if document.document == entry.document)
    if "(" not in text:
        return set()
    rows = picked("mentions", entry, "label", "entity_id", "text", "start_char", "end_char")
    organisations = (
        Mention(label=label, entity_id=entity_id, text=words, start_char=start, end_char=end)
        for label, entity_id, words, start, end in rows
        if label == "ORG"
    )
    return relating.statements(organisations, text, _organisation_id)


@cache
def _organisation_id(name: str) -> str:
    return organisation(name).organisation_id
