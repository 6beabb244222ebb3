"""Other libraries that find dates in French, each behind the same function: text and reference in, rows out.

Of the settings that its documentation names, each has those that did best on the project's cases and on the tests of
other libraries (2026-11-24), and its answer is read in its favour.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from pipeline import find_dates

#: start_char, end_char, first day, last day; ISO 8601, empty where that side is open or unknown
Row = tuple[int, int, str, str]
#: text and reference (EDTF) in, rows in any order out
Find = Callable[[str, str | None], list[Row]]

#: the day that a peer is given where a case has none, so that each run gives the same
NO_REFERENCE = "2025-01-01"


def greffier() -> Find:
    """Greffier itself; the reference is as coarse as the case has it."""

    def find(text: str, reference: str | None) -> list[Row]:
        rows = find_dates(text, reference)
        return [(row.start_char, row.end_char, row.date_start or "", row.date_end or "") for row in rows]

    return find


def dateparser() -> Find:
    """search_dates: days, weeks, months and years; it knows no ranges. Its period says how long a date is.

    The strategy `ngram` finds more than the default; PREFER_DATES_FROM is best left alone.
    """
    search = import_module("dateparser.search").search_dates

    def find(text: str, reference: str | None) -> list[Row]:
        settings = {"RELATIVE_BASE": last_day(reference)}
        found = search(text, languages=["fr"], settings=settings, strategy="ngram", add_period=True) or []
        return list(placed(text, [(words, *around(moment.date(), period)) for words, moment, period in found]))

    return find


def placed(text: str, found: list[tuple[str, str, str]]) -> Iterator[Row]:
    """Rows for words without offsets, in the order of the text; words that it does not have to the letter are lost."""
    end = 0
    for words, first, last in found:
        start = text.find(words, end)
        if start >= 0:
            end = start + len(words)
            yield start, end, first, last


def edsnlp() -> Find:
    """eds.dates on edsnlp's own tokens, with its normaliser and its experimental periods.

    `du 3 mai` and `depuis le 3 mai` are the same to it, so that each is read both as the day and as the open interval.
    """
    import_module("loguru").logger.disable("edsnlp")
    nlp = import_module("edsnlp").blank("eds")
    nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.dates", config={"attr": "NORM", "detect_periods": True})

    def find(text: str, reference: str | None) -> list[Row]:
        doc = nlp.make_doc(text)
        doc._.note_datetime = last_day(reference)
        groups = nlp(doc).spans
        dates = [(date.start_char, date.end_char, *eds_days(date._.date)) for date in groups["dates"]]
        bounds = [date._.date.bound for date in groups["dates"]]
        opened = [eds_open(row, bound) for row, bound in zip(dates, bounds, strict=True) if bound]
        periods = [eds_period(period.start_char, period.end_char, dates) for period in groups["periods"]]
        return dates + opened + periods

    return find


def eds_days(date: Any) -> tuple[str, str]:
    """The days of edsnlp's date, as long as its finest unit; both empty where it does not resolve it."""
    moment = date.to_datetime(infer_from_context=True)
    given = [unit for unit in ("year", "month", "week", "day") if getattr(date, unit, None) is not None]
    return around(moment.date(), given[-1] if given else "day") if moment else ("", "")


def eds_open(row: Row, bound: str) -> Row:
    """The row without its last day (`from`) or its first (`until`)."""
    start, end, first, last = row
    return (start, end, first, "") if bound == "from" else (start, end, "", last)


def eds_period(start: int, end: int, dates: list[Row]) -> Row:
    """A period from the dates inside it, since edsnlp 0.23 does not fill in its two sides."""
    inside = [date for date in dates if start <= date[0] and date[1] <= end]
    return start, end, min(inside)[2], max(inside)[3]


def recognizers() -> Find:
    """Recognizers-Text, dates without times or durations. Where it reads one as past and as future, each is a row.

    It takes no date before the full stop of a sentence for complete, so that is cut off.
    """
    library = import_module("recognizers_date_time")
    model = library.DateTimeRecognizer(library.Culture.French).get_datetime_model()
    kinds = {f"datetimeV2.{kind}" for kind in ("date", "daterange", "datetime", "datetimerange")}

    def find(text: str, reference: str | None) -> list[Row]:
        found = [one for one in model.parse(text.rstrip("."), last_day(reference)) if one.type_name in kinds]
        return [(one.start, one.end + 1, *days) for one in found for days in readings(one.resolution)]

    return find


def readings(resolution: dict[str, Any] | None) -> list[tuple[str, str]]:
    """First and last day of each reading; one with both empty where there is none."""
    values = (resolution or {}).get("values") or [{}]
    one_day = [value.get("value") for value in values]
    sides = [(value.get("start", day), value.get("end", day)) for value, day in zip(values, one_day, strict=True)]
    return [(iso_day(first), iso_day(last)) for first, last in sides]


def iso_day(moment: str | None) -> str:
    """The day of `2025-03-28 14:00:00`; empty for anything else, as `not resolved`."""
    return moment[:10] if moment and moment[0].isdigit() else ""


def around(day: dt.date, unit: str | None) -> tuple[str, str]:
    """First and last day of the year, month or week that a day lies in, or the day alone."""
    first = last = day
    if unit == "year":
        first, last = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    elif unit == "month":
        first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    elif unit == "week":
        first = day - dt.timedelta(days=day.weekday())
        last = first + dt.timedelta(days=6)
    return first.isoformat(), last.isoformat()


def last_day(reference: str | None) -> dt.datetime:
    """The last day of `2025`, `2025-03` or `2025-03-28`: the peers need a day. Midnight."""
    known = reference or NO_REFERENCE
    unit = {4: "year", 7: "month"}.get(len(known))
    return dt.datetime.fromisoformat(around(dt.date.fromisoformat((known + "-01-01")[:10]), unit)[1])


#: by name: what makes the function of a peer (ImportError where it is not installed), and what installs it
PEERS: dict[str, tuple[Callable[[], Find], str]] = {
    "dateparser": (dateparser, "pip install 'dateparser>=1.5'"),
    "edsnlp": (edsnlp, "pip install edsnlp"),
    "recognizers": (recognizers, "pip install recognizers-text-date-time 'emoji<2'"),
}
