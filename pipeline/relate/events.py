"""Conferences, meetings and visits: edition, place, dates and participants, as far as their sentence says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.lexicon import fold, load_rules, mapping, rows
from pipeline.records import Annotated, Event, Mention
from pipeline.relate.clauses import Sentence, behind, country, offset, provenance, sentences, subjects

NEAR = 90  #: characters between an event and its place or date
LABELS = frozenset(("ORG", "PER"))
PARTS = ("at", "apart", "counterpart", "and", "part")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an event: offsets, kind, edition, the rule; `reach`: where the last one coordinated with it ends."""

    start: int
    end: int
    kind: str
    edition: int | None
    rule: str
    reach: int


def events(annotated: Annotated) -> list[Event]:
    """The events of a document that have an edition, a place, a date or a counterpart, each where it first stands."""
    found: dict[tuple[str, str | None, str | None, tuple[str, ...]], Event] = {}
    for sentence in sentences(annotated):
        for name in _coordinated(sentence, list(names(annotated.text, sentence.view, sentence.start, sentence.end))):
            if name.edition or not _inside_organisation(sentence, name.start, name.end):
                for row in _rows(annotated, sentence, name):
                    found.setdefault((fold(row.event or ""), row.place, row.date_start, row.participants), row)
    placed = {event for event, place, date, _ in found if place or date}
    return [row for (event, place, date, _), row in found.items() if place or date or event not in placed]


def names(text: str, view: str, start: int, end: int) -> Iterator[Name]:
    """The names of events in the text between two offsets, in order; « cette réunion » is none, nor is a verb.

    `view` is the folded text.
    """
    last = start
    for match in _rule("plain").finditer(view, start, end):
        if match.start() < last or match["definite"] or not _is_noun(text, match):
            continue
        name = _name(_numbered(text, view, match, last) or match)
        if name:
            yield name
            last = name.end


def _coordinated(sentence: Sentence, found: list[Name]) -> list[Name]:
    """The same names; in « la 2e conférence … et la 3e conférence … » the first reaches to the end of the second."""
    out: list[Name] = []
    for name in reversed(found):
        joined = out and _rule("and").search(sentence.view[name.end : out[0].start])
        out.insert(0, replace(name, reach=out[0].reach) if joined else name)
    return out


def evaluate_events(text: str) -> list[tuple[str, str]]:
    """(rule, words) of every event's name in `text` and of the other rules, for `greffier lexicon check`."""
    found = [(name.rule, text[name.start : name.end]) for name in names(text, fold(text), 0, len(text))]
    for part in PARTS:
        match = _rule(part).search(fold(text))
        found += [(part, text[match.start() : match.end()])] if match else []
    return found


