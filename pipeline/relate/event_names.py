"""Names of conferences, meetings, visits and other events: « la 12e conférence sur les fleuves », « la COP21 »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from pipeline.fields import replace
from pipeline.lexicon import fold, load_rules, mapping, pattern, rows
from pipeline.relate.clauses import Sentence

#: the rules of the nouns that a name may begin with, and their cues
_NOUNS = ("plain", "lettered")
NOUNS = frozenset(f"events.{noun}" for noun in _NOUNS)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an event: offsets, kind, edition, the rule; `reach`: where the last one coordinated with it ends.

    `anaphor`: it stands behind « cette », so that it names again what was named; `nature` as in words/event_kinds.csv.
    """

    start: int
    end: int
    kind: str
    edition: int | None
    rule: str
    reach: int
    anaphor: bool = False
    nature: str = ""


def names_in(text: str, sentence: Sentence) -> Iterator[Name]:
    """The names of events in a sentence of a text, in order."""
    nouns = [noun for noun in _NOUNS if f"events.{noun}" in sentence.cues]
    return names(text, sentence.view, sentence.start, sentence.end, nouns) if nouns else iter(())


def names(text: str, view: str, start: int, end: int, nouns: Iterable[str] = _NOUNS) -> Iterator[Name]:
    """The names of events in the text between two offsets, in order; `view` is the folded text.

    `nouns` are the rules of what such a name may begin with.
    """
    last = start
    matches = [match for noun in nouns for match in rule(noun).finditer(view, start, end)]
    for match in sorted(matches, key=_at):
        if match.start() < last or not _is_noun(text, match) or not _asked(text, view, match):
            continue
        name = _name(_numbered(text, view, match, last) or match)
        if name:
            yield name
            last = name.end


def coordinated(view: str, found: list[Name]) -> list[Name]:
    """The same names; in « la 2e conférence … et la 3e conférence … » the first reaches to the end of the second."""
    out: list[Name] = []
    for name in reversed(found):
        joined = out and rule("and").search(view[name.end : out[0].start])
        out.insert(0, replace(name, reach=out[0].reach) if joined else name)
    return out


def evaluate_events(text: str) -> list[tuple[str, str]]:
    """(rule, words) of every event's name in `text` and of the other rules, for `greffier lexicon check`."""
    view = fold(text)
    found = [(name.rule, text[name.start : name.end]) for name in names(text, view, 0, len(text)) if not name.anaphor]
    for part in load_rules("events"):
        match = part.regex.search(view) if part.label != "EVENT" else None
        found += [(part.id, text[match.start() : match.end()])] if match else []
    return found


#: the pattern of a rule of rules/events.toml
rule = partial(pattern, "events")


def _at(match: re.Match[str]) -> int:
    return match.start()


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Whether the kind has no accent that its noun has not, « a rencontré »; letters that are a name are capitals."""
    if match.re is rule("lettered"):
        return text[match.start()].isupper()
    written, form = text[slice(*match.span("kind"))].lower(), _line(match)["form"]
    return fold(written) == written or all(
        fold(one) == one or one == other for one, other in zip(written, form, strict=False)
    )


def _line(match: re.Match[str]) -> dict[str, str]:
    """The line of words/event_kinds.csv that has the kind of a match."""
    return _lines()[" ".join(match["kind"].split())]


@cache
def _lines() -> dict[str, dict[str, str]]:
    return {fold(line["form"]): line for line in rows("event_kinds")}


def _asked(text: str, view: str, match: re.Match[str]) -> bool:
    """Whether a noun has what it asks for, and no verb makes another thing of it: « rendre visite »."""
    before = view[max(0, match.start() - 40) : match.start()]
    if rule("idiom").search(before):
        return False
    if match.re is rule("lettered"):
        return True
    asks = _line(match)["asks"]
    if asks == "article":
        return match["definite"] is not None or rule("article").search(before) is not None
    return asks != "complement" or rule("complement").search(view[match.end("kind") :][:8]) is not None


def _numbered(text: str, view: str, plain: re.Match[str], start: int) -> re.Match[str] | None:
    """The same event with its edition before it, from an offset on; Roman numerals are capitals."""
    if plain.re is rule("lettered") or not _line(plain)["numbered"]:
        return None
    for match in rule("numbered").finditer(view, max(start, plain.start() - 40), plain.end()):
        if match.start("kind") == plain.start("kind") and (
            not match["roman"] or text[match.start() : match.end("roman")].isupper()
        ):
            return match
    return None


def _name(match: re.Match[str]) -> Name | None:
    """The name of an event; « 7e édition » takes its kind from the noun behind it."""
    if match.re is rule("lettered"):
        kind = mapping("event_letters")[match["letters"]]
        edition = int(match["edition"]) if match["edition"] else None
        return Name(match.start(), match.end(), kind, edition, "lettered", match.end())
    numbered = match.re is rule("numbered")
    start = match.start() if numbered else match.start("kind")
    line = _line(match)
    kind = line["value"]
    if not kind:
        words = re.findall(r"[\w-]+", match["of"] or "")
        kind = next((mapping("event_kinds")[word] for word in words if mapping("event_kinds").get(word)), "")
    edition = _edition(match["edition"]) if numbered else None
    anaphor = not numbered and match["definite"] is not None
    name = "numbered" if numbered else "plain"
    dangling = rule("dangling").search(match.string[start : match.end()])
    end = start + dangling.start() if dangling else match.end()
    return Name(start, end, kind, edition, name, end, anaphor, line["nature"]) if kind else None


def _edition(words: str) -> int | None:
    """The number of an edition: figures, a Roman numeral or a word."""
    figures = re.match(r"\d+", words)
    word = " ".join(words.split())
    if figures or word in mapping("edition_words"):
        return int(figures[0]) if figures else int(mapping("edition_words")[word])
    numeral = next((n for n in sorted(mapping("edition_numerals"), key=len, reverse=True) if word.startswith(n)), None)
    return int(mapping("edition_numerals")[numeral]) if numeral else None
