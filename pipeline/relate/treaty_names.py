"""Names of instruments: « convention de Vienne de 1961 », « les protocoles de Nagoya et de Carthagène »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pipeline.lexicon import fold, mapping, pattern, sieve

_CAPITALS = re.compile(r"[^\W\d_a-zß-ÿœ][\w’'-]+(?: (?:[^\W\d_a-zß-ÿœ][\w-]*|\d+\b))*")

#: the rules of what a name may begin with
_HEADS = ("known", "named")


class Name(NamedTuple):
    """The name of an instrument: offsets, head, rule; where its proper name begins, and whether it is apposed.

    Of several under one head, `title` is the name of each, and `series` where the first begins and the last ends.
    """

    start: int
    end: int
    head: str
    rule: str
    proper: int = -1
    apposed: bool = False
    title: str = ""
    series: tuple[int, int] = (-1, -1)

    @property
    def span(self) -> tuple[int, int]:
        """The offsets of the name with those that stand under one head with it."""
        return self.series if self.series[1] > 0 else (self.start, self.end)


def names(text: str, view: str, start: int, end: int) -> Iterator[Name]:
    """The names of instruments in the text between two offsets, in order; `view` is the folded text."""
    last = start
    possible = sieve("treaties", *_HEADS).passing(view[start:end])
    matches = [match for rule in _HEADS if rule in possible for match in _rule(rule).finditer(view, start, end)]
    for match in sorted(matches, key=lambda m: m.start()):
        if match.start() < last or _rule("consent").search(view, max(start, match.start() - 40), match.start()):
            continue
        found = _several(text, view, match, end) or _one(text, view, match, end)
        if found and not _rule("rally").search(view[found[-1].end : end]):
            yield from found
            last = found[-1].end


def evaluate_treaties(text: str) -> list[tuple[str, str]]:
    """(rule, name) of every named instrument in `text`, for `greffier lexicon check`; parts of it are rules as well."""
    found = [(name.rule, text[name.start : name.end]) for name in names(text, fold(text), 0, len(text))]
    tails = [("tail", words) for rule, words in found if rule == "named" and re.search(r"\d$", words)]
    heads = _rule("named").finditer(fold(text))
    for rule in ("rally", "binds", "another", "dated", "owned"):
        match = _rule(rule).search(fold(text))
        tails += [(rule, text[slice(*match.span())])] if match else []
    return found + tails + [("consent", "") for h in heads if _rule("consent").search(fold(text)[: h.start()])]


_rule = partial(pattern, "treaties")


def _one(text: str, view: str, match: re.Match[str], end: int) -> list[Name]:
    name = _titled(text, view, match.start(), end) or _known(text, match) or _named(text, view, match, end)
    return [name] if name else []


def _several(text: str, view: str, match: re.Match[str], end: int) -> list[Name]:
    """Those that one plural stands for: « protocoles de Nagoya et de Carthagène », « de Vienne de 1961 et de 1963 »."""
    if match.re is not _rule("named") or match.end() == match.end("head") + 1:
        return []
    head = " ".join(match["head"].split())
    each = mapping("treaty_heads", value="several")[head]
    items = list(_items(text, view, match, end)) if each else []
    series = match.start(), items[-1][1] if items else -1
    starts = [match.start(), *(start for start, _, _ in items[1:])]
    return [
        Name(first, stop, head, "named", start, title=text[match.start()] + each[1:] + tail, series=series)
        for first, (start, stop, tail) in zip(starts, items, strict=False)
        if len(items) > 1
    ]


def _items(text: str, view: str, match: re.Match[str], end: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and words behind the head of each: (…, « de Nagoya »), (…, « de Carthagène »)."""
    lead, at, year, said = match.end("head"), match.end(), "", ""
    while at >= 0:
        proper = None if year else _CAPITALS.match(text, at, end)
        if not year and proper is None:
            return
        if proper:
            said = text[lead : proper.end()]
            stop = _tail(view, proper.end(), end)
            yield at, stop, said + text[proper.end() : stop]
        else:
            stop = at + len(year)
            yield at, stop, f"{said} de {year}"
        link = _rule("another").match(view, stop, end)
        lead, year = (link.start("of") - 1, link["year"] or "") if link else (-1, "")
        at = link.end("of") if link else -1


def _tail(view: str, at: int, end: int) -> int:
    """Where the matter and the year behind a proper name end."""
    tail = _rule("tail").match(view, at, end)
    return tail.end() if tail else at


def _titled(text: str, view: str, start: int, end: int) -> Name | None:
    """A head with a capital and what it is about, or whose it is."""
    match = _rule("titled").match(view, start, end)
    if match is None or not text[start].isupper() or not (match["about"] or match["of"]):
        return None
    return None if _domestic(view[start : match.end()]) else Name(start, match.end(), match["head"], "titled")


def _known(text: str, match: re.Match[str]) -> Name | None:
    """A name of words/treaties.csv; one of letters is in capitals."""
    if match.re is not _rule("known") or not (" " in match[0] or text[match.start() : match.end()].isupper()):
        return None
    return Name(match.start(), match.end(), match["form"], "known")


def _domestic(phrase: str) -> bool:
    words = re.findall(r"[\w-]+", phrase)
    return any(mapping("domestic_cues").get(word) == "phrase" for word in words)


def _named(text: str, view: str, match: re.Match[str], end: int) -> Name | None:
    """A head and a proper name, then the matter and the year; a proper name in apposition asks for a small initial."""
    if match.re is not _rule("named"):
        return None
    capitals = _CAPITALS.match(text, match.end(), end)
    apposed = match.end() == match.end("head") + 1
    if capitals is None or (apposed and text[match.start()].isupper()):
        return None
    return Name(match.start(), _tail(view, capitals.end(), end), match["head"], "named", match.end(), apposed)
