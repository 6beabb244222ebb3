"""Which office belongs to which name: apposition before and behind, chains of offices, and verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon import fold, mapping, single_words
from pipeline.records import Mention
from pipeline.relate.appositions import follows
from pipeline.relate.clauses import Sentence, behind, offset
from pipeline.relate.complements import behind_complement, without_trade
from pipeline.relate.gaps import (
    ARTICLES,
    CLOSED,
    ENDED,
    FAR,
    TOKEN,
    between,
    is_complement,
    is_plural,
    small_words,
    without_brackets,
    without_terms,
)
from pipeline.relate.offices import serves

#: person, office, rule
Tie = tuple[Mention, Mention, str]
#: what parts an office from the name below it in a signature
_SIGNS = frozenset({"", ":", ","})
_SIGNED = re.compile(r"[ ]*:?[ ]*\n\s*")
#: the rules of an office that a comma parts from its holder, behind it and before
COMMA, APPOSITION = "role-comma-name", "name-role"
#: what may stand between an office and a name: mentions of these labels, and these words in a list
_NAMES = ("ORG", "LOC", "DEMONYM", "ROLE", "PER", "DATE")
_JOINTS = frozenset({",", "et", ":"})
_FRONTED = 3  #: words of a participle with its adverb that open a sentence
_MADE = 30  #: characters before a name in which the verb stands that appoints
_COMMAS = 2  #: between an office and a name, beside those before other offices
_BY = "par"  #: what a signature may begin with
_KIN_REACH = 4  #: words before an office among which the person stands who is named by it


def held(sentence: Sentence) -> list[Mention]:
    """The offices of a sentence that somebody may hold."""
    if "ROLE" not in sentence.labels:
        return []
    return [m for m in sentence.mentions if m.label == "ROLE" and m.value is not None]


def ties(sentence: Sentence, roles: list[Mention]) -> Iterator[Tie]:
    """(person, office, rule) of a sentence; each of the offices goes to the names that it stands in apposition to."""
    people = [m for m in sentence.mentions if m.label == "PER"] if "PER" in sentence.labels else []
    for role in roles if people else ():
        later = [m for m in sentence.within(behind(role), behind(role) + FAR + 1) if m.label == "PER"]
        if direct := [p for p in later if _leads_directly(sentence, role, p)]:
            yield from ((p, role, "role-name") for p in direct)
        elif made := [p for p in people if _made(sentence, p, role)]:
            yield made[-1], role, "appointed"
        elif (server := next((other for other in roles if serves(sentence, other, role)), None)) is None:
            yield from _apposed(sentence, role, people, later)
        elif later and _is_served(sentence, people, server, role, later[0]):
            yield later[0], role, COMMA


def _apposed(sentence: Sentence, role: Mention, people: list[Mention], later: list[Mention]) -> Iterator[Tie]:
    """The ties of an office that a comma or a verb parts from its holder, behind it (`later`) or before."""
    apposed = [p for p in people if follows(sentence, p, role)]
    led = [p for p in later if _leads(sentence, role, p, comma=True)]
    if apposed and not (led and (_opens(sentence, role) or _is_led(sentence, role, apposed[-1]))):
        several = _coordinated(sentence, people, apposed[-1]) if is_plural(role) else [apposed[-1]]
        yield from ((p, role, APPOSITION) for p in several)
    elif led and not _kin(sentence, role):
        yield from ((p, role, COMMA) for p in led)


def _is_served(sentence: Sentence, people: list[Mention], server: Mention, role: Mention, person: Mention) -> bool:
    """Whether a name is that of who is served, as who serves has one: « A, conseiller de | la ministre, B. »."""
    if not any(follows(sentence, p, server) for p in people if behind(p) <= offset(server)):
        return False
    others = (m for m in sentence.within(behind(person), sentence.end) if m.label in ("PER", "ROLE"))
    closed = ENDED.match(sentence.view, behind(person)) or (
        CLOSED.match(sentence.view, behind(person)) and not any(others)
    )
    return bool(closed) and _leads(sentence, role, person, comma=True)


def _is_led(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a name closes another apposition: « le ministre, A, | l'ambassadrice, B »."""
    before = (m for m in sentence.mentions if m.label == "ROLE" and m.value and behind(m) <= offset(person))
    first = sentence.before(offset(role)).replace("'", "' ").split()[-1:]
    return ARTICLES.issuperset(first) and any(_leads(sentence, m, person, comma=True) for m in before)


