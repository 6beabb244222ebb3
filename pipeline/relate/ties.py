"""Which office belongs to which name: apposition before and behind, chains of offices, and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import fold, mapping, rows
from pipeline.lexicon.copulas import copula
from pipeline.records import Mention, replace
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.offices import serves

#: person, office, rule
Tie = tuple[Mention, Mention, str]
_TOKEN = re.compile(r"[\w.-]+'?|[^\w\s]")
_CLOSED = re.compile(r"\s*(?:$|[,.;:)(»\"”!?–-]|et\b)|[ ]*\n")
#: what parts an office from the name below it in a signature
_SIGNS = frozenset({"", ":", ","})
_SIGNED = re.compile(r"[ ]*:?[ ]*\n\s*")
_BRACKETS = re.compile(r"\([^()]{1,25}\)")
_PERIOD = re.compile(r"\d{1,3} ans")
_FAR = 160  #: no office stands further from its holder, in characters
#: the rules of an office that a comma parts from its holder, behind it and before
COMMA, APPOSITION = "role-comma-name", "name-role"
_FRONTED = 3  #: words of a participle with its adverb that open a sentence
_MADE = 30  #: characters before a name in which the verb stands that appoints
_KIN_REACH = 4  #: words before an office among which the person stands who is named by it
_ARTICLES = frozenset({"le", "la", "l'"})


@cache
def small_words() -> frozenset[str]:
    """What may stand between an office and a name beside organisations and places."""
    titles = (word for entry in rows("titles") for word in fold(entry["form"]).split())
    links = [*mapping("linkers"), *mapping("term_links")]
    linkers = (word for form in links for word in form.replace("'", "' ").split())
    return frozenset([*titles, *linkers, "le", "la", "l'", "les"])


def ties(sentence: Sentence) -> Iterator[Tie]:
    """(person, office, rule) of a sentence; each office goes to the names that it stands in apposition to."""
    roles = [m for m in sentence.mentions if m.label == "ROLE" and m.value is not None]
    served = {offset(m) for role in roles for m in roles if serves(sentence, role, m)}
    people = [m for m in sentence.mentions if m.label == "PER"]
    for role in roles:
        commas = {False, is_plural(role)}
        if direct := [p for p in people if any(_leads(sentence, role, p, comma=comma) for comma in commas)]:
            yield from ((p, role, "role-name") for p in direct)
        elif made := [p for p in people if _made(sentence, p, role)]:
            yield made[-1], role, "appointed"
        elif offset(role) not in served:
            yield from _apposed(sentence, role, people)


def _apposed(sentence: Sentence, role: Mention, people: list[Mention]) -> Iterator[Tie]:
    """The ties of an office that a comma or a verb parts from its holder, behind it or before."""
    apposed = [p for p in people if _follows(sentence, p, role)]
    led = [p for p in people if _leads(sentence, role, p, comma=True)]
    other = led and (_opens(sentence, role) or _is_led(sentence, role, apposed[-1])) if apposed else False
    if apposed and not other:
        several = _coordinated(sentence, people, apposed[-1]) if is_plural(role) else [apposed[-1]]
        yield from ((p, role, APPOSITION) for p in several)
    elif not _kin(sentence, role):
        yield from ((p, role, COMMA) for p in led)


def _is_led(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a name closes another apposition: « le ministre, A, | l'ambassadrice, B »."""
    before = (m for m in sentence.mentions if m.label == "ROLE" and m.value and behind(m) <= offset(person))
    first = sentence.before(offset(role)).replace("'", "' ").split()[-1:]
    return first != [] and first[0] in _ARTICLES and any(_leads(sentence, m, person, comma=True) for m in before)


def _coordinated(sentence: Sentence, people: list[Mention], last: Mention) -> list[Mention]:
    """A person and those coordinated before: « A (PS, Gironde), B et C, (députés) »."""
    found = [last]
    for person in reversed([p for p in people if behind(p) <= offset(last)]):
        between = _BRACKETS.sub(" ", sentence.view[behind(person) : offset(found[0])])
        if not small_words().union((",", "et")).issuperset(_TOKEN.findall(between)):
            break
        found.insert(0, person)
    return found


def _leads(sentence: Sentence, role: Mention, person: Mention, *, comma: bool) -> bool:
    """« le ministre de la Justice (,) X »; with `comma`, the name must be closed by punctuation as well."""
    if not 0 <= offset(person) - behind(role) <= _FAR or _inner(sentence, role, person):
        return False
    if other := _joined_office(sentence, role, person):
        return _leads(sentence, other, person, comma=comma)
    rest, names = _between(sentence, behind(role), offset(person), ("ORG", "LOC", "DEMONYM", "ROLE", "PER", "DATE"))
    if names:
        return is_plural(role) and _joined(sentence, role, person)
    if _SIGNED.fullmatch(sentence.view, behind(role), offset(person)):
        return comma
    words = _TOKEN.findall(_PERIOD.sub(" ", _BRACKETS.sub(" ", rest)))
    if not comma and ("," in words or _owned(sentence, role, person, words)):
        return False
    fit = _allowed(sentence, role, person, comma=comma).issuperset(words)
    return fit and (not comma or _ends(sentence, role, person)) and (words.count(",") <= 2 or is_plural(role))


