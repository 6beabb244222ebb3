"""One event told several times in a document is one row, the fuller one."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.fields import replace
from pipeline.lexicon import fold, mapping
from pipeline.records import Event

_WHERE = ("place", "country", "places")


def merged(rows: Iterable[tuple[Event, bool]]) -> list[Event]:
    """The rows of a document, each event once; the flag says that a row only points back (« cette réunion »)."""
    out: list[Event] = []
    for row, anaphor in rows:
        at = next((n for n in reversed(range(len(out))) if _same(out[n], row, anaphor)), None)
        if at is not None:
            out[at] = _fuller(out[at], row)
        elif not anaphor:
            out.append(row)
    return out


def _same(one: Event, other: Event, anaphor: bool) -> bool:
    """Whether two rows tell of one event: the same kind, nothing that contradicts, something that agrees."""
    if one.kind != other.kind or (one.edition and other.edition and one.edition != other.edition):
        return False
    if _apart_in_time(one, other) or _apart_in_place(one, other) or _apart_in_company(one, other):
        return False
    name = fold(one.event or "")
    named = len(name.split()) > 1 and name == fold(other.event or "")
    agree = ((one.edition, other.edition), (_day(one), _day(other)), (one.place, other.place))
    return anaphor or named or any(mine is not None and mine == theirs for mine, theirs in agree) or _nested(one, other)


def _day(row: Event) -> str | None:
    return row.date_start or row.date_end


def _apart_in_time(one: Event, other: Event) -> bool:
    """Whether two rows have no day in common; a first day and a later last day are no contradiction."""
    if not _day(one) or not _day(other):
        return False
    for first, last in ((one, other), (other, one)):
        if first.date_start and not first.date_end and last.date_end and not last.date_start:
            return first.date_start > last.date_end
    starts = max(str(_day(one)), str(_day(other)))
    return min(str(one.date_end or one.date_start), str(other.date_end or other.date_start)) < starts


def _apart_in_place(one: Event, other: Event) -> bool:
    """Whether two rows are in different places."""
    return bool(one.place and other.place) and one.place != other.place and not _nested(one, other)


def _nested(one: Event, other: Event) -> bool:
    """Whether the place of one row is the country of the other's town."""
    same = one.country is not None and one.country == other.country
    return same and _is_country(one.place) != _is_country(other.place)


def _is_country(name: str | None) -> bool:
    return fold(name or "") in mapping("countries", key="name", value="country")


def _apart_in_company(one: Event, other: Event) -> bool:
    """Whether two rows have other counterparts or, unless they are visits, other participants."""
    visit = mapping("event_kinds", key="value", value="nature").get(fold(one.kind or "")) == "visit"
    pairs = ((one.participants, other.participants), (one.others, other.others))[visit:]
    return any(mine and theirs and not set(mine) & set(theirs) for mine, theirs in pairs)


def _fuller(one: Event, other: Event) -> Event:
    """The fuller row, the first one where they are alike, with what only the other one has."""
    best, rest = (one, other) if _weight(one) >= _weight(other) else (other, one)
    changes = {} if best.place else {name: getattr(rest, name) for name in _WHERE}
    if not _day(best) or (best.date_start is None) != (best.date_end is None):
        changes |= {"date_start": best.date_start or rest.date_start, "date_end": best.date_end or rest.date_end}
    more = [name for name in rest.participants if name not in best.participants]
    return replace(
        best,
        edition=best.edition or rest.edition,
        participants=(*more, *best.participants) if best.others else (*best.participants, *more),
        **changes,
    )


def _weight(row: Event) -> int:
    said = (row.place, row.date_start, row.date_end, row.others or row.participants)
    return 3 * (row.edition is not None) + sum(map(bool, said)) + (len((row.event or "").split()) > 2)
