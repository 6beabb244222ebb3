"""What stands before the text proper, or around it: title and date of publication, and where the text proper begins."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from pipeline.lexicon import fold, load_rules, mapping
from pipeline.read.published import complete, dateline, evaluate, first

#: a block of YAML at the very beginning, between two lines of hyphens
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<block>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST_FRONT_MATTER = 20_000
_KEY = re.compile(r"^(?P<key>\w[\w -]*?) *: *(?P<value>\S.*)$", re.MULTILINE)
#: a header line with more characters than this is a whole text behind a date, without a title
_LONGEST_TITLE = 400


class Header(NamedTuple):
    """Title, date of publication (EDTF), where the date stood, and the offset behind the header.

    `title_start`: where the title stands if that is text of the header line, which facts are taken from as well.
    """

    title: str | None = None
    published: str | None = None
    source: str | None = None
    body_start: int = 0
    title_start: int | None = None


class Told(NamedTuple):
    """Dates (EDTF) that do not stand in the text: of the format's metadata, the caller's own, of the file's making."""

    meta: str | None = None
    option: str | None = None
    created: str | None = None


def header(text: str, name: str, told: Told = Told()) -> Header:  # noqa: B008 (a tuple, which nobody can change)
    """What `text`, the document called `name` (a path with `/`), says of itself.

    A date is taken from the header line or front matter, else from metadata, else from a dateline, else from the name,
    else it is the caller's, else the day on which the file was made. A dateline without a year takes its year from the
    first of those behind it; without them it gives no date.
    """
    found = _front_matter(text) or _header_line(text) or Header()
    if found.published:
        return found
    published, source = _published(text, found.body_start, name, told)
    return found._replace(published=published, source=source)


def _published(text: str, start: int, name: str, told: Told) -> tuple[str | None, str | None]:
    if told.meta:
        return told.meta, "meta"
    named = first("FILE_NAME", name)
    near = named or first("FILE_YEAR", name) or told.option or told.created
    line = dateline(text, start)
    if line and line.startswith("XXXX"):
        line = complete(line, near) if near else None
    candidates = ((line, "dateline"), (named, "file name"), (told.option, "option"), (told.created, "created"))
    return next(((value, source) for value, source in candidates if value), (None, None))


def _header_line(text: str) -> Header | None:
    rule = next(rule for rule in load_rules("headers") if rule.label == "HEADER")
    opening = text[: 2 * _LONGEST_TITLE]
    match = rule.regex.match(fold(opening))
    if match is None:
        return None
    published = evaluate(rule, opening)
    source = "header" if published else None
    if match.end("title") - match.start("title") > _LONGEST_TITLE:
        return Header(None, published, source, match.start("title"))
    title = opening[match.start("title") : match.end("title")].strip()
    return Header(title or None, published, source, min(match.end() + 1, len(text)), match.start("title"))


def _front_matter(text: str) -> Header | None:
    match = _FRONT_MATTER.match(text[:_LONGEST_FRONT_MATTER])
    known = _known(_pairs(match["block"])) if match else {}
    if match is None or not known:
        return None
    published = first("DATE", known.get("published", "").strip())
    return Header(known.get("title"), published, "front matter" if published else None, match.end())


def _pairs(block: str) -> dict[str, Any]:
    """Keys and values of the block; line by line where it is no YAML, as with a colon in a title without quotes.

    python-frontmatter would lose the offset of the text; BaseLoader leaves every value the string that it is, so that
    an impossible date is no error of YAML's.
    """
    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return {match["key"]: match["value"].strip("\"' ") for match in _KEY.finditer(block)}
    return loaded if isinstance(loaded, dict) else {}


def _known(pairs: dict[str, Any]) -> dict[str, str]:
    """{title or published: value}, of several keys for one of them the one that the lexicon lists first."""
    given = {fold(str(key)).strip(): value for key, value in pairs.items() if isinstance(value, str) and value.strip()}
    found: dict[str, str] = {}
    for key, meaning in mapping("front_matter_keys").items():
        if key in given:
            found.setdefault(meaning, " ".join(given[key].split()))
    return found
