"""Dates of publication: what the rules of lexicon/rules/headers.toml find, in EDTF, as precise as the words are."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

from pipeline.errors import UsageError
from pipeline.lexicon import Rule, fold, load_rules, mapping, rows

_EDTF = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_WORD = re.compile(r"[^\W\d_]+")
_LEAP_YEAR = "2000"
#: so many lines at the beginning of a text may be its dateline; so many characters of each are looked at
_LINES, _LINE_LENGTH = 5, 200


def is_date(edtf: str) -> bool:
    """Whether `edtf` is a year, month or day of the calendar; XXXX stands for a year that is not said."""
    match = _EDTF.fullmatch(edtf)
    if match is None:
        return False
    year = _LEAP_YEAR if match["year"] == "XXXX" else match["year"]
    try:
        date(int(year), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def check_published(published: str | None) -> None:
    """Raises UsageError where the date that a caller gave for all documents is none."""
    if published is not None and (not is_date(published) or published.startswith("X")):
        raise UsageError(f"published: {published!r} is no date; give one like 2025, 2025-03 or 2025-03-28")


def evaluate(rule: Rule, text: str) -> str | None:
    """What a rule of headers.toml makes of `text`: an EDTF date, or None. Raises nothing."""
    text = unicodedata.normalize("NFC", text)
    view = fold(text)
    if rule.label.startswith("FILE"):
        found = [_value(match, text) for match in rule.regex.finditer(view)]
        return next((value for value in reversed(found) if value), None)
    match = rule.regex.match(view)
    return _value(match, text) if match else None


def first(label: str, text: str) -> str | None:
    """What the first rule with `label` that finds a date makes of `text`."""
    found = (evaluate(rule, text) for rule in load_rules("headers") if rule.label == label)
    return next((value for value in found if value), None)


def written_date(value: str) -> str | None:
    """The date (EDTF) that a field of metadata says: ISO 8601, in figures, in French words, or as in e-mail."""
    value = " ".join(value.split())
    if (found := first("DATE", value)) or len(value) > _LINE_LENGTH:
        return found
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def dateline(text: str, start: int) -> str | None:
    """The date in the first lines behind `start`: EDTF, its year XXXX where the dateline does not say it."""
    opening = text[start : start + _LINES * _LINE_LENGTH]
    lines = [line.strip()[:_LINE_LENGTH] for line in opening.split("\n") if line.strip()]
    return next((value for line in lines[:_LINES] if (value := first("DATELINE", line))), None)


def complete(partial: str, near: str) -> str:
    """A date without year (XXXX-12-31) in the year that brings it nearest to `near` (2025-01 gives 2024-12-31)."""
    start = date.fromisoformat((near + "-01-01")[:10])
    end = date.fromisoformat(near) if len(near) == 10 else _last_day(near)
    years = [str(year).zfill(4) for year in (start.year, start.year - 1, start.year + 1) if year > 0]
    full = [value for year in years if is_date(value := partial.replace("XXXX", year))]
    return min(full, key=lambda value: _distance(date.fromisoformat(value), start, end), default="")


def _last_day(period: str) -> date:
    if len(period) == 4:
        return date(int(period), 12, 31)
    first_day = date.fromisoformat(period + "-01")
    return (first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _distance(day: date, start: date, end: date) -> int:
    return max((start - day).days, (day - end).days, 0)


@cache
def _months() -> dict[str, str]:
    return mapping("month_abbreviations") | mapping("months")


@cache
def _links() -> frozenset[str]:
    return frozenset(fold(line["form"]) for line in rows("place_links"))


def _value(match: re.Match[str], text: str) -> str | None:
    groups = match.groupdict()
    if "place" in groups and not _is_place(text[match.start("place") : match.end("place")]):
        return None
    value = groups.get("published") or _edtf(groups)
    return value if is_date(value) else None


def _edtf(groups: dict[str, str | None]) -> str:
    month = (groups.get("month") or "").rstrip(".")
    parts = (groups.get("year") or "XXXX", _months().get(month, month), groups.get("day") or "")
    return "-".join(part.zfill(2) for part in parts if part)


def _is_place(name: str) -> bool:
    """Whether every word of `name` is a capitalised one, or one that links the words of such a name."""
    words = _WORD.findall(name)
    return len(words) <= 5 and len(words[0]) > 1 and all(word[0].isupper() or fold(word) in _links() for word in words)
