"""Which tokens make up a person's name: capitals, initials, particles, hyphens, nicknames, names over two lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Doc, Span

from pipeline.lexicon import fold, mapping, rows
from pipeline.lexicon.gazetteer import demonyms
from pipeline.recognise.text import text_of, words_of

#: {token: the place, office or organisation that it lies in}
Known = Mapping[int, Span]
#: a name: its first token, the token behind it, the rule that proves it
Found = tuple[int, int, str]

_CAPITAL = re.compile(r"(?:\w{1,4}[-'’])?[^\W\d_a-zß-öø-ÿ]")
_OPENING = frozenset('«"“:-–—(•*>')
_INITIALS = re.compile(r"(?:\w\b[.\s-]*)+")
_OPENERS = ("sentence_openers", "weekdays", "months", "seasons")
_QUOTES = {"«": "»", '"': '"', "“": "”"}
_BETWEEN = frozenset(("-", "\n", *_QUOTES.values()))  #: what stands between parts of a name
_NICKNAME = 4  #: tokens of the longest nickname
_PARTICLES = 3  #: particles in a row (« von und zu »)
_SYLLABLE = 6  #: letters of a small word behind a hyphen (« Sung-ho »)
_ELIDED = 2  #: characters of a word that has lost its last letter: « l' »
_WRAPPED = 40  #: characters of a line that ends because the next word had no room


class NameGrammar:
    """Reads names token by token. Tokens that are known to be something else end a name, but for a place in it."""

    def __init__(self) -> None:
        determiners = mapping("determiners").keys()
        self.titles = frozenset(entry["form"] for entry in rows("titles") if " " not in entry["form"])
        self.particles = frozenset(word.rstrip("-") for form in mapping("name_particles") for word in form.split())
        self.leading = self.particles - determiners  #: those with which a name may begin: « de Gaulle »
        self.french = self.particles & (mapping("linkers").keys() | determiners)
        self.stops = frozenset(mapping("function_words"))
        self.articles = frozenset(mapping("name_articles"))
        self.lookalikes = frozenset(mapping("name_lookalikes"))
        self.pairs = frozenset(mapping("pair_nouns"))
        self.openers = self.stops.union(*map(mapping, _OPENERS), self.pairs)
        self.common = (self.openers | demonyms().keys()) - self.lookalikes
        self.alone = (self.stops | self.articles) - self.lookalikes  #: what is no name where it stands alone
        self.accented = frozenset(e["form"] for name in ("function_words", *_OPENERS) for e in rows(name))
        self.enclitics = frozenset(mapping("enclitics"))

    def end(self, doc: Doc, start: int, known: Known) -> int:
        """The token behind the name that begins at token `start`; `start` where none does."""
        end = at = start
        while at < len(doc):
            if self._continues(doc, at, start, end, known):
                at = end = at + 1
            elif (joined := self._joined(doc, at, end)) and not (at == start and joined > at + _PARTICLES):
                at = joined
            else:
                break
        return start if self._is_nothing(doc, start, end, known) else end

    def start(self, doc: Doc, end: int, known: Known) -> int:
        """The token with which the longest name begins that ends before token `end`; `end` where none does."""
        best = end
        texts = words_of(doc).texts
        for at in range(end - 1, max(-1, end - 1 - 12), -1):
            part = texts[at] not in self.titles and self.is_part(doc, at)
            if not part and (texts[at] in self.titles or not self._is_inside(doc, at)):
                break
            if part and self.end(doc, at, known) == end:
                best = at
        return best

    def skip_titles(self, doc: Doc, at: int) -> int:
        """The token behind the titles from token `at` on; a line may end before and between them."""
        texts = words_of(doc).texts
        while at < len(texts) and (texts[at] in self.titles or texts[at] == "\n"):
            at += 1
        return at

    def stands_in_name(self, doc: Doc, at: int) -> bool:
        """Whether a part of a name stands before a word with a capital, or behind it inside a sentence."""
        words, before = words_of(doc), at - 1
        if before >= 0 and not doc[at].is_sent_start and self.is_part(doc, before):
            return words.views[before] not in self.articles and words.texts[before].isalpha()
        return not _opens(doc, at) and at + 1 < len(doc) and self.is_part(doc, at + 1)

    def is_common(self, doc: Doc, at: int) -> bool:
        """Whether a word that stands alone is one of the language or a people, in spite of its capital."""
        return words_of(doc).views[at] in self.common

    def is_lookalike(self, doc: Doc, at: int) -> bool:
        """Whether a word of the language or a people is spelled like a part of a name: « Mai », « Thai »."""
        return words_of(doc).views[at] in self.lookalikes

    def is_part(self, doc: Doc, at: int) -> bool:
        """Whether a token may be a part of a name: a capital, no digit, no function word where one can stand."""
        words = words_of(doc)
        found = words.parts.get(at)
        if found is None:
            found = words.parts[at] = self._is_part(doc, at, words.texts[at])
        return found

    def _is_part(self, doc: Doc, at: int, text: str) -> bool:
        if not _CAPITAL.match(text) or (not text.isalpha() and any(char.isdigit() for char in text)):
            return False
        prefix, hyphen, _ = text.partition("-")
        if hyphen and prefix.islower() and fold(prefix) not in self.particles:
            return False
        return not self._is_stop(doc, at)

    def _is_stop(self, doc: Doc, at: int) -> bool:
        """Whether a capital is a function word's; inside a sentence, a name that is spelled like one has it too."""
        words = words_of(doc)
        form, written = words.views[at], words.texts[at].lower()
        if form not in self.openers and form not in self.articles:
            return False
        opens = _opens(doc, at)
        if form in self.articles and form == written:
            return opens and not self._leads(doc, at, 2)
        if form not in (self.openers if opens else self.stops) or (form != written and written not in self.accented):
            return False
        if opens or _is_upper(words.texts[at]):
            return form not in self.lookalikes or not self._leads(doc, at, 1)
        return not self._stands_inside(doc, at)

    def _leads(self, doc: Doc, at: int, parts: int) -> bool:
        """Whether that many words with a capital follow directly."""
        words = words_of(doc)
        following = range(at + 1, min(at + 1 + parts, len(doc)))
        texts, views = words.texts, words.views
        all_names = all(texts[i][0].isupper() and views[i] not in self.stops and texts[i].isalpha() for i in following)
        return len(following) == parts and all_names and not _is_upper(texts[at])

    def _stands_inside(self, doc: Doc, at: int) -> bool:
        """Whether another word with a capital stands directly beside."""
        texts = words_of(doc).texts
        return any(texts[i][0].isupper() for i in (at - 1, at + 1) if 0 <= i < len(texts))

    def _is_inside(self, doc: Doc, at: int) -> bool:
        """Whether a token can stand between the parts of a name."""
        words = words_of(doc)
        text = words.texts[at]
        return text in _BETWEEN or words.views[at] in self.particles or text.islower()

    def _continues(self, doc: Doc, at: int, start: int, end: int, known: Known) -> bool:
        """Whether the token is the next part of the name read from `start` to `end`."""
        if at > start and doc[at].is_sent_start:
            return False
        if self._is_syllable(doc, at, start) or self._is_behind_apostrophe(doc, at, start):
            return True
        if not self.is_part(doc, at) or (at > start and self._parts_pair(doc, at, start)):
            return False
        return at not in known or self._place_in_name(doc, at, start, end, known[at])

    def _place_in_name(self, doc: Doc, at: int, start: int, end: int, span: Span) -> bool:
        """Whether a known place of one word is a part of a name: behind a part or a foreign particle, or before one."""
        if len(span) > 1 or span.label_ != "LOC":
            led = at > 0 and words_of(doc).views[at - 1] in self.articles
            inside = at == end > start or (at == start and self.is_lookalike(doc, at) and self._leads(doc, at, 1))
            return inside and len(span) == 1 and span.label_ == "DEMONYM" and not led
        if at == start:
            if not span.id_.startswith(("city:", "region:")) and doc[at].ent_type_ != "PER":
                return False
            return self._leads(doc, at, 1) or self._is_foreign(doc, at + 1, self._behind_particles(doc, at + 1))
        return at == end or self._is_foreign(doc, end, at)

    def _is_foreign(self, doc: Doc, at: int, behind: int) -> bool:
        """Whether the tokens between are particles, and none a French one, which ties any place to a word."""
        words = words_of(doc).views[at:behind]
        return bool(words) and not any(word in self.french or word.isspace() or word == "-" for word in words[:1])

    def _is_syllable(self, doc: Doc, at: int, start: int) -> bool:
        """Whether a token is the small word behind a hyphen, with or without the hyphen: « Sung-ho »."""
        texts, before = words_of(doc).texts, at - 1
        text = texts[at]
        if text[0] == "-" and len(text) > 1:
            text = text[1:]
        elif before >= 0 and texts[before] == "-" and not doc[before].whitespace_:
            before -= 1
        else:
            return False
        small = text.isalpha() and text.islower() and len(text) <= _SYLLABLE and fold(text) not in self.enclitics
        return small and before >= start and not doc[before].whitespace_ and self.is_part(doc, before)

    def _is_behind_apostrophe(self, doc: Doc, at: int, start: int) -> bool:
        """Whether a token is the small end of a name with an apostrophe inside: « Ndung'u », « Ng'ang'a »."""
        words, before = words_of(doc), at - 1
        if before < start or doc[before].whitespace_ or words.views[before][-1:] != "'":
            return False
        text = words.views[at].rstrip("'")
        own = len(words.views[before]) > _ELIDED and words.views[before] not in self.openers
        if not text.isalpha() or not words.texts[at].islower():
            return False
        return (own and self.is_part(doc, before)) or self._is_behind_apostrophe(doc, before, start)

    def _parts_pair(self, doc: Doc, at: int, start: int) -> bool:
        """Whether a hyphen parts two persons: « un duel Sow-Diallo »."""
        words = words_of(doc)
        return words.texts[at - 1] == "-" and start > 0 and words.views[start - 1] in self.pairs

    def _joined(self, doc: Doc, at: int, end: int) -> int:
        """The token of the next part, where token `at` and those behind it join it to the name; else 0."""
        if at >= len(doc):
            return 0
        text = words_of(doc).texts[at]
        if text == "-" and at and not doc[at].whitespace_ and not doc[at - 1].whitespace_:
            return at + 1
        if text in _QUOTES:
            return self._behind_nickname(doc, at)
        if text == "\n":
            return at + 1 if at == end and self._wraps(doc, at) else 0
        return self._behind_particles(doc, at)

    def _behind_particles(self, doc: Doc, at: int) -> int:
        """The token behind the particles at token `at` and a hyphen tied to them, 0 where no name follows."""
        words, behind = words_of(doc), at
        texts = words.texts
        last = min(len(texts), at + _PARTICLES)
        while behind < last and texts[behind][0].islower() and words.views[behind] in self.particles:
            behind += 1
        if behind > at and behind < len(texts) and texts[behind] == "-" and not doc[behind].whitespace_:
            behind += 1
        if behind > at and behind < len(texts) and texts[behind] == "\n" and self._wraps(doc, behind):
            behind += 1
        return behind if at < behind < len(texts) and self.is_part(doc, behind) else 0

    def _behind_nickname(self, doc: Doc, at: int) -> int:
        """The token behind a nickname in quotes that starts at token `at`, 0 where it is none or no name follows."""
        texts = words_of(doc).texts
        closing = _QUOTES[texts[at]]
        for behind in range(at + 2, min(len(doc) - 1, at + 2 + _NICKNAME)):
            if texts[behind] == closing:
                inside = self.end(doc, at + 1, {}) == behind
                return behind + 1 if inside and self.is_part(doc, behind + 1) else 0
        return 0

    def _wraps(self, doc: Doc, at: int) -> bool:
        """Whether the line end at token `at` is in a name: the line is long, and the next word had no room in it."""
        if at + 1 >= len(doc) or doc[at + 1].is_sent_start or not self.is_part(doc, at + 1):
            return False
        text, offset = text_of(doc), doc[at].idx
        line, following = text[text.rfind("\n", 0, offset) + 1 : offset], text[offset + 1 :].partition("\n")[0]
        return len(line) >= _WRAPPED and len(following) <= len(line) + len(following.split()[0]) + 1

    def _is_nothing(self, doc: Doc, start: int, end: int, known: Known) -> bool:
        """Whether what was read is no name: all its words are known to be something else, or it is a function word."""
        words = words_of(doc)
        if end <= start or all(at in known for at in range(start, end) if words.texts[at][0].isupper()):
            return True
        if _INITIALS.fullmatch(doc[start:end].text):
            return True
        return end - start == 1 and words.views[start] in self.alone


def _is_upper(text: str) -> bool:
    """Whether a word of more than one letter is all capitals."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def _opens(doc: Doc, at: int) -> bool:
    """Whether a sentence, a line or a quotation begins with the token, so that its capital says nothing."""
    return at == 0 or bool(doc[at].is_sent_start) or doc[at - 1].is_space or words_of(doc).texts[at - 1] in _OPENING
