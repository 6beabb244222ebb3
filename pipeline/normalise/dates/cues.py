"""What stands before and behind an expression: cues that make a date of it, and words that make it none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline.lexicon import fold, rows
from pipeline.lexicon.compiled import compiled

#: so far back is looked for a cue, in characters
REACH = 40
_BEHIND = re.compile(r"[ \n]?([a-z']+)")
_SAFE_END = re.compile(r"[ ]*(?:[.,;:!?)\]»\"\n]|$)")
_NEXT_WORD = re.compile(r"[ \n]+([a-z]+)(?![a-z])")


class Cue(NamedTuple):
    """What may stand directly before an offset: a pattern to search with that offset as the end, and how it ends.

    One of `ends` stands at its end, but for white space.
    """

    regex: re.Pattern[str]
    ends: tuple[str, ...] = ("",)


def ending(patterns: Iterable[str], ends: Iterable[str] = ("",)) -> Cue:
    """One of `patterns` directly before an offset."""
    return Cue(compiled(rf"(?<![^\W_])(?:{'|'.join(patterns)})\Z").regex, tuple(sorted(set(ends))))


def forms(name: str, note: str | None = None) -> list[str]:
    """The folded forms of a word list, those only whose note begins with `note` where it is given."""
    return [fold(entry["form"]) for entry in rows(name) if note is None or entry["note"].startswith(note)]


@cache
def before(name: str, note: str | None = None) -> Cue:
    """A form of a word list directly before an offset, with the space that a word needs."""
    listed = sorted(forms(name, note), key=lambda form: (-len(form), form))
    return ending(map(_spaced, listed), map(_last_word, listed))


def _spaced(form: str) -> str:
    space = "[ \n]+" if form[-1].isalnum() or form[-1] == "." else "[ \n]*"
    return re.escape(form).replace(r"\ ", "[ \n]+") + space


def _last_word(form: str) -> str:
    return form.rpartition(" ")[2]


@cache
def measure() -> re.Pattern[str]:
    """A pattern for a unit or sign behind a number."""
    return re.compile(rf"[ \n]?(?:{'|'.join(re.escape(form) for form in forms('measures'))})(?![a-z])")


@cache
def words(name: str, note: str | None = None) -> frozenset[str]:
    """What `forms` gives, as a set."""
    return frozenset(forms(name, note))


@cache
def _bearer() -> Cue:
    listed = {note: forms("date_bearers", note) for note in ("place", "number")}
    places, numbers = ("|".join(re.escape(form).replace(r"\ ", "[ \n]+") for form in some) for some in listed.values())
    links = forms("bearer_links")
    between = "|".join(map(re.escape, links))
    return ending(
        [rf"(?:{places})(?:[ \n]+(?:{between}))?[ \n]*", rf"(?:{numbers})[ \n]*:?[ \n]*"],
        map(_last_word, (*listed["place"], *listed["number"], *links, ":")),
    )


def stands(cue: Cue, view: str, at: int) -> re.Match[str] | None:
    """The match of a cue that ends at `at`."""
    start = max(0, at - REACH)
    if not view[start:at].rstrip(" \n").endswith(cue.ends):
        return None
    return cue.regex.search(view, start, at)


def borne(view: str, at: int) -> bool:
    """Whether what begins at `at` is the name or number of something else: a street, an article, a telephone."""
    return stands(_bearer(), view, at) is not None or (at > 1 and view[at - 1] == "-" and view[at - 2].isalnum())


def counted(view: str, end: int) -> bool:
    """Whether a plural noun, a unit or a sign behind a number makes it a quantity."""
    if measure().match(view, end):
        return True
    behind = _BEHIND.match(view, end)
    word = behind[1] if behind else ""
    return len(word) > 2 and word[-1] in "sx" and "'" not in word and word not in words("plural_lookalikes")


def closes(view: str, end: int) -> bool:
    """Whether punctuation, a preposition or the text's end follows, so that a bare number is not counting anything."""
    if _SAFE_END.match(view, end):
        return True
    word = _NEXT_WORD.match(view, end)
    return word is not None and word[1] in words("day_followers")
