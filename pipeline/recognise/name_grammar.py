"""Which tokens make up a person's name: capitals, initials, particles, hyphens, nicknames, names over two lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.lexicon import fold, mapping, rows
from pipeline.recognise.name_parts import NameParts, opens_line
from pipeline.recognise.name_tokens import Tokens
from pipeline.recognise.stretches import Stretch

#: {token: the place, office or organisation that it lies in}
Known = Mapping[int, Stretch]
#: a name: its first token, the token behind it, the rule that proves it
Found = tuple[int, int, str]

_INITIALS = re.compile(r"(?:\w\b[.\s-]*)+")
_QUOTES = {"«": "»", '"': '"', "“": "”"}
_BETWEEN = frozenset(("-", "\n", *_QUOTES.values()))  #: what stands between parts of a name
_JOINTS = frozenset(("-", "\n", *_QUOTES))  #: what joins the next part to a name, but for particles
_NICKNAME = 4  #: tokens of the longest nickname
_PARTICLES = 3  #: particles in a row (« von und zu »)
_SYLLABLE = 6  #: letters of a small word behind a hyphen (« Sung-ho »)
_ELIDED = 2  #: characters of a word that has lost its last letter: « l' »
_WRAPPED = 40  #: characters of a line that ends because the next word had no room
_LONGEST = 12  #: tokens of the longest name that is read from its end


class NameGrammar:
    """Reads names token by token. Tokens that are known to be something else end a name, but for a place in it."""

    def __init__(self) -> None:
        determiners = mapping("determiners").keys()
        self.titles = frozenset(entry["form"] for entry in rows("titles") if " " not in entry["form"])
        self.parts = NameParts()
        self.is_part, self.particles = self.parts.is_part, self.parts.particles
        self.leading = self.particles - determiners  #: those with which a name may begin: « de Gaulle »
        self.french = self.particles & (mapping("linkers").keys() | determiners)
        #: what is no name where it stands alone
        self.alone = (self.parts.stops | self.parts.articles) - self.parts.lookalikes
        self.enclitics = frozenset(mapping("enclitics"))

    def end(self, tokens: Tokens, start: int) -> int:
        """The token behind the name that begins at token `start`; `start` where none does."""
        end = tokens.ends.get(start)
        if end is None:
            end = tokens.ends[start] = self._read(tokens, start, tokens.known)
        return end

    def proven_end(self, tokens: Tokens, start: int) -> int:
        """The same of a token that is proven to begin a name, whatever else it is known to be."""
        if start not in tokens.known:
            return self.end(tokens, start)
        return self._read(tokens, start, {token: one for token, one in tokens.known.items() if token != start})

    def _read(self, tokens: Tokens, start: int, known: Known) -> int:
        end = at = start
        while at < len(tokens.texts):
            if self._continues(tokens, at, start, end, known):
                at = end = at + 1
            elif (joined := self._joined(tokens, at, end)) and not (at == start and joined > at + _PARTICLES):
                at = joined
            else:
                break
        return start if self._is_nothing(tokens, start, end, known) else end

    def start(self, tokens: Tokens, end: int, known: int | None = None) -> int:
        """The token with which the longest name begins that ends before token `end`; `end` where none does.

        Where a name is `known` to begin, only those are asked for that begin before it.
        """
        best = before = end if known is None else known
        for at in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            if tokens.texts[at] in self.titles:
                break
            if self.is_part(tokens, at):
                best = at if at < before and self.end(tokens, at) == end else best
            elif not self._is_inside(tokens, at):
                break
        return best

    def skip_titles(self, tokens: Tokens, at: int) -> int:
        """The token behind the titles from token `at` on; a line may end before and between them."""
        texts = tokens.texts
        while at < len(texts) and (texts[at] in self.titles or texts[at] == "\n"):
            at += 1
        return at

    def stands_in_name(self, tokens: Tokens, at: int) -> bool:
        """Whether a part of a name stands before a word with a capital, or behind it inside a sentence."""
        before = at - 1
        if before >= 0 and at not in tokens.opening and self.is_part(tokens, before):
            return tokens.views[before] not in self.parts.articles and tokens.texts[before].isalpha()
        return not opens_line(tokens, at) and at + 1 < len(tokens.texts) and self.is_part(tokens, at + 1)

    def _is_inside(self, tokens: Tokens, at: int) -> bool:
        """Whether a token can stand between the parts of a name: of small words, particles and those that are tied."""
        text = tokens.texts[at]
        if text in _BETWEEN or tokens.views[at] in self.particles:
            return True
        return text.islower() and not (at and tokens.spaced[at - 1])

    def _continues(self, tokens: Tokens, at: int, start: int, end: int, known: Known) -> bool:
        """Whether the token is the next part of the name read from `start` to `end`."""
        if at > start and at in tokens.opening:
            return False
        part = self.is_part(tokens, at) and not (at > start and self._parts_pair(tokens, at, start))
        if part and (at not in known or self._place_in_name(tokens, at, start, end, known[at])):
            return True
        return at > start and not tokens.spaced[at - 1] and self._is_tied(tokens, at, start)

    def _is_tied(self, tokens: Tokens, at: int, start: int) -> bool:
        """Whether a token without a space before it is the small end of the word before it."""
        return self._is_syllable(tokens, at, start) or self._is_behind_apostrophe(tokens, at, start)

    def _place_in_name(self, tokens: Tokens, at: int, start: int, end: int, place: Stretch) -> bool:
        """Whether a known place of one word is a part of a name: behind a part or a foreign particle, or before one."""
        alone = place.end - place.start == 1
        if not alone or place.label != "LOC":
            led = at > 0 and tokens.views[at - 1] in self.parts.articles
            inside = at == end > start or (
                at == start and self.parts.is_lookalike(tokens, at) and self.parts.leads(tokens, at, 1)
            )
            return inside and alone and place.label == "DEMONYM" and not led
        if at == start:
            if not place.key.startswith(("city:", "region:")) and tokens.labels[at] != "PER":
                return False
            behind = self._behind_particles(tokens, at + 1)
            return self.parts.leads(tokens, at, 1) or self._is_foreign(tokens, at + 1, behind)
        return at == end or self._is_foreign(tokens, end, at)

    def _is_foreign(self, tokens: Tokens, at: int, behind: int) -> bool:
        """Whether the tokens between are particles, and the first no French one, which ties any place to a word."""
        word = tokens.views[at] if at < behind else "-"
        return not (word in self.french or word.isspace() or word == "-")

    def _is_syllable(self, tokens: Tokens, at: int, start: int) -> bool:
        """Whether a token is the small word behind a hyphen, with or without the hyphen: « Sung-ho »."""
        before, text = at - 1, tokens.texts[at]
        if text[0] == "-" and len(text) > 1:
            text = text[1:]
        elif tokens.texts[before] == "-":
            before -= 1
        else:
            return False
        small = text.isalpha() and text.islower() and len(text) <= _SYLLABLE and fold(text) not in self.enclitics
        return small and before >= start and not tokens.spaced[before] and self.is_part(tokens, before)

    def _is_behind_apostrophe(self, tokens: Tokens, at: int, start: int) -> bool:
        """Whether a token is the small end of a name with an apostrophe inside: « Ndung'u », « Ng'ang'a »."""
        before = at - 1
        if before < start or tokens.spaced[before] or tokens.views[before][-1] != "'":
            return False
        text = tokens.views[at].rstrip("'")
        own = len(tokens.views[before]) > _ELIDED and tokens.views[before] not in self.parts.openers
        if not text.isalpha() or not tokens.texts[at].islower():
            return False
        return (own and self.is_part(tokens, before)) or self._is_behind_apostrophe(tokens, before, start)

    def _parts_pair(self, tokens: Tokens, at: int, start: int) -> bool:
        """Whether a hyphen parts two persons: « un duel Sow-Diallo »."""
        return tokens.texts[at - 1] == "-" and start > 0 and tokens.views[start - 1] in self.parts.pairs

    def _joined(self, tokens: Tokens, at: int, end: int) -> int:
        """The token of the next part, where token `at` and those behind it join it to the name; else 0."""
        text = tokens.texts[at]
        if text not in _JOINTS:
            return self._behind_particles(tokens, at) if tokens.views[at] in self.particles else 0
        if text in _QUOTES:
            return self._behind_nickname(tokens, at)
        if text == "\n":
            return at + 1 if at == end and self._wraps(tokens, at) else 0
        return at + 1 if at and not tokens.spaced[at] and not tokens.spaced[at - 1] else 0

    def _behind_particles(self, tokens: Tokens, at: int) -> int:
        """The token behind the particles at token `at` and a hyphen tied to them, 0 where no name follows."""
        texts, behind = tokens.texts, at
        last = min(len(texts), at + _PARTICLES)
        while behind < last and texts[behind][0].islower() and tokens.views[behind] in self.particles:
            behind += 1
        if behind > at and behind < len(texts) and texts[behind] == "-" and not tokens.spaced[behind]:
            behind += 1
        if behind > at and behind < len(texts) and texts[behind] == "\n" and self._wraps(tokens, behind):
            behind += 1
        return behind if at < behind < len(texts) and self.is_part(tokens, behind) else 0

    def _behind_nickname(self, tokens: Tokens, at: int) -> int:
        """The token behind a nickname in quotes that starts at token `at`, 0 where it is none or no name follows."""
        texts = tokens.texts
        closing = _QUOTES[texts[at]]
        for behind in range(at + 2, min(len(texts) - 1, at + 2 + _NICKNAME)):
            if texts[behind] == closing:
                inside = self._read(tokens, at + 1, {}) == behind
                return behind + 1 if inside and self.is_part(tokens, behind + 1) else 0
        return 0

    def _wraps(self, tokens: Tokens, at: int) -> bool:
        """Whether the line end at token `at` is in a name: the line is long, and the next word had no room in it."""
        if at + 1 >= len(tokens.texts) or at + 1 in tokens.opening or not self.is_part(tokens, at + 1):
            return False
        text, offset = tokens.words.text, tokens.words.starts[at]
        line, following = text[text.rfind("\n", 0, offset) + 1 : offset], text[offset + 1 :].partition("\n")[0]
        return len(line) >= _WRAPPED and len(following) <= len(line) + len(following.split()[0]) + 1

    def _is_nothing(self, tokens: Tokens, start: int, end: int, known: Known) -> bool:
        """Whether what was read is no name: all its words are known to be something else, or it is a function word."""
        if end <= start or _all_known(tokens, start, end, known):
            return True
        text, first = tokens.words.text, tokens.words.starts[start]
        alone = not text[first + 1 : first + 2].isalnum()
        if alone and _INITIALS.fullmatch(text, first, tokens.words.ends[end - 1]):
            return True
        return end - start == 1 and tokens.views[start] in self.alone


def _all_known(tokens: Tokens, start: int, end: int, known: Known) -> bool:
    """Whether all words with a capital are known to be something else."""
    if start not in known and tokens.texts[start][0].isupper():
        return False
    return all(at in known for at in range(start, end) if tokens.texts[at][0].isupper())
