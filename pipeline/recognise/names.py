"""The component `greffier_names`: persons, by an office or a title beside the name, by the model, and by repetition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.lexicon import Term, Terms, fold, mapping, rows
from pipeline.lexicon.inflections import inflections
from pipeline.recognise.name_grammar import Known, NameGrammar

_CLOSES = frozenset(',.;:)(»"”!?…-–—')
_OPENS = frozenset(",(-–—")
_HONOURS = frozenset(("rank", "title"))
_QUOTED = {"«": "»", '"': '"', "“": "”"}
_ACRONYM = 4  #: letters of a word in capitals that is an acronym behind an office

#: tokens from, to (exclusive), rule
Found = tuple[int, int, str]


class Names:
    """Writes `doc.spans["names"]`: label PER, `id_` the rule that proves the person.

    Reads the span groups `roles`, `places` and `organisations` and the model's entities.
    """

    def __init__(self) -> None:
        self.grammar = NameGrammar()
        self.titles: Terms[str] = Terms((e["form"], e["value"]) for e in rows("titles"))
        self.ranks = frozenset(entry["role_id"] for entry in rows("roles") if entry["nature"] in _HONOURS)
        self.plurals = frozenset(fold(form) for e in rows("roles") for form in _plurals(e))
        self.given = frozenset(mapping("title_given_names"))
        self.linkers = frozenset(" ".join(form.split()) for form in mapping("linkers"))
        self.passed = self.linkers | mapping("name_articles").keys() | {"et"}
        self.appositions = frozenset(mapping("appositions"))
        self.copulas = frozenset(mapping("copulas"))
        self.areas = frozenset(mapping("area_nouns"))
        self.said = mapping("saying_cues")

    def __call__(self, doc: Doc) -> Doc:
        """Find the persons of `doc` and give it back."""
        known = self._covered(doc)
        taken: dict[int, Span] = {}
        _take(doc, taken, [*self._by_role(doc, known), *self._by_title(doc, known)])
        _take(doc, taken, [*self._by_model(doc, known), *self._by_saying(doc, known)])
        _take(doc, taken, self._again(doc, known, {s.text for s in taken.values()}))
        doc.spans["names"] = sorted(set(taken.values()), key=lambda s: s.start)
        return doc

    def _covered(self, doc: Doc) -> dict[int, Span]:
        """{token: the place, office or organisation that it lies in}, the last of these where several are."""
        roles = [role for role in doc.spans.get("roles", ()) if not self._is_given_name(doc, role)]
        spans = [*doc.spans.get("places", ()), *roles, *doc.spans.get("organisations", ())]
        return {token.i: span for span in spans for token in span}

    def _is_given_name(self, doc: Doc, role: Span) -> bool:
        """Whether a rank or title of one word is a part of a name: « Nguyen Duc Thang », « , Sultan Al Marri »."""
        if len(role) > 1 or not role.text[0].isupper() or role.text.isupper():
            return False
        led = role.start > 0 and fold(doc[role.start - 1].text) in self.passed
        if fold(role.text) in self.given and not led and role.end < len(doc) and self.grammar.is_part(doc[role.end]):
            return True
        return role.id_ in self.ranks and not led and self.grammar.stands_in_name(role[0])

    def _by_role(self, doc: Doc, known: Known) -> Iterator[Found]:
        for role in doc.spans.get("roles", ()):
            if role.start in known and known[role.start] == role:
                yield from self._after(doc, role, known)
                before = self._before(doc, role.start, known)
                if before is not None:
                    yield *before, "name-before-role"

    def _after(self, doc: Doc, role: Span, known: Known) -> Iterator[Found]:
        """The name, or the names, behind an office."""
        at = self._behind(doc, role.end, known)
        at = at if role.id_ in self.ranks else self._behind_unknown(doc, at, known)
        comma = at < len(doc) and doc[at].text in _OPENS
        start = self._skip_titles(doc, at + comma)
        if start >= len(doc) or (fold(doc[start].text) in self.linkers and role.id_ not in self.ranks):
            return
        if fold(doc[start - 1].text) in self.areas and role.end == start:
            return
        end = self.grammar.end(doc, start, known)
        proven = _is_closed(doc, end) if comma else end - start > 1 or self._is_surname(doc[start])
        if end > start + comma and proven:
            plural = fold(role.text).split()[0] in self.plurals
            yield from self._listed(doc, start, end, known, "name-after-role", plural=plural)

    def _is_surname(self, token: Token) -> bool:
        """Whether a word directly behind an office can be all of a name: no word of the language, no acronym."""
        acronym = token.text.isupper() and len(token.text) <= _ACRONYM and token.ent_type_ != "PER"
        return not acronym and not self.grammar.is_common(token)

    def _listed(self, doc: Doc, start: int, end: int, known: Known, rule: str, *, plural: bool) -> Iterator[Found]:
        """A name and, behind the plural of an office or title, those coordinated with it."""
        yield start, end, rule
        while plural and end < len(doc) and doc[end].text in (",", "et"):
            start = self._skip_titles(doc, end + 1)
            end = self.grammar.end(doc, start, known)
            if end <= start:
                return
            yield start, end, rule

    def _behind(self, doc: Doc, at: int, known: Known) -> int:
        """The token behind the organisations and places that follow an office."""
        for _ in range(4):
            start = at
            while start < len(doc) and fold(doc[start].text) in self.passed:
                start += 1
            if start not in known or (start == at and self._begins_name(doc, start, known)):
                break
            at = known[start].end
        return at

    def _behind_unknown(self, doc: Doc, at: int, known: Known) -> int:
        """The comma behind a name that an office is tied to (« le chef de la Ligue, »); else `at`."""
        start = at
        while start < len(doc) and fold(doc[start].text) in self.passed:
            start += 1
        end = self.grammar.end(doc, start, known) if start > at else start
        return end if start < end < len(doc) and doc[end].text == "," else at

    def _begins_name(self, doc: Doc, at: int, known: Known) -> bool:
        """Whether a place of one word begins a name: « le ministre Salem bin Nasser »."""
        return known[at].label_ == "LOC" and self.grammar.end(doc, at, known) > at + 1

    def _skip_titles(self, doc: Doc, at: int) -> int:
        """The token behind titles; a line may end before them."""
        while at < len(doc) and (doc[at].text in self.grammar.titles or doc[at].text == "\n"):
            at += 1
        return at

    def _before(self, doc: Doc, at: int, known: Known) -> tuple[int, int] | None:
        """The name that stands before an office: « X, (également) ministre », « X a été nommé ministre »."""
        end = self._before_copula(doc, at)
        if end is None:
            end = at
            while end > 0 and (fold(doc[end - 1].text) in self.appositions or doc[end - 1].text.isdigit()):
                end -= 1
            if end == 0 or doc[end - 1].text not in _OPENS:
                return None
            end -= 1
        start = self.grammar.start(doc, end, known)
        return (start, end) if end - start > 1 else None

    def _before_copula(self, doc: Doc, at: int) -> int | None:
        """The token at which the verb begins that ties a name to the office at token `at`; None where none does."""
        words: list[str] = []
        for start in range(at - 1, max(-1, at - 7), -1):
            words.insert(0, fold(doc[start].text))
            if " ".join(words) in self.copulas:
                longer = f"{fold(doc[start - 1].text)} {' '.join(words)}" if start else ""
                if longer not in self.copulas:
                    return start
        return None

    def _by_title(self, doc: Doc, known: Known) -> Iterator[Found]:
        for span, plural in [*self._titles(doc), *self._glued(doc)]:
            start = self._skip_titles(doc, span.end)
            end = self.grammar.end(doc, start, _without(known, start))
            if end > start and not _is_quoted(doc, span.start, end):
                yield from self._listed(doc, start, end, known, "name-after-title", plural=plural)

    def _titles(self, doc: Doc) -> Iterator[tuple[Span, bool]]:
        """The titles of persons, and whether each is a plural."""
        for title in self.titles.find(fold(doc.text)):
            span = self._title(doc, title)
            if span is not None and span.text[0].isupper():
                yield span, title.value == "persons"

    def _glued(self, doc: Doc) -> Iterator[tuple[Span, bool]]:
        """The titles that lost the space to the name: « M.Tran »."""
        for token in doc[:-1]:
            if token.text in self.grammar.titles and token.text[-1] == "." and not token.whitespace_:
                yield doc[token.i : token.i + 1], False

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
        start = self._first_part(doc, entity.start, entity.end)
        while start < entity.end and not (start in known and len(known[start]) >= entity.end - start):
            end = self.grammar.end(doc, start, _without(known, start))
            first = min(start, self.grammar.start(doc, end, known))
            if end - first > 1 or not self.grammar.is_common(doc[first]):
                yield first, end, "name-model"
            start = self._first_part(doc, max(end, start + 1), entity.end)

    def _first_part(self, doc: Doc, start: int, end: int) -> int:
        """The first token from `start` on with which a name may begin; `end` where there is none."""
        while start < end and (doc[start].text in self.grammar.titles or not self.grammar.begins(doc[start])):
            start += 1
        return start

    def _by_saying(self, doc: Doc, known: Known) -> Iterator[Found]:
        """Names of two words or more that speak, or are quoted, and that the model takes for no organisation."""
        organisations = {token.i for entity in doc.ents if entity.label_ == "ORG" for token in entity}
        for token in doc:
            if fold(token.text) in self.said and token.i + 1 < len(doc) and self.grammar.is_part(doc[token.i + 1]):
                end = self.grammar.end(doc, token.i + 1, known)
                if end > token.i + 2 and organisations.isdisjoint(range(token.i + 1, end)):
                    yield token.i + 1, end, "name-after-saying"

    def _again(self, doc: Doc, known: Known, names: set[str]) -> Iterator[Found]:
        """Names found once, and their last words, wherever they stand again."""
        forms: Terms[str] = Terms((form, name) for name in sorted(names) for form in _forms(name))
        for term in forms.find(fold(doc.text)):
            span = doc.char_span(term.start, term.end)
            if span is not None and span[0].text[0].isupper() and not any(t.i in known for t in span):
                yield span.start, span.end, "name-again"


def _take(doc: Doc, taken: dict[int, Span], found: Iterable[Found]) -> None:
    """Put the names found to those taken, where no earlier one stands."""
    for start, end, rule in found:
        if end > start and not any(i in taken for i in range(start, end)):
            taken.update(dict.fromkeys(range(start, end), Span(doc, start, end, label="PER", span_id=rule)))


def _without(known: Known, at: int) -> Known:
    """What is known, but for token `at`, which is proven to begin a name."""
    return {token: span for token, span in known.items() if token != at} if at in known else known


def _plurals(entry: dict[str, str]) -> Iterator[str]:
    """The first words of an office's plurals that no singular has."""
    many = inflections({cell: entry[cell] for cell in ("plural", "feminine_plural")})
    one = inflections({cell: entry[cell] for cell in ("form", "feminine")})
    yield from {form.split()[0] for form in many} - {form.split()[0] for form in one}


def _forms(name: str) -> list[str]:
    parts = name.split()
    tails = [" ".join(parts[i:]) for i in range(len(parts))]
    return [tail for tail in tails if len(tail) > 3 and tail[0].isupper()]


def _is_quoted(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens are all that stands between quotes, as titles of works do."""
    return start > 0 and end < len(doc) and _QUOTED.get(doc[start - 1].text) == doc[end].text


def _is_closed(doc: Doc, at: int) -> bool:
    return (
        at >= len(doc)
        or doc[at].text[0] in _CLOSES
        or doc[at].is_space
        or doc[at].text == "et"
        or bool(doc[at].is_sent_start)
    )


@Language.factory("greffier_names")
def create(nlp: Language, name: str) -> Names:
    """The component, for `nlp.add_pipe("greffier_names")`; best behind the model's `ner` and `greffier_roles`."""
    return Names()