@cache
def _rule(name: str) -> re.Pattern[str]:
    return next(rule.regex for rule in load_rules("events") if rule.id == name)


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Whether the kind has no accent that its noun has not: « a rencontré »."""
    form = _forms()[" ".join(match["kind"].split())]
    return all(
        fold(one) == one or one == other
        for one, other in zip(text[slice(*match.span("kind"))].lower(), form, strict=False)
    )


@cache
def _forms() -> dict[str, str]:
    return {fold(line["form"]): line["form"] for line in rows("event_kinds")}


def _numbered(text: str, view: str, plain: re.Match[str], start: int) -> re.Match[str] | None:
    """The same event with its edition before it, from an offset on; Roman numerals are capitals."""
    if not mapping("event_kinds", value="numbered")[" ".join(plain["kind"].split())]:
        return None
    for match in _rule("numbered").finditer(view, max(start, plain.start() - 40), plain.end()):
        if match.start("kind") == plain.start("kind") and (
            not match["roman"] or text[match.start() : match.end("roman")].isupper()
        ):
            return match
    return None


def _name(match: re.Match[str]) -> Name | None:
    """The name of an event; « 7e édition » takes its kind from the noun behind it."""
    numbered = match.re is _rule("numbered")
    start = match.start() if numbered else match.start("kind")
    kind = mapping("event_kinds")[" ".join(match["kind"].split())]
    if not kind:
        words = re.findall(r"[\w-]+", match["of"] or "")
        kind = next((mapping("event_kinds")[word] for word in words if mapping("event_kinds").get(word)), "")
    edition = _edition(match["edition"]) if numbered else None
    rule = "numbered" if numbered else "plain"
    return Name(start, match.end(), kind, edition, rule, match.end()) if kind else None


def _edition(words: str) -> int | None:
    """The number of an edition: figures, a Roman numeral or a word."""
    figures = re.match(r"\d+", words)
    word = " ".join(words.split())
    if figures or word in mapping("edition_words"):
        return int(figures[0]) if figures else int(mapping("edition_words")[word])
    numeral = next((n for n in sorted(mapping("edition_numerals"), key=len, reverse=True) if word.startswith(n)), None)
    return int(mapping("edition_numerals")[numeral]) if numeral else None


def _rows(annotated: Annotated, sentence: Sentence, name: Name) -> list[Event]:
    place, date = _place(sentence, name), _date(sentence, name)
    counterparts = _counterparts(sentence, name)
    if not (name.edition or place or date or counterparts):
        return []
    bare = Event(
        event=" ".join(annotated.text[name.start : name.end].split()),
        kind=name.kind,
        edition=name.edition,
        place=getattr(place.value, "name", None) or place.text if place else None,
        country=country(place) if place else None,
        date_start=date.value.date_start if date else None,
        date_end=date.value.date_end if date else None,
        **provenance(annotated, sentence, name.start, name.end, f"events:{name.rule}"),
    )
    others = _participants(sentence, name)
    if len(counterparts) > 1:
        rest = [p for p in others if p not in counterparts]
        return [replace(bare, participants=(*rest, counterpart)) for counterpart in counterparts]
    return [replace(bare, participants=tuple(dict.fromkeys([*others, *counterparts])))]


def _place(sentence: Sentence, name: Name) -> Mention | None:
    """The nearest place behind the event that `à`, `en` … says, else the one that opens the clause before it."""
    places = [
        m for m in sentence.mentions if m.label == "LOC" and not _inside_organisation(sentence, offset(m), behind(m))
    ]
    said = [m for m in places if _rule("at").search(sentence.before(offset(m)))]
    later = [m for m in said if offset(m) >= name.start and _near(sentence, name.reach, offset(m))]
    earlier = [m for m in said if behind(m) <= name.start and _near(sentence, behind(m), name.start)]
    return later[0] if later else earlier[-1] if earlier else None


def _date(sentence: Sentence, name: Name) -> Mention | None:
    """The nearest date of the clause that is placed on the calendar, behind the event or before it."""
    dates = [m for m in sentence.mentions if m.label == "DATE" and m.value is not None]
    placed = [m for m in dates if m.value.date_start or m.value.date_end]
    later = [m for m in placed if offset(m) >= name.start and _near(sentence, name.reach, offset(m))]
    earlier = [m for m in placed if behind(m) <= name.start and _near(sentence, behind(m), name.start)]
    return later[0] if later else earlier[-1] if earlier else None


def _near(sentence: Sentence, start: int, end: int) -> bool:
    """Whether two things stand in one clause; one that lies inside the other does."""
    return end - start <= NEAR and not _rule("apart").search(sentence.view[start:end])


def _inside_organisation(sentence: Sentence, start: int, end: int) -> bool:
    return any(m.label == "ORG" and offset(m) <= start and end <= behind(m) for m in sentence.mentions)


def _counterparts(sentence: Sentence, name: Name) -> list[str]:
    """With whom: the organisation or person behind `avec`, each of several that one mention names."""
    for mention in sentence.mentions:
        gap = sentence.view[name.end : offset(mention)]
        if mention.label in LABELS and offset(mention) >= name.end and _rule("counterpart").search(gap):
            return _each(mention)
    return []


def _participants(sentence: Sentence, name: Name) -> list[str]:
    """The subject of the event's clause, whose delegation it is and who leads it."""
    acting = [p for p in subjects(sentence) if p.end <= name.start and p.label != "PLACE"]
    leading = [p for p in sentence.parties if p.label in LABELS and _rule("part").search(sentence.before(p.start))]
    return list(dict.fromkeys(p.name for p in sorted({*acting, *leading}) if not name.start <= p.start < name.end))


def _each(mention: Mention) -> list[str]:
    """The names that a mention stands for: its value's, which may be several, else its words."""
    values = mention.value if isinstance(mention.value, (tuple, list)) else (mention.value,)
    named = [v if isinstance(v, str) else getattr(v, "name", None) for v in values]
    return [one or " ".join((mention.text or "").split()) for one in named]
