"""Reads the expressions of a text in their order, keeping in mind the dates told before."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.lexicon import mapping
from pipeline.normalise.dates import express
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.context import Context, Resolved
from pipeline.normalise.dates.periods import Period
from pipeline.normalise.dates.resolve import resolve
from pipeline.normalise.dates.specs import Between, Calendar, Open, Part, Shift, Spec, Unplaced, calendar, level
from pipeline.normalise.dates.tense import tense
from pipeline.records import DateMention

_SENTENCE_END = re.compile(r"(?<!\b[a-z])(?<!\bmm)(?<!\bdr)[.!?][ \n\"»)]|\n|[.!?]$")
_HEAD = re.compile(r"(?:^|[.!?:\n\"])[ \n]*(?:([a-z]+) )?$")


#: the head of an entry of a programme, and what stands behind its day
_ENTRY, _COLON = re.compile(r"(?:^|\n|[.;])[ ]*(?:[-•*] ?)?\Z"), re.compile(r"[ ]?(?::|-|\n)")
#: no sentence and no paragraph is taken to be longer, in characters
_SENTENCE, _PARAGRAPH = 600, 6000


class Narrative:
    """A text being read; `read` gives the row of one expression after the other."""

    def __init__(self, text: str, view: str, reference: Period | None) -> None:
        self.text, self.view = text, view
        self.context = Context(reference=reference)
        self._told_at = 0
        self._dated = False  #: whether the date told last had its month and year
        self._year_until = 0

    def read(self, atom: Atom) -> DateMention | None:
        """The row of an expression, without days where nothing says which it means; None where it is no date."""
        if atom.spec is None:
            return None
        same = self._same_sentence(atom.start)
        here = self.context.told if same else None
        year = self.context.year if atom.start < self._year_until else None
        sign = tense(self.text, self.view, atom.start, atom.end) if _timed(atom.spec) else None
        sign = _sided(atom.spec, sign)
        if atom.weak == "tensed" and sign is None:
            return None
        if self._scheduled(atom):
            floor = self.context.told_day.start if self.context.told_day else None
            return self._mention(atom, atom.spec, resolve(atom.spec, replace(self.context, floor=floor)))
        since = here if self._continues(atom) or (self._dated and year is None and sign != "FUTURE") else None
        month = self.context.told_month if self._heads(atom) else None
        context = replace(self.context, told_here=here, year=year, tense=sign, since=since, told_month=month)
        found = resolve(atom.spec, context)
        return self._mention(atom, atom.spec, found)

    def _mention(self, atom: Atom, spec: Spec, found: Resolved | None) -> DateMention | None:
        if found is None and (atom.weak in {"day", "told"} or not _possible(spec)):
            return None
        if found is not None:
            self._remember(atom, found)
        return _mention(self.text, atom, found)

    def _scheduled(self, atom: Atom) -> bool:
        """Whether a weekday heads an entry of a programme, behind an entry with its day: « Jeudi : conseil »."""
        return (
            isinstance(atom.spec, Calendar)
            and atom.spec == Calendar(weekday=atom.spec.weekday)
            and self.context.told_day is not None
            and _ENTRY.search(self.view, max(0, atom.start - 4), atom.start) is not None
            and _COLON.match(self.view, atom.end) is not None
        )

    def _heads(self, atom: Atom) -> bool:
        return _HEAD.search(self.view, max(0, atom.start - 8), atom.start) is not None

    def _continues(self, atom: Atom) -> bool:
        """Whether a date goes on from a year told directly before it: « en 2028, du 14 au 30 juillet »."""
        gap = self.view[self._told_at : atom.start].split()
        return self.context.told is not None and self.context.told.unit == "year" and " ".join(gap) in _joints()

    def _same_sentence(self, at: int) -> bool:
        return at - self._told_at < _SENTENCE and _SENTENCE_END.search(self.view, self._told_at, at) is None

    def _remember(self, atom: Atom, found: Resolved) -> None:
        date = atom.spec
        one_day = found.period.start == found.period.end
        self.context = replace(
            self.context,
            told=found.period,
            told_day=found.period if one_day else self.context.told_day,
            told_month=found.period if _has(date, "month") else self.context.told_month,
        )
        self._told_at, self._dated = atom.end, _has(date, "month") and _has(date, "year")
        if isinstance(date, Calendar) and date.year is not None and (date.month is None or date.day is not None):
            self._frame(atom, date)

    def _frame(self, atom: Atom, date: Calendar) -> None:
        """Keeps the year of a date at the head of a sentence: it frames the text, the paragraph or the sentence."""
        head = _HEAD.search(self.view, max(0, atom.start - 8), atom.start)
        reach = mapping("frame_words").get(head[1]) if head and head[1] else "text"
        if head is None or reach is None:
            return
        end = len(self.view) if reach == "text" and date.day is not None else self._paragraph_end(atom.end)
        if reach == "sentence":
            stop = _SENTENCE_END.search(self.view, atom.end, end)
            end = stop.start() if stop else end
        self.context, self._year_until = replace(self.context, year=date.year), end

    def _paragraph_end(self, at: int) -> int:
        end = self.view.find("\n", at, at + _PARAGRAPH)
        return min(len(self.view), at + _PARAGRAPH) if end < 0 else end


@cache
def _joints() -> frozenset[str]:
    return frozenset(mapping("year_joints"))


def _sided(spec: Spec, sign: str | None) -> str | None:
    """The tense beside the word that opens a side: « jusqu'à jeudi » lies ahead, whatever was said before."""
    if not isinstance(spec, Open) or spec.tense is None or sign == spec.tense:
        return sign
    if spec.tense == "PAST":
        return sign or "PAST"
    return "FUTURE" if isinstance(spec.of, Calendar) and level(spec.of) == "day" and spec.of.month is None else None


