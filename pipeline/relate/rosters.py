"""Lists of holders under an office, as decrees have them: « Directeur du Budget : », then « - M. X » a line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from pipeline.lexicon import mapping, single_words
from pipeline.records import Annotated, Mention
from pipeline.relate.clauses import Sentence, behind, labels, offset, sentences, stretched
from pipeline.relate.gaps import TOKEN, between, is_nominal, is_plural, small_words
from pipeline.relate.ties import Tie

ROSTER = "roster"
#: what opens a line of a list: « - », « a) », « 1. », « II. »
_NUMBER = r"(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[ ]?[.)°-]+"
_COLON = re.compile(r":[^\S\n]*\n")  #: at the end of a line
_ITEM = re.compile(rf"[ \t]*(?:[-–—•*▪]|{_NUMBER})[ \t]*")


def rosters(annotated: Annotated) -> Iterator[tuple[Sentence, Tie]]:
    """(sentence, tie) of each first name of the lines under a line that ends in an office and a colon.

    The sentence holds what was found from the office to the end of its line, and in the line of the name up to it. A
    line without a name ends the list, as one does that begins with something else.
    """
    yield from (one for sentence in sentences(annotated) if _is_enumeration(sentence) for one in _enumerated(sentence))
    if not sentences(annotated) or not _COLON.search(sentences(annotated)[0].view):
        return
    office: Mention | None = None
    heading: tuple[Mention, ...] = ()
    for line in _lines(annotated):
        person = _listed(line) if office else None
        if office and person:
            inside = tuple(m for m in line.mentions if offset(m) <= offset(person))
            yield _between(sentences(annotated), office, person, heading + inside), (person, office, ROSTER)
        else:
            office = _heading(line)
            heading = tuple(m for m in line.mentions if office and offset(m) >= offset(office))


def _is_enumeration(sentence: Sentence) -> bool:
    """Whether a sentence may hold a list: an office, names, a colon."""
    return {"PER", "ROLE"} <= sentence.labels and ": " in sentence.words


def _enumerated(sentence: Sentence) -> Iterator[tuple[Sentence, Tie]]:
    """The names behind a colon and an office to which several are appointed: « sont nommés juges : M. A ; Mme B »."""
    colon = sentence.view.index(": ", sentence.start)
    office = next((m for m in reversed(sentence.within(sentence.start, colon)) if m.label == "ROLE" and m.value), None)
    if office is None or not is_plural(office) or not _is_appointed_to(sentence, office, colon):
        return
    mark, last = ";" if ";" in sentence.view[colon : sentence.end] else ",", colon + 1
    for person in (m for m in sentence.within(colon, sentence.end) if m.label == "PER"):
        if _begins_item(sentence, max(colon, sentence.view.rfind(mark, colon, offset(person))) + 1, last, person):
            inside = (*sentence.within(offset(office), colon), person)
            yield stretched(sentence, sentence.start, sentence.end, inside), (person, office, ROSTER)
            last = behind(person)


def _is_appointed_to(sentence: Sentence, office: Mention, colon: int) -> bool:
    """Whether a verb that appoints stands before an office, and no name between it and the colon."""
    _, names = between(sentence, behind(office), colon, ())
    before = TOKEN.findall(sentence.before(offset(office)))
    return not names and any(word.rstrip("s") in mapping("appointed") for word in before)


def _begins_item(sentence: Sentence, start: int, last: int, person: Mention) -> bool:
    """Whether nothing but titles stands between a name and the mark before it, or the `last` name and « et »."""
    titles = single_words("titles")
    words, joined = (TOKEN.findall(sentence.view, at, offset(person)) for at in (start, last))
    return titles.issuperset(words) or (joined[:1] == ["et"] and titles.issuperset(joined[1:]))


def _lines(annotated: Annotated) -> Iterator[Sentence]:
    """The lines that are not empty, each as a sentence with what was found in it."""
    text, view, at = annotated.text, sentences(annotated)[0].view, 0
    for line in re.finditer(r"[^\n]*\S[^\n]*", view):
        at = bisect_left(annotated.mentions, line.start(), at, key=offset)
        end = bisect_left(annotated.mentions, line.end(), at, key=offset)
        inside = annotated.mentions[at:end]
        yield Sentence(0, line.start(), line.end(), text, view, inside, labels(inside))


def _heading(line: Sentence) -> Mention | None:
    """The office that a line ends in, but for its organisation and a colon; it begins the line or is appointed to."""
    if not line.words.rstrip().endswith(":"):
        return None
    role = next((m for m in reversed(line.mentions) if m.label == "ROLE" and m.value is not None), None)
    if role is None:
        return None
    rest, _ = between(line, behind(role), line.end, ("ORG", "LOC", "DEMONYM"))
    words = TOKEN.findall(rest)
    item = _ITEM.match(line.view, line.start, offset(role))
    before = TOKEN.findall(line.view, item.end() if item else line.start, offset(role))
    fit = small_words().issuperset(before) or any(word.rstrip("s") in mapping("appointed") for word in before)
    known = small_words().issuperset(words[:-1]) or is_nominal(words[:-1])
    return role if fit and words[-1:] == [":"] and known else None


def _listed(line: Sentence) -> Mention | None:
    """The name that an item of a list begins with, behind its titles."""
    item = _ITEM.match(line.view, line.start)
    person = next((m for m in line.mentions if m.label == "PER"), None)
    if item is None or person is None:
        return None
    titles = TOKEN.findall(line.view, item.end(), offset(person))
    return person if single_words("titles").issuperset(titles) else None


def _between(found: list[Sentence], office: Mention, person: Mention, mentions: tuple[Mention, ...]) -> Sentence:
    """The sentence of a name, from the office above it on."""
    own = found[bisect_right(found, offset(person), key=lambda sentence: sentence.start) - 1]
    return stretched(own, min(offset(office), own.start), own.end, mentions)
