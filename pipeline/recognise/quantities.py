"""The component greffier_quantities: stated quantities, « 33 millions d'euros », « une trentaine de juges », « 12 % ».

It writes the span group "quantities": label QUANTITY, id the kind (`money`). What is a date or a count of instruments
is none, so it runs behind greffier_dates and greffier_counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import fold
from pipeline.lexicon.counted import Counted, counted_at, quantity_rule, sign_before
from pipeline.normalise.numbers import Amount, find_amounts, number_traces, scaled
from pipeline.recognise.sentences import sentences_with
from pipeline.recognise.stretches import Stretch, stretch_over, stretches, write
from pipeline.recognise.text import words_of

GROUP = "quantities"
LABEL = "QUANTITY"
REACH = 40  #: characters before an amount that show what it is


class Measured(NamedTuple):
    """A quantity found: offsets in the text, the kind, and what is counted."""

    start: int
    end: int
    kind: str
    counted: Counted


class Quantities:
    """Writes the span group "quantities"."""

    def __call__(self, doc: Doc) -> Doc:
        """Find quantities sentence by sentence; a doc without sentence bounds is one sentence."""
        words = words_of(doc)
        text, view = words.text, words.view
        others = sorted((s.start_char, s.end_char) for group in ("dates", "counts") for s in stretches(doc, group))
        free = (one for one in number_traces(view) if not overlaps(others, *one))
        at = [start for start, end in free if _may_count(text, view, start, end)]
        found = [
            one
            for low, high in sentences_with(doc, at)
            for one in self._stretches(doc, text[low:high], view[low:high], low, others)
        ]
        write(doc, GROUP, found)
        return doc

    def _stretches(self, doc: Doc, text: str, view: str, at: int, others: list[tuple[int, int]]) -> Iterator[Stretch]:
        """The quantities of a sentence, of which the words, the folded view and the offset are given."""
        for found in _find(text, view):
            start, end = at + found.start, at + found.end
            if not overlaps(others, start, end):
                yield stretch_over(doc, start, end, LABEL, found.kind)

    def find(self, sentence: str) -> list[Measured]:
        """The quantities of one sentence, in their order."""
        return _find(sentence, fold(sentence))


def _may_count(text: str, view: str, start: int, end: int) -> bool:
    """Whether an amount that a figure, word or sign begins or ends may be a quantity."""
    return not view[start].isalnum() or counted_at(text, view, scaled(view, end), single=True) is not None


def _find(sentence: str, view: str) -> list[Measured]:
    quantities: list[Measured] = []
    for amount in find_amounts(view):
        found = _measured(sentence, view, amount)
        doubled = found and found.counted.rule == "sign" and quantities and quantities[-1].end > found.start
        if found and not doubled:
            quantities.append(found)
    return quantities


def _measured(text: str, view: str, amount: Amount) -> Measured | None:
    if _is_article(amount) and sign_before(text, view, amount.start) is None:
        return None
    counted = counted_at(text, view, amount.end, single=abs(amount.value) < 2)
    if counted is None:
        signed = sign_before(text, view, amount.start)
        return Measured(signed[0], amount.end, signed[1].kind, signed[1]) if signed else None
    if _is_none(view, amount, counted):
        return None
    late = quantity_rule("late").match(view, counted.end)
    return Measured(amount.start, late.end() if late else counted.end, counted.kind, counted)


def _is_article(amount: Amount) -> bool:
    return amount.rule == "words" and amount.value == 1


def _is_none(view: str, amount: Amount, counted: Counted) -> bool:
    """Whether an amount of something is no quantity: an article, both of two, a name, a race, a rate, a kind."""
    before = max(0, amount.figure - REACH), amount.end
    if _is_article(amount):
        return True
    if quantity_rule("name").search(view, *before):
        return True
    if counted.rule == "noun":
        ratio = quantity_rule("ratio").match(view, counted.end) is not None
        return ratio or any(quantity_rule(rule).search(view, *before) for rule in ("both", "rate", "compound"))
    return counted.kind == "distance" and bool(quantity_rule("race").search(view, *before))


def overlaps(others: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of `others`, sorted and apart from one another, has characters of `start` to `end`."""
    at = bisect_left(others, (end,))
    return at > 0 and others[at - 1][1] > start


def evaluate_quantities(text: str) -> list[tuple[str, str]]:
    """(rule, value) of every quantity in `text`, one sentence, for `greffier lexicon check`."""
    view, found = fold(text), []
    for m in Quantities().find(text):
        value = f"{text[m.start : m.end]} | {m.kind} | {m.counted.unit or m.counted.noun}"
        found.append((m.counted.rule, value))
        found += [("late", value)] if quantity_rule("late").search(text[m.start : m.end]) else []
    for amount in find_amounts(view):
        counted = counted_at(text, view, amount.end)
        ratio = quantity_rule("ratio").match(view, counted.end) if counted else None
        found += [("ratio", ratio[0])] if ratio else []
        for rule in ("both", "name", "race", "rate", "compound"):
            match = quantity_rule(rule).search(view, 0, amount.end)
            found += [(rule, text[match.start() : match.end()])] if match else []
    return found


@Language.factory("greffier_quantities")
def create(nlp: Language, name: str) -> Quantities:
    """The component, for `nlp.add_pipe("greffier_quantities")`."""
    return Quantities()