def _coordinated(sentence: Sentence, people: list[Mention], last: Mention) -> list[Mention]:
    """A person and those coordinated before: « A (PS, Gironde), B et C, (députés) »."""
    found = [last]
    for person in reversed([p for p in people if behind(p) <= offset(last)]):
        gap = without_brackets(sentence.view[behind(person) : offset(found[0])])
        if not small_words().union((",", "et")).issuperset(TOKEN.findall(gap)):
            break
        found.insert(0, person)
    return found


def _leads_directly(sentence: Sentence, role: Mention, person: Mention) -> bool:
    return _leads(sentence, role, person, comma=False) or (
        is_plural(role) and _leads(sentence, role, person, comma=True)
    )


def _leads(sentence: Sentence, role: Mention, person: Mention, *, comma: bool) -> bool:
    """« le ministre de la Justice (,) X »; with `comma`, the name must be closed by punctuation as well."""
    start, end = behind(role), offset(person)
    if not 0 <= end - start <= FAR:
        return False
    if sentence.view[start:end] == " ":
        return not comma or _ends(sentence, role, person)
    if inner := [m for m in sentence.within(start, end) if m.label == "ROLE"]:
        if _is_inner(sentence, inner[-1], person):
            return False
        if other := _joined_office(sentence, role, inner[0]):
            return _leads(sentence, other, person, comma=comma)
    return _led_over(sentence, role, person, comma=comma)


def _led_over(sentence: Sentence, role: Mention, person: Mention, *, comma: bool) -> bool:
    """Whether the words between an office and the name behind it leave the name the office's."""
    start, end = behind(role), offset(person)
    rest, names = between(sentence, start, end, _NAMES)
    if names:
        return is_plural(role) and _joined(sentence, role, person)
    if _SIGNED.fullmatch(sentence.view, start, end):
        return comma
    rest = without_brackets(rest)
    if not comma and "," in rest:
        return False
    words = TOKEN.findall(without_terms(rest))
    if comma:
        goes_on = not single_words("genitives").isdisjoint(fold(role.text or "").replace("'", "' ").split())
        words = behind_complement(words, goes_on=goes_on)
    elif _owned(sentence, role, person, words):
        return False
    words = without_trade(sentence, role, person, words) if comma else words
    fit = _fit(sentence, role, person, words, comma=comma)
    offices = sum(m.label == "ROLE" for m in sentence.within(start, end))
    near = words.count(",") - offices <= _COMMAS or is_plural(role)
    return fit and near and (not comma or _ends(sentence, role, person))


def _joined_office(sentence: Sentence, role: Mention, other: Mention) -> Mention | None:
    """The other office of the same holder: « le maire de Vire et | sénateur | X »; with an article it is another's."""
    if other.value is None or is_plural(role):
        return None
    rest, _ = between(sentence, behind(role), offset(other), ("ORG", "LOC", "DEMONYM"))
    words = TOKEN.findall(rest)
    joined = words[-1:] == ["et"] and small_words().issuperset(words[:-1]) and "," not in words
    return other if joined else None


def _is_inner(sentence: Sentence, inner: Mention, person: Mention) -> bool:
    """« le conseiller du | président | X »: X is the president."""
    return "," not in sentence.view[behind(inner) : offset(person)] and is_complement(sentence, inner)


def _fit(sentence: Sentence, role: Mention, person: Mention, words: list[str], *, comma: bool) -> bool:
    """Whether the words may stand between an office and the name behind it."""
    others = {word for word in words if word == "et" or word not in small_words()}
    if not others or not others <= _JOINTS:
        return not others
    plural = is_plural(role)
    may = {",": comma or plural, "et": plural, ":": comma and ":" in others and _heads(sentence, role)}
    return all(may[word] for word in others)


