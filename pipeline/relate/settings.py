"""Where and when an event is: the places and dates of its clause that its words tie to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from pipeline.fields import replace
from pipeline.lexicon import fold, mapping
from pipeline.records import Mention
from pipeline.relate.clauses import Sentence, behind, country, offset
from pipeline.relate.event_names import Name, rule

NEAR = 90  #: characters between an event and its date
FAR = 160  #: characters between a place that opens a clause and its event
LOOSE = 1  #: words that may stand between an event and its place or date beside the listed ones
_SPREAD = 6  #: the same, where a verb of words/event_phases.csv stands behind them
_CUE = 45  #: characters before a date in which a verb says that it is the first or the last day
_BESIDE = 25  #: the same before an event
_APPOSED = 14  #: characters between a town and the region that it lies in


class Days(NamedTuple):
    """First and last day, ISO 8601; None where that side is open or unknown."""

    start: str | None = None
    end: str | None = None


def places(sentence: Sentence, name: Name) -> list[Mention]:
    """The places of an event in their order: in its name, behind it, or before it."""
    if "LOC" not in sentence.labels:
        return []
    found = [m for m in sentence.mentions if m.label == "LOC" and m.value is not None and not _part(sentence, m)]
    inner = [m for m in found if name.start < offset(m) and behind(m) <= name.end and _moved(sentence, name, m)]
    if inner:
        return inner[-1:]
    later = [m for m in found if offset(m) >= name.reach and _said(sentence, m)]
    tied = next((m for m in later if linked(sentence, name.reach, offset(m))), None)
    if tied is not None:
        return [tied, *_further(sentence, tied, later)]
    earlier = [m for m in found if behind(m) <= name.start and _leads_to(sentence, m, name)]
    return [_narrowest(sentence, earlier)] if earlier else []


def whole(name: Name, sentence: Sentence) -> Name:
    """The name of an event, to the end of the organisation or person in it: « le sommet de la Ligue arabe »."""
    ends = (behind(m) for m in sentence.within(name.start + 1, name.end) if m.label in ("ORG", "PER"))
    end = max([name.end, *ends])
    return replace(name, end=end, reach=max(end, name.reach))


def days(sentence: Sentence, name: Name, taken: Collection[int] = ()) -> Days:
    """The days of an event: of the date in or behind its name, else of the one before it.

    `taken` are the offsets of dates behind other events: they are not before this one.
    """
    if "DATE" not in sentence.labels:
        return Days()
    dates = [m for m in sentence.mentions if m.label == "DATE" and m.value is not None]
    placed = [m for m in dates if m.value.date_start or m.value.date_end]
    inner = [m for m in placed if name.start <= offset(m) < name.end]
    later = [m for m in placed if offset(m) >= name.end and _after(sentence, m, name)]
    earlier = [m for m in placed if behind(m) <= name.start and offset(m) not in taken and _before(sentence, m, name)]
    chosen = [*inner[:1], *later, *reversed(earlier)]
    if not chosen:
        return Days()
    first = _phased(sentence, name, chosen[0])
    for mention in chosen[1:]:
        other = _phased(sentence, name, mention)
        if first.end is None and other.start is None:
            return Days(first.start, other.end)
        if first.start is None and other.end is None:
            return Days(other.start, first.end)
    return first


def claimed(sentence: Sentence, name: Name) -> list[int]:
    """The offsets of the dates right behind an event, which are its own."""
    dates = [m for m in sentence.mentions if m.label == "DATE" and offset(m) >= name.start]
    return [offset(m) for m in dates if linked(sentence, name.reach, offset(m))]


def linked(sentence: Sentence, start: int, end: int, loose: int = LOOSE) -> bool:
    """Whether dates, names, small words and no more than `loose` others stand between two offsets."""
    if end <= start:
        return True
    gap = _masked(sentence, start, end)
    if rule("apart").search(gap) or len(gap) > NEAR:
        return False
    phases = list(rule("phase").finditer(gap))
    tail = gap[phases[-1].end() :] if phases else gap
    return len(_others(tail)) <= loose and len(_others(gap)) <= _SPREAD


def _others(gap: str) -> list[str]:
    """The words of a gap that no list has."""
    return [word for word in gap.replace("'", "' ").split() if not rule("small").search(word.strip("(),"))]


def _masked(sentence: Sentence, start: int, end: int) -> str:
    """The folded words between two offsets without those of mentions."""
    at, parts = start, []
    for mention in sentence.within(start, end):
        if mention.label != "COUNT" and at <= offset(mention) and behind(mention) <= end:
            parts.append(sentence.view[at : offset(mention)])
            at = behind(mention)
    return " ".join([*parts, sentence.view[at:end]])


def _part(sentence: Sentence, place: Mention) -> bool:
    """Whether a place is part of a name: of an organisation or a person, or the first word of a longer one."""
    inside = any(
        m.label in ("ORG", "PER", "ROLE") and offset(m) <= offset(place) and behind(place) <= behind(m)
        for m in sentence.mentions
        if m is not place
    )
    unknown = place.value.key.startswith("place:")
    return inside or (unknown and rule("of").search(sentence.behind(behind(place))[:4].rstrip() + " ") is not None)


def _narrowest(sentence: Sentence, found: list[Mention]) -> Mention:
    """The last of several places, but the town where a wider place stands beside it: « à Urumqi, dans le Xinjiang »."""
    last = found[-1]
    wider = len(found) > 1 and getattr(last.value, "kind", None) != "city"
    return found[-2] if wider and offset(last) - behind(found[-2]) <= _APPOSED else last


def _said(sentence: Sentence, place: Mention) -> bool:
    """Whether `à`, `en`, `au` … stands before a place."""
    return rule("at").search(sentence.before(offset(place))) is not None


def _moved(sentence: Sentence, name: Name, place: Mention) -> bool:
    """« le sommet du G7 de Biarritz »: a town behind `de` at the end of the name, or said by `à`."""
    town = getattr(place.value, "kind", None) in ("city", "facility") and behind(place) == name.end
    of = rule("moved").search(sentence.view[name.start : offset(place)])
    return _said(sentence, place) or (town and of is not None and _is_series(name))


def _is_series(name: Name) -> bool:
    """Whether events of this kind are numbered, as those are that go by their town."""
    return bool(mapping("event_kinds", key="value", value="numbered").get(fold(name.kind)))


def _further(sentence: Sentence, first: Mention, later: Iterable[Mention]) -> list[Mention]:
    """« à Caracas et à Managua »: the places coordinated with the first one."""
    out, last = [], first
    for mention in later:
        if offset(mention) > behind(last) and rule("more").search(sentence.view[behind(last) : offset(mention)]):
            out += [] if _around(mention, last) else [mention]
            last = mention
    return out


def _around(place: Mention, town: Mention) -> bool:
    """« à Manama, au Bahreïn »: whether a place is the country or region of the town before it."""
    return getattr(place.value, "kind", None) != "city" and country(place) == country(town) is not None


def _leads_to(sentence: Sentence, place: Mention, name: Name) -> bool:
    """Whether a place before an event is where it is: it opens the clause, hosts the event or is gone to for it."""
    gap = sentence.view[behind(place) : name.start]
    if len(gap) > FAR or rule("apart").search(gap):
        return False
    if rule("hosts").search(gap):
        return True
    apart = rule("joined").search(gap)
    if _said(sentence, place) and not apart and linked(sentence, behind(place), name.start, loose=0):
        return True
    opens = rule("opening").search(sentence.before(offset(place))) is not None and gap.lstrip()[:1] in (",", "(")
    towards = rule("towards").search(gap) is not None and (_said(sentence, place) or gap.startswith(", ou"))
    return opens or towards


def _dated(sentence: Sentence, start: int, end: int) -> bool:
    return end <= start or (end - start <= NEAR and rule("apart").search(sentence.view[start:end]) is None)


def _after(sentence: Sentence, date: Mention, name: Name) -> bool:
    """Whether a date behind an event is in its clause, and not that of somebody's words: « a indiqué mardi »."""
    told = rule("told").search(sentence.before(offset(date)))
    return not told and _dated(sentence, name.reach, offset(date))


