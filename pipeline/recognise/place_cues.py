"""What the words beside a name say about it: « à », « maire de », « dans la », « M. »."""

from __future__ import annotations

import re

from pipeline.lexicon import fold, mapping, rows

REACH = 90  #: how many characters in front of a name are looked at
ADJECTIVES = 1  #: how many words may stand between « tribunal » and the « de » of « tribunal régional de Thiès »
_WORDS = 4  #: how many words in front of a name say what it is: « dans | la | ville | de »
NONE: frozenset[str] = frozenset()
#: nouns that « de » ties to a name
NOUNS = frozenset(("town", "city", "area", "state", "division", "prefecture", "street"))
# what stands in front of a name is read backwards, letter by letter, from the name on
_WORD = re.compile(r"'?[^\W_]+(?:-[^\W_]+)*")
_STEP = r"(?:'|[ \n]+|[ ]\.)[^\W_]+(?:-[^\W_]+)*"
_NEAREST = re.compile(_STEP)
_FURTHER = re.compile(rf"(?:{_STEP}){{1,{_WORDS - 1}}}")
_NEIGHBOUR = re.compile(r"[ ](?:[^\W\d_]+-)*([^\W\d_]+)")
_BEHIND = re.compile(r",[ \n]([^\W\d_]+(?:[ \n]|'))([^\W\d_]+(?:[ \n]|'))?")
_FOLLOWER = re.compile(r"[ ]([^\W\d_]+)")


class Cues:
    """Reads the words in front of an offset and behind it; words/place_cues.csv says what each means."""

    def __init__(self) -> None:
        self.words: dict[str, frozenset[str]] = {}
        for line in rows("place_cues"):
            word = fold(line["form"])
            self.words[word] = self._of(word) | {line["value"]}
        nouns = {word for word, said in self.words.items() if "title" not in said}
        self.openers = nouns | set(mapping("sentence_openers"))

    def _of(self, word: str) -> frozenset[str]:
        return self.words.get(word, NONE)

    def before(self, view: str, start: int) -> frozenset[str]:
        """What stands in front of `start` in a folded text: values of words/place_cues.csv.

        A noun counts (NOUNS) that « de » ties to the name, with one adjective between them at most; « dans
        la » gives area too.
        """
        front = view[max(0, start - REACH) : start][::-1]
        nearest = _NEAREST.match(front)
        first = self._of(nearest[0].lstrip(" \n.")[::-1]) if nearest else NONE
        if nearest is None or not first:
            return NONE
        if nearest[0].startswith(" ."):
            return first & {"title"}
        further = _FURTHER.match(front, nearest.end())
        words = [word[::-1] for word in _WORD.findall(further[0])] if further else []
        if first <= {"article", "masculine"}:
            return first | self._over_article(words)
        return first - NOUNS | self._nouns(first, words)

    def _over_article(self, words: list[str]) -> frozenset[str]:
        """What stands in front of an article."""
        first = self._of(words[0]) if words else NONE
        inside = frozenset({"area"}) if "in" in first else NONE
        return first & {"in", "at"} | inside | self._nouns(first, words[1:])

    def _nouns(self, link: frozenset[str], words: list[str]) -> frozenset[str]:
        """What the noun says that « de » ties to the name."""
        if "of" not in link or not words:
            return NONE
        near, *others = (self._of(word) for word in words[: ADJECTIVES + 1])
        return near.union(*(other - {"street"} for other in others)) & NOUNS  # « rue calme de Thiès » is no name

    def in_person(self, text: str, said: frozenset[str], start: int) -> bool:
        """Whether a form of address or a capitalised word in front shows that a name is a part of a person's name.

        `said` is what stands `before` it.
        """
        if "title" in said:
            return True
        neighbour = _NEIGHBOUR.match(text[max(0, start - REACH) : start][::-1])
        return neighbour is not None and neighbour[1][-1].isupper() and fold(neighbour[1][::-1]) not in self.openers

    def former(self, part: str) -> bool:
        """Whether the word before a hyphen is no part of the name: « ex-Zaïre »."""
        return "former" in self._of(part)

    def around(self, text: str, end: int) -> int:
        """Where the name begins that says what a name lies in: « Valence, dans la Drôme »; -1 where none does."""
        match = _BEHIND.match(text, end)
        if not match or "in" not in self._of(match[1].strip()):
            return -1
        return match.end(2) if match[2] and "article" in self._of(fold(match[2]).strip()) else match.end(1)

    def goes_on(self, text: str, end: int) -> bool:
        """Whether a capitalised word that opens no phrase follows directly: « Paris Match »."""
        follower = _FOLLOWER.match(text, end)
        return follower is not None and follower[1][0].isupper() and fold(follower[1]) not in self.openers
