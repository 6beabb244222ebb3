"""Long texts in passages, so that what is held of the tokens of a text is bounded, however long it is.

A Doc with its words and the states of the model takes about 150 bytes a character. A document of more than `PASSAGE`
characters is cut where a sentence begins. Passages are recognised one after the other, and told of the names and
acronyms that those before spell out; what they stand for and how they belong together is settled for all the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language

PASSAGE = 100_000  #: characters of a passage, at most
_WINDOW = 2_000  #: characters in front of a cut in which a sentence is looked for


def cut(text: str, nlp: Language, most: int = PASSAGE) -> Iterator[str]:
    """The passages of a text, which make it up: each of at most `most` characters, one where it is no longer.

    Each but the first begins with a sentence, as `greffier_sentences` finds them, or where there is none in the window,
    with a word. `most` is to be greater than the window.
    """
    start = 0
    while len(text) - start > most:
        behind = _cut_at(text, start + most, nlp)
        yield text[start:behind]
        start = behind
    yield text[start:]


def _cut_at(text: str, end: int, nlp: Language) -> int:
    """The offset of the last sentence, else of the last word, that begins in the window before `end`."""
    first = end - _WINDOW
    doc = nlp.get_pipe("greffier_sentences")(nlp.tokenizer(text[first:end]))
    if begins := [sentence.start_char for sentence in doc.sents][1:]:
        return first + begins[-1]
    return text.rfind(" ", first, end) + 1 or end