def _has(spec: Spec | None, part: str) -> bool:
    """Whether a date, or an end of a range, says its `part`: month or year."""
    if isinstance(spec, Between):
        return _has(spec.first, part) or _has(spec.last, part)
    if isinstance(spec, Open):
        return _has(spec.of, part)
    date = calendar(spec)
    return date is not None and getattr(date, part) is not None


def _timed(spec: Spec | None) -> bool:
    """Whether the tense of the clause matters: something that stands once a week or once a year is named."""
    if isinstance(spec, Between):
        return _timed(spec.first) or _timed(spec.last)
    if isinstance(spec, Open | Part):
        return spec.of is None or _timed(spec.of)
    if isinstance(spec, Shift):
        return spec.unit == "weekend"
    return isinstance(spec, Calendar) and spec.year is None and not spec.shift


def _possible(spec: Spec) -> bool:
    """Whether a specification that gave no days may still be a date: an absolute one would have given them."""
    inner = spec.of if isinstance(spec, Open) else spec
    return not (isinstance(inner, Calendar) and inner.year is not None)


def _mention(text: str, atom: Atom, found: Resolved | None) -> DateMention:
    timex = "TIME" if atom.day_part else "DATE"
    row = DateMention(
        text=text[atom.start : atom.end], start_char=atom.start, end_char=atom.end, rule=atom.rule, timex=timex
    )
    if isinstance(atom.spec, Unplaced):
        return replace(row, timex=atom.spec.timex, value=atom.spec.value, edtf=atom.spec.edtf,
                       granularity=atom.spec.granularity or None)  # fmt: skip
    if found is None:
        side = atom.spec.side if isinstance(atom.spec, Open) else None
        return replace(row, open=side)
    period = found.period
    written = express.edtf(period)
    if found.open == "start":
        written = f"../{express.edge(period.start, period.end, first=False)}"
    elif found.open == "end":
        written = f"{express.edge(period.start, period.end, first=True)}/.."
    return replace(
        row,
        date_start=None if found.open == "start" else period.start.isoformat(),
        date_end=None if found.open == "end" else period.end.isoformat(),
        open=found.open,
        edtf=written,
        value=express.timex_value(period, atom.day_part),
        granularity=period.unit,
        anchor=found.anchor,
    )
