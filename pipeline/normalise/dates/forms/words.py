"""Values of the words in a match: numbers, days, months, years, units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.lexicon import mapping

Groups = Mapping[str, str | None]
_PIVOT = 40  #: two digits below it are a year of this century
_YEARS = range(1000, 2200)  #: years that are written in words
_FIGURES = re.compile(r"\d+")
_HOURS = re.compile(r"(\d+)(?:\s*(?:h(?:eures?)?|:)\s*(\d\d)?)?")


@cache
def _values(name: str, value: str) -> dict[str, str]:
    return mapping(name, value=value)


def listed(name: str, form: str | None, value: str = "value") -> str:
    """The value of a form in a word list, whatever space stands between its words."""
    return _values(name, value)[" ".join((form or "").split())]


def found(name: str, form: str | None) -> str | None:
    """The value of a form in a word list, or None where it has none."""
    return _values(name, "value").get(" ".join((form or "").split()))


def month(form: str | None) -> int | None:
    """The number of a month, named, shortened or in figures."""
    if form is None:
        return None
    if form.isdigit():
        return int(form)
    bare = form.rstrip(".")
    return int(found("months", bare) or listed("month_abbreviations", bare))


def day(form: str | None) -> int | None:
    """The number of a day: in figures (`1er`), as an ordinal, in words."""
    if form is None:
        return None
    if form.isdecimal():
        return int(form)
    digits = _FIGURES.match(form)
    return int(digits[0] if digits else found("ordinals", form) or listed("days_in_words", form))


def year(form: str | None) -> int | None:
    """A year in four figures, or in two."""
    if form is None:
        return None
    number = int(form)
    return number if len(form) > 2 else number + (2000 if number < _PIVOT else 1900)


def year_in_words(form: str) -> int | None:
    """A year in words, or None where the words are no year."""
    from text_to_num import text2num  # noqa: PLC0415

    spellings = mapping("number_spellings")
    words = " ".join(spellings.get(word, word) for word in _hundreds(form).split())
    try:
        number = int(text2num(words, "fr"))
    except ValueError:
        return None
    return number if number in _YEARS else None


def _hundreds(form: str) -> str:
    """`mil-neuf-cent`, as decrees hyphenate it, with spaces around mille and cent."""
    return re.sub(r"-?\b(mil(?:le)?|cents?)\b-?", r" \1 ", form)


def weekday(form: str | None) -> int | None:
    """1 for Monday to 7 for Sunday."""
    if not form:
        return None
    return int(found("weekdays", form) or listed("weekday_abbreviations", form.rstrip(".")))


def number(form: str | None) -> int:
    """A number in figures or in words."""
    return int(form) if form and form.isdigit() else int(listed("cardinals", form))


def unit(form: str | None) -> str:
    """The unit of the calendar that a noun names."""
    return listed("time_units", form)


def clock(form: str) -> str:
    """A time of the day as HH:MM, or HH where no minutes are said."""
    read = _HOURS.match(form)
    if read is None:
        return listed("clock_words", form)
    return f"{int(read[1]):02}:{read[2] or '00'}"