def _ends(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a name ends an apposition: punctuation or the end follows, or the office opened the sentence."""
    closed = CLOSED.match(sentence.view, behind(person)) is not None or behind(person) >= sentence.end
    return closed or _fronted(sentence, role)


def signed(one: Sentence, role: Mention, two: Sentence) -> list[Tie]:
    """The ties of a signature, whose offices and name stand on lines of their own; none where there is none.

    `role` is the last office of the sentence `one`, the name is the first of `two`.
    """
    if one.view[behind(role) : one.end].strip() not in _SIGNS:
        return []
    person = next((m for m in two.mentions if m.label == "PER"), None)
    if person is None or is_plural(role):
        return []
    line = max(one.start, one.view.rfind("\n", one.start, offset(role)) + 1)
    offices = [m for m in one.within(line, behind(role)) if m.label == "ROLE" and m.value]
    before = TOKEN.findall(between(one, line, offset(role), ("ROLE",))[0])
    articles = all(word in small_words() or word == "," for word in before[before[:1] == [_BY] :])
    name = two.view[two.start : offset(person)] + two.view[behind(person) : two.end].partition("\n")[0]
    return [(person, office, "signature") for office in offices] if articles and not name.strip(" .") else []


def _joined(sentence: Sentence, role: Mention, person: Mention) -> bool:
    """Whether a name follows the last one of an office of several: « les ministres A, B et (le saoudien) C »."""
    people = [m for m in sentence.within(behind(role), offset(person)) if m.label == "PER"]
    rest, _ = between(sentence, behind(people[-1]), offset(person), ("DEMONYM", "LOC"))
    first = any(_leads(sentence, role, people[0], comma=comma) for comma in (False, True))
    return first and all(word in small_words() or word in {",", "et"} for word in TOKEN.findall(without_brackets(rest)))


def _owned(sentence: Sentence, role: Mention, person: Mention, words: list[str]) -> bool:
    """Whether a name is what an office is of, as in « le PDG de Renault »."""
    return any(word in single_words("genitives") for word in words) and not sentence.within(
        behind(role), offset(person)
    )


def _heads(sentence: Sentence, role: Mention) -> bool:
    """Whether an office begins its line."""
    line = max(sentence.start, sentence.view.rfind("\n", 0, offset(role)) + 1)
    return not sentence.view[line : offset(role)].strip(" -•*–")


def _fronted(sentence: Sentence, role: Mention) -> bool:
    """Whether an appointment opens the sentence: « Élue présidente en 2019, X … »."""
    words = sentence.before(offset(role)).split()
    if not words or (words[0] in mapping("appointed") and len(words) <= _FRONTED):
        return True
    return " ".join(words) in mapping("fronted_words")


def _made(sentence: Sentence, person: Mention, role: Mention) -> bool:
    """« le roi a nommé X ministre », « … au poste de ministre »."""
    if offset(role) <= behind(person):
        return False
    gap = " ".join(sentence.view[behind(person) : offset(role)].split())
    if gap and gap not in mapping("appointing_links"):
        return False
    before = [w for w in TOKEN.findall(sentence.before(offset(person))[-_MADE:]) if w not in small_words()]
    return bool(before) and before[-1] in mapping("appointing_verbs")


def _opens(sentence: Sentence, role: Mention) -> bool:
    """Whether « et (par) le » before an office begins another holder: « A, ministre, et le préfet du Cher, B »."""
    before = sentence.before(offset(role)).replace("'", "' ").split()
    if before[-1:] and before[-1] in ARTICLES:
        led = len(before) > 2 and before[-2] in mapping("function_words")
        return before[-3 if led and before[-2] not in mapping("conjunctions") else -2] in mapping("conjunctions")
    return False


def _kin(sentence: Sentence, role: Mention) -> bool:
    """Whether somebody is named by a holder of office: « la nièce du ministre, X »."""
    words = sentence.before(offset(role)).replace("'", "' ").split()[-_KIN_REACH:]
    return bool(words) and is_complement(sentence, role) and any(word in mapping("kin") for word in words)
