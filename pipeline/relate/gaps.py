"""What stands between an office and a name, and what may stand there."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon import fold, mapping, single_words
from pipeline.records import Mention, replace
from pipeline.relate.clauses import Sentence, behind, offset

TOKEN = re.compile(r"[\w.-]+'?|[^\w\s]")
CLOSED = re.compile(r"\s*(?:$|[,.;:)(»\"”!?–-]|et\b)|[ ]*\n")
BRACKETS = re.compile(r"\([^()]{1,25}\)")
PERIOD = re.compile(r"\d{1,3} ans")
FAR = 160  #: no office stands further from its holder, in characters
ARTICLES = frozenset({"le", "la", "l'"})


@cache
def small_words() -> frozenset[str]:
    """What may stand between an office and a name beside organisations and places."""
    links = [*mapping("linkers"), *mapping("term_links")]
    linkers = (word for form in links for word in form.replace("'", "' ").split())
    return frozenset([*single_words("titles"), *linkers, "le", "la", "l'", "les"])


def between(sentence: Sentence, start: int, end: int, labels: tuple[str, ...]) -> tuple[str, bool]:
    """The folded words from `start` to `end` without the mentions of `labels`, and whether a name is among all."""
    view, at, parts = sentence.view, start, []
    inside = [m for m in sentence.mentions if start <= offset(m) and behind(m) <= end]
    for mention in inside:
        if mention.label in labels and offset(mention) >= at:
            parts.append(view[at : offset(mention)])
            at = behind(mention)
    return " ".join([*parts, view[at:end]]), any(m.label == "PER" for m in inside)


def without_served(sentence: Sentence, start: int, end: int) -> tuple[str, bool]:
    """As `between`, without those whom an office on the way serves: « X, conseiller | du roi Y | et préfet »."""
    inside = [m for m in sentence.mentions if start <= offset(m) and behind(m) <= end]
    masters = [m for m in inside if m.label == "ROLE" and is_complement(sentence, m)]
    served = {offset(p) for p in inside if p.label == "PER" and any(behind(m) + 1 == offset(p) for m in masters)}
    kept = replace(sentence, mentions=tuple(m for m in sentence.mentions if offset(m) not in served))
    rest, names = between(kept, start, end, ("ORG", "LOC", "DEMONYM", "ROLE"))
    for person in (m for m in inside if offset(m) in served and m.label == "PER"):
        rest = rest.replace(sentence.view[offset(person) : behind(person)], " ", 1)
    return rest, names


def is_complement(sentence: Sentence, role: Mention) -> bool:
    """Whether an office is a complement: « du président »."""
    before = sentence.before(offset(role)).split()
    return bool(before) and (before[-1] in mapping("genitives") or " ".join(before[-2:]) in mapping("genitives"))


def is_plural(role: Mention) -> bool:
    """Whether an office is one of several persons (« les ministres A et B »)."""
    first = fold(role.text or "").split()[0]
    return first.endswith(("s", "x")) and role.value is not None and not fold(role.value.head).endswith(("s", "x"))
