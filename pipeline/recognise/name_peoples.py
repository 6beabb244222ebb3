"""Names behind the nationality of who holds an office: « le chef de la mission, l'Estonien | Raivo Kask | »."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pipeline.lexicon import mapping
from pipeline.recognise.name_grammar import Found, NameGrammar
from pipeline.recognise.name_offices import THINGS, is_closed
from pipeline.recognise.name_tokens import Tokens
from pipeline.recognise.stretches import Stretch

_COMPLEMENT = 10  #: tokens of the longest complement of an office before the comma
_FRONTED = 2  #: tokens before an office that opens its sentence
_STOPS = frozenset(',;:()«»"“”')


class NamesByPeople:
    """Finds the names of two words or more behind an office, a comma, an article and a nationality with a capital."""

    def __init__(self, grammar: NameGrammar) -> None:
        self.grammar = grammar
        self.articles = grammar.parts.articles
        self.verbs = mapping("auxiliaries").keys() | mapping("relatives").keys()

    def find(self, tokens: Tokens, offices: Sequence[Stretch]) -> Iterator[Found]:
        """The names behind the nationalities that are known, which speak of the holder of one of the offices."""
        for people in _nationalities(tokens):
            comma = people.start - 2
            office = self._office(tokens, offices, comma) if self._is_apposed(tokens, people) else None
            if office is not None:
                yield from self._name(tokens, office, comma, people.end)

    def _is_apposed(self, tokens: Tokens, people: Stretch) -> bool:
        """Whether a comma and an article stand before a nationality that has a capital."""
        at = people.start
        noun = at > 1 and tokens.texts[at][0].isupper()
        return noun and tokens.views[at - 1] in self.articles and tokens.texts[at - 2] == ","

    def _office(self, tokens: Tokens, offices: Sequence[Stretch], comma: int) -> Stretch | None:
        """The office before a comma; None where a verb or other punctuation stands between."""
        last = bisect_right(offices, comma, key=lambda role: role.end) - 1
        office = offices[last] if last >= 0 else None
        if office is None or comma - office.end > _COMPLEMENT or tokens.known.get(office.start) is not office:
            return None
        between = range(office.end, comma)
        apart = not tokens.opening.isdisjoint(range(office.end, comma + 1))
        spoken = any(tokens.views[at] in self.verbs or tokens.texts[at] in _STOPS for at in between)
        return None if apart or spoken else office

    def _name(self, tokens: Tokens, office: Stretch, comma: int, at: int) -> Iterator[Found]:
        start = self.grammar.skip_titles(tokens, at)
        end = self.grammar.end(tokens, start)
        if end - start < 2 or self._is_thing(tokens, office, comma, start):
            return
        if is_closed(tokens, end) or not tokens.opening.isdisjoint(range(office.start - _FRONTED, office.start + 1)):
            yield start, end, "name-after-nationality"

    def _is_thing(self, tokens: Tokens, office: Stretch, comma: int, start: int) -> bool:
        """Whether the model must be believed that a body is named: words that are not known part it from the office."""
        known = all(at in tokens.known or tokens.views[at] in self.grammar.particles for at in range(office.end, comma))
        return not known and tokens.labels[start] in THINGS


def _nationalities(tokens: Tokens) -> Iterable[Stretch]:
    """The nationalities that are known, each once."""
    return dict.fromkeys(one for one in tokens.known.values() if one.label == "DEMONYM")
