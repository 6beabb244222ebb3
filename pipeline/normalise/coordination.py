"""One mention of several organisations -> the name of each: « Parquets suprêmes de Cuba et de la Russie » is two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import Terms, fold, rows
from pipeline.lexicon.gazetteer import demonyms

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADJECTIVE_CELLS = (("form", "plural"), ("feminine", "feminine_plural"))


@dataclass(frozen=True, slots=True)
class Head:
    """The head noun that a name begins with: as written, in the singular, what it is, and whether it is a plural."""

    written: str
    singular: str
    kind: str
    plural: bool


def head(name: str) -> Head | None:
    """The longest head noun of words/org_heads.csv that the name begins with, if any."""
    view = fold(name)
    ends = [m.end() for m in _WORD.finditer(view) if view[: m.end()] in _heads()]
    if not ends:
        return None
    line = _heads()[view[: ends[-1]]]
    singular = line["form"][:1].upper() + line["form"][1:] if name[:1].isupper() else line["form"]
    plural = line["form"] != line["plural"] and view[: ends[-1]] == fold(line["plural"])
    return Head(name[: ends[-1]], singular, line["kind"], plural)


def apart(name: str) -> list[str]:
    """The names, in the singular, that a plural head and its complements stand for; another name as it is."""
    found = head(name)
    if found is None or not found.plural:
        return [name]
    stem, parts = _parts(name, len(found.written))
    words = " ".join([found.singular, *map(_singular, stem.split())])
    return [joined(" ".join(filter(None, (words, *_shared(parts[0], part), part)))) for part in parts]


def joined(name: str) -> str:
    """The name with « de » or « d' » before a country in place of « de la », « de l' » (« Cour suprême de Russie »)."""
    for term in reversed(_articled().find(fold(name))):
        short, length = term.value
        name = f"{name[: term.start]}{short}{name[term.end - length :]}"
    return name


def _parts(name: str, at: int) -> tuple[str, list[str]]:
    """The adjectives behind the head, and the coordinated complements, each from its « de » on."""
    links = list(_link().finditer(fold(name), at))
    if not links:
        return name[at:], [""]
    more = [m for m in links[1:] if m["also"]]
    starts = [m.start("of") for m in (links[0], *more)]
    ends = [*(m.start() for m in more), len(name)]
    return name[at : links[0].start()], [name[s:e].strip() for s, e in zip(starts, ends, strict=True)]


def _shared(first: str, part: str) -> list[str]:
    """What a later complement shares of the first: `de droit` in « de droit de Dakar » and « de Thiès »."""
    links, own = ([m.start("of") for m in _link().finditer(fold(p))] for p in (first, part))
    return [first[: links[len(links) - len(own)]].strip()] if len(own) < len(links) and part != first else []


def _singular(word: str) -> str:
    """The singular of an adjective in the plural, with its capital if it has one."""
    view = fold(word)
    known = _adjectives().get(view) or (word[:-1] if view[:-1] in demonyms() else word)
    return known[:1].upper() + known[1:] if word[:1].isupper() else known


@cache
def _heads() -> dict[str, dict[str, str]]:
    return {fold(line[cell]): line for cell in ("plural", "form") for line in rows("org_heads")}


@cache
def _adjectives() -> dict[str, str]:
    """{folded plural: singular of the same gender}."""
    return {fold(line[many]): line[one] for line in rows("org_adjectives") for one, many in _ADJECTIVE_CELLS}


@cache
def _link() -> re.Pattern[str]:
    """« de » in all its forms, with the « et » or comma before it."""
    of, join = (
        _any(line["form"] for line in rows("org_links") if line["value"] in v) for v in (("of", "the"), ("join",))
    )
    return re.compile(rf"(?:(?:(?<= )|(?=,))(?P<also>{join}) |(?<![\w']))(?P<of>{of})(?:(?<=')| )")


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(fold(form)) for form in sorted(forms, key=lambda form: (-len(form), form)))


@cache
def _articled() -> Terms[tuple[str, int]]:
    """Countries with « de la » or « de l' » before them -> what stands there instead, and the length of the name."""
    return Terms(_articled_forms())


def _articled_forms() -> Iterator[tuple[str, tuple[str, int]]]:
    for country in rows("countries"):
        for article in rows("org_country_articles"):
            if country["article"] == article["article"]:
                name = country["name"]
                yield _before(article["form"]) + name, (_before(article["value"]), len(name))


def _before(word: str) -> str:
    """A word as it stands before another: with a space, unless it is elided."""
    return word if word.endswith("'") else f"{word} "
