"""The component greffier_organisations: ministries, courts, agencies, parties, companies … by head noun and by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import Term, Terms, fold, rows
from pipeline.recognise.organisation_heads import OrganisationHeads
from pipeline.recognise.organisation_words import Block, Page
from pipeline.recognise.stretches import Stretch, stretch, stretches, write
from pipeline.recognise.text import Words, entities_of, spelt_out, words_of

GROUP = "organisations"
HEAD, NAME, ACRONYM = "org-head", "org-name", "org-acronym"
_ACRONYM = r"\(([^\W\d_a-zà-ÿ][\w-]{1,11})\)"
_IN_PARENTHESES = re.compile(rf"[ \n]?{_ACRONYM}")
_LATER_PARENTHESES = re.compile(rf"([^().;:!?«»\"\n]{{1,60}}[ \n]){_ACRONYM}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORTEST_PERSON = 2  #: tokens: one word alone that the model calls a person says too little

Found = tuple[int, int, str]


class Organisations:
    """Writes `doc.spans["organisations"]`: label ORG, `id_` the rule; of names inside each other, the outermost.

    An acronym in parentheses behind a name belongs to its span, and is found in the rest of the document. Uses the span
    groups `places` and `dates` and the model's persons where they are there.
    """

    def __init__(self) -> None:
        self.heads = OrganisationHeads()
        self.names: Terms[tuple[str, ...]] = Terms(_names().items(), together=True)

    def __call__(self, doc: Doc) -> Doc:
        """Find the organisations of `doc` and give it back."""
        words = words_of(doc)
        found = self.find(words.text, _blocks(doc, words), partial(spelt_out, doc, "acronyms"))
        tokens = [(words.within(start, end), rule) for start, end, rule in found]
        write(doc, GROUP, [stretch(doc, *one, "ORG", rule) for one, rule in tokens if one])
        return doc

    def find(
        self, text: str, blocks: dict[int, Block] | None = None, spelt: Callable[[set[str]], set[str]] = set
    ) -> list[Found]:
        """The organisations of a text as (start, end, rule), in order; they do not overlap.

        `blocks` are the places, nationalities, persons and dates known, by the offset of their start; `spelt` adds to
        the acronyms that the text spells out those that are known from elsewhere.
        """
        view = fold(text)
        names = [(term.start, term.end, NAME) for term in self.names.find(view) if _as_written(text, term)]
        known = {start: Block(end, "organisation") for start, end, _ in names}
        heads = [(start, end, HEAD) for start, end in self.heads.find(Page(text, view, {**(blocks or {}), **known}))]
        found = [_with_acronym(text, *org) for org in _outermost([*names, *heads])]
        acronyms = {short[1] for start, end, _ in found if (short := _IN_PARENTHESES.search(text, start, end))}
        return list(_outermost([*found, *_occurrences(text, spelt(acronyms))]))


def _names() -> dict[str, tuple[str, ...]]:
    """{folded name: the ways to write it} of words/organisations.csv."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in rows("organisations"):
        for form in (entry["form"], entry["acronym"], *entry["variants"].split("|")):
            found[fold(form)] = (*found.get(fold(form), ()), form)
    return found


def _as_written(text: str, term: Term[tuple[str, ...]]) -> bool:
    """Whether the capitals are those of a name: all of an acronym, the first of one word, one at least of several."""
    found = text[term.start : term.end]
    return any(_has_capitals(found, form) for form in term.value)


def _has_capitals(found: str, form: str) -> bool:
    if " " in form:
        return any(map(str.isupper, found))
    return found.isupper() if form.isupper() else found[0].isupper()


def _outermost(found: Iterable[Found]) -> Iterator[Found]:
    """What is left without names inside others; of two on the same characters, the first given."""
    taken = 0
    for start, end, rule in sorted(found, key=lambda org: (org[0], -org[1])):
        if start >= taken:
            taken = end
            yield start, end, rule


def _with_acronym(text: str, start: int, end: int, rule: str) -> Found:
    """The organisation together with its acronym in parentheses, if there is one.

    An acronym made of the initials of all the words from the start on proves a longer name (« Front de libération
    kanak (FLK) »).
    """
    behind = _IN_PARENTHESES.match(text, end)
    if behind and _abbreviates(fold(behind[1]), fold(text[start:end])):
        return start, behind.end(), rule
    later = _LATER_PARENTHESES.match(text, end)
    if later and text[start].isupper() and _are_initials(fold(later[2]), fold(text[start : later.start(2)])):
        return start, later.end(), rule
    return start, end, rule


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym come in this order in the name, the first one at its start."""
    rest = iter(name)
    return name[0] == acronym[0] and all(letter in rest for letter in acronym if letter.isalpha())


def _are_initials(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym are initials of the name, in order, up to one of its last two words."""
    initials = [word[0] for word in _WORD.findall(name)]
    rest = iter(initials)
    ends = initials[0] == acronym[0] and acronym[-1] in initials[-2:]
    return ends and all(letter in rest for letter in acronym)


def _occurrences(text: str, acronyms: Iterable[str]) -> Iterator[Found]:
    for acronym in sorted(acronyms):
        for match in re.finditer(rf"\b{re.escape(acronym)}\b", text):
            yield match.start(), match.end(), ACRONYM


def _blocks(doc: Doc, words: Words) -> dict[int, Block]:
    """What is known of a doc, by the offset of its start; places and dates count before the model's persons."""
    persons = {
        words.starts[start]: Block(words.ends[end - 1], "person")
        for start, end, label in entities_of(doc)
        if label == "PER" and end - start >= _SHORTEST_PERSON
    }
    dates = {s.start_char: Block(s.end_char, "date") for s in stretches(doc, "dates")}
    places = {s.start_char: Block(s.end_char, _kind(s)) for s in stretches(doc, "places")}
    return {**persons, **dates, **places}


def _kind(place: Stretch) -> str:
    return "demonym" if place.label == "DEMONYM" else "place"


@Language.factory("greffier_organisations")
def create(nlp: Language, name: str) -> Organisations:
    """The component, for `nlp.add_pipe("greffier_organisations")`; best behind those of dates and places."""
    return Organisations()
