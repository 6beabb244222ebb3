"""Which words may be parts of a person's name: those with a capital that no function word has where they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.lexicon import fold, mapping, rows
from pipeline.lexicon.gazetteer import demonyms
from pipeline.recognise.name_tokens import Tokens

_CAPITAL = re.compile(r"(?:\w{1,4}[-'’])?[^\W\d_a-zß-öø-ÿ]")
_OPENING = frozenset('«"“:-–—(•*>')
_OPENERS = ("sentence_openers", "weekdays", "months", "seasons")
_WORDS = 20_000  #: so many words are remembered with whether they can be parts of names


class NameParts:
    """Tells which tokens may be parts of names, by themselves and by the tokens beside them."""

    def __init__(self) -> None:
        self.particles = frozenset(word.rstrip("-") for form in mapping("name_particles") for word in form.split())
        self.stops = frozenset(mapping("function_words"))
        self.articles = frozenset(mapping("name_articles"))
        self.lookalikes = frozenset(mapping("name_lookalikes"))
        self.pairs = frozenset(mapping("pair_nouns"))
        self.openers = self.stops.union(*map(mapping, _OPENERS), self.pairs)
        self.common = (self.openers | demonyms().keys()) - self.lookalikes
        self.accented = frozenset(e["form"] for name in ("function_words", *_OPENERS) for e in rows(name))
        self._is_word_part = lru_cache(_WORDS)(self._judged)

    def is_common(self, tokens: Tokens, at: int) -> bool:
        """Whether a word that stands alone is one of the language or a people, in spite of its capital."""
        return tokens.views[at] in self.common

    def is_lookalike(self, tokens: Tokens, at: int) -> bool:
        """Whether a word of the language or a people is spelled like a part of a name: « Mai », « Thai »."""
        return tokens.views[at] in self.lookalikes

    def is_part(self, tokens: Tokens, at: int) -> bool:
        """Whether a token may be a part of a name: a capital, no digit, no function word where one can stand."""
        found = tokens.parts[at]
        if found is None:
            found = self._is_word_part(tokens.texts[at])
            found = tokens.parts[at] = not self._is_stop(tokens, at) if found is None else found
        return found

    def _judged(self, text: str) -> bool | None:
        """Whether a word may be a part of a name wherever it stands; None where that depends on the words beside it."""
        if not _CAPITAL.match(text) or (not text.isalpha() and any(char.isdigit() for char in text)):
            return False
        prefix, hyphen, _ = text.partition("-")
        if hyphen and prefix.islower() and fold(prefix) not in self.particles:
            return False
        form = fold(text)
        return None if form in self.openers or form in self.articles else True

    def _is_stop(self, tokens: Tokens, at: int) -> bool:
        """Whether the capital of a word that can be a function word is one's; inside a sentence, a name has it too."""
        form, written = tokens.views[at], tokens.texts[at].lower()
        opens = opens_line(tokens, at)
        if form in self.articles and form == written:
            return opens and not self.leads(tokens, at, 2)
        if form not in (self.openers if opens else self.stops) or (form != written and written not in self.accented):
            return False
        if opens or _is_upper(tokens.texts[at]):
            return form not in self.lookalikes or not self.leads(tokens, at, 1)
        return not self._stands_inside(tokens, at)

    def leads(self, tokens: Tokens, at: int, parts: int) -> bool:
        """Whether that many words with a capital follow directly."""
        texts, views = tokens.texts, tokens.views
        following = range(at + 1, min(at + 1 + parts, len(texts)))
        all_names = all(texts[i][0].isupper() and views[i] not in self.stops and texts[i].isalpha() for i in following)
        return len(following) == parts and all_names and not _is_upper(texts[at])

    def _stands_inside(self, tokens: Tokens, at: int) -> bool:
        """Whether another word with a capital stands directly beside."""
        texts = tokens.texts
        return any(texts[i][0].isupper() for i in (at - 1, at + 1) if 0 <= i < len(texts))


def _is_upper(text: str) -> bool:
    """Whether a word of more than one letter is all capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def opens_line(tokens: Tokens, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins with the token, so that its capital says nothing."""
    if at == 0 or at in tokens.opening:
        return True
    before = tokens.texts[at - 1]
    return before in _OPENING or before.isspace()
