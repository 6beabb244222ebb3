"""Conferences, meetings, visits, polls: edition, place, dates and participants, as far as the document says them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.fields import replace
from pipeline.identifiers import identifiers
from pipeline.lexicon import mapping
from pipeline.records import Annotated, Event
from pipeline.relate.clauses import Sentence, behind, country, offset, provenance
from pipeline.relate.event_names import NOUNS, Name, coordinated, names_in, rule
from pipeline.relate.groups import Group, groups
from pipeline.relate.modality import modality
from pipeline.relate.participants import attends, participants
from pipeline.relate.predications import Predication
from pipeline.relate.referents import Referents
from pipeline.relate.same_events import merged
from pipeline.relate.settings import Days, claimed, days, places, whole

_LATE = 60  #: characters behind the name of an event in which its verb stands


class _Setting(NamedTuple):
    """Where and when an event is, and the event in whose margins."""

    places: tuple[str, ...]
    country: str | None
    days: Days
    during: str | None

    @property
    def told(self) -> bool:
        """Whether any of it is said."""
        return bool(any(self.places) or self.country or self.days.start or self.days.end or self.during)


def events(referents: Referents, said: list[Predication]) -> list[Event]:
    """The events of a document that have a name, a place, a date or a counterpart, each once.

    `said` are the document's predications: a verb of meeting (« s'est entretenu avec X ») is an event as well.
    """
    rows: list[tuple[Event, bool]] = []
    for sentence in referents.sentences:
        if NOUNS.isdisjoint(sentence.cues):
            continue
        found = [whole(name, sentence) for name in names_in(referents.annotated.text, sentence)]
        for name in coordinated(sentence.view, found):
            if name.edition or not _inside_organisation(sentence, name):
                rows += [(row, name.anaphor) for row in _rows(referents, sentence, found, name)]
    rows += [(_met(referents.annotated, one), False) for one in said if one.kind and one.said.modality != "negated"]
    ordered = sorted(rows, key=lambda row: (row[0].start_char or 0, row[0].end_char or 0))
    return _identified(_held(merged(ordered)))


def _rows(referents: Referents, sentence: Sentence, found: list[Name], name: Name) -> Iterator[Event]:
    """The rows of a name: one, or of « des réunions avec … » one a counterpart; none where nothing is said of it."""
    if rule("interview").search(sentence.behind(name.end)):
        return
    here = groups(sentence, referents)
    who, setting = participants(sentence, here, name), _setting(sentence, found, name)
    told = setting.told or (who.own and who.others)
    if not (told or name.edition or name.anaphor or len(who.others) > 1 or _proper(referents.annotated.text, name)):
        return
    row = _row(referents.annotated, sentence, here, name, setting)
    away = tuple(one.name for one in who.absent)
    own = tuple(one.name for one in who.own if one.name not in row.places)
    apart = name.nature == "meeting" and (row.event or "").split()[0].endswith("s") and own and len(who.others) > 1
    for others in [(one,) for one in who.others] if apart else [who.others]:
        names_ = tuple(one.name for one in others)
        yield replace(row, participants=tuple(dict.fromkeys([*own, *names_])), others=names_, absent=away)


def _setting(sentence: Sentence, found: list[Name], name: Name) -> _Setting:
    """What the sentence says of where and when an event is."""
    taken = {date for other in found if other.reach < name.start for date in claimed(sentence, other)}
    where = places(sentence, name)
    countries = dict.fromkeys(country(m) for m in where) if where else dict.fromkeys(_nations(sentence, name))
    return _Setting(
        tuple(m.value.name for m in where),
        next(iter(countries)) if len(countries) == 1 else None,
        days(sentence, name, taken),
        _during(sentence, found, name),
    )


def _row(annotated: Annotated, sentence: Sentence, here: list[Group], name: Name, setting: _Setting) -> Event:
    """The row of a name without its participants."""
    late = sentence.behind(name.end)[:_LATE].partition(",")[0]
    within = rule("within").search(sentence.before(name.start))
    since = name.start - len(within[0]) if within else None
    how = modality(sentence, here, name.start, name.end, name.end + len(late), since)
    apart = how.modality in ("negated", "possible") and attends(sentence, name)
    return Event(
        event=" ".join(annotated.text[name.start : name.end].split()),
        kind=name.kind,
        edition=name.edition,
        place="; ".join(setting.places) or None,
        country=setting.country,
        date_start=setting.days.start,
        date_end=setting.days.end,
        places=setting.places,
        during=setting.during,
        modality=None if apart else how.modality,
        attendance=how.modality if apart else None,
        source=how.source,
        **provenance(annotated, sentence, name.start, name.end, f"events:{name.rule}"),
    )


def _nations(sentence: Sentence, name: Name) -> list[str | None]:
    """« la présidentielle américaine »: the country of a poll by the nationality in its name."""
    if name.nature != "poll":
        return []
    inner = (m for m in sentence.within(name.start + 1, name.end) if m.label == "DEMONYM")
    return [country(m) for m in inner if behind(m) <= name.end]


def _inside_organisation(sentence: Sentence, name: Name) -> bool:
    return any(
        m.label == "ORG" and offset(m) <= name.start and name.end <= behind(m) and offset(m) < behind(m)
        for m in sentence.mentions
    )


def _proper(text: str, name: Name) -> bool:
    """Whether a name has a proper name in it: « sommet de la Francophonie »; a visit, a meeting or talks have none."""
    first, *words = text[name.start : name.end].replace("’", "'").split()
    proper = any(part[:1].isupper() for word in words for part in word.split("'"))
    return proper and not name.nature and not name.anaphor and not first.endswith("s")


def _during(sentence: Sentence, found: list[Name], name: Name) -> str | None:
    """The event in whose margins this one is, by its kind and offset; of two that are, the first is in the other's."""
    if "events.margins" not in sentence.cues:
        return None
    beside = rule("margins").search(sentence.before(name.start)) is not None
    for other in found:
        if other.start == name.start or (beside and other.start < name.start):
            continue
        if rule("margins").search(sentence.before(other.start)):
            return f"{other.kind}\0{other.start}"
    return None


