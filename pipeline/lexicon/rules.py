"""Rules in TOML: a pattern with named groups, examples with the value they must give, counter-examples.

    include = "phrases"               # optional: take the fragments of rules/phrases.toml as well

    [fragments]                       # optional: shorthands for this file, used as {year} in patterns
    year = '(?:1[0-9]|20)\\d\\d'

    [[rule]]
    id = "day-month-year"
    label = "DATE"
    pattern = '(?P<day>{day}) (?P<month>{months}) (?P<year>{year})'
    examples = [{ text = "le 3 mars 2021", value = "2021-03-03" }]
    counter_examples = ["la place de mars 2021"]

`{months}` stands for the forms of words/months.csv, the longest first, or for a fragment of the file. Patterns are
written in plain French: the loader folds letters, apostrophes and hyphens as `fold` folds texts, and lets any white
space stand for a space.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.compiled import compiled
from pipeline.lexicon.fold import fold
from pipeline.lexicon.lists import rows
from pipeline.lexicon.literals import Words
from pipeline.lexicon.sieve import Sieve

RULES = Path(__file__).parent / "rules"
_SPACE = r"[ \n]+"
_PART = re.compile(r"\\.|\(\?P?[<=!:>a-z]+[A-Za-z_]*[>)]?|\[(?:\\.|[^\]])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_REFERENCE = re.compile(r"\{([a-z_][a-z_0-9]*)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `regex` matches the folded view of a text; `extra` holds the keys that only its own room knows."""

    id: str
    label: str
    pattern: str
    regex: re.Pattern[str]
    examples: tuple[dict[str, Any], ...]
    counter_examples: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)
    words: Words | None = None  #: of which every match has one; None where no such words are known
    second: Mapping[str, Words | None] = field(default_factory=dict)  #: signs behind a first word, by its kind


def fold_pattern(pattern: str) -> str:
    """A pattern in plain French as a pattern for folded text: escapes, groups and classes stay as they are."""
    parts = _PART.findall(pattern)
    return "".join(_SPACE if p == " " else fold(p) if len(p) == 1 else p for p in parts)


def alternatives(forms: Iterable[str]) -> str:
    """A pattern that matches any of the folded forms, the longest first, any white space for a space."""
    return branching([*map(_sign, form)] for form in forms)


@cache
def _sign(char: str) -> str:
    return _SPACE if char == " " else re.escape(char)


def branching(words: Iterable[Sequence[str]]) -> str:
    """A pattern that matches the longest of some words of signs, by a tree of them, not one after the other."""
    return _branching(sorted(map(tuple, words)), 0)


def _branching(words: Sequence[tuple[str, ...]], at: int) -> str:
    """The same of sorted words that are alike up to their sign number `at`."""
    tails: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        tails.setdefault(word[at] if at < len(word) else "", []).append(word)
    whole = tails.pop("", None)
    branches = [sign + _branching(tail, at + 1) for sign, tail in tails.items()] + [""] * bool(whole)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""


@cache
def _tree(name: str) -> str:
    return f"(?:{alternatives(_forms(name))})"


@cache
def _one_by_one(name: str) -> str:
    """The forms of a word list as alternatives that stand there whole: words can be read off them (literals.py)."""
    return f"(?:{'|'.join(_SPACE.join(map(re.escape, form.split(' '))) for form in _forms(name))})"


def _forms(name: str) -> list[str]:
    return sorted({fold(entry["form"]) for entry in rows(name)})


def expand(pattern: str, fragments: Mapping[str, str], listed: Callable[[str], str] = _tree) -> str:
    """Fold a pattern and put fragments and word lists in place of {name}; fragments may use others."""
    parts = _REFERENCE.split(pattern)
    out = [fold_pattern(parts[0])]
    for name, rest in zip(parts[1::2], parts[2::2], strict=True):
        known = f"(?:{expand(fragments[name], fragments, listed)})" if name in fragments else listed(name)
        out += [known, fold_pattern(rest)]
    return "".join(out)


@cache
def load_rules(name: str) -> tuple[Rule, ...]:
    """The rules of `rules/<name>.toml`, in the order of the file.

    Raises LexiconError, naming file and rule, where a rule has no examples or no counter-examples, an identifier
    stands twice, a list does not exist or a pattern does not compile.
    """
    path = RULES / f"{name}.toml"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in RULES.glob("*.toml")))
        raise LexiconError(f"no rules {name!r} in {RULES}; there are: {known}")
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: not valid TOML: {error}") from error
    found: dict[str, Rule] = {}
    fragments = {**_fragments(content.get("include")), **content.get("fragments", {})}
    for entry in content.get("rule", []):
        rule = _rule(path, entry, fragments)
        if rule.id in found:
            raise LexiconError(f"{path.name}, rule {rule.id}: this id stands twice; give each rule its own")
        found[rule.id] = rule
    return tuple(found.values())


@cache
def pattern(file: str, rule_id: str) -> re.Pattern[str]:
    """The pattern of one rule of `rules/<file>.toml`. Raises LexiconError where there is no such rule."""
    found = next((rule.regex for rule in load_rules(file) if rule.id == rule_id), None)
    if found is None:
        known = ", ".join(rule.id for rule in load_rules(file))
        raise LexiconError(f"{file}.toml: no rule {rule_id!r}; there are: {known}")
    return found


@cache
def sieve(file: str, *rule_ids: str) -> Sieve[str]:
    """The rules of `rules/<file>.toml`, or some of them, by id: to ask which of them are worth trying on a text."""
    return Sieve((rule.id, rule.words) for rule in load_rules(file) if rule.id in rule_ids or not rule_ids)


def matches(file: str, text: str) -> list[tuple[str, str]]:
    """(rule, words) of every rule of `rules/<file>.toml` that matches `text`, for `greffier lexicon check`."""
    found = ((rule.id, rule.regex.search(fold(text))) for rule in load_rules(file))
    return [(rule_id, text[match.start() : match.end()]) for rule_id, match in found if match]


def _fragments(name: str | None) -> dict[str, str]:
    """The fragments of the file that another one includes."""
    if name is None:
        return {}
    content = tomllib.loads((RULES / f"{name}.toml").read_text("utf-8"))
    return dict(content.get("fragments", {}))


def _rule(path: Path, entry: dict[str, Any], fragments: Mapping[str, str]) -> Rule:
    where = f"{path.name}, rule {entry.get('id', '?')}"
    missing = [k for k in ("id", "label", "pattern", "examples", "counter_examples") if not entry.get(k)]
    if missing:
        raise LexiconError(f"{where}: expected {', '.join(missing)}; it has {', '.join(entry)}")
    try:
        wanted = entry["pattern"], fragments
        regex, words, second = compiled(expand(*wanted), partial(expand, *wanted, _one_by_one))
    except (re.error, LexiconError) as error:
        raise LexiconError(f"{where}: {error}") from error
    own = {k: v for k, v in entry.items() if k not in Rule.__slots__}
    return Rule(entry["id"], entry["label"], entry["pattern"], regex, tuple(entry["examples"]),
                tuple(entry["counter_examples"]), own, words, second)  # fmt: skip
