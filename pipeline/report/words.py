"""The words of the page in its two languages, and the titles of tables and columns."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.glance import GLANCE
from pipeline.lexicon.lists import lines, rows
from pipeline.lexicon.titles import french_titles
from pipeline.records import TABLES, columns

LANGUAGES = ("fr", "en")
_HERE = Path(__file__).parent


def check_language(language: str) -> None:
    """Raises UsageError where the page has no words in that language."""
    if language not in LANGUAGES:
        raise UsageError(f"no page in {language!r}; there are: {', '.join(LANGUAGES)}")


@cache
def words(language: str) -> dict[str, str]:
    """{key: words} of words.csv in one language. Raises UsageError where there is no such language."""
    check_language(language)
    return {line["key"]: line[language] for line in lines(_HERE / "words.csv")}


def country_names(language: str) -> dict[str, str]:
    """{code: name of a country} as the tables write it, in French; browsers know the names in other languages."""
    return {line["country"]: line["name"] for line in rows("countries")} if language == "fr" else {}


def outlines() -> list[tuple[str, str]]:
    """The countries of the map: code and SVG path."""
    return [(line["country"], line["path"]) for line in lines(_HERE / "world.csv")]


def described(table: str, language: str, left_out: frozenset[str]) -> dict[str, object]:
    """A table as the page knows it: name, title, description, and its columns but those left out."""
    said, kind = words(language), TABLES[table]
    titles = french_titles(table) if language == "fr" else {}
    return {
        "name": table,
        "title": said[f"table.{table}"],
        "description": said[f"about.{table}"],
        "glance": GLANCE.get(table, ()),
        "columns": [
            {"name": c.name, "type": c.type, "title": titles.get(c.name, c.title), "description": c.description}
            for c in columns(kind)
            if c.name not in left_out
        ],
    }
