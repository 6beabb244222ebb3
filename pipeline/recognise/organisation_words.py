"""The parts of organisations' names: adjectives, nouns, capitals, and the links between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.lexicon import alternatives, fold, mapping, rows
from pipeline.lexicon.gazetteer import demonyms
from pipeline.lexicon.inflections import inflections
from pipeline.recognise.complements import skip_spaces

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SHORTEST = 6  #: letters of a word that its ending alone makes an adjective


class Block(NamedTuple):
    """What is known to begin at an offset of a text: its end, and place, demonym, organisation, person or date."""

    end: int
    kind: str


class Page(NamedTuple):
    """A text, its folded view, and the blocks by the offset of their start."""

    text: str
    view: str
    blocks: Mapping[int, Block]

    def kind(self, at: int) -> str:
        """The kind of the block that begins at an offset, or nothing."""
        return self.blocks[at].kind if at in self.blocks else ""


class Link(NamedTuple):
    """A link between two parts: its value in words/org_links.csv, and the offset behind it."""

    kind: str
    end: int


class OrganisationWords:
    """Reads the parts of a name; each function takes an offset and gives the one behind what it read, or the same."""

    def __init__(self) -> None:
        self.links = mapping("org_links")
        self.link_pattern = _before(alternatives(self.links))
        self.article = _before(alternatives(mapping("name_articles")))
        self.fixed = re.compile(rf"(?:{alternatives([*mapping('org_complements'), *mapping('portfolios')])})(?!\w)")
        self.known = {fold(f) for entry in rows("org_adjectives") for f in inflections(entry)} | set(demonyms())
        self.endings = tuple(mapping("org_adjective_endings"))
        self.early = frozenset(mapping("org_early_adjectives"))
        self.stops = frozenset(mapping("org_stops")) | frozenset(mapping("titles"))
        self.persons = {fold(form) for entry in rows("roles") for form in (entry["form"], entry["feminine"])}
        self.infinitives = tuple(mapping("infinitive_endings"))
        self.lookalikes = frozenset(mapping("infinitive_lookalikes"))

    def link(self, page: Page, at: int) -> Link | None:
        """The link that follows."""
        found = self.link_pattern.match(page.view, skip_spaces(page.view, at))
        return Link(self.links[" ".join(found[0].split())], found.end()) if found else None

    def noun(self, page: Page, at: int) -> str:
        """The folded word at an offset, or nothing."""
        word = _WORD.match(page.view, at)
        return word[0] if word else ""

    def nominal(self, page: Page, at: int, kind: str, *, loose: bool) -> int:
        """A noun and its adjectives behind a link; any lower-case noun if `loose`, else those of the lists."""
        word = _WORD.match(page.view, at)
        if word is None or word[0] in self.stops:
            return at
        if page.text[at].isupper():
            if kind == "join" and _is_behind_comma(page, at) and not self.fixed.match(page.view, at):
                return at  # « Musée des arts, Fatou Sylla »
            return self.capitals(page, at) if kind == "of" else self.adjectives(page, word.end(), loose=True)
        if word[0] in self.persons:
            return at
        end = self._noun(page, word, kind, loose)
        return self.adjectives(page, end, loose=True) if end else at

    def _noun(self, page: Page, word: re.Match[str], kind: str, loose: bool) -> int:
        """The offset behind a lower-case noun, with an adjective before it (« bonne gouvernance »); 0 for none."""
        fixed = self.fixed.match(page.view, word.start())
        if fixed:
            return fixed.end()
        if not loose or kind == "join" or (kind == "of" and self._is_infinitive(word[0])):
            return 0
        noun = _WORD.match(page.view, skip_spaces(page.view, word.end())) if word[0] in self.early else None
        return (noun or word).end()

    def proper_name(self, page: Page, at: int, *, article: bool) -> int:
        """A proper name that follows without a link (« parti Fatah »), if wanted with its article (« Le Temps »)."""
        start = skip_spaces(page.view, at)
        capital = page.text[start : start + 1].isupper()
        opening = self.article.match(page.view, start) if article and capital else None
        first = opening.end() if opening else start
        end = self.capitals(page, first)
        return end if end > first else at

    def capitals(self, page: Page, at: int) -> int:
        """The words with a capital, up to the name of a person or a place."""
        end = start = at
        while (word := _WORD.match(page.view, start)) and page.text[start].isupper() and word[0] not in self.stops:
            if start > at and start in page.blocks:
                break
            end = word.end()
            start = skip_spaces(page.view, end)
        return end

    def adjectives(self, page: Page, at: int, *, loose: bool) -> int:
        """Adjectives, also with « et » or a comma between two; only listed ones unless `loose`."""
        end = at
        while True:
            start = skip_spaces(page.view, end)
            join = self.link(page, end) if end > at else None
            joined = join is not None and join.kind == "join"
            word = _WORD.match(page.view, join.end if join and joined else start)
            if word is None or word.start() == end or not self._is_adjective(page, word, loose and not joined):
                return end
            end = word.end()

    def _is_adjective(self, page: Page, word: re.Match[str], loose: bool) -> bool:
        if word[0] in self.known:
            return True
        lower = page.text[word.start()].islower() and word.start() not in page.blocks
        likely = len(word[0]) >= _SHORTEST and word[0].endswith(self.endings) and word[0] not in self.stops
        return loose and lower and likely

    def _is_infinitive(self, word: str) -> bool:
        return word.endswith(self.infinitives) and word not in self.lookalikes


def _is_behind_comma(page: Page, at: int) -> bool:
    """Whether a comma and a space stand before an offset."""
    return page.text[max(0, at - 2) : at].rstrip().endswith(",")


def _before(forms: str) -> re.Pattern[str]:
    """A pattern for any of the forms before another word: elided, or with a space behind."""
    return re.compile(rf"(?:{forms})(?:(?<=')|[ \n]+)")