def _met(annotated: Annotated, one: Predication) -> Event:
    """A meeting that a verb says: « s'est entretenu lundi à Lima avec X »."""
    kind = mapping("meeting_verbs")[one.kind or ""]
    name = Name(one.verb, one.names, kind, None, "met", one.end, nature="meeting")
    where, when = places(one.sentence, name), days(one.sentence, name)
    found = list(names_in(annotated.text, one.sentence)) if "events.margins" in one.sentence.cues else []
    sides = tuple(side.name for side in (one.subject, one.object) if side)
    return Event(
        event=kind,
        kind=kind,
        place="; ".join(m.value.name for m in where) or None,
        country=country(where[0]) if len(where) == 1 else None,
        date_start=when.start,
        date_end=when.end,
        participants=sides,
        others=sides[1:],
        places=tuple(m.value.name for m in where),
        during=_during(one.sentence, found, name),
        modality=one.said.modality,
        source=one.said.source,
        **provenance(annotated, one.sentence, one.start, one.end, "events:met"),
    )


def _held(rows: list[Event]) -> list[Event]:
    """The rows with the place in the table of the event during which each was, where that is only one."""
    out = []
    for row in rows:
        kind, _, start = (row.during or "").partition("\0")
        same = [n for n, o in enumerate(rows) if start and o is not row and o.start_char == int(start)]
        earlier = [n for n, o in enumerate(rows) if o.kind == kind and (o.start_char or 0) < (row.start_char or 0)]
        one = same or earlier
        out.append(replace(row, during=str(one[0]) if len(one) == 1 else None))
    return out


def _identified(rows: list[Event]) -> list[Event]:
    """The rows with their identifiers."""
    ids = list(identifiers("event", map(_where, rows)))
    return [
        replace(row, event_id=one, during=ids[int(row.during)] if row.during else None)
        for row, one in zip(rows, ids, strict=True)
    ]


def _where(row: Event) -> str:
    return "\0".join([row.document or "", str(row.start_char), row.event or "", *row.others])
