"""The records that travel down the line, and thereby the schema of every table.

A field made with `column` is a column of its table, under the field's name, in the order declared here; the columns of
`Provenance` always come last. A field made with `hidden` travels with the record and is written nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any

from pipeline.fields import Column, column, hidden, swift


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a row stands: of every row, `text == document.text[start_char:end_char]`."""

    sentence: int | None = column("Sentence", "number of the sentence in the document, from 1", "integer")
    text: str | None = column("Text", "the words of the document that the row stands on, exactly as they are there")
    start_char: int | None = column(
        "Start", "offset of the first character of text in the document", "integer", "characters"
    )
    end_char: int | None = column("End", "offset behind the last character of text", "integer", "characters")
    rule: str | None = column("Rule", "the rule or model that found it")
    confidence: float | None = column(
        "Confidence",
        "share of the rule's rows that were right on annotated documents, 0 to 1; the fewer they were, the nearer to "
        "the share of the whole table (see greffier evaluate); empty where the table was not measured",
        "number",
    )
    review: str | None = column(
        "Review", "what a reviewer said of the row: ok, corrected or added; to say it, see greffier corrections import"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document: what the reader gave, and how its reading ended."""

    document: str = column("Document", "path relative to the input folder; #n behind it where one file holds many")
    title: str | None = column("Title", "title of the document")
    published: str | None = column("Published", "date of publication, EDTF, as precise as its source")
    published_source: str | None = column(
        "Published from",
        "header, front matter, meta, dateline, file name, option or created: where the date stood; created is the day "
        "on which the file was made, by its metadata",
    )
    language: str | None = column("Language", "ISO 639-1 code of the language")
    media_type: str | None = column("Media type", "IANA media type of the file")
    encoding: str | None = column("Encoding", "character encoding that the file was read in")
    characters: int | None = column("Characters", "length of the text", "integer", "characters")
    tokens: int | None = column("Tokens", "number of tokens", "integer")
    sentences: int | None = column("Sentences", "number of sentences", "integer")
    sha256: str | None = column("SHA-256", "digest of the bytes of the file, hexadecimal")
    status: str | None = column("Status", "ok, empty, no_text, not_french, unreadable or failed")
    message: str | None = column(
        "Message", "what went wrong, and what to do; of a document in an archive, its path there"
    )
    text: str = hidden("")
    body_start: int = hidden(
        0
    )  #: offset from which on facts are taken: the title in the header line, else what follows the header
    sentence_starts: tuple[int, ...] = hidden(())  #: offset of the first character of each sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Provenance):
    """A stretch of text with a label: PER, ORG, LOC, DEMONYM, ROLE, DATE, COUNT or QUANTITY."""

    document: str | None = column("Document", "the document")
    mention_id: str | None = column("Mention", "identifier of the mention, unique over the corpus")
    label: str | None = column("Label", "PER, ORG, LOC, DEMONYM, ROLE, DATE, COUNT or QUANTITY")
    entity_id: str | None = column("Entity", "the entity that it is a mention of")
    recogniser: str | None = column("Recogniser", "the component that found it")
    key: str = hidden("")  #: the recogniser's own identifier of what it found, e.g. `country:VN`
    value: Any = hidden()  #: what `normalise` made of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Provenance):
    """A person who holds an office: one row a (document, person, role)."""

    document: str | None = column("Document", "the document")
    person: str | None = column("Person", "fullest form of the name in the document, without title or rank")
    person_id: str | None = column("Person ID", "the person among the entities")
    role: str | None = column("Role", "office as written, without article, nationality and organisation")
    role_head: str | None = column("Role head", "head noun of the office, masculine singular")
    role_id: str | None = column(
        "Role ID", "the office without gender, number, spelling, nationality and synonyms: procureur-general-adjoint"
    )
    role_category: str | None = column(
        "Role category",
        "head_of_state, government (also local and administration), parliament, justice, diplomacy, military, police, "
        "international, party, business, civil_society or religion; empty where none fits",
    )
    organisation: str | None = column("Organisation", "the organisation that the office belongs to")
    organisation_id: str | None = column("Organisation ID", "the organisation among the entities")
    country: str | None = column("Country", "ISO 3166-1 alpha-2 code of the country of the office")
    status: str | None = column("Status", "current, deputy, former, future or acting")
    mentions: int | None = column("Mentions", "how often the person is named in the document", "integer")
    sphere: str = hidden("")  #: what the office belongs to, for its country: the category of words/roles.csv


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention(Provenance):
    """A date, range, duration or frequency, and the days that it means."""

    document: str | None = column("Document", "the document")
    date_start: str | None = column("From", "first day, ISO 8601; empty where that side is open or unknown", "date")
    date_end: str | None = column(
        "To", "last day, inclusive, ISO 8601; empty where that side is open or unknown", "date"
    )
    open: str | None = column("Open", "empty, start or end: the side without a limit")
    edtf: str | None = column("EDTF", "Extended Date/Time Format, level 1")
    timex: str | None = column("TIMEX3 type", "DATE, TIME, DURATION or SET")
    value: str | None = column("TIMEX3 value", "TIMEX3 value")
    granularity: str | None = column("Granularity", "day, month, year, …: the unit that the words are precise to")
    anchor: str | None = column("Anchor", "the date that it was resolved against; empty where absolute")


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Provenance):
    """A mention of a place."""

    document: str | None = column("Document", "the document")
    name: str | None = column("Name", "canonical French name")
    kind: str | None = column("Kind", "country, region, city, supranational, natural or facility")
    country: str | None = column("Country", "ISO 3166-1 alpha-2 code of the country that it lies in")
    country_name: str | None = column("Country name", "French name of that country")
    geonames_id: int | None = column("GeoNames ID", "identifier in GeoNames", "integer")
    latitude: float | None = column("Latitude", "WGS 84", "number", "degrees")
    longitude: float | None = column("Longitude", "WGS 84", "number", "degrees")
    entity_id: str | None = column("Entity", "the place among the entities")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyCount(Provenance):
    """How many international instruments somebody has."""

    document: str | None = column("Document", "the document")
    holder: str | None = column("Holder", "who has them")
    holder_country: str | None = column("Holder country", "ISO 3166-1 alpha-2 code")
    count: int | None = column("Count", "the number", "integer")
    qualifier: str | None = column("Qualifier", "exact, min, max or approx")
    instrument: str | None = column("Instrument", "head noun, singular")
    scope: str | None = column("Scope", "bilateral, multilateral, regional or empty")
    subject: str | None = column("Subject", "what they are about")
    counterpart: str | None = column("Counterpart", "with whom")
    status: str | None = column("Status", "in force, signed, ratified, planned, … or empty")
    as_of: str | None = column("As of", "EDTF date that the count holds at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Provenance):
    """How much or how many of something: money, persons, a percentage, a distance …; not instruments, not durations."""

    document: str | None = column("Document", "the document")
    kind: str | None = column(
        "Kind", "money, persons, percentage, documents, delegations, distance, …: those of the lexicon's lists"
    )
    amount: float | None = column("Amount", "the number; of a range, the lower one", "number")
    amount_max: float | None = column("Amount up to", "the upper number of a range", "number")
    unit: str | None = column("Unit", "ISO 4217 code of a currency, or the sign of a measure: EUR, %, km, t, …")
    qualifier: str | None = column("Qualifier", "exact, min, max or approx")
    noun: str | None = column("Noun", "what is counted, singular, as written; empty where it is a sign")
    holder: str | None = column("Holder", "who gives, has, sends or loses it, where the clause says so")
    holder_country: str | None = column("Holder country", "ISO 3166-1 alpha-2 code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty(Provenance):
    """A named instrument and one of its parties."""

    document: str | None = column("Document", "the document")
    treaty: str | None = column("Treaty", "name of the instrument")
    instrument: str | None = column("Instrument", "head noun, singular")
    party: str | None = column("Party", "who is a party to it")
    party_country: str | None = column("Party country", "ISO 3166-1 alpha-2 code")
    relation: str | None = column("Relation", "member, signed, ratified, approved, denounced, …")
    date_start: str | None = column("From", "first day of the relation, ISO 8601", "date")
    date_end: str | None = column("To", "last day, inclusive, ISO 8601", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Provenance):
    """A meeting, conference, visit or signing."""

    document: str | None = column("Document", "the document")
    event: str | None = column("Event", "name as written, without article")
    kind: str | None = column("Kind", "head noun, singular")
    edition: int | None = column("Edition", "which edition of it", "integer")
    place: str | None = column("Place", "where")
    country: str | None = column("Country", "ISO 3166-1 alpha-2 code")
    date_start: str | None = column("From", "first day, ISO 8601", "date")
    date_end: str | None = column("To", "last day, inclusive, ISO 8601", "date")
    participants: tuple[str, ...] = column("Participants", "who took part, under the names of the entities", "list")
    event_id: str | None = column("Event ID", "identifier of the event, unique over the corpus")
    others: tuple[str, ...] = hidden(())  #: those of the participants whom the rest met
    places: tuple[str, ...] = hidden(())  #: the places that `place` joins
    during: str | None = hidden()  #: the event in whose margins it took place, by its identifier
    modality: str | None = hidden()  #: of the facts of the event
    attendance: str | None = hidden()  #: the modality of taking part
    absent: tuple[str, ...] = hidden(())  #: who does not take part
    source: str | None = hidden()  #: who says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Provenance):
    """One line of the long table: subject, predicate, object."""

    document: str | None = column("Document", "the document")
    fact_id: str | None = column("Fact", "identifier of the fact, unique over the corpus")
    subject: str | None = column("Subject", "who or what")
    subject_id: str | None = column("Subject ID", "the subject among the entities, or the event")
    predicate: str | None = column(
        "Predicate", "one of the closed list pipeline/lexicon/words/predicates.csv: holds_office, has_count, signed, …"
    )
    object: str | None = column("Object", "what is said of it")
    object_id: str | None = column("Object ID", "the object among the entities, or the event")
    value: float | None = column("Value", "number, where the fact is one", "number")
    unit: str | None = column("Unit", "what the value counts")
    place: str | None = column("Place", "where")
    date_start: str | None = column("From", "first day, ISO 8601", "date")
    date_end: str | None = column("To", "last day, inclusive, ISO 8601", "date")
    modality: str | None = column(
        "Modality", "negated, possible, planned or reported; empty where the document says it as a fact"
    )
    source: str | None = column(
        "Source", "who says so, where the document names them: « selon … », « … a affirmé que »"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation or place over the whole corpus."""

    entity_id: str | None = column("Entity", "identifier of the entity")
    label: str | None = column("Label", "PER, ORG or LOC")
    name: str | None = column("Name", "fullest form of the name")
    aliases: tuple[str, ...] = column("Aliases", "other forms", "list")
    merged: tuple[str, ...] = column(
        "Merged",
        "why all these forms are one entity: diacritics, order, transliteration .93, part of the name, …",
        "list",
    )
    country: str | None = column("Country", "ISO 3166-1 alpha-2 code; of a person, the one of all its offices")
    documents: int | None = column("Documents", "in how many documents", "integer")
    mentions: int | None = column("Mentions", "how often", "integer")
    wikidata_id: str | None = column("Wikidata ID", "identifier in Wikidata")
    geonames_id: int | None = column("GeoNames ID", "identifier in GeoNames", "integer")


#: table name -> record type, in the order in which tables are written
TABLES: dict[str, type] = {
    "documents": Document,
    "officials": Official,
    "dates": DateMention,
    "locations": Location,
    "treaty_counts": TreatyCount,
    "quantities": Quantity,
    "treaties": Treaty,
    "events": Event,
    "facts": Fact,
    "mentions": Mention,
    "entities": Entity,
}
for _kind in TABLES.values():
    swift(_kind)


@cache
def columns(record_type: type) -> tuple[Column, ...]:
    """The columns of a record type, in order, those of Provenance last."""
    own = [f for f in fields(record_type) if f.metadata]
    last = {f.name for f in fields(Provenance)} if issubclass(record_type, Provenance) else set()
    ordered = [f for f in own if f.name not in last] + [f for f in own if f.name in last]
    return tuple(Column(f.name, **f.metadata) for f in ordered)


def row(record: Any) -> dict[str, Any]:
    """A record as {column: plain value}, in column order."""
    names, read = _read(record.__class__)
    return dict(zip(names, read(record), strict=True))


@cache
def _read(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(column.name for column in columns(kind))
    return names, attrgetter(*names)


@dataclass(frozen=True, slots=True, eq=False)
class Annotated:
    """A document, its sentences and its settled mentions: what `relate` works on. Two are equal only if they are one.

    `text` is what the offsets of `sentences` and `mentions` count in; `mentions` are sorted by (start_char, -end_char).
    """

    document: Document
    text: str
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
