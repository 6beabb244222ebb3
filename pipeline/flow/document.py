"""One document through the line: from its text to the records of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline import normalise as values
from pipeline import read as reading
from pipeline import recognise as recognisers
from pipeline import relate as relating
from pipeline import tokenize as tokenizing
from pipeline.fields import copier, maker, replace
from pipeline.flow.identities import Settled
from pipeline.identifiers import identifiers
from pipeline.lexicon.confidence import MEASURED, confidence
from pipeline.normalise.names import fullest, person_id
from pipeline.normalise.role_categories import role_category
from pipeline.normalise.role_ids import role_id
from pipeline.records import TABLES, Annotated, DateMention, Document, Location, Mention, Official
from pipeline.result import Facts
from pipeline.write import Lists

Tables = dict[str, list[Any]]
#: the tables that have a row for each mention of a label, by the same rule
_ROWS_OF = {"DATE": "dates", "LOC": "locations"}
#: the confidence that a rule has in a table
Trust = Callable[[str, str | None], float | None]
#: start and end of what stands at two offsets, and its words, in the document as it was given
Places = Callable[[Any, Any], tuple[int, int, str]]
_PLACE = ("start_char", "end_char", "text")
#: what a row of locations has of its place, under the same names
_OF_PLACE = ("name", "kind", "country", "country_name", "geonames_id", "latitude", "longitude")
_LOCATION = maker(Location, ("document", "entity_id", "sentence", "rule", "confidence", *_OF_PLACE, *_PLACE))
_of_place = attrgetter(*_OF_PLACE)
#: labels of mentions that name entities
_NAMES = frozenset(("PER", "ORG", "LOC"))
_NOBODY = (None,)


@cache
def load() -> Any:
    """The spaCy pipeline, loaded once a process."""
    return tokenizing.load()


def extract(text_or_path: str | Path, published: str | None = None, *, undated: bool = False) -> Facts:
    """The facts of one text (a str) or one file (a Path).

    `published` is the date that relative dates count from, EDTF (`2025-03-28`, `2025-03`), where the document itself
    says none; `undated` adds durations, frequencies and times of the day to the dates. Raises ReadError where the file
    cannot be read, UsageError where `published` is no date.
    """
    reading.check_published(published)
    if isinstance(text_or_path, Path):
        document = reading.read(text_or_path, published=published)
    else:
        source = "option" if published else None
        document = Document(
            document="text",
            text=text_or_path,
            published=published,
            published_source=source,
            language="fr",
            characters=len(text_or_path),
            status="ok",
        )
    document, tables = facts_of(document, undated=undated)
    settled = Settled(Lists({"documents": [document], **tables}))
    return Facts(document, {table: list(settled.rows(table)) for table in ("documents", *tables, "entities")})


def prepared(documents: Iterable[Document]) -> list[Any]:
    """What `facts_of` takes as `doc` for each of several documents: that much is faster for all of them at once."""
    nlp = load()
    return recognisers.entities([tokenizing.tokenize(document, nlp) for document in documents], nlp)


def facts_of(
    document: Document, nlp: Any = None, *, undated: bool = False, measured: Path = MEASURED, doc: Any = None
) -> tuple[Document, Tables]:
    """A document with its numbers of tokens and sentences, and the records of its tables.

    `measured` is the file of measurements that the confidence of the rows comes from, `doc` what `prepared` gave.
    """
    nlp = nlp or load()
    view, docs = (tokenizing.view_of(doc), [doc]) if doc else tokenizing.passages(document, nlp)
    found = recognisers.recognised(docs, nlp)
    mentions = values.normalise(found.mentions, found.text, document.published, undated=undated)
    annotated = Annotated(document, found.text, found.sentences, tuple(mentions))
    tables = _relate(annotated, partial(confidence, path=measured), _places(view, document.text))
    starts = tuple(view.given(*one)[0] for one in found.sentences)
    return replace(document, tokens=found.tokens, sentences=len(starts), sentence_starts=starts), tables


def _places(view: tokenizing.View, text: str) -> Places:
    given = view.given

    def places(first: int, last: int) -> tuple[int, int, str]:
        start, end = given(first, last)
        return start, end, text[start:end]

    return places


def _relate(annotated: Annotated, trust: Trust, places: Places) -> Tables:
    known = relating.people(annotated.mentions, fullest)
    referents = relating.Referents(annotated, known.full, person_id)
    said = relating.predications(referents)
    told: Tables = {
        "officials": list(map(_classified, relating.officials(annotated, known, person_id))),
        "treaty_counts": relating.treaty_counts(annotated),
        "treaties": relating.treaties(annotated),
        "events": relating.events(referents, said),
    }
    told = {table: _trusted(table, rows, trust) for table, rows in told.items()}
    facts = relating.facts([row for rows in told.values() for row in rows], said, referents)
    told |= {"facts": facts, "quantities": _trusted("quantities", relating.quantities(annotated), trust)}
    made: Tables = {
        "dates": _dates(annotated, trust, places),
        "locations": _locations(annotated, trust, places),
        "mentions": _mentions(annotated, known.full, trust, places),
        **{table: _placed(table, rows, places) for table, rows in told.items()},
    }
    return {table: made[table] for table in TABLES if table in made}


def _classified(row: Official) -> Official:
    """An official with the identifier and the category of the office."""
    role = row.role or ""
    return replace(row, role_id=role_id(role), role_category=role_category(role, row.organisation))


def _trusted(table: str, rows: list[Any], trust: Trust) -> list[Any]:
    copy = copier(TABLES[table], "confidence")
    return [copy(row, trust(table, row.rule)) for row in rows]


def _placed(table: str, rows: list[Any], places: Places) -> list[Any]:
    copy = copier(TABLES[table], *_PLACE)
    return [copy(row, *places(row.start_char, row.end_char)) for row in rows]


def _dates(annotated: Annotated, trust: Trust, places: Places) -> list[DateMention]:
    copy, document = copier(DateMention, "document", "sentence", "confidence", *_PLACE), annotated.document.document
    return [
        copy(
            m.value,
            document,
            _sentence(annotated, m),
            trust("dates", m.rule),
            *places(m.value.start_char, m.value.end_char),
        )
        for m in annotated.mentions
        if m.label == "DATE"
    ]


def _sentence(annotated: Annotated, mention: Mention) -> int | None:
    if mention.sentence is not None:
        return mention.sentence
    at = mention.start_char or 0
    return next((n for n, (start, end) in enumerate(annotated.sentences, 1) if start <= at < end), None)


def _locations(annotated: Annotated, trust: Trust, places: Places) -> list[Location]:
    document = annotated.document.document
    return [
        _LOCATION(
            (
                document,
                m.value.key,
                m.sentence,
                m.rule,
                trust("locations", m.rule),
                *_of_place(m.value),
                *places(m.start_char, m.end_char),
            )
        )
        for m in annotated.mentions
        if m.label == "LOC" and m.value
    ]


def _mentions(annotated: Annotated, full: dict[str, str], trust: Trust, places: Places) -> list[Mention]:
    """A row for each mention and each entity that it names, with its own identifier."""
    document = annotated.document.document
    named = [(m, entity) for m in annotated.mentions for entity in _entities(m, full)]
    words = [f"{document}:{m.start_char}-{m.end_char}:{m.label}:{entity}" for m, entity in named]
    copy = copier(Mention, "document", "mention_id", "entity_id", "sentence", "confidence", *_PLACE)
    return [
        copy(
            m,
            document,
            mention_id,
            entity,
            _sentence(annotated, m),
            trust(_ROWS_OF[m.label], m.rule) if m.label in _ROWS_OF else None,
            *places(m.start_char, m.end_char),
        )
        for (m, entity), mention_id in zip(named, identifiers("m", words), strict=True)
    ]


def _entities(mention: Mention, full: dict[str, str]) -> tuple[str | None, ...]:
    """The identifiers of the entities that a mention names, or None."""
    label, value = mention.label, mention.value
    if not value or label not in _NAMES:
        return _NOBODY
    if label == "PER":
        return (person_id(full.get(value, value)),)
    return (value.key,) if label == "LOC" else tuple([one.organisation_id for one in value])
