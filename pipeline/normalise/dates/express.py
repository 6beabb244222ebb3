"""A resolved period as EDTF (level 1) and as TIMEX3 value."""

from __future__ import annotations

from datetime import date

from pipeline.normalise.dates.periods import Period, containing

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}
_PREFIX = {"year": 4, "month": 7, "day": 10}


def edtf(period: Period) -> str:
    """EDTF of a closed period: one date where EDTF has one for it, else an interval of the precision of its days."""
    start, end, unit = period.start, period.end, period.unit
    if unit == "season":
        return f"{start.year:04}-{_EDTF_SEASONS[start.month]}"
    if unit == "decade":
        return f"{start.isoformat()[:3]}X"
    first, last = edge(start, end, first=True), edge(start, end, first=False)
    return first if first == last else f"{first}/{last}"


def edge(start: date, end: date, *, first: bool) -> str:
    """The first or the last day of a period, as coarse as whole months or years allow."""
    at = start if first else end
    for unit in ("year", "month"):
        if start == containing(unit, start).start and end == containing(unit, end).end:
            return at.isoformat()[: _PREFIX[unit]]
    return at.isoformat()


def timex_value(period: Period, day_part: str) -> str:
    """TIMEX3 value of a closed period; an interval of two values where it is no unit of the calendar."""
    start, unit = period.start, period.unit
    if period != containing(unit, start) and unit != "season":
        return edtf(period)
    iso = start.isocalendar()
    values = {
        "day": start.isoformat() + (f"T{day_part}" if day_part else ""),
        "week": f"{iso.year:04}-W{iso.week:02}",
        "weekend": f"{iso.year:04}-W{iso.week:02}-WE",
        "quarter": f"{start.year:04}-Q{(start.month + 2) // 3}",
        "semester": f"{start.year:04}-H{(start.month + 5) // 6}",
        "season": f"{start.year:04}-{_SEASONS.get(start.month)}",
        "decade": start.isoformat()[:3],
        "century": f"{start.year // 100:02}",
    }
    return values.get(unit, edtf(period))
