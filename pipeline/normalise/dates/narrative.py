"""Reads the expressions of a text in their order, keeping in mind the dates told before."""

from __future__ import annotations

from datetime import date

from pipeline.lexicon import mapping
from pipeline.normalise.dates import express, standing
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.context import Context
from pipeline.normalise.dates.links import LONGEST
from pipeline.normalise.dates.periods import Period
from pipeline.normalise.dates.resolve import resolve
from pipeline.normalise.dates.specs import (
    Between,
    Calendar,
    Open,
    Part,
    Shift,
    Spec,
    absolute,
    bare_weekday,
    calendar,
    level,
    yearless,
)
from pipeline.normalise.dates.tense import tense
from pipeline.records import DateMention

#: rules whose dates follow one another
_CHAINS = {"list", "either"}
#: a date at the head of a sentence stands so near its beginning
_OPENING = 4


class Narrative:
    """A text being read; `read` gives the row of one expression after the other."""

    def __init__(self, text: str, view: str, reference: Period | None) -> None:
        self.text, self.view = text, view
        self._reference = reference
        self._told: Period | None = None  #: the date told last, that with one day and that with its month
        self._told_day: Period | None = None
        self._told_month: Period | None = None
        self._told_at = 0
        self._dated = False  #: whether the date told last had its month and year
        self._year: int | None = None  #: the year of a frame
        self._year_until = self._heads_until = 0  #: so far reaches the year of a frame, and for heads of sentences
        self._rule = ""  #: the rule of the date told last
        self._tense: str | None = None  #: the tense of the date read last

    def read(self, atom: Atom) -> DateMention | None:
        """The row of an expression, without days where nothing says which it means; None where it is no date."""
        spec = atom.spec
        if spec is None:
            return None
        context = self._alone(spec) if absolute(spec) else self._context(atom, spec)
        if atom.weak == "tensed" and context.tense is None:
            return None
        self._tense = context.tense
        found = resolve(spec, context)
        if found is None and (atom.weak in {"day", "told"} or not _possible(spec)):
            return None
        if found is not None:
            self._remember(atom, spec, found.period)
        return express.mention(self.text, atom, found)

    def _alone(self, spec: Spec) -> Context:
        """What an expression is read against that says its days by itself: nothing."""
        return Context(tense=_sided(spec, None))

    def _context(self, atom: Atom, spec: Spec) -> Context:
        """What an expression is read against where it stands."""
        weekday, open_year = bare_weekday(spec), yearless(spec)
        same = (weekday or open_year) and standing.same_sentence(self.view, self._told_at, atom.start)
        here = self._told if same else None
        sign = self._sign(atom, spec)
        if weekday:
            sign = sign or self._carried(atom, same)
        floor = self._floor(atom, here) if weekday else None
        known = Context(self._reference, self._told, here, self._told_day, tense=sign, floor=floor)
        return self._framed(atom, known) if open_year else known

    def _sign(self, atom: Atom, spec: Spec) -> str | None:
        """The tense of an expression, as its clause or the word before it says."""
        if not _timed(spec):
            return _sided(spec, None)
        of = level(spec) == "month" and standing.complement(self.view, atom.start)
        return _sided(spec, tense(self.text, self.view, atom.start, atom.end, behind=not of))

    def _carried(self, atom: Atom, same: bool) -> str | None:
        """The tense of a weekday whose clause says none: of the date before in its sentence, of « ce » before it."""
        carried = self._tense if same else None
        return carried or ("FUTURE" if standing.pointed_at(self.view, atom.start) else None)

    def _framed(self, atom: Atom, known: Context) -> Context:
        """What a day or a month without year is read against: also the year that the text is in, and the last month."""
        heads = standing.head(self.view, atom.start) is not None
        framed = atom.start < (max(self._year_until, self._heads_until) if heads else self._year_until)
        return known._replace(
            told_month=self._told_month if heads else None,
            year=self._year if framed else None,
            since=known.told_here if self._follows(atom, known.tense, framed) else None,
        )

    def _follows(self, atom: Atom, sign: str | None, framed: bool) -> bool:
        """Whether a date without year comes after the one told before: in its list, its year, in one breath with it."""
        if self._chained(atom):
            return True
        told = self._told
        if told is not None and told.unit == "year" and standing.joint(self.view, self._told_at, atom.start):
            return True
        return (
            self._dated and not framed and sign != "FUTURE" and standing.runs_on(self.view, self._told_at, atom.start)
        )

    def _floor(self, atom: Atom, here: Period | None) -> date | None:
        """The day that a bare weekday is the next one from: the one before in a list or a programme."""
        if here is not None and self._chained(atom):
            return here.start
        told = self._told_day
        return told.start if told is not None and standing.entry(self.view, atom.start, atom.end) else None

    def _chained(self, atom: Atom) -> bool:
        """Whether a date is the next one of the list that the one before is in: « décembre ou janvier »."""
        return atom.rule in _CHAINS and self._rule == atom.rule and atom.start - self._told_at <= LONGEST

    def _remember(self, atom: Atom, spec: Spec, found: Period) -> None:
        self._told = found
        if found.start == found.end and not isinstance(spec, Open):
            self._told_day = found
        if month := _has(spec, "month"):
            self._told_month = found
        self._told_at, self._rule = atom.end, atom.rule
        self._dated = month and _has(spec, "year")
        if isinstance(spec, Calendar) and spec.year is not None and (spec.month is None or spec.day is not None):
            self._frame(atom, spec)

    def _frame(self, atom: Atom, of: Calendar) -> None:
        """Keeps the year of a date at the head of a sentence: it frames the text, the paragraph or the sentence."""
        head = standing.head(self.view, atom.start)
        reach = mapping("frame_words").get(head[1]) if head and head[1] else "text"
        if head is None or reach is None:
            return
        paragraph = standing.paragraph_end(self.view, atom.end)
        end = len(self.view) if reach == "text" and of.day is not None else paragraph
        self._year_until = self._heads_until = end
        if reach == "sentence" and (stop := standing.SENTENCE_END.search(self.view, atom.end, end)):
            self._year_until, self._heads_until = stop.start(), stop.end() + _OPENING
        self._year = of.year


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
    said = calendar(spec)
    return said is not None and getattr(said, part) is not None


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
