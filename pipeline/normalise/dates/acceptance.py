"""Whether an atom that stands alone is a date: what it needs before it and behind it, by its weakness."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.normalise.dates import cues
from pipeline.normalise.dates.atoms import Atom
from pipeline.normalise.dates.specs import Part, level

_OF = re.compile(r"[ \n](?:d'|du |des |de (?![0-9]))")
_SENTENCE_HEAD, _WORD_BEHIND = re.compile(r"(?:^|[.!?\n\"«])[ ]?\Z"), re.compile(r"[ \n]([a-z]+)")
_NAME_BEHIND = re.compile(r"[ \n-][A-ZÀ-Ý]")
_LINE_HEAD, _LINE_END = re.compile(r"(?:^|\n)(?:l[ea] |l')?\Z"), re.compile(r"[ ]*(?:\n|$)")
#: the first cell of a line of a table, or the year before a colon
_CELL_HEAD, _CELL_END = re.compile(r"(?:^|\n)[|]?[ ]?\Z"), re.compile(r"[ ]?(?:\||\t|:)|[ ][–—-][ ]")
_OPENERS = ".!?:-–—(•"  #: signs behind which a word has a capital all the same
#: a day that is told of goes back to one in the last so many characters
_CLAUSE = 100


def accepted(atom: Atom, text: str, view: str) -> bool:
    """Whether a single atom is a date where it stands: a strong one unless it is a name, a weak one after its cue."""
    return _TESTS[atom.weak](atom, text, view)


def _strong(atom: Atom, text: str, view: str) -> bool:
    figures = view[atom.start].isdigit() and atom.spec is not None and level(atom.spec) in {"day", "month"}
    return not (figures and cues.borne(view, atom.start))


def _day(atom: Atom, text: str, view: str) -> bool:
    cued = view[atom.start].isdigit() and cues.stands(cues.before("day_cues", ""), view, atom.start) is not None
    return cued and not _only_list(view, atom.start) and cues.closes(view, atom.end)


def _figures(atom: Atom, text: str, view: str) -> bool:
    return cues.stands(cues.before("day_cues"), view, atom.start) is not None and not cues.counted(view, atom.end)


def _part(atom: Atom, text: str, view: str) -> bool:
    return isinstance(atom.spec, Part) and atom.spec.kind in {"quarter", "semester"} and not _OF.match(view, atom.end)


def _season(atom: Atom, text: str, view: str) -> bool:
    return cues.stands(cues.before("season_cues"), view, atom.start) is not None and not _capital(atom, text)


def _told(atom: Atom, text: str, view: str) -> bool:
    if _indefinite().search(view, max(0, atom.start - _CLAUSE), atom.start):
        return False
    return cues.stands(cues.before("told_cues"), view, atom.start) is not None and not _capital(atom, text)


@cache
def _indefinite() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(re.escape(form) for form in cues.forms('indefinite_days'))})(?![a-z])")


def _holiday(atom: Atom, text: str, view: str) -> bool:
    """Whether the name of a feast is its day: after a cue, or alone in its line; no name or place follows."""
    if atom.spec is None or _NAME_BEHIND.match(text, atom.end):
        return False
    if cues.stands(cues.before("holiday_cues"), view, atom.start) or view[atom.start : atom.end] in cues.words(
        "holidays", "sure"
    ):
        return True
    return bool(_LINE_HEAD.search(view, max(0, atom.start - 4), atom.start) and _LINE_END.match(view, atom.end))


def _named(atom: Atom, text: str, view: str) -> bool:
    cue = cues.stands(cues.before("named_day_cues"), view, atom.start)
    return cue is not None and _NAME_BEHIND.match(text, atom.end) is None


def _before_verb(view: str, end: int) -> bool:
    word = _WORD_BEHIND.match(view, end)
    return word is not None and word[1] in cues.words("auxiliaries")


def _only_list(view: str, at: int) -> bool:
    return (
        cues.stands(cues.before("day_cues", "list"), view, at) is not None
        and cues.stands(_single_day(), view, at) is None
    )


@cache
def _single_day() -> cues.Cue:
    single = [form for form in cues.forms("day_cues") if form not in cues.words("day_cues", "list")]
    return cues.ending(re.escape(form).replace(r"\ ", "[ \n]+") + "[ \n]+" for form in single)


def _year(atom: Atom, text: str, view: str) -> bool:
    if cues.borne(view, atom.start):
        return False
    noun = cues.stands(cues.before("year_nouns"), view, atom.start)
    if noun and cues.stands(cues.before("year_nouns", "small"), view, atom.start) and text[noun.start()].isupper():
        return False
    if noun or cues.stands(cues.before("year_cues", "strict"), view, atom.start):
        return not cues.counted(view, atom.end)
    if _CELL_HEAD.search(view, max(0, atom.start - 3), atom.start) and _CELL_END.match(text, atom.end):
        return True
    if _SENTENCE_HEAD.search(view, max(0, atom.start - 3), atom.start) and _before_verb(view, atom.end):
        return True  # 2023 sera l'année la plus chaude
    cue = cues.stands(cues.before("year_cues"), view, atom.start)
    return cue is not None and not cues.measure().match(view, atom.end)


def _month(atom: Atom, text: str, view: str) -> bool:
    if cues.borne(view, atom.start) or _capital(atom, text):
        return False
    return (
        view[atom.start : atom.end] not in cues.words("months", "cue")
        or cues.stands(cues.before("month_cues"), view, atom.start) is not None
    )


def _capital(atom: Atom, text: str) -> bool:
    """Whether a word is written as a name: a capital and small letters, and not where a sentence begins."""
    word = text[atom.start : atom.end]
    if not word[:1].isupper() or word.isupper():
        return False
    before = text[max(0, atom.start - 8) : atom.start].rstrip(' \n"«')
    return bool(before) and before[-1] not in _OPENERS


#: {weakness of a rule: whether such an atom is a date}
_TESTS: dict[str, Callable[[Atom, str, str], bool]] = {
    "": _strong,
    "tensed": _strong,
    "day": _day,
    "figures": _figures,
    "month": _month,
    "year": _year,
    "part": _part,
    "season": _season,
    "told": _told,
    "holiday": _holiday,
    "named": _named,
}
