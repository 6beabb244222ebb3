"""Doc -> mentions: run the recognisers, read off what `reconcile` has settled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.fields import maker, replace
from pipeline.recognise.stretches import PLAIN, stretches
from pipeline.recognise.text import EARLIER, text_of, words_of
from pipeline.records import Mention

__all__ = ["Recognised", "entities", "recognise", "recognised", "text_of"]

_SOURCES = 5_000  #: so many pairs of a label and a key are remembered with where they come from
_MENTION = maker(Mention, ("label", "key", "rule", "recogniser", "sentence", "text", "start_char", "end_char"))
_SLICE = 20_000  # tokens that the model reads at once; keeps its memory flat
_RECOGNISERS = {
    "PER": "names",
    "ORG": "organisations",
    "LOC": "places",
    "DEMONYM": "places",
    "ROLE": "roles",
    "QUANTITY": "quantities",
}


_MODEL = "greffier_ner"
_DONE = "greffier_entities"  #: in `doc.user_data`: that the model has been asked already


class Recognised(NamedTuple):
    """A text, its number of tokens, where its sentences stand, and its mentions, sorted; offsets count in the text."""

    text: str
    tokens: int
    sentences: tuple[tuple[int, int], ...]
    mentions: list[Mention]


def entities(docs: Iterable[Doc], nlp: Language) -> list[Doc]:
    """Docs with sentences with the entities of the model, found in all of them together: `recognise` does the rest."""
    found = list(nlp.get_pipe(_MODEL).pipe(docs))  # type: ignore[attr-defined]
    for doc in found:
        doc.user_data[_DONE] = True
    return found


def recognise(doc: Doc, nlp: Language) -> list[Mention]:
    """The settled mentions of a Doc with sentences, sorted; offsets count in `doc.text`, end exclusive."""
    doc.user_data[PLAIN] = {}
    for name, component in nlp.pipeline:
        if name == _MODEL and _DONE in doc.user_data:
            continue
        if name == "ner" and len(doc) > _SLICE:
            doc.ents = [e for start in range(0, len(doc), _SLICE) for e in _entities(doc, start, component)]
        elif name != "greffier_sentences":
            doc = component(doc)
    mentions = list(_mentions(doc))
    del doc.user_data[PLAIN]
    return mentions


def recognised(docs: Iterable[Doc], nlp: Language) -> Recognised:
    """What the Docs of one text hold, each a passage of it, in their order; they are asked for one after the other."""
    mentions, sentences, texts, tokens, base = list[Mention](), list[tuple[int, int]](), list[str](), 0, 0
    earlier: dict[str, set[str]] = {}
    for doc in docs:
        doc.user_data[EARLIER] = earlier
        mentions += _moved(recognise(doc, nlp), base, len(sentences))
        words = words_of(doc)
        sentences += [(start + base, end + base) for start, end in words.sentences]
        texts.append(words.text)
        tokens += len(words.texts)
        base += len(texts[-1])
    return Recognised("".join(texts), tokens, tuple(sentences), mentions)


def _moved(mentions: list[Mention], by: int, sentences: int) -> list[Mention]:
    """Mentions of a passage as those of the text, with so many characters and sentences before it."""
    if not by:
        return mentions
    return [
        replace(m, start_char=m.start_char + by, end_char=m.end_char + by, sentence=m.sentence + sentences)  # type: ignore[operator]
        for m in mentions
    ]


def _entities(doc: Doc, start: int, ner: object) -> list[Span]:
    piece = ner(doc[start : start + _SLICE].as_doc())  # type: ignore[operator]
    return [Span(doc, start + e.start, start + e.end, label=e.label_) for e in piece.ents]


def _mentions(doc: Doc) -> Iterator[Mention]:
    words = words_of(doc)
    for first, _, start, end, label, key in stretches(doc, "greffier"):
        rule, recogniser = _source(label, key)
        number = bisect_right(words.firsts, first)
        yield _MENTION((label, key, rule, recogniser, number, words.text[start:end], start, end))


@lru_cache(_SOURCES)
def _source(label: str, key: str) -> tuple[str, str]:
    """The rule that found a span, its own name or the list that it stands in, and the component that did."""
    if key in ("model", "name-model"):
        return "fr_core_news_md", "ner"
    rule = key if label in ("PER", "ORG", "DATE") else f"{label.lower()}-list"
    return rule, f"greffier_{_RECOGNISERS.get(label, label.lower() + 's')}"
