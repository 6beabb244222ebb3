"""What an expression says before it is resolved: a small tree of specifications."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

#: what a shift or a distance is counted from
REFERENCE, TOLD = "reference", "told"
#: kinds of parts that every year has once, in the order of their numbers
_YEARLY = frozenset(("season", "quarter", "semester"))


class Calendar(NamedTuple):
    """A date in the calendar's own terms; what is None is not said."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    shift: int = 0  #: -1 the last one (« mai dernier »), 1 the next one
    told: bool = False  #: whether that shift is counted from the date told before (« le 14 janvier suivant »)
    weeks: int = 0  #: so many weeks behind the next such weekday (« mardi en huit »)


class Shift(NamedTuple):
    """The unit that lies `by` units behind the one that holds the anchor: « la semaine dernière », « hier »."""

    unit: str
    by: int
    anchor: str = REFERENCE
    of: Spec | None = None


class Distance(NamedTuple):
    """A point `number` units from the anchor: « il y a deux ans » is precise to the unit `grain`."""

    number: int
    unit: str
    grain: str
    anchor: str = REFERENCE
    of: Spec | None = None  #: what it is counted from instead


class Stretch(NamedTuple):
    """So many units up to the reference (negative) or from it on: « les dix dernières années »."""

    number: int
    unit: str


class Part(NamedTuple):
    """The `number`-th `kind` of a period; the kinds are those of `periods.PARTS`. `of` is None where it is not said."""

    kind: str
    number: int
    of: Spec | None = None
    shift: int = 0  #: without `of`: -1 the last one before the reference (« l'été dernier »), 1 the next one


class Within(NamedTuple):
    """A calendar date inside a period that is told otherwise: « juin de l'année dernière », « le 12 du même mois »."""

    date: Calendar
    of: Spec


class Fixed(NamedTuple):
    """Days that are known already: a decade, a century."""

    start: date
    end: date
    unit: str


class Unplaced(NamedTuple):
    """What has a TIMEX3 value but no days: a duration, a frequency, a time of the day, a year before Christ."""

    timex: str
    value: str
    edtf: str | None = None
    granularity: str | None = None


class Between(NamedTuple):
    """From the first day of `first` to the last of `last`."""

    first: Spec
    last: Spec


class Open(NamedTuple):
    """`of` with one side (start or end) left open; where `inside` is false, `of` itself is left out."""

    side: str
    of: Spec
    inside: bool = True
    tense: str | None = None  #: what the opening word says of the date's tense


Spec = Calendar | Shift | Distance | Stretch | Part | Within | Fixed | Unplaced | Between | Open


def level(spec: Spec) -> str:
    """What a specification is precise to, for composition: number (a bare day), day, month, year or other."""
    if isinstance(spec, Calendar):
        if spec.day is not None:
            return "day" if spec.month is not None or spec.weekday is not None else "number"
        if spec.weekday is not None:
            return "day"
        return "month" if spec.month is not None else "year"
    if isinstance(spec, Shift):
        return spec.unit if spec.unit in {"day", "month", "year"} else "other"
    if isinstance(spec, Within):
        return "day" if level(spec.date) == "number" else level(spec.date)
    return "other"


def bare_weekday(spec: Spec | None) -> bool:
    """Whether a specification is a weekday and nothing more."""
    return isinstance(spec, Calendar) and not (
        spec.day or spec.month or spec.year or spec.shift or spec.told or spec.weeks
    )


def absolute(spec: Spec) -> bool:
    """Whether a specification says its days by itself, wherever it stands."""
    if isinstance(spec, Calendar):
        return spec.year is not None
    if isinstance(spec, Between):
        return absolute(spec.first) and absolute(spec.last)
    if isinstance(spec, (Part, Open)):
        return spec.of is not None and absolute(spec.of)
    return isinstance(spec, (Fixed, Unplaced))


def yearless(spec: Spec) -> bool:
    """Whether a day or a month in a specification leaves its year to what it is read against."""
    if isinstance(spec, Calendar):
        return spec.year is None and (spec.month is not None or spec.day is not None)
    if isinstance(spec, Between):
        return yearless(spec.first) or yearless(spec.last)
    of = getattr(spec, "of", None)
    return of is not None and yearless(of)


def calendar(spec: Spec | None) -> Calendar | None:
    """The calendar date inside a specification, or None."""
    if isinstance(spec, Calendar):
        return spec
    if isinstance(spec, Part):
        return calendar(spec.of)
    return spec.date if isinstance(spec, Within) else None


def _with_calendar(spec: Spec, inner: Calendar) -> Spec:
    if isinstance(spec, Part) and spec.of is not None:
        return spec._replace(of=_with_calendar(spec.of, inner))
    return spec._replace(date=inner) if isinstance(spec, Within) else inner


def borrow(poor: Spec, rich: Spec, *, back: bool) -> Spec:
    """`poor` with the month, year or period that only its neighbour `rich` says.

    `back` is true where `poor` stands before `rich`: a year then counts back over the turn of the year
    (« du 28 décembre au 3 janvier 2024 »), otherwise forward.
    """
    if isinstance(poor, Part) and poor.of is None and isinstance(rich, Part):
        return poor._replace(of=_turned(poor, rich, back=back))
    if isinstance(rich, Within) and isinstance(poor, Calendar) and level(poor) == level(rich.date):
        return Within(poor, rich.of)
    mine, other = calendar(poor), calendar(rich)
    if mine is None or other is None or isinstance(poor, Within):
        return poor
    if mine.day is not None and mine.month is None and other.day is not None:
        mine = mine._replace(month=other.month)
    if mine.month is not None and mine.year is None and other.year is not None:
        mine = mine._replace(year=other.year + _turn(mine, other, back), shift=0)
    return _with_calendar(poor, mine)


def _turned(poor: Part, rich: Part, *, back: bool) -> Spec | None:
    """The year of `rich`, or the one before or behind it: « entre l'hiver et le printemps 2022 »."""
    if poor.kind != rich.kind or poor.kind not in _YEARLY or rich.of is None or min(poor.number, rich.number) < 0:
        return rich.of
    by = -int(poor.number > rich.number) if back else int(poor.number < rich.number)
    return Shift("year", by, of=rich.of) if by else rich.of


def _turn(mine: Calendar, other: Calendar, back: bool) -> int:
    here, there = (mine.month or 0, mine.day or 0), (other.month or 0, other.day or 0)
    if other.month is None:
        return 0
    if back:
        return -1 if here > there else 0
    return 1 if here < there else 0
