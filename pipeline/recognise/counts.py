"""The component greffier_counts: counted international instruments, « 33 accords bilatéraux d'entraide judiciaire ».

It writes the span group "counts": label COUNT, id the instrument (`accord`); for a number that only points back
(« dont 12 bilatéraux », « deux seulement ») the instrument of the count before it in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import Terms, fold, load_rules, mapping, pattern, sieve
from pipeline.normalise.numbers import Number, find_numbers
from pipeline.recognise.sentences import sentences_with
from pipeline.recognise.stretches import Stretch, stretch_over, write
from pipeline.recognise.text import words_of

GROUP = "counts"
LABEL = "COUNT"
_TALLIES = ("tally", "raised", "named-behind")
MASK = "#"  #: in place of the characters of numbers, where a rule speaks of any number


class Counted(NamedTuple):
    """A counted phrase: offsets in the text, the singular of the instrument, the rule."""

    start: int
    end: int
    instrument: str
    rule: str


class Counts:
    """Writes the span group "counts"."""

    def __init__(self) -> None:
        self.rules = {rule.id: rule.regex for rule in load_rules("counts")}
        singular, plural = mapping("instruments"), mapping("instruments_plural")
        self.instruments = {**singular, **plural}
        self.named = Terms((form.split()[0], True) for form in self.instruments)
        self.strength = {**mapping("instruments", value="strength"), **mapping("instruments_plural", value="strength")}
        self.treaty_cue = _any_of(mapping("treaty_cues"))
        self.kinds = {*mapping("scopes"), *mapping("topic_adjectives")}
        where = mapping("domestic_cues")
        self.domestic = {
            kind: _any_of(form for form, at in where.items() if at == kind) for kind in ("phrase", "sentence")
        }

    def __call__(self, doc: Doc) -> Doc:
        """Find counts sentence by sentence; a doc without sentence bounds is one sentence."""
        view = words_of(doc).view
        bounds = sentences_with(doc, [start for start, _, _ in self.named.find(view)])
        write(doc, GROUP, [one for start, end in bounds for one in self._stretches(doc, view[start:end], start)])
        return doc

    def _stretches(self, doc: Doc, view: str, at: int) -> Iterator[Stretch]:
        for found in self._find(view):
            yield stretch_over(doc, at + found.start, at + found.end, LABEL, found.instrument)

    def find(self, sentence: str) -> list[Counted]:
        """The counted phrases of one sentence, in their order."""
        return self._find(fold(sentence))

    def _find(self, view: str) -> list[Counted]:
        possible = sieve("counts").passing(view)
        found = [*self._sole(view)] if "sole" in possible else []
        if not found and "counted" not in possible:
            return []
        numbers = find_numbers(view)
        masked = _masked(view, numbers)
        found += [*self._counted(view, numbers)] if "counted" in possible else []
        found += [*self._tallies(masked)] if not possible.isdisjoint(_TALLIES) else []
        if not found:
            return []
        found += self._anaphors(view, numbers, sorted(found))
        found += self._parts(masked, sorted(found))
        found += self._multiples(view, sorted(found))
        found += self._shares(view, sorted(found))
        return sorted(found)

    def _counted(self, view: str, numbers: list[Number]) -> Iterator[Counted]:
        for number in numbers:
            match = self.rules["counted"].match(view, number.end)
            if match and number.value > 1 and not self.rules["participle"].search(view, 0, number.start):
                yield from self._kept(view, number.start, match, match["instrument"], "counted")

    def _sole(self, view: str) -> Iterator[Counted]:
        for match in self.rules["sole"].finditer(view):
            yield from self._kept(view, match.start(), match, match["instrument"] or match["lone"], "sole")

    def _kept(self, view: str, start: int, match: re.Match[str], form: str, rule: str) -> Iterator[Counted]:
        """The count, unless its words or its sentence show that no instrument between states is meant."""
        form = " ".join(form.split())
        strength = self.strength[form]
        outside = f"{view[:start]} {view[match.end() :]}"
        cued = self.treaty_cue.search(outside) or self.treaty_cue.search(view, match.end("instrument"), match.end())
        if self.domestic["phrase"].search(view, start, match.end()):
            return
        if strength != "strong" and self.domestic["sentence"].search(view):
            return
        if strength != "weak" or cued:
            yield Counted(start, match.end(), self.instruments[form], rule)

    def _tallies(self, masked: str) -> Iterator[Counted]:
        """« le nombre d'accords s'élève à 24 », « porte à 24 le nombre d'accords », « en a signé 24, des accords »."""
        for rule in _TALLIES:
            for match in self.rules[rule].finditer(masked):
                yield Counted(*match.span("number"), self.instruments[" ".join(match["instrument"].split())], rule)

    def _anaphors(self, view: str, numbers: list[Number], counts: list[Counted]) -> Iterator[Counted]:
        known = [*counts]
        for number in numbers:
            match = self.rules["anaphor"].match(view, number.end)
            before = [c for c in known if c.start < number.end] if match else []
            if match and before and before[-1].end <= number.start:
                last = before[-1]
                if not match["topic"] or self._alike(view, last.start, last.end, number.start):
                    found = Counted(number.start, match.end(), last.instrument, "anaphor")
                    known = sorted([*known, found])
                    yield found

    def _alike(self, view: str, start: int, end: int, at: int) -> bool:
        """Whether a count ends with an adjective as well, and nothing but a comma parts it from what begins at `at`."""
        words = view[start:end].split()
        return words[-1] in self.kinds and pattern("holders", "listed").search(view[end:at]) is not None

    def _parts(self, masked: str, counts: list[Counted]) -> Iterator[Counted]:
        """« dont 16 signés en mai », « le Népal en a ratifié 11 », of the count before it, no other number between."""
        for rule in ("dont", "taken"):
            for match in self.rules[rule].finditer(masked):
                start, end = match.span("number")
                before = [c for c in counts if c.start < end]
                if before and before[-1].end <= start and MASK not in masked[before[-1].end : start]:
                    yield Counted(start, end, before[-1].instrument, rule)
        for match in self.rules["among"].finditer(masked):
            whole = [c for c in counts if c.start == match.end()]
            if whole:
                yield Counted(*match.span("number"), whole[0].instrument, "among")

    def _multiples(self, view: str, counts: list[Counted]) -> Iterator[Counted]:
        """« l'Inde en a le double », of the count before it."""
        for match in self.rules["multiple"].finditer(view):
            before = [c for c in counts if c.end <= match.start()]
            if before:
                yield Counted(match.start(), match.end(), before[-1].instrument, "multiple")

    def _shares(self, view: str, counts: list[Counted]) -> Iterator[Counted]:
        """« la moitié des 40 accords », « 40 accords, dont la moitié avec la Chine »."""
        for match in self.rules["share"].finditer(view):
            if match["part"]:
                whole = [c for c in counts if c.end <= match.start()][-1:]
            else:
                whole = [c for c in counts if c.start == match.end()]
            if whole:
                yield Counted(*match.span("part" if match["part"] else "share"), whole[0].instrument, "share")


def _masked(view: str, numbers: list[Number]) -> str:
    """The text with a sign in place of each character of its numbers above one."""
    pieces, last = [], 0
    for number in (n for n in numbers if n.value > 1):
        pieces += [view[last : number.start], MASK * (number.end - number.start)]
        last = number.end
    return "".join([*pieces, view[last:]])


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the folded forms as whole words."""
    words = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in words) + r")(?!\w)")


def evaluate_counts(text: str) -> list[tuple[str, str]]:
    """(rule, phrase) of every count in `text`, one sentence, for `greffier lexicon check`."""
    counts, view = Counts(), fold(text)
    found = [(c.rule, text[c.start : c.end]) for c in counts.find(text)]
    participles = [n for n in find_numbers(view) if counts.rules["participle"].search(view, 0, n.start)]
    return found + [("participle", text[n.start : n.end]) for n in participles]


@Language.factory("greffier_counts")
def create(nlp: Language, name: str) -> Counts:
    """The component, for `nlp.add_pipe("greffier_counts")`."""
    return Counts()