def _before(sentence: Sentence, date: Mention, name: Name) -> bool:
    """Whether a date before an event is in its clause; what is said during an event may stand between.

    In « il a reçu X mardi en marge du sommet » the date is not the summit's.
    """
    if rule("beside").search(sentence.before(name.start)):
        return False
    if rule("within").search(sentence.before(name.start)):
        return name.start - behind(date) <= 2 * FAR
    if rule("told").search(sentence.before(offset(date))):
        return False
    return _dated(sentence, behind(date), name.start)


def _phased(sentence: Sentence, name: Name, date: Mention) -> Days:
    """The days of a date: only the first or the last one of the event, where a verb beside it says so."""
    value = Days(date.value.date_start, date.value.date_end)
    if value.start != value.end:
        return value
    phase = _phase(sentence, name, date)
    if phase == "start":
        return Days(value.start, None)
    return Days(None, value.end) if phase == "end" else value


def _phase(sentence: Sentence, name: Name, date: Mention) -> str:
    """What a verb makes of a date: the last listed one before it, or between it and the event."""
    if name.start <= offset(date) < name.end:
        return ""
    if offset(date) >= name.end:
        spans = [(max(name.end, offset(date) - _CUE), offset(date)), (name.start - _BESIDE, name.start)]
    else:
        spans = [(offset(date) - _BESIDE // 2, offset(date)), (behind(date), name.start)]
    for start, end in spans:
        found = [m["phase"] for m in rule("phase").finditer(sentence.view, max(sentence.start, start), end)]
        if found:
            return mapping("event_phases")[" ".join(found[-1].split())]
    return ""
