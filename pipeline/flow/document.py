"""One document through the line: from its text to the records of its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

from pipeline import normalise as values
from pipeline import read as reading
from pipeline import recognise as recognisers
from pipeline import relate as relating
from pipeline import tokenize as tokenizing
from pipeline.fields import replace
from pipeline.flow.identities import Settled
from pipeline.identifiers import identifiers
from pipeline.lexicon.confidence import MEASURED, confidence
from pipeline.normalise.names import person_id, same_person
from pipeline.normalise.role_categories import role_category
from pipeline.normalise.role_ids import role_id
from pipeline.records import Annotated, Document, Location, Mention, Official
from pipeline.result import Facts
from pipeline.write import Lists

Tables = dict[str, list[Any]]
#: the tables that have a row for each mention of a label, by the same rule
_ROWS_OF = {"DATE": "dates", "LOC": "locations"}
#: the tables whose rows are facts as well
_TOLD = ("officials", "treaty_counts", "treaties", "events")
#: the confidence that a rule has in a table
Trust = Callable[[str, str | None], float | None]


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
    doc = doc or tokenizing.tokenize(document, nlp)
    text = recognisers.text_of(doc)
    mentions = values.normalise(recognisers.recognise(doc, nlp), text, document.published, undated=undated)
    sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
    annotated = Annotated(document, text, sentences, tuple(mentions))
    tables = _relate(annotated, measured)
    starts = tuple(tokenizing.given_span(doc, *one)[0] for one in sentences)
    counted = replace(document, tokens=len(doc), sentences=len(sentences), sentence_starts=starts)
    return counted, {name: [_given(doc, document.text, r) for r in records] for name, records in tables.items()}


def _relate(annotated: Annotated, measured: Path) -> Tables:
    name, trust = annotated.document.document, partial(confidence, path=measured)
    known = relating.people(annotated.mentions, same_person)
    referents = relating.Referents(annotated, known.full, person_id)
    said = relating.predications(referents)
    tables: Tables = {
        "officials": [_classed(row) for row in relating.officials(annotated, known, person_id)],
        "dates": [
            replace(m.value, document=name, sentence=_sentence(annotated, m), confidence=trust("dates", m.rule))
            for m in annotated.mentions
            if m.label == "DATE"
        ],
        "locations": [
            _location(name, m, trust("locations", m.rule)) for m in annotated.mentions if m.label == "LOC" and m.value
        ],
        "treaty_counts": relating.treaty_counts(annotated),
        "quantities": relating.quantities(annotated),
        "treaties": relating.treaties(annotated),
        "events": relating.events(referents, said),
    }
    for table in (*_TOLD, "quantities"):
        tables[table] = [replace(row, confidence=trust(table, row.rule)) for row in tables[table]]
    tables["facts"] = relating.facts([row for table in _TOLD for row in tables[table]], said, referents)
    tables["mentions"] = _identified(
        [row for m in annotated.mentions for row in _rows(annotated, m, known.full, trust)]
    )
    return tables


def _classed(row: Official) -> Official:
    """An official with the identifier and the category of the office."""
    role = row.role or ""
    return replace(row, role_id=role_id(role), role_category=role_category(role, row.organisation))


def _sentence(annotated: Annotated, mention: Mention) -> int | None:
    if mention.sentence is not None:
        return mention.sentence
    at = mention.start_char or 0
    return next((n for n, (start, end) in enumerate(annotated.sentences, 1) if start <= at < end), None)


def _location(name: str, mention: Mention, trust: float | None) -> Location:
    found = mention.value
    return Location(
        document=name,
        name=found.name,
        kind=found.kind,
        country=found.country,
        country_name=found.country_name,
        geonames_id=found.geonames_id,
        latitude=found.latitude,
        longitude=found.longitude,
        entity_id=found.key,
        sentence=mention.sentence,
        text=mention.text,
        start_char=mention.start_char,
        end_char=mention.end_char,
        rule=mention.rule,
        confidence=trust,
    )


def _identified(rows: list[Mention]) -> list[Mention]:
    """The rows, each with its own identifier."""
    words = (f"{row.document}:{row.start_char}-{row.end_char}:{row.label}:{row.entity_id}" for row in rows)
    return [replace(row, mention_id=one) for row, one in zip(rows, identifiers("m", words), strict=True)]


def _rows(annotated: Annotated, mention: Mention, full: dict[str, str], trust: Trust) -> list[Mention]:
    """The rows of a mention, one an entity that it names."""
    return [
        replace(
            mention,
            document=annotated.document.document,
            sentence=_sentence(annotated, mention),
            confidence=trust(_ROWS_OF.get(mention.label or "", ""), mention.rule),
            entity_id=entity,
        )
        for entity in _entities(mention, full) or (None,)
    ]


def _entities(mention: Mention, full: dict[str, str]) -> tuple[str, ...]:
    if mention.label == "PER" and mention.value:
        return (person_id(full.get(mention.value, mention.value)),)
    if mention.label == "ORG" and mention.value:
        return tuple(o.organisation_id for o in mention.value)
    return (mention.value.key,) if mention.label == "LOC" and mention.value else ()


def _given(doc: Any, text: str, record: Any) -> Any:
    """A record whose offsets and words are those of the document as it was given."""
    start, end = tokenizing.given_span(doc, record.start_char, record.end_char)
    words = text[start:end]
    if start == record.start_char and words == record.text:
        return record
    return replace(record, start_char=start, end_char=end, text=words)
