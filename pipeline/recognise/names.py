"""The component `greffier_names`: persons, by an office or a title beside the name, by the model, and by repetition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.lexicon import Term, Terms, fold, mapping, rows
from pipeline.recognise.name_grammar import Found, NameGrammar
from pipeline.recognise.name_offices import THINGS, NamesByOffice
from pipeline.recognise.name_peoples import NamesByPeople
from pipeline.recognise.name_tokens import Tokens, tokens_of
from pipeline.recognise.stretches import Stretch, stretch, stretches, write
from pipeline.recognise.text import entities_of, spelt_out

_QUOTED = {"«": "»", '"': '"', "“": "”"}
_SHORTEST = 3  #: letters of a last word that must be more to be found again
_PERSONS = frozenset(("person", "persons"))  #: what titles of persons alone stand for


class Names:
    """Writes `doc.spans["names"]`: label PER, `id_` the rule that proves the person.

    Reads the span groups `roles`, `places` and `organisations` and the model's entities.
    """

    def __init__(self) -> None:
        self.grammar = NameGrammar()
        self.offices = NamesByOffice(self.grammar)
        self.peoples = NamesByPeople(self.grammar)
        self.titles: Terms[str] = Terms(((e["form"], e["value"]) for e in rows("titles")), together=True)
        self.abbreviated = frozenset(title for title in self.grammar.titles if title[-1] == ".")
        #: words before what is no person: an article, a noun that is named after somebody
        self.never = frozenset([*mapping("determiners"), *mapping("namesake_nouns")])
        self.said = frozenset(mapping("saying_cues"))

    def __call__(self, doc: Doc) -> Doc:
        """Find the persons of `doc` and give it back."""
        tokens = tokens_of(doc)
        offices = stretches(doc, "roles")
        tokens.known.update(self._covered(doc, tokens, offices))
        taken: dict[int, Found] = {}
        _take(taken, [*self.peoples.find(tokens, offices), *self.offices.find(tokens, offices)])
        _take(taken, self._by_title(tokens))
        _take(taken, [*self._by_model(doc, tokens), *self._by_saying(tokens)])
        names = {tokens.written(start, end) for start, end, _ in taken.values()}
        _take(taken, self._again(tokens, names, spelt_out(doc, "names", names)))
        found = sorted(set(taken.values()))
        write(doc, "names", [stretch(doc, start, end, "PER", rule) for start, end, rule in found])
        return doc

    def _covered(self, doc: Doc, tokens: Tokens, offices: Iterable[Stretch]) -> dict[int, Stretch]:
        """{token: the place, office or organisation that it lies in}, the last of these where several are."""
        places, bodies = stretches(doc, "places"), stretches(doc, "organisations")
        held = [role for role in offices if not self.offices.is_given_name(tokens, role)]
        return {at: one for one in (*places, *held, *bodies) for at in range(one.start, one.end)}

    def _by_title(self, tokens: Tokens) -> Iterator[Found]:
        for first, behind, plural in [*self._titles(tokens), *self._glued(tokens)]:
            start = self.grammar.skip_titles(tokens, behind)
            end = self.grammar.proven_end(tokens, start)
            if end > start and not _is_quoted(tokens, first, end):
                names = self.offices.listed(tokens, start, end) if plural else [(start, end)]
                yield from ((*name, "name-after-title") for name in names)

    def _titles(self, tokens: Tokens) -> Iterator[tuple[int, int, bool]]:
        """The titles of persons: the first token, the token behind, and whether each is a plural."""
        text = tokens.words.text
        for title in self.titles.find(tokens.words.view):
            if text[title.start].isupper() and (span := _title(tokens, title)):
                yield *span, title.value == "persons"

    def _glued(self, tokens: Tokens) -> Iterator[tuple[int, int, bool]]:
        """The titles that lost the space to the name: « M.Tran »."""
        titles = [at for at, text in enumerate(tokens.texts[:-1]) if text in self.abbreviated]
        yield from ((at, at + 1, False) for at in titles if not tokens.spaced[at])

    def _by_model(self, doc: Doc, tokens: Tokens) -> Iterator[Found]:
        for start, end, label in entities_of(doc):
            if label == "PER" and not _is_quoted(tokens, start, end):
                yield from self._parts(tokens, start, end)

    def _parts(self, tokens: Tokens, start: int, end: int) -> Iterator[Found]:
        """The names in a person of the model, each as far as it goes."""
        at = self._first_part(tokens, start, end)
        while at < end and not (at in tokens.known and _length(tokens.known[at]) >= end - at):
            behind = self.grammar.proven_end(tokens, at)
            first = self.grammar.start(tokens, behind, at)
            if self._is_person(tokens, first, behind):
                yield first, behind, "name-model"
            at = self._first_part(tokens, max(behind, at + 1), end)

    def _first_part(self, tokens: Tokens, start: int, end: int) -> int:
        """The first token from `start` on with which a name may begin; `end` where there is none."""
        while start < end and not self._may_begin(tokens, start, end):
            start += 1
        return start

    def _may_begin(self, tokens: Tokens, at: int, end: int) -> bool:
        """Whether a name of the model may begin at a token: no title or nationality; « de Gaulle », not « la Loi »."""
        text, known = tokens.texts[at], tokens.known.get(at)
        other = known is not None and known.label != "LOC" and not self.grammar.parts.is_lookalike(tokens, at)
        if other or text in self.grammar.titles:
            return False
        if text[0].isupper():
            return self.grammar.is_part(tokens, at)
        return tokens.views[at] in self.grammar.leading and at + 2 >= end and self.grammar.end(tokens, at) > at

    def _is_person(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether what the model calls a person can be one: no article or « rue » before it, no common word."""
        if start and tokens.views[start - 1] in self.never:
            return False
        return end - start > 1 or not self.grammar.parts.is_common(tokens, start)

    def _by_saying(self, tokens: Tokens) -> Iterator[Found]:
        """Names of two words or more that speak, or are quoted, and that the model takes for no body or work."""
        for start in [at for at, word in enumerate(tokens.views[:-1], 1) if word in self.said]:
            if self.grammar.is_part(tokens, start):
                end = self.grammar.end(tokens, start)
                if end > start + 1 and THINGS.isdisjoint(tokens.labels[start:end]):
                    yield start, end, "name-after-saying"

    def _again(self, tokens: Tokens, here: set[str], names: set[str]) -> Iterator[Found]:
        """Names found once, and their last words, wherever they stand again; those found `here` stand here once."""
        view = tokens.words.view
        again = sorted(name for name in names if view.count(fold(name.split()[-1])) > (name in here))
        forms: Terms[str] = Terms(((form, name) for name in again for form in _forms(name)), lasting=False)
        for term in forms.find(view):
            span = tokens.words.within(term.start, term.end) if tokens.words.text[term.start].isupper() else None
            if span and tokens.known.keys().isdisjoint(range(*span)):
                yield *span, "name-again"


