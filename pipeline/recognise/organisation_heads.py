"""Organisations by their head noun: from « Office » to the end of « Office national des forêts du Laos »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.lexicon import Term, Terms, fold, mapping, rows
from pipeline.lexicon.inflections import inflections
from pipeline.recognise.complements import skip_spaces
from pipeline.recognise.organisation_words import Link, OrganisationWords, Page

_BETWEEN = " \u00a0\u202f'’"  #: what may stand between the start of a sentence and its first letter
_OPENING = frozenset('.!?:;\n«»"“”-–—•(')
_BEFORE_PLACES = frozenset(("of", "the", "in", "for", "against"))
_BEFORE_HEADS = frozenset(("of", "the", "near"))
_PARTY, _NGO = "party", "ngo"
_PLACE = "place"  #: a value of the column `name`, and the kind of a block
_JOINS = "-–"  #: what joins two places
_UNIVERSITY = "university"
_NUMBER = re.compile(r"[ ](?:1?\d|[IVX]{1,4})(?=[ ]?(?:[,.;:)\n]|\Z))")  #: « Rennes 2 »
_LONGEST = 3  #: how many complements a name has at most


class Head(NamedTuple):
    """A line of words/org_heads.csv, and whether the form found is the plural."""

    kind: str
    cap: bool
    complement: str
    name: str
    links: frozenset[str]
    plural: bool
    form: str


class Chain(NamedTuple):
    """How far a name is read: its end, the last link, and whether a place or an organisation stands behind that."""

    end: int
    link: str = ""
    proper: bool = False


Heads = Mapping[int, Term[Head]]


class OrganisationHeads:
    """Reads names of organisations from a head noun of words/org_heads.csv on, greedily but for sure words only.

    A head with a capital that no sentence start explains is a name, and takes lower-case nouns as complements (« Union
    des juristes »). A head in lower case takes places, capitals and the nouns of words/org_complements.csv and
    words/portfolios.csv.
    """

    def __init__(self) -> None:
        self.terms: Terms[Head] = Terms(_head_forms(), together=True)
        offices = (form for entry in rows("roles") for form in inflections(entry) if " " in form)
        self.offices = Terms(((form, form) for form in offices), together=True)
        self.people = {fold(form) for entry in rows("roles") for form in inflections(entry)}
        self.areas = frozenset(mapping("area_nouns"))
        self.words = OrganisationWords()

    def find(self, page: Page) -> Iterator[tuple[int, int]]:
        """The organisations of a page as (start, end), in order; they do not overlap."""
        taken = 0
        heads = self._heads(page)
        for start, term in heads.items():
            if start >= taken and (end := self._end(page, heads, term)):
                taken = end
                yield start, end

    def _heads(self, page: Page) -> Heads:
        """The head nouns by their offset, without those in lower case inside an office (« chef d'état-major »)."""
        heads = [term for term in self.terms.find(page.view) if self._is_written(page, term)]
        small = [head.start for head in heads if not page.text[head.start].isupper()]
        offices = self.offices.find(page.view) if small else []
        ends = {at: office.end for office in offices for at in range(office.start + 1, office.end)}
        inside = {at for at in small if at in ends}
        return {head.start: head for head in heads if head.start not in inside or head.end > ends[head.start]}

    def _is_written(self, page: Page, term: Term[Head]) -> bool:
        """Whether a head that only an accent tells from an office has it: « comté », not « comte »."""
        written = page.text[term.start : term.end].lower()
        return fold(written) not in self.people or term.value.form == written

    def _end(self, page: Page, heads: Heads, term: Term[Head]) -> int:
        """The offset behind the name that begins with a head, 0 where it is no name."""
        head = term.value
        capital = page.text[term.start].isupper()
        opens = capital and _opens_sentence(page.text, term.start)
        loose = capital and not opens
        behind = self.words.adjectives(page, term.end, loose=loose)
        named = self._proper_name(page, head, behind)
        chain = self._chain(page, heads, head, Chain(named), loose)
        if head.cap and not (
            loose or named > behind or (opens and _has_capital(page.text[term.start + 1 : chain.end]))
        ):
            return 0
        number = _NUMBER.match(page.text, chain.end) if head.kind == _UNIVERSITY else None
        end = number.end() if number else chain.end
        return end if _is_enough(head, term.end, behind, named, chain) else 0

    def _proper_name(self, page: Page, head: Head, at: int) -> int:
        """The offset behind a proper name that follows the head without « de », else `at`."""
        start = skip_spaces(page.view, at)
        kind = page.kind(start)
        known = kind == "date" or (kind == "organisation" and head.kind == _NGO)
        if not head.name or start == at or known:
            return at
        if head.name == _PLACE:
            return _behind_places(page, start) if kind == _PLACE else at
        if kind in ("person", "place"):
            return page.blocks[start].end if head.name == "person" else at
        return self.words.proper_name(page, at, article=head.kind == "media")

    def _chain(self, page: Page, heads: Heads, head: Head, chain: Chain, loose: bool) -> Chain:
        """The chain with all complements that follow."""
        for _ in range(_LONGEST):
            link = self.words.link(page, chain.end)
            end = self._complement(page, heads, head, link, loose) if link and _allows(head, chain, link, loose) else 0
            if link is None or not end:
                break
            chain = Chain(end, link.kind, page.kind(link.end) in ("place", "organisation") or link.end in heads)
        return chain

    def _complement(self, page: Page, heads: Heads, head: Head, link: Link, loose: bool) -> int:
        """The offset behind the complement that a link leads, 0 where there is none."""
        kind = page.kind(link.end)
        if kind == "organisation" or (kind == "place" and _takes_place(head, link)):
            return page.blocks[link.end].end
        if kind in ("place", "date") or link.kind == "in" or (kind == "person" and _is_apart(head, link)):
            return 0
        if head.kind == _PARTY and link.kind == "for" and self.words.noun(page, link.end) in self.areas:
            return 0  # le secrétaire du Parti pour la province
        if link.end in heads and link.kind in _BEFORE_HEADS and (end := self._end(page, heads, heads[link.end])):
            return end
        if link.end in heads and link.kind.startswith("also"):
            return 0
        end = self.words.nominal(page, link.end, link.kind, loose=loose)
        return end if end > link.end else 0


def _head_forms() -> Iterator[tuple[str, Head]]:
    for line in rows("org_heads"):
        links = frozenset(line["links"].split("|")) - {""}
        head = Head(line["kind"], line["cap"] == "yes", line["complement"], line["name"], links, False, line["form"])
        yield line["form"], head
        yield line["plural"], head._replace(plural=True, form=line["plural"])


def _opens_sentence(text: str, at: int) -> bool:
    """Whether a capital at the offset may only be that of a sentence."""
    while at and text[at - 1] in _BETWEEN:
        at -= 1
    return not at or text[at - 1] in _OPENING


def _has_capital(text: str) -> bool:
    return any(map(str.isupper, text))


def _is_enough(head: Head, head_end: int, behind: int, named: int, chain: Chain) -> bool:
    """Whether what follows a head makes it a name; a plural is one only with two complements."""
    if head.plural:
        return chain.link == "also-of"
    if head.complement == "name":
        return named > behind
    adjective = head.complement == "adjective" and behind > head_end
    return head.complement == "no" or adjective or chain.end > behind


def _is_apart(head: Head, link: Link) -> bool:
    """Whether a person behind a link is not whom an organisation is named after: « Fondation du patrimoine, X »."""
    return head.name != "person" or link.kind == "join"


def _takes_place(head: Head, link: Link) -> bool:
    """Whether a place can stand behind a link: a second one only in a plural's name."""
    return link.kind in _BEFORE_PLACES or (link.kind == "also-of" and head.plural)


def _behind_places(page: Page, at: int) -> int:
    """The offset behind a place, and those that a hyphen joins to it: « France-Togo »."""
    end = page.blocks[at].end
    while page.view[end : end + 1] and page.view[end] in _JOINS and page.kind(end + 1) == _PLACE:
        end = page.blocks[end + 1].end
    return end


def _allows(head: Head, chain: Chain, link: Link, loose: bool) -> bool:
    """Whether a head takes one more complement with such a link behind what is read of its name."""
    if link.kind == "also-of":
        return bool(chain.link) and (head.plural or (head.kind == "ministry" and not chain.proper))
    if link.kind in head.links:
        return True
    if chain.proper:
        return False
    if link.kind in ("of", "the"):
        return True
    if link.kind == "also":
        return chain.link in ("against", "for", "about")
    return bool(chain.link) if link.kind == "join" else link.kind == "against" and loose
