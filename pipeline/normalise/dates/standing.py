"""Where an expression stands in its text: sentences, heads, entries of a programme, what joins it to the one before."""

from __future__ import annotations

import re

from pipeline.normalise.dates.cues import words

#: the end of a sentence; the point behind an initial or a title is none
SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<!\b[a-z].)(?<!\bmm.)(?<!\bdr.)[ \n\"»)]|$)")
_HEAD = re.compile(r"(?:^|[.!?:\n\"])[ \n]*(?:([a-z]+) )?$")
#: the head of an entry of a programme, and what stands behind its day
_ENTRY, _COLON = re.compile(r"(?:^|\n|[.;])[ ]*(?:[-•*] ?)?\Z"), re.compile(r"[ ]?(?::|-|\n)")
_WORD, _THIS = re.compile(r"[a-z]+"), re.compile(r"(?<![a-z])ce[ \n]\Z")
_OF = re.compile(r"(?<![a-z])d(?:e[ \n]|'[ ]?)\Z")
#: a date that goes on from the one before stands so near it, in characters
_RUN_ON = 80
#: no sentence and no paragraph is taken to be longer
_SENTENCE, _PARAGRAPH = 600, 6000


def head(view: str, at: int) -> re.Match[str] | None:
    """The head of a sentence directly before `at`, with at most one word, its group 1."""
    return _HEAD.search(view, max(0, at - 8), at)


def same_sentence(view: str, before: int, at: int) -> bool:
    """Whether no sentence ends between two offsets."""
    return at - before < _SENTENCE and SENTENCE_END.search(view, before, at) is None


def paragraph_end(view: str, at: int) -> int:
    """Where the paragraph ends that holds `at`."""
    end = view.find("\n", at, at + _PARAGRAPH)
    return min(len(view), at + _PARAGRAPH) if end < 0 else end


def entry(view: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` head an entry of a programme: « - Jeudi : conseil »."""
    return _ENTRY.search(view, max(0, start - 4), start) is not None and _COLON.match(view, end) is not None


def pointed_at(view: str, at: int) -> bool:
    """Whether « ce » stands directly before."""
    return _THIS.search(view, max(0, at - 4), at) is not None


def complement(view: str, at: int) -> bool:
    """Whether « de » stands directly before."""
    return _OF.search(view, max(0, at - 4), at) is not None


def joint(view: str, before: int, at: int) -> bool:
    """Whether only what joins a year to its day stands between two offsets: « en 2028, du 14 juillet »."""
    return " ".join(view[before:at].split()) in words("year_joints")


def runs_on(view: str, before: int, at: int) -> bool:
    """Whether two offsets are near, no verb, no contrast between: « arrêté le 3 mars 2014, libéré le 8 mai »."""
    gap = view[before:at]
    apart = words("auxiliaries") | words("contrasts")
    return len(gap) < _RUN_ON and apart.isdisjoint(_WORD.findall(gap))
