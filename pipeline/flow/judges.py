"""When a row is what somebody annotated: one judge a table that is annotated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import UsageError
from pipeline.lexicon import fold
from pipeline.normalise.role_ids import is_link
from pipeline.normalise.slug import slug
from pipeline.records import Document

Gold = Mapping[str, Any]
_SAME_ROLE = 0.5  #: share of the words of two wordings of one office that they have in common, at least


@dataclass(frozen=True, slots=True)
class Judge:
    """How rows of a table are compared with annotated facts.

    `likeness` says from 0 (another fact) to 1 how alike both are, `agrees` whether all other columns are right as well;
    `name` and `gold_name` make one of the rows, and of the facts, that say the same.
    """

    likeness: Callable[[Gold, Any], float]
    agrees: Callable[[Gold, Any], bool]
    name: Callable[[Any], Any]
    gold_name: Callable[[Gold], Any]


def placed(fact: Gold, document: Document) -> Gold:
    """A fact that has a `text`, with the offsets of its place: the `nth` one (from 0) behind the header.

    Raises UsageError where the text does not stand there.
    """
    at, text = document.body_start - 1, fact["text"]
    for _ in range(fact.get("nth", 0) + 1):
        at = document.text.find(text, at + 1)
        if at < 0:
            raise UsageError(f"{document.document}: {text!r} does not occur {fact.get('nth', 0) + 1} times")
    return {**fact, "start_char": at, "end_char": at + len(text)}


def _words(name: str) -> set[str]:
    return {word for word in slug(name).split("-") if word and not is_link(word)}


def _same_office(fact: Gold, row: Any) -> float:
    """Whether person and office are the same: one name within the other, half of the office's words in common."""
    person, role, written = _words(row.person or ""), _words(row.role or ""), _words(fact["role"])
    names = [_words(name) for name in (fact["name"], *fact.get("aliases", ()))]
    if not person or not any(name and (name <= person or person <= name) for name in names):
        return 0.0
    share = 2 * len(role & written) / (len(role) + len(written) or 1)
    return share if share >= _SAME_ROLE else 0.0


def _overlap(fact: Gold, row: Any) -> float:
    """The share of the characters of both places that they have in common."""
    start, end = _place(fact)
    common = min(end, row.end_char) - max(start, row.start_char)
    return float(max(0, common) / max(end - start, row.end_char - row.start_char, 1))


def _same_form(fact: Gold, row: Any) -> float:
    return float(_form(fact["text"]) == _form(row.text))


def _form(text: str) -> str:
    return " ".join(fold(text).split())


def _columns(*pairs: tuple[str, str]) -> Callable[[Gold, Any], bool]:
    """Whether columns are right: pairs of the key of a fact and the column of the row."""
    return lambda fact, row: all((fact.get(key) or None) == (getattr(row, column) or None) for key, column in pairs)


def _place(item: Any) -> tuple[int, int]:
    return (item["start_char"], item["end_char"]) if isinstance(item, Mapping) else (item.start_char, item.end_char)


_COUNT = ("count", "qualifier", "instrument", "scope", "holder_country")
JUDGES: dict[str, Judge] = {
    "officials": Judge(
        _same_office,
        _columns(("country", "country")),
        lambda row: (row.person, row.role, row.organisation, row.country),
        lambda fact: (fact["name"], fact["role"], fact.get("organisation"), fact.get("country")),
    ),
    "dates": Judge(_overlap, _columns(("start", "date_start"), ("end", "date_end")), _place, _place),
    "locations": Judge(
        _same_form,
        _columns(("country", "country")),
        lambda row: (_form(row.text), row.country),
        lambda fact: _form(fact["text"]),
    ),
    "treaty_counts": Judge(_overlap, _columns(*zip(_COUNT, _COUNT, strict=True)), _place, _place),
}
#: the tables whose facts are annotated with the place where they stand
PLACED = frozenset({"dates", "treaty_counts"})
