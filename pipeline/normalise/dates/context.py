"""What a date is read against, and what its reading gives."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pipeline.normalise.dates.periods import Period
from pipeline.normalise.dates.reference import written


class Context(NamedTuple):
    """What an expression is read against."""

    reference: Period | None = None
    told: Period | None = None  #: the date told before
    told_here: Period | None = None  #: the same, where it stands in the same sentence
    told_day: Period | None = None  #: the last date told that is one day
    told_month: Period | None = None  #: the last date told with its month
    since: Period | None = None  #: a date with its year in the same sentence, which one without year comes after
    year: int | None = None  #: the year that the narrative is in
    tense: str | None = None  #: FUTURE, PAST or None
    floor: date | None = None  #: the first day of the range whose end is resolved

    @property
    def anchor(self) -> str | None:
        """The reference as EDTF."""
        return written(self.reference) if self.reference else None


class Resolved(NamedTuple):
    """The days that were found, an open side, and what they were resolved against."""

    period: Period
    anchor: str | None = None
    open: str | None = None
