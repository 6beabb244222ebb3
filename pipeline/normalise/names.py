"""Names of persons: without title and rank, compared, and as identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.lexicon import fold, mapping, rows
from pipeline.lexicon.inflections import inflections
from pipeline.normalise.slug import slug

_WORD = re.compile(r"[^\W\d_]\.|[^\W_]+(?:['’][^\W_]+)*")
_BEHIND = " ,:"
_NAMES = 20_000  #: so many names are kept bare; a document names few, and each often
RANKS = frozenset(("military", "police"))


@lru_cache(_NAMES)
def bare(name: str) -> str:
    """The name without titles and ranks, on one line: `général de division Ta Quang Khai` -> `Ta Quang Khai`.

    A rank counts in either case, another title of words/roles.csv (« sultan ») only in lower case: with a capital it
    may be a given name. A name that is nothing but a title stays as it is.
    """
    rest = whole = " ".join(name.split())
    while shorter := _without_title(rest):
        rest = shorter
    return rest or whole


@lru_cache(_NAMES)
def gender(name: str) -> str | None:
    """`m` or `f` where a title in front of the name says so, else None."""
    title = _longest(" ".join(fold(name).split()), _titles())
    return _titles()[title] or None if title else None


def same_person(one: str, other: str) -> bool:
    """Whether two names in one document can be the same person's: the shorter begins or ends the longer.

    `M. Vinh` and `Dang Quoc Vinh`, `M. Luo` and `Luo Jianping`, `J. Biden` and `Joe Biden`, with diacritics or without;
    titles of different gender say no. Which of several longer names is meant is the caller's affair.
    """
    mine, theirs = gender(one), gender(other)
    if mine and theirs and mine != theirs:
        return False
    short, long = sorted((words(one), words(other)), key=len)
    if not (_carries(short) and _carries(long)):
        return False
    return _same("".join(short), "".join(long)) or _part(short, long)


def fullest(names: Iterable[str]) -> dict[str, str]:
    """The names of a document, each with the longest that may be the same person's; most words first."""
    found: dict[str, str] = {}
    forms: list[tuple[str, str, str]] = []
    for name in sorted(dict.fromkeys(names), key=lambda name: -len(name.split())):
        first, last = _initials(name)
        alike = (form for a, b, form in forms if (a == first or b == last) and same_person(name, form))
        found[name] = next(alike, name)
        if found[name] == name:
            forms.append((first, last, name))
    return found


def _initials(name: str) -> tuple[str, str]:
    """The letters that the first and the last word begin with: two names of one person share either."""
    parts = words(name) or ("",)
    return parts[0][:1], parts[-1][:1]


def short_forms(name: str) -> tuple[str, ...]:
    """What else a document may call this person, longest first: every end of the name, and its first word.

    No form begins with a particle that begins no surname, or is a particle alone.
    """
    parts = bare(name).split()
    ends = [" ".join(parts[n:]) for n in range(1, len(parts)) if _particle(parts[n]) != "inner"]
    forms = [*ends, parts[0]] if len(parts) > 1 else []
    return tuple(form for form in dict.fromkeys(forms) if _carries(words(form)))


@lru_cache(_NAMES)
def person_id(name: str) -> str:
    """A deterministic identifier of the bare name: `Tạ Quang Khải` -> `per:ta-quang-khai`."""
    return f"per:{slug(bare(name))}"


@lru_cache(_NAMES)
def words(name: str) -> tuple[str, ...]:
    """The folded words of the bare name, parted at spaces and hyphens; initials keep their dot."""
    return tuple(_WORD.findall(fold(bare(name))))


def _part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words begin the others, end them, or are their first and last with some of those between."""
    head, tail = long[: len(short)], long[len(long) - len(short) :]
    if _all_same(short, head) or _all_same(short, tail):
        return True
    outer = len(short) > 1 and _same(short[0], long[0]) and _same(short[-1], long[-1])
    between = iter(long[1:-1])
    return outer and all(any(_same(word, w) for w in between) for word in short[1:-1])


def _all_same(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return some == others or all(map(_same, some, others))


def _same(one: str, other: str) -> bool:
    """Whether two words of names are equal, or one is the initial of the other."""
    if one == other:
        return True
    if one[-1:] != "." != other[-1:]:
        return False
    swapped = len(one) > len(other) or (len(one) == len(other) and not one.endswith("."))
    short, long = (other, one) if swapped else (one, other)
    return short.endswith(".") and long.startswith(short[:-1])


@lru_cache(_NAMES)
def _carries(parts: tuple[str, ...]) -> bool:
    """Whether there is more than particles and initials."""
    return any(len(w) > 1 and not w.endswith(".") and not _particle(w) for w in parts)


def _particle(word: str) -> str | None:
    return mapping("name_particles").get(fold(word))


def _without_title(name: str) -> str:
    """The name without its first title or rank; empty where there is none, or nothing else."""
    found = _title(name, fold(name))
    return name[len(found) :].strip(_BEHIND) if found else ""


def _title(name: str, view: str) -> str:
    """The folded title or rank in front of the name, or nothing."""
    if not name[:1].isupper():
        return _longest(view, _offices())
    office = _longest(view, _titles("office"))
    if office and name[len(office) :].lstrip()[:1].islower():
        return office
    return max(_longest(view, _titles()), _longest(view, _ranks()), key=len)


def _longest(view: str, forms: dict[str, str]) -> str:
    """The longest of the forms in front of the view, whole words only, or nothing."""
    ends = (n for n in range(len(view) - 1, 0, -1) if _parts(view, n))
    return next((view[:n] for n in ends if view[:n] in forms), "")


def _parts(view: str, at: int) -> bool:
    """Whether a word ends at the offset."""
    return view[at - 1] in ".'" or not (view[at].isalnum() or view[at] in "-'")


@cache
def _titles(proof: str = "") -> dict[str, str]:
    """{folded title: gender or nothing}; those that prove an office, or the others."""
    return {fold(t["form"]): t["gender"] for t in rows("titles") if (t["value"] == "office") == (proof == "office")}


@cache
def _ranks() -> dict[str, str]:
    """{folded rank of army or police: role_id}."""
    ranks = (entry for entry in rows("roles") if entry["nature"] == "rank" and entry["category"] in RANKS)
    return {fold(form): entry["role_id"] for entry in ranks for form in inflections(entry)}


@cache
def _offices() -> dict[str, str]:
    """{folded office, rank or title: role_id}."""
    return {fold(form): entry["role_id"] for entry in rows("roles") for form in inflections(entry)}
