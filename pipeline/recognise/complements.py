"""Where the complement of an office ends: « ministre | de l'Économie et des Finances | Ngozi Adeyemi »."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.lexicon import alternatives, linkers, mapping, rows
from pipeline.lexicon.inflections import inflections

_WORD = re.compile(r"(?:[ldn]')?[^\W\d_]+(?:['-][^\W\d_]+)*")
_SPACES = re.compile(r"[ ]+|[ ]*\n[ ]*(?!\n)")

_RELATION = 30  #: characters in which the last word of a complement stands
TOWN = "town"  #: what the office of a town takes, whatever its name is
#: a town that no list has: one word, or several up to a comma
_TOWN = re.compile(r"[A-ZÀ-ÝĐ][\w'’-]+(?:(?:[ ][A-ZÀ-ÝĐ][\w'’-]+)+(?=[ ]?[,.;()\n]))?")
_PLACES = frozenset({"place", "country"})
#: a place or organisation that begins at an offset: (end, label), or None
Blocker = Callable[[int], tuple[int, str] | None]


class Complements:
    """Reads complements on the folded view of a text, with the text beside it for capitals."""

    def __init__(self) -> None:
        self.linker = re.compile(f"(?:{linkers()})(?:(?<=')|[ \n]+)")
        self.charges = re.compile(f"(?:{linkers(note='charge')})")
        self.definite = re.compile(f"(?:{linkers(note='definite')})(?:(?<=')|[ \n]+)")
        self.adverbials = re.compile(rf"(?:{alternatives(mapping('adverbials'))})(?!\w)")
        self.related = frozenset(mapping("relation_nouns"))
        self.along = re.compile(rf"(?:{alternatives(mapping('relation_links'))})(?:(?<=')|[ \n]+)")
        self.stops = frozenset([*mapping("function_words"), *mapping("number_words"), *mapping("cardinals")])
        self.endings = tuple(mapping("adjective_endings"))
        self.portfolios = frozenset(mapping("portfolios"))
        self.abroad = re.compile(rf"(?:{alternatives(mapping('abroad_phrases'))})(?!\w)")

    def end(self, text: str, view: str, at: int, blocked: Blocker, takes: str) -> int:
        """The offset behind the complement that begins at `at`, which is `at` where there is none.

        A complement stops before an organisation or a country (they have columns of their own); a city or a region
        is part of it where the office `takes` a place, where it takes a town also one that no list has, and any noun
        with an article where it takes a portfolio.
        """
        end = at
        while link := self._link(view, end):
            start = link.end()
            if view[link.start()] == "a" and text[link.start() : link.start() + 2] == "a ":
                break  # « le ministre a remercié »: the verb, not the preposition
            block = blocked(start)
            if block and takes == "portfolio" and (behind := self._portfolio(view, link, block)):
                end = behind
                continue
            if block is not None:
                kept = block[1] in _PLACES and (
                    (takes in ("place", TOWN) and block[1] == "place") or self.charges.match(view, link.start())
                )
                return block[0] if kept else end
            if takes == TOWN and (town := _TOWN.match(text, start)):
                return town.end()
            held = takes == "portfolio" and self.definite.fullmatch(view, link.start(), start) is not None
            nominal = self._nominal(text, view, start, blocked, held=held)
            if nominal == start:
                break
            end = nominal
        return end

    def _link(self, view: str, end: int) -> re.Match[str] | None:
        """What leads on the complement that ends at an offset; « avec » only behind « relations » and its like."""
        start = skip_spaces(view, end)
        found = self.linker.match(view, start) or self._along(view, start, end)
        return None if found is None or self.adverbials.match(view, start) else found

    def _along(self, view: str, start: int, end: int) -> re.Match[str] | None:
        """« avec » with its article, behind a word of relations."""
        found = self.along.match(view, start)
        return found if found and view[max(0, end - _RELATION) : end].rsplit(maxsplit=1)[-1] in self.related else None

    def _portfolio(self, view: str, link: re.Match[str], block: tuple[int, str]) -> int:
        """The offset behind a known name that a portfolio holds, 0 where it is none.

        « de l'Europe », « (des Relations) avec le Parlement », « des Maliens de l'extérieur ».
        """
        if block[1] == "demonym":
            abroad = self.abroad.match(view, skip_spaces(view, block[0]))
            return abroad.end() if abroad else 0
        named = block[1] in _PLACES or self.along.fullmatch(view, link.start(), link.end()) is not None
        return block[0] if named and view[link.end() : block[0]] in self.portfolios else 0

    def _nominal(self, text: str, view: str, at: int, blocked: Blocker, *, held: bool) -> int:
        """The offset behind a noun and its adjectives; where it is `held`, a capital does not make a name of it."""
        noun = _WORD.match(view, at)
        if noun is None or noun[0] in self.stops or (not held and self._is_name(text, noun)):
            return at
        end = noun.end()
        while (word := _WORD.match(view, skip_spaces(view, end))) and self._continues(text, word, blocked):
            end = word.end()
        return end

    def _is_name(self, text: str, word: re.Match[str]) -> bool:
        """Whether a capital says that this is no common noun; ministries write their nouns with one."""
        return text[word.start()].isupper() and word[0] not in self.portfolios

    def _continues(self, text: str, word: re.Match[str], blocked: Blocker) -> bool:
        if word[0] in self.stops or self.linker.match(word.string, word.start()) or blocked(word.start()):
            return False
        if text[word.start()].isupper():
            return word[0] in self.portfolios
        return word[0].endswith(self.endings) or word[0] in self.portfolios


def skip_spaces(view: str, at: int) -> int:
    """The offset of the next character that is no space; one line end counts as a space, a blank line does not."""
    spaces = _SPACES.match(view, at)
    return spaces.end() if spaces else at


def modifiers(position: str, effect: str | None = None) -> list[str]:
    """The forms of words/role_modifiers.csv that stand `before` or `after` an office.

    With an `effect`, those that have it and neither gender nor number, so that no noun before them has them.
    """
    entries = [entry for entry in rows("role_modifiers") if entry["position"] in (position, "both")]
    fixed = [e for e in entries if effect is None or (e["effect"] == effect and e["form"] == e["plural"])]
    return [form for entry in fixed for form in inflections(entry)]