def _title(tokens: Tokens, title: Term[str]) -> tuple[int, int] | None:
    """The tokens of a title without an article that belongs to the name (« M. Le Roux »); None before an office."""
    span = tokens.words.within(title.start, title.end)
    if span is None or title.value in _PERSONS:
        return span
    start, end = span
    return (start, start + 1) if end > start + 1 and tokens.texts[end - 1][0].isupper() else None


def _take(taken: dict[int, Found], found: Iterable[Found]) -> None:
    """Put the names found to those taken, where no earlier one stands."""
    for one in found:
        tokens = range(one[0], one[1])
        if tokens and taken.keys().isdisjoint(tokens):
            taken.update(dict.fromkeys(tokens, one))


def _length(one: Stretch) -> int:
    return one.end - one.start


def _forms(name: str) -> list[str]:
    parts = name.split()
    tails = [" ".join(parts[i:]) for i in range(len(parts))]
    return [tail for tail in tails if len(tail) > _SHORTEST and tail[0].isupper()]


def _is_quoted(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the tokens are all that stands between quotes, as titles of works do."""
    texts = tokens.texts
    return start > 0 and end < len(texts) and _QUOTED.get(texts[start - 1]) == texts[end]


@Language.factory("greffier_names")
def create(nlp: Language, name: str) -> Names:
    """The component, for `nlp.add_pipe("greffier_names")`; best behind the model's `ner` and `greffier_roles`."""
    return Names()
