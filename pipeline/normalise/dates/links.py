"""What joins two dates: the rules of dates_links.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import Rule, load_rules
from pipeline.lexicon.rules import expand
from pipeline.normalise.dates import cues
from pipeline.normalise.dates.atoms import Atom

#: no link between two dates is longer, in characters
LONGEST = 22


@dataclass(frozen=True, slots=True)
class Link:
    """One way to join two dates."""

    rule: Rule
    before: cues.Cue | None  #: what stands before the first date and belongs to the row
    free: bool  #: whether `before` may be missing
    whole: bool  #: whether a word before may leave one of its sides open


@cache
def links(*forms: str) -> tuple[Link, ...]:
    """The links of some forms (range, dash, list, either, nested), in the order of the file."""
    chosen = [rule for rule in load_rules("dates_links") if rule.extra["form"] in forms]
    return tuple(_link(rule) for rule in chosen)


def _link(rule: Rule) -> Link:
    return Link(rule, _before(rule.extra.get("before")), rule.extra.get("free", False), rule.extra.get("whole", False))


def _before(pattern: str | None) -> cues.Cue | None:
    return cues.ending([expand(pattern, {})]) if pattern else None


def joins(view: str, first: Atom, last: Atom, link: Link) -> bool:
    """Whether a link is all that stands between two atoms."""
    return last.start - first.end <= LONGEST and link.rule.regex.fullmatch(view, first.end, last.start) is not None
