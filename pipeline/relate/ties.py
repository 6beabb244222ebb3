"""Which office belongs to which name: apposition before and behind, chains of offices, and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import fold, load_rules, mapping, rows
from pipeline.records import Mention
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.offices import serves

_TOKEN = re.compile(r"[\w.-]+'?|[^\w\s]")
_CLOSED = re.compile(r"\s*(?:$|[,.;:)(»\"”!?–-]|et\b)|[ ]*\n")
#: what parts an office from the name below it in a signature
_SIGNS = frozenset({"", ":", ","})
_SIGNED = re.compile(r"[ ]*:?[ ]*\n\s*")
_BRACKETS = re.compile(r"\([^()]{1,25}\)")
_PERIOD = re.compile(r"\d{1,3} ans")
#: the rule of an office that a comma parts from its holder
COMMA = "role-comma-name"
_KIN_REACH = 4  #: words before an office among which the person stands who is named by it
_ARTICLES = frozenset({"le", "la", "l'"})


@cache
def _small_words() -> frozenset[str]:
    """What may stand between an office and a name beside organisations and places."""
    titles = (word for entry in rows("titles") for word in fold(entry["form"]).split())
    linkers = (word for form in mapping("linkers") for word in form.replace("'", "' ").split())
    return frozenset([*titles, *linkers, "le", "la", "l'", "les"])


def ties(sentence: Sentence) -> Iterator[tuple[Mention, Mention, str]]:
    """(person, office, rule) of a sentence; each office goes to the names that it stands in apposition to."""
    roles = [m for m in sentence.mentions if m.label == "ROLE" and m.value is not None]
    served = {offset(m) for role in roles for m in roles if serves(sentence, role, m)}
    people = [m for m in sentence.mentions if m.label == "PER"]
    for role in roles:
        direct = [p for p in people if any(_leads(sentence, role, p, comma=c) for c in {False, is_plural(role)})]
        apposed = [p for p in people if offset(role) not in served and _follows(sentence, p, role)]
        if direct:
            yield from ((p, role, "role-name") for p in direct)
            continue
        led = [p for p in people if offset(role) not in served and _leads(sentence, role, p, comma=True)]
        if apposed and not (led and _opens(sentence, role)):
            yield apposed[-1], role, "name-role"
        else:
            yield from ((p, role, COMMA) for p in led if not _kin(sentence, role))


def _leads(sentence: Sentence, role: Mention, person: Mention, *, comma: bool) -> bool:
    """« le ministre de la Justice (,) X »; with `comma`, the name must be closed by punctuation as well."""
    if offset(person) < behind(role) or offset(person) - behind(role) > 160:
        return False
    plural = is_plural(role)
    inner = [m for m in sentence.mentions if m.label == "ROLE" and behind(role) <= offset(m) < offset(person)]
    if inner and _genitive(sentence, inner[-1]) and "," not in sentence.view[behind(inner[-1]) : offset(person)]:
        return False  # le conseiller du président X: X is the president
    rest, names = _between(sentence, behind(role), offset(person), ("ORG", "LOC", "DEMONYM", "ROLE", "PER", "DATE"))
    if names and not plural:
        return False
    words = _TOKEN.findall(_BRACKETS.sub(" ", rest))
    commas = words.count(",")
    if not comma and commas and not names:
        return False
    if _SIGNED.fullmatch(sentence.view, behind(role), offset(person)):
        return comma
    small = _small_words() - {"et"}
    allowed = {",", "et"} if names else small | ({","} if comma or plural else set()) | ({"et"} if plural else set())
    fronted = comma and _fronted(sentence, role)
    closed = (
        not comma or fronted or bool(_CLOSED.match(sentence.view, behind(person))) or behind(person) >= sentence.end
    )
    return closed and all(w in allowed for w in words) and (commas <= 2 or plural)


def signed(one: Sentence, two: Sentence) -> tuple[Mention, Mention, str] | None:
    """The tie of a signature, whose office and name stand on lines of their own; None where there is none."""
    roles = [m for m in one.mentions if m.label == "ROLE" and m.value is not None]
    people = [m for m in two.mentions if m.label == "PER"]
    if not roles or not people or is_plural(roles[-1]):
        return None
    role, person = roles[-1], people[0]
    line = max(one.start, one.view.rfind("\n", one.start, offset(role)) + 1)
    article = all(word in _small_words() for word in _TOKEN.findall(one.view, line, offset(role)))
    name = two.view[two.start : offset(person)] + two.view[behind(person) : two.end].partition("\n")[0]
    ends = one.view[behind(role) : one.end].strip() in _SIGNS
    return (person, role, "signature") if article and ends and not name.strip(" .") else None


def _fronted(sentence: Sentence, role: Mention) -> bool:
    """Whether an appointment opens the sentence: « Élue présidente en 2019, X … »."""
    return sentence.before(offset(role)).strip() in mapping("appointed")


def _genitive(sentence: Sentence, role: Mention) -> bool:
    """Whether an office is a complement: « du président »."""
    before = sentence.before(offset(role)).split()
    return bool(before) and (before[-1] in mapping("genitives") or " ".join(before[-2:]) in mapping("genitives"))


def _follows(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """« X, également ministre de la Justice (et garde des Sceaux) », « X est ministre »."""
    if offset(role) < behind(person) or offset(role) - behind(person) > 160:
        return False
    rest, names = _between(sentence, behind(person), offset(role), ("ORG", "LOC", "DEMONYM", "ROLE"))
    if names:
        return False
    if copula(rest) is not None:
        return True
    words = _TOKEN.findall(_PERIOD.sub("", rest))
    chained = any(m.label == "ROLE" for m in sentence.mentions if behind(person) <= offset(m) < offset(role))
    if not chained and words and words[-1] in _ARTICLES and not _closed(sentence, role):
        return False  # à Rome avec X, le ministre allemand a parlé
    small = _small_words() if chained else frozenset()
    allowed = frozenset(mapping("appositions")) | {",", "(", "-"} | small
    return bool(words) and words[0] in {",", "(", "-"} and all(w in allowed for w in words) and words.count(",") <= 2


def _closed(sentence: Sentence, role: Mention) -> bool:
    """Whether an office ends an apposition: with its organisation or country a comma, a bracket or the end follows."""
    end = behind(role)
    for mention in sentence.mentions:
        gap = sentence.view[end : offset(mention)] if offset(mention) >= end else "."
        if mention.label in ("ORG", "LOC", "DEMONYM") and all(w in _small_words() for w in _TOKEN.findall(gap)):
            end = behind(mention)
    return end >= sentence.end or _CLOSED.match(sentence.view, end) is not None or _relative(sentence, end)


def _relative(sentence: Sentence, at: int) -> bool:
    words = sentence.behind(at).split()
    return bool(words) and words[0] in mapping("relatives")


def _between(sentence: Sentence, start: int, end: int, labels: tuple[str, ...]) -> tuple[str, bool]:
    """The folded words from `start` to `end` without the mentions of `labels`, and whether a name is among all."""
    view, at, parts = sentence.view, start, []
    inside = [m for m in sentence.mentions if start <= offset(m) and behind(m) <= end]
    for mention in inside:
        if mention.label in labels and offset(mention) >= at:
            parts.append(view[at : offset(mention)])
            at = behind(mention)
    return " ".join([*parts, view[at:end]]), any(m.label == "PER" for m in inside)


def copula(between: str) -> str | None:
    """What a verb between a name and its office makes of it: current, former or future; None where there is none."""
    words = " ".join(between.split())
    return next((rule.label for rule in load_rules("copulas") if words and rule.regex.fullmatch(words)), None)


def evaluate_copulas(text: str) -> list[tuple[str, str]]:
    """What an example of rules/copulas.toml gives: (rule, label) of each rule that is all of it."""
    view = fold(text)
    return [(rule.id, rule.label) for rule in load_rules("copulas") if rule.regex.fullmatch(view)]


def _opens(sentence: Sentence, role: Mention) -> bool:
    """Whether « et » and an article before an office begin another holder: « A, ministre, et le préfet du Cher, B »."""
    before = sentence.before(offset(role)).replace("'", "' ").split()
    return len(before) > 1 and before[-2] in mapping("conjunctions") and before[-1] in _ARTICLES


def _kin(sentence: Sentence, role: Mention) -> bool:
    """Whether somebody is named by a holder of office: « la nièce du ministre, X »."""
    words = sentence.before(offset(role)).split()[-_KIN_REACH:]
    return bool(words) and _genitive(sentence, role) and any(word in mapping("kin") for word in words)


def is_plural(role: Mention) -> bool:
    """Whether an office is one of several persons (« les ministres A et B »)."""
    first = fold(role.text or "").split()[0]
    return first.endswith(("s", "x")) and role.value is not None and not fold(role.value.head).endswith(("s", "x"))
