"""The component `greffier_names`: persons, by an office or a title beside the name, by the model, and by repetition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.lexicon import Terms, fold, mapping, rows

_CAPITAL = re.compile(r"(?:\w{1,4}[-'’])?[^\W\d_a-zß-öø-ÿ]")
_CLOSES = frozenset(',.;:)(»"”!?…-–—')
_OPENS = frozenset(",(-–—")


class Names:
    """Writes `doc.spans["names"]`: label PER, `id_` the rule that proves the person.

    Reads the span groups `roles`, `places` and `organisations` and the model's PER entities.
    """

    def __init__(self) -> None:
        self.titles: Terms[str] = Terms((e["form"], e["value"]) for e in rows("titles"))
        self.ranks = frozenset(entry["role_id"] for entry in rows("roles") if entry["nature"] in ("rank", "title"))
        self.particles = frozenset(mapping("name_particles"))
        self.stops = frozenset(mapping("function_words"))
        self.linkers = frozenset(" ".join(form.split()) for form in mapping("linkers"))
        self.passed = self.linkers | mapping("name_articles").keys() | {"et"}
        self.title_words = frozenset(word for entry in rows("titles") for word in entry["form"].split())
        self.appositions = frozenset(mapping("appositions"))

    def __call__(self, doc: Doc) -> Doc:
        """Find the persons of `doc` and give it back."""
        known = _covered(doc)
        taken: dict[int, Span] = {}
        _take(doc, taken, [*self._by_role(doc, known), *self._by_title(doc), *self._by_model(doc, known)])
        _take(doc, taken, self._again(doc, known, {s.text for s in taken.values()}))
        doc.spans["names"] = sorted(set(taken.values()), key=lambda s: s.start)
        return doc

    def _by_role(self, doc: Doc, known: dict[int, Span]) -> Iterator[tuple[int, int, str]]:
        for role in doc.spans.get("roles", ()):
            at = self._behind(doc, role.end, known)
            comma = at < len(doc) and doc[at].text in _OPENS
            start = self._skip_titles(doc, at + comma)
            small = start < len(doc) and fold(doc[start].text) in self.linkers and role.id_ not in self.ranks
            end = start if small else self._sequence(doc, start, known)
            if end > start and (not comma or (end - start > 1 and _is_closed(doc, end))):
                yield start, end, "name-after-role"
            before = self._before(doc, role.start, known)
            if before is not None:
                yield *before, "name-before-role"

    def _behind(self, doc: Doc, at: int, known: dict[int, Span]) -> int:
        """The token behind the organisations and places that follow an office."""
        for _ in range(4):
            start = at
            while start < len(doc) and fold(doc[start].text) in self.passed:
                start += 1
            if start not in known:
                break
            at = known[start].end
        return at

    def _skip_titles(self, doc: Doc, at: int) -> int:
        while at < len(doc) and doc[at].text in self.title_words:
            at += 1
        return at

    def _before(self, doc: Doc, at: int, known: dict[int, Span]) -> tuple[int, int] | None:
        """The name that stands before an office in apposition: « X, (également) ministre »."""
        end = at
        while end > 0 and (fold(doc[end - 1].text) in self.appositions or doc[end - 1].text.isdigit()):
            end -= 1
        if end == 0 or doc[end - 1].text not in _OPENS:
            return None
        start = end = end - 1
        while start > 0 and (self._is_name(doc[start - 1]) or fold(doc[start - 1].text) in self.particles):
            start -= 1
        while start < end and not self._is_name(doc[start]):
            start += 1
        return (start, end) if end - start > 1 and not any(i in known for i in range(start, end)) else None

    def _by_title(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        for title in self.titles.find(fold(doc.text)):
            span = doc.char_span(title.start, title.end)
            if span is None or title.value not in ("person", "persons") or not span.text[0].isupper():
                continue
            end = self._sequence(doc, span.end, {})
            if end > span.end:
                yield span.end, end, "name-after-title"

    def _by_model(self, doc: Doc, known: dict[int, Span]) -> Iterator[tuple[int, int, str]]:
        for entity in doc.ents:
            start = entity.start
            while start < entity.end and not self._is_name(doc[start]) and fold(doc[start].text) not in self.particles:
                start += 1
            if (
                entity.label_ == "PER"
                and start < entity.end
                and not (start in known and len(known[start]) >= entity.end - start)
            ):
                yield start, max(self._sequence(doc, start, {}), start), "name-model"

    def _again(self, doc: Doc, known: dict[int, Span], names: set[str]) -> Iterator[tuple[int, int, str]]:
        """Names found once, and their last words, wherever they stand again."""
        forms: Terms[str] = Terms((form, name) for name in sorted(names) for form in _forms(name))
        for term in forms.find(fold(doc.text)):
            span = doc.char_span(term.start, term.end)
            if span is not None and span[0].text[0].isupper() and not any(t.i in known for t in span):
                yield span.start, span.end, "name-again"

    def _sequence(self, doc: Doc, start: int, known: dict[int, Span]) -> int:
        """The token behind the name that begins at token `start`; `start` where none does."""
        end = at = start
        while at < len(doc):
            if self._is_name(doc[at]) and (at not in known or (at > start and known[at].label_ == "LOC" and at == end)):
                at = end = at + 1
            elif self._joins(doc, at):
                at += 1
            else:
                break
        alone = start in known or fold(doc[start].text) in self.stops if start < len(doc) else True
        return start if alone and end - start < 2 else end

    def _joins(self, doc: Doc, at: int) -> bool:
        """Whether a particle, or a hyphen with no space around it, stands before the next part of a name."""
        if at + 1 >= len(doc) or (doc[at].text == "-" and (doc[at].whitespace_ or at == 0 or doc[at - 1].whitespace_)):
            return False
        if doc[at].text != "-" and fold(doc[at].text) not in self.particles:
            return False
        behind = at + 2 if doc[at + 1].text == "-" and not doc[at].whitespace_ else at + 1
        return behind < len(doc) and self._is_name(doc[behind])

    def _is_name(self, token: Token) -> bool:
        """Whether a token may be a part of a name: a capital, letters, no function word."""
        text = token.text
        return bool(_CAPITAL.match(text)) and not any(c.isdigit() for c in text) and fold(text) not in self.stops


def _take(doc: Doc, taken: dict[int, Span], found: Iterable[tuple[int, int, str]]) -> None:
    """Put the names found (tokens from, to, rule) to those taken, where no earlier one stands."""
    for start, end, rule in found:
        if end > start and not any(i in taken for i in range(start, end)):
            taken.update(dict.fromkeys(range(start, end), Span(doc, start, end, label="PER", span_id=rule)))


def _forms(name: str) -> list[str]:
    parts = name.split()
    tails = [" ".join(parts[i:]) for i in range(len(parts))]
    return [tail for tail in tails if len(tail) > 3 and tail[0].isupper()]


def _is_closed(doc: Doc, at: int) -> bool:
    return (
        at >= len(doc)
        or doc[at].text[0] in _CLOSES
        or doc[at].is_space
        or doc[at].text == "et"
        or bool(doc[at].is_sent_start)
    )


def _covered(doc: Doc) -> dict[int, Span]:
    """{token: the place, office or organisation that it lies in}, the last of these where several are."""
    spans = [*doc.spans.get("places", ()), *doc.spans.get("roles", ()), *doc.spans.get("organisations", ())]
    return {token.i: span for span in spans for token in span}


@Language.factory("greffier_names")
def create(nlp: Language, name: str) -> Names:
    """The component, for `nlp.add_pipe("greffier_names")`; best behind the model's `ner` and `greffier_roles`."""
    return Names()
