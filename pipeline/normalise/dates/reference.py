"""The date that a text is read against: the publication, known to the day, the month or the year."""

from __future__ import annotations

import re
from datetime import date

from pipeline.errors import UsageError
from pipeline.normalise.dates.periods import Period, containing, day

_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
#: from fine to coarse
_GRAINS = ("day", "weekend", "week", "fortnight", "month", "quarter", "season", "semester", "year", "decade", "century")


def read_reference(reference: date | str | None) -> Period | None:
    """The reference as a period of a day, a month or a year.

    Raises UsageError where it is neither a date nor EDTF of such a precision.
    """
    if reference is None or reference == "":
        return None
    if isinstance(reference, date):
        return day(date(reference.year, reference.month, reference.day))
    match = _EDTF.fullmatch(reference.strip())
    try:
        if match is None:
            raise ValueError(reference)
        at = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise UsageError(
            f"reference: {reference!r} is no date; give a year, month or day as 2025, 2025-03 or 2025-03-28"
        ) from error
    return containing("day" if match[3] else "month" if match[2] else "year", at)


def resolves(anchor: Period, unit: str) -> bool:
    """Whether an anchor is precise enough to say which `unit` it lies in."""
    return _GRAINS.index(anchor.unit) <= _GRAINS.index(unit)


def written(anchor: Period) -> str:
    """An anchor as EDTF of its own precision."""
    length = {"year": 4, "month": 7}.get(anchor.unit, 10)
    return anchor.start.isoformat()[:length]
