"""The component `greffier_names`: persons, by an office or a title beside the name, by the model, and by repetition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.lexicon import Term, Terms, fold, mapping, rows
from pipeline.recognise.name_grammar import Found, Known, NameGrammar
from pipeline.recognise.name_offices import THINGS, NamesByOffice
from pipeline.recognise.text import text_of, words_of

_QUOTED = {"«": "»", '"': '"', "“": "”"}
_SHORTEST = 3  #: letters of a last word that must be more to be found again


class Names:
    """Writes `doc.spans["names"]`: label PER, `id_` the rule that proves the person.

    Reads the span groups `roles`, `places` and `organisations` and the model's entities.
    """

    def __init__(self) -> None:
        self.grammar = NameGrammar()
        self.offices = NamesByOffice(self.grammar)
        self.titles: Terms[str] = Terms((e["form"], e["value"]) for e in rows("titles"))
        #: words before what is no person: an article, a noun that is named after somebody
        self.never = frozenset([*mapping("determiners"), *mapping("namesake_nouns")])
        self.said = frozenset(mapping("saying_cues"))

    def __call__(self, doc: Doc) -> Doc:
        """Find the persons of `doc` and give it back."""
        known = self._covered(doc)
        taken: dict[int, Span] = {}
        _take(doc, taken, [*self.offices.find(doc, known), *self._by_title(doc, known)])
        _take(doc, taken, [*self._by_model(doc, known), *self._by_saying(doc, known)])
        _take(doc, taken, self._again(doc, known, {s.text for s in taken.values()}))
        doc.spans["names"] = sorted(set(taken.values()), key=lambda s: s.start)
        return doc

    def _covered(self, doc: Doc) -> dict[int, Span]:
        """{token: the place, office or organisation that it lies in}, the last of these where several are."""
        roles = [role for role in doc.spans.get("roles", ()) if not self.offices.is_given_name(doc, role)]
        spans = [*doc.spans.get("places", ()), *roles, *doc.spans.get("organisations", ())]
        return {at: span for span in spans for at in range(span.start, span.end)}

    def _by_title(self, doc: Doc, known: Known) -> Iterator[Found]:
        for span, plural in [*self._titles(doc), *self._glued(doc)]:
            start = self.grammar.skip_titles(doc, span.end)
            end = self.grammar.end(doc, start, _without(known, start))
            if end > start and not _is_quoted(doc, span.start, end):
                names = self.offices.listed(doc, start, end, known) if plural else [(start, end)]
                yield from ((*name, "name-after-title") for name in names)

    def _titles(self, doc: Doc) -> Iterator[tuple[Span, bool]]:
        """The titles of persons, and whether each is a plural."""
        for title in self.titles.find(fold(text_of(doc))):
            span = self._title(doc, title)
            if span is not None and span.text[0].isupper():
                yield span, title.value == "persons"

    def _glued(self, doc: Doc) -> Iterator[tuple[Span, bool]]:
        """The titles that lost the space to the name: « M.Tran »."""
        for at, text in enumerate(words_of(doc).texts[:-1]):
            if text in self.grammar.titles and text[-1] == "." and not doc[at].whitespace_:
                yield doc[at : at + 1], False

    def _title(self, doc: Doc, title: Term[str]) -> Span | None:
        """The title without an article that belongs to the name (« M. Le Roux »); None before an office."""
        span = doc.char_span(title.start, title.end)
        if span is None or title.value in ("person", "persons"):
            return span
        return span[:1] if len(span) > 1 and span[-1].text[0].isupper() else None

    def _by_model(self, doc: Doc, known: Known) -> Iterator[Found]:
        for entity in doc.ents:
            if entity.label_ == "PER" and not _is_quoted(doc, entity.start, entity.end):
                yield from self._parts(doc, entity, known)

    def _parts(self, doc: Doc, entity: Span, known: Known) -> Iterator[Found]:
        """The names in a person of the model, each as far as it goes."""
        start = self._first_part(doc, entity.start, entity.end, known)
        while start < entity.end and not (start in known and len(known[start]) >= entity.end - start):
            end = self.grammar.end(doc, start, _without(known, start))
            first = min(start, self.grammar.start(doc, end, known))
            if self._is_person(doc, first, end):
                yield first, end, "name-model"
            start = self._first_part(doc, max(end, start + 1), entity.end, known)

    def _first_part(self, doc: Doc, start: int, end: int, known: Known) -> int:
        """The first token from `start` on with which a name may begin; `end` where there is none."""
        while start < end and not self._may_begin(doc, start, end, known):
            start += 1
        return start

    def _may_begin(self, doc: Doc, at: int, end: int, known: Known) -> bool:
        """Whether a name of the model may begin at a token: no title or nationality; « de Gaulle », not « la Loi »."""
        words = words_of(doc)
        other = at in known and known[at].label_ != "LOC" and not self.grammar.is_lookalike(doc, at)
        if other or words.texts[at] in self.grammar.titles:
            return False
        if words.texts[at][0].isupper():
            return self.grammar.is_part(doc, at)
        return words.views[at] in self.grammar.leading and at + 2 >= end and self.grammar.end(doc, at, known) > at

    def _is_person(self, doc: Doc, start: int, end: int) -> bool:
        """Whether what the model calls a person can be one: no article or « rue » before it, no common word."""
        if start and words_of(doc).views[start - 1] in self.never:
            return False
        return end - start > 1 or not self.grammar.is_common(doc, start)

    def _by_saying(self, doc: Doc, known: Known) -> Iterator[Found]:
        """Names of two words or more that speak, or are quoted, and that the model takes for no body or work."""
        others = {at for entity in doc.ents if entity.label_ in THINGS for at in range(entity.start, entity.end)}
        for start, word in enumerate(words_of(doc).views[:-1], 1):
            if word in self.said and self.grammar.is_part(doc, start):
                end = self.grammar.end(doc, start, known)
                if end > start + 1 and others.isdisjoint(range(start, end)):
                    yield start, end, "name-after-saying"

    def _again(self, doc: Doc, known: Known, names: set[str]) -> Iterator[Found]:
        """Names found once, and their last words, wherever they stand again."""
        forms: Terms[str] = Terms((form, name) for name in sorted(names) for form in _forms(name))
        for term in forms.find(fold(text_of(doc))):
            span = doc.char_span(term.start, term.end)
            if (
                span is not None
                and span.text[0].isupper()
                and not any(at in known for at in range(span.start, span.end))
            ):
                yield span.start, span.end, "name-again"


def _take(doc: Doc, taken: dict[int, Span], found: Iterable[Found]) -> None:
    """Put the names found to those taken, where no earlier one stands."""
    for start, end, rule in found:
        if end > start and not any(i in taken for i in range(start, end)):
            taken.update(dict.fromkeys(range(start, end), Span(doc, start, end, label="PER", span_id=rule)))


def _without(known: Known, at: int) -> Known:
    """What is known, but for token `at`, which is proven to begin a name."""
    return {token: span for token, span in known.items() if token != at} if at in known else known


def _forms(name: str) -> list[str]:
    parts = name.split()
    tails = [" ".join(parts[i:]) for i in range(len(parts))]
    return [tail for tail in tails if len(tail) > _SHORTEST and tail[0].isupper()]


def _is_quoted(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens are all that stands between quotes, as titles of works do."""
    texts = words_of(doc).texts
    return start > 0 and end < len(doc) and _QUOTED.get(texts[start - 1]) == texts[end]


@Language.factory("greffier_names")
def create(nlp: Language, name: str) -> Names:
    """The component, for `nlp.add_pipe("greffier_names")`; best behind the model's `ner` and `greffier_roles`."""
    return Names()
