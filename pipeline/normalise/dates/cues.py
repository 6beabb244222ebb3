"""What stands before and behind an expression: cues that make a date of it, and words that make it none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.lexicon import fold, rows
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.specs import Part, level

#: so far back is looked for a cue, in characters
REACH = 40
#: a day that is told of goes back to one in the last so many characters
_CLAUSE = 100
_BEHIND = re.compile(r"[ \n]?([a-z']+)")
_SAFE_END = re.compile(r"[ ]*(?:[.,;:!?)\]»\"\n]|$)")
_NAME_BEHIND = re.compile(r"[ \n-][A-ZÀ-Ý]")
_LINE_HEAD, _LINE_END = re.compile(r"(?:^|\n)(?:l[ea] |l')?\Z"), re.compile(r"[ ]*(?:\n|$)")
#: the first cell of a line of a table, or the year before a colon
_CELL_HEAD, _CELL_END = re.compile(r"(?:^|\n)[|]?[ ]?\Z"), re.compile(r"[ ]?(?:\||\t|:)")
_NEXT_WORD = re.compile(r"[ \n]+([a-z]+)(?![a-z])")


def ending(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of `patterns` directly before an offset: search it with that offset as the end."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})\Z")


def forms(name: str, note: str | None = None) -> list[str]:
    """The folded forms of a word list, those only whose note begins with `note` where it is given."""
    return [fold(entry["form"]) for entry in rows(name) if note is None or entry["note"].startswith(note)]


@cache
def before(name: str, note: str | None = None) -> re.Pattern[str]:
    """A pattern for a form of a word list directly before an offset, with the space that a word needs."""
    return ending(
        re.escape(form).replace(r"\ ", "[ \n]+") + ("[ \n]+" if form[-1].isalnum() or form[-1] == "." else "[ \n]*")
        for form in sorted(forms(name, note), key=lambda form: (-len(form), form))
    )


@cache
def _measure() -> re.Pattern[str]:
    return re.compile(rf"[ \n]?(?:{'|'.join(re.escape(form) for form in forms('measures'))})(?![a-z])")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(forms(name))


@cache
def _bearer() -> re.Pattern[str]:
    places, numbers = (
        "|".join(re.escape(form).replace(r"\ ", "[ \n]+") for form in forms("date_bearers", note))
        for note in ("place", "number")
    )
    between = "|".join(re.escape(form) for form in forms("bearer_links"))
    return ending([rf"(?:{places})(?:[ \n]+(?:{between}))?[ \n]*", rf"(?:{numbers})[ \n]*:?[ \n]*"])


def stands(pattern: re.Pattern[str], view: str, at: int) -> re.Match[str] | None:
    """The match of an `ending` pattern that ends at `at`."""
    return pattern.search(view, max(0, at - REACH), at)


def borne(view: str, at: int) -> bool:
    """Whether what begins at `at` is the name or number of something else: a street, an article, a telephone."""
    return stands(_bearer(), view, at) is not None or (at > 1 and view[at - 1] == "-" and view[at - 2].isalnum())


def counted(view: str, end: int) -> bool:
    """Whether a plural noun, a unit or a sign behind a number makes it a quantity."""
    if _measure().match(view, end):
        return True
    behind = _BEHIND.match(view, end)
    word = behind[1] if behind else ""
    return len(word) > 2 and word[-1] in "sx" and "'" not in word and word not in _words("plural_lookalikes")


def closes(view: str, end: int) -> bool:
    """Whether punctuation, a preposition or the text's end follows, so that a bare number is not counting anything."""
    if _SAFE_END.match(view, end):
        return True
    word = _NEXT_WORD.match(view, end)
    return word is not None and word[1] in _words("day_followers")


def accepted(atom: Atom, text: str, view: str) -> bool:
    """Whether a single atom is a date where it stands: a strong one unless it is a name, a weak one after its cue."""
    if atom.weak == "year":
        return not borne(view, atom.start) and _year(atom, text, view)
    if atom.weak == "month":
        return not borne(view, atom.start) and _month(atom, text, view)
    if atom.weak == "day":
        return (
            view[atom.start].isdigit()
            and stands(before("day_cues", ""), view, atom.start) is not None
            and not _only_list(view, atom.start)
            and _alone(atom, view)
        )
    if atom.weak == "part":
        return isinstance(atom.spec, Part) and atom.spec.kind in {"quarter", "semester"} and _alone(atom, view)
    if atom.weak == "figures":
        return stands(before("day_cues"), view, atom.start) is not None and not counted(view, atom.end)
    if atom.weak == "holiday":
        return _holiday(atom, text, view)
    if atom.weak == "told" and _indefinite().search(view, max(0, atom.start - _CLAUSE), atom.start):
        return False
    if atom.weak in {"season", "told"}:
        return stands(before(f"{atom.weak}_cues"), view, atom.start) is not None and not _capital(atom, text)
    figures = view[atom.start].isdigit() and atom.spec is not None and level(atom.spec) in {"day", "month"}
    return not (figures and borne(view, atom.start))


@cache
def _indefinite() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(re.escape(form) for form in forms('indefinite_days'))})(?![a-z])")


def _holiday(atom: Atom, text: str, view: str) -> bool:
    """Whether the name of a feast is its day: after a cue, or alone in its line; no name or place follows."""
    if atom.spec is None or _NAME_BEHIND.match(text, atom.end):
        return False
    if stands(before("holiday_cues"), view, atom.start) or view[atom.start : atom.end] in _sure_holidays():
        return True
    return bool(_LINE_HEAD.search(view, max(0, atom.start - 4), atom.start) and _LINE_END.match(view, atom.end))


@cache
def _sure_holidays() -> frozenset[str]:
    return frozenset(forms("holidays", "sure"))


def _alone(atom: Atom, view: str) -> bool:
    return closes(view, atom.end)


def _only_list(view: str, at: int) -> bool:
    return stands(before("day_cues", "list"), view, at) is not None and stands(_single_day(), view, at) is None


@cache
def _single_day() -> re.Pattern[str]:
    single = [form for form in forms("day_cues") if form not in set(forms("day_cues", "list"))]
    return ending(re.escape(form).replace(r"\ ", "[ \n]+") + "[ \n]+" for form in single)


def _year(atom: Atom, text: str, view: str) -> bool:
    noun = stands(before("year_nouns"), view, atom.start)
    if noun and stands(before("year_nouns", "small"), view, atom.start) and text[noun.start()].isupper():
        return False
    if noun or stands(before("year_cues", "strict"), view, atom.start):
        return not counted(view, atom.end)
    if _CELL_HEAD.search(view, max(0, atom.start - 3), atom.start) and _CELL_END.match(text, atom.end):
        return True
    cue = stands(before("year_cues"), view, atom.start)
    return cue is not None and not _measure().match(view, atom.end)


@cache
def _other_words() -> frozenset[str]:
    return frozenset(forms("months", "cue"))


def _month(atom: Atom, text: str, view: str) -> bool:
    if _capital(atom, text):
        return False
    return (
        view[atom.start : atom.end] not in _other_words() or stands(before("month_cues"), view, atom.start) is not None
    )


def _capital(atom: Atom, text: str) -> bool:
    """Whether a word is written as a name: a capital and small letters, and not where a sentence begins."""
    word = text[atom.start : atom.end]
    if not word[:1].isupper() or word.isupper():
        return False
    return text[max(0, atom.start - 8) : atom.start].rstrip(' \n"«')[-1:] not in {
        "",
        ".",
        "!",
        "?",
        ":",
        "-",
        "–",
        "—",
        "(",
        "•",
    }
