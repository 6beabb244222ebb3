"""The page: its frame with style and script, which alone may run, and behind it the chunks of data."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from pipeline.records import TABLES
from pipeline.report.packing import LEFT_OUT, Tables, blocks, chunk, packed, parts
from pipeline.report.summary import Summary
from pipeline.report.words import country_names, described, outlines, words

_PAGE = Path(__file__).parent / "page"
_STYLES = ("base.css", "tables.css", "document.css", "views.css")
#: the last one starts the page
_SCRIPTS = (
    *(
        "dom",
        "store",
        "query",
        "router",
        "csv",
        "table",
        "document",
        "overview",
        "search",
        "timeline",
        "map",
        "officials",
    ),
    "main",
)


def write_page(tables: Tables, handle: TextIO, *, title: str, language: str = "fr") -> None:
    """Write the page over all rows of `tables` to `handle`; the same rows give the same bytes.

    `title` stands at its head, `language` (fr or en) is that of its words. Raises UsageError where there is no such
    language.
    """
    script = _script()
    handle.write(_frame(title, language, script))
    _write_data(tables, handle, title, language)
    handle.write(f"<script>{script}</script>\n</body>\n</html>\n")


def _write_data(tables: Tables, handle: TextIO, title: str, language: str) -> None:
    about, summary = [], Summary()
    for number, block in enumerate(blocks(tables)):
        summary.documents(block.documents)
        handle.write(chunk(f"{number}-texts", [document.text for document in block.documents]))
        rows = {"documents": block.documents, **block.rows}
        for name, records in rows.items():
            if records:
                handle.write(chunk(f"{number}-{name}", packed(name, records)))
            if name != "documents":
                summary.rows(name, len(records))
        about.append({"documents": len(block.documents), "rows": {name: len(found) for name, found in rows.items()}})
    entities = 0
    for entities, some in enumerate(parts(summary.entities(tables.rows("entities"))), 1):
        handle.write(chunk(f"entities-{entities - 1}", packed("entities", some)))
        summary.rows("entities", len(some))
    specs = [described(name, language, LEFT_OUT) for name in TABLES]
    index = {"title": title, "blocks": about, "entities": entities, "tables": specs}
    handle.write(chunk("index", {**index, "countries": country_names(language)}))
    handle.write(chunk("summary", summary.content()))
    handle.write(chunk("words", words(language)))
    handle.write(chunk("world", outlines()))


def _frame(title: str, language: str, script: str) -> str:
    style, said = _read(*_STYLES), words(language)
    return (
        (_PAGE / "page.html")
        .read_text("utf-8")
        .format(
            language=language,
            title=escape(title),
            version=escape(version("greffier")),
            style=style,
            style_hash=_hash(style),
            script_hash=_hash(script),
            skip=escape(said["skip"]),
            search=escape(said["search-all"]),
            navigation=escape(said["navigation"]),
            loading=escape(said["loading"]),
            old_browser=escape(said["old-browser"]),
            no_script=escape(said["no-script"]),
        )
    )


def _script() -> str:
    return '(() => {\n"use strict";\n' + _read(*(f"{name}.js" for name in _SCRIPTS)) + "})();\n"


def _read(*names: str) -> str:
    return "\n".join((_PAGE / name).read_text("utf-8") for name in names)


def _hash(content: str) -> str:
    """What a content security policy calls an inline style or script by."""
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
