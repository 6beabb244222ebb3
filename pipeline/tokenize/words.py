"""spaCy's tokenizer, which here remembers the tokens of every word, not of a few.

Behind a special case (« M. », a line end) spaCy remembers no word of the same text that it did not know before, so that
most words of a text were matched with its long expressions whenever they came. A new word is tokenized by itself first.
"""

from __future__ import annotations

from typing import Any

from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc

_LONGEST = 40  #: characters of a word that is remembered


class WordTokenizer(Tokenizer):  # type: ignore[misc]
    """The same tokens as spaCy's `Tokenizer`; `max_cache_size` words are remembered."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        super().__init__(*settings, **named)
        self._met: set[str] = set()

    def __call__(self, string: str) -> Doc:
        """The tokens of a text."""
        if len(self._met) < self.max_cache_size:
            new = set(string.split()) - self._met
            for word in new:
                if len(word) <= _LONGEST:
                    super().__call__(word)
            self._met |= new
        doc: Doc = super().__call__(string)
        return doc