def _joined_office(sentence: Sentence, role: Mention, person: Mention) -> Mention | None:
    """The other office of the same holder: « le maire de Vire et | sénateur | X »; with an article it is another's."""
    inner = (m for m in sentence.mentions if m.label == "ROLE" and behind(role) <= offset(m) < offset(person))
    other = next(inner, None)
    if other is None or other.value is None or is_plural(role):
        return None
    rest, _ = _between(sentence, behind(role), offset(other), ("ORG", "LOC", "DEMONYM"))
    words = _TOKEN.findall(rest)
    joined = words[-1:] == ["et"] and small_words().issuperset(words[:-1]) and "," not in words
    return other if joined else None


def _inner(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """« le conseiller du président X »: X is the president."""
    inner = [m for m in sentence.mentions if m.label == "ROLE" and behind(role) <= offset(m) < offset(person)]
    return (
        bool(inner) and _genitive(sentence, inner[-1]) and "," not in sentence.view[behind(inner[-1]) : offset(person)]
    )


def _allowed(sentence: Sentence, role: Mention, person: Mention, *, comma: bool) -> frozenset[str]:
    """The words that may stand between an office and the name behind it."""
    plural = is_plural(role)
    listed = ":" in sentence.view[behind(role) : offset(person)] and _heads(sentence, role)
    more = {",": comma or plural, "et": plural, ":": comma and listed}
    return small_words() - {"et"} | {word for word, may in more.items() if may}


def _ends(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a name ends an apposition: punctuation or the end follows, or the office opened the sentence."""
    closed = _CLOSED.match(sentence.view, behind(person)) is not None or behind(person) >= sentence.end
    return closed or _fronted(sentence, role)


def signed(one: Sentence, two: Sentence) -> Tie | None:
    """The tie of a signature, whose office and name stand on lines of their own; None where there is none."""
    roles = [m for m in one.mentions if m.label == "ROLE" and m.value is not None]
    people = [m for m in two.mentions if m.label == "PER"]
    if not roles or not people or is_plural(roles[-1]):
        return None
    role, person = roles[-1], people[0]
    line = max(one.start, one.view.rfind("\n", one.start, offset(role)) + 1)
    article = all(word in small_words() for word in _TOKEN.findall(one.view, line, offset(role)))
    name = two.view[two.start : offset(person)] + two.view[behind(person) : two.end].partition("\n")[0]
    ends = one.view[behind(role) : one.end].strip() in _SIGNS
    return (person, role, "signature") if article and ends and not name.strip(" .") else None


def _joined(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a name follows the last one of an office of several: « les ministres A, B et (le saoudien) C »."""
    people = [m for m in sentence.mentions if m.label == "PER" and behind(role) <= offset(m) < offset(person)]
    rest, _ = _between(sentence, behind(people[-1]), offset(person), ("DEMONYM", "LOC"))
    first = any(_leads(sentence, role, people[0], comma=comma) for comma in (False, True))
    return first and all(
        word in small_words() or word in {",", "et"} for word in _TOKEN.findall(_BRACKETS.sub(" ", rest))
    )


def _owned(sentence: Sentence, role: Mention, person: Mention, words: list[str]) -> bool:
    """Whether a name is what an office is of, as in « le PDG de Renault »."""
    genitive = {word for form in mapping("genitives") for word in form.split()}
    between = [m for m in sentence.mentions if behind(role) <= offset(m) < offset(person)]
    return any(word in genitive for word in words) and not between


def _heads(sentence: Sentence, role: Mention) -> bool:
    """Whether an office begins its line."""
    line = max(sentence.start, sentence.view.rfind("\n", 0, offset(role)) + 1)
    return not sentence.view[line : offset(role)].strip(" -•*–")


def _fronted(sentence: Sentence, role: Mention) -> bool:
    """Whether an appointment opens the sentence: « Élue présidente en 2019, X … »."""
    words = sentence.before(offset(role)).split()
    return not words or (words[0] in mapping("appointed") and len(words) <= _FRONTED)


def _genitive(sentence: Sentence, role: Mention) -> bool:
    """Whether an office is a complement: « du président »."""
    before = sentence.before(offset(role)).split()
    return bool(before) and (before[-1] in mapping("genitives") or " ".join(before[-2:]) in mapping("genitives"))


def _follows(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """« X, également ministre de la Justice (et garde des Sceaux) », « X est ministre »."""
    if offset(role) < behind(person) or offset(role) - behind(person) > _FAR:
        return False
    rest, names = _without_served(sentence, behind(person), offset(role))
    if names:
        return False
    if fold(role.text or "") in mapping("office_verbs"):
        return next((word for word in _TOKEN.findall(rest) if word != ","), "") in mapping("relatives")
    if any(copula(part) is not None for part in (rest, rest.strip(" ,"), _behind_aside(rest))):
        return True
    words = _TOKEN.findall(_BRACKETS.sub(" ", _PERIOD.sub("", rest)))
    chained = any(m.label == "ROLE" for m in sentence.mentions if behind(person) <= offset(m) < offset(role))
    if not chained and words and words[-1] in _ARTICLES and not (_closed(sentence, role) or _speaks(sentence, person)):
        return False  # à Rome avec X, le ministre allemand a parlé
    small = small_words() if chained else frozenset()
    allowed = _appositions() | {",", "(", "-"} | small
    return bool(words) and words[0] in {",", "(", "-"} and all(w in allowed for w in words) and words.count(",") <= 2


@cache
def _appositions() -> frozenset[str]:
    """The words that may stand between the comma behind a name and an office."""
    return frozenset(word for form in mapping("appositions") for word in form.split())


def _speaks(sentence: Sentence, person: Mention) -> bool:
    """Whether a name is the subject behind its verb, so that what follows is no other: « a dit X, le chef … »."""
    words = [word for word in _TOKEN.findall(sentence.before(offset(person))) if word not in small_words()]
    return bool(words) and mapping("saying_cues").get(words[-1]) == ""


def _behind_aside(rest: str) -> str:
    """What follows an apposition of small words, whose names are left out of `rest`: « , à la , | est nommé »."""
    aside, comma, main = rest.rpartition(",")
    small = comma and all(word in small_words() | {",", "et"} for word in _TOKEN.findall(aside))
    return main if small else ""


def _closed(sentence: Sentence, role: Mention) -> bool:
    """Whether an office ends an apposition: with its organisation or country a comma, a bracket or the end follows."""
    end = behind(role)
    for mention in sentence.mentions:
        gap = sentence.view[end : offset(mention)] if offset(mention) >= end else "."
        if mention.label in ("ORG", "LOC", "DEMONYM") and all(w in small_words() for w in _TOKEN.findall(gap)):
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


def _without_served(sentence: Sentence, start: int, end: int) -> tuple[str, bool]:
    """As `_between`, without those whom an office on the way serves: « X, conseiller | du roi Y | et préfet »."""
    inside = [m for m in sentence.mentions if start <= offset(m) and behind(m) <= end]
    masters = [m for m in inside if m.label == "ROLE" and _genitive(sentence, m)]
    served = {offset(p) for p in inside if p.label == "PER" and any(behind(m) + 1 == offset(p) for m in masters)}
    kept = replace(sentence, mentions=tuple(m for m in sentence.mentions if offset(m) not in served))
    rest, names = _between(kept, start, end, ("ORG", "LOC", "DEMONYM", "ROLE"))
    for person in (m for m in inside if offset(m) in served and m.label == "PER"):
        rest = rest.replace(sentence.view[offset(person) : behind(person)], " ", 1)
    return rest, names


def _made(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """« le roi a nommé X ministre », « … au poste de ministre »."""
    gap = " ".join(sentence.view[behind(person) : offset(role)].split()) if offset(role) > behind(person) else None
    before = [w for w in _TOKEN.findall(sentence.before(offset(person))[-_MADE:]) if w not in small_words()]
    verb = bool(before) and before[-1] in mapping("appointing_verbs")
    return gap is not None and verb and (not gap or gap in mapping("appointing_links"))


def _opens(sentence: Sentence, role: Mention) -> bool:
    """Whether « et » and an article before an office begin another holder: « A, ministre, et le préfet du Cher, B »."""
    before = sentence.before(offset(role)).replace("'", "' ").split()
    return len(before) > 1 and before[-2] in mapping("conjunctions") and before[-1] in _ARTICLES


def _kin(sentence: Sentence, role: Mention) -> bool:
    """Whether somebody is named by a holder of office: « la nièce du ministre, X »."""
    words = sentence.before(offset(role)).replace("'", "' ").split()[-_KIN_REACH:]
    return bool(words) and _genitive(sentence, role) and any(word in mapping("kin") for word in words)


def is_plural(role: Mention) -> bool:
    """Whether an office is one of several persons (« les ministres A et B »)."""
    first = fold(role.text or "").split()[0]
    return first.endswith(("s", "x")) and role.value is not None and not fold(role.value.head).endswith(("s", "x"))
