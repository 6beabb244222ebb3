"""Write the pages of docs/ that are made from the program: cli.md from the commands, tables.md from the records.

    python scripts/build_docs.py

A test holds that they are what this script writes now.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

import pipeline.cli
from pipeline.cli import app
from pipeline.fields import Column
from pipeline.lexicon.titles import french_titles
from pipeline.records import TABLES, Provenance, columns

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE = "<!-- Made by scripts/build_docs.py: edit the program, then run the script again. -->"


def cli() -> str:
    """The page of the command line: what each command says of itself with --help."""
    group = get_command(app)
    parts = [f"# Command line\n\n{MADE}\n\n{_exit_status()}"]
    parts += [f"## greffier {' '.join(words)}\n\n```text\n{_help(words)}\n```" for words in _commands(group)]
    return "\n\n".join(parts) + "\n"


def _exit_status() -> str:
    """What pipeline/cli says of the exit status, in its second paragraph."""
    return _plain(pipeline.cli.__doc__).split("\n\n")[1].split(". ")[0] + "."


def _commands(group: Any, *before: str) -> Iterator[tuple[str, ...]]:
    """The words of each command, those of groups too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, *before, name)
        else:
            yield *before, name


def _help(words: tuple[str, ...]) -> str:
    shown = CliRunner().invoke(app, [*words, "--help"], prog_name="greffier", env={"COLUMNS": "100", "NO_COLOR": "1"})
    return "\n".join(line.rstrip() for line in shown.output.strip().splitlines())


def tables() -> str:
    """The page of the tables: each column with what it means, those of all tables once."""
    shared = {column.name for column in columns(Provenance)}
    parts = [
        f"# Tables\n\n{MADE}\n\nOne row of each table, and what its columns mean. An empty cell means that the text "
        "does not say. The columns that tables of facts end with are [at the end](#where-a-row-stands).",
        *(_records(name, kind, shared if issubclass(kind, Provenance) else set()) for name, kind in TABLES.items()),
        "## Where a row stands",
        _plain(Provenance.__doc__),
        _columns(columns(Provenance), french_titles("dates")),
    ]
    return "\n\n".join(parts) + "\n"


def _records(name: str, kind: type, left_out: set[str]) -> str:
    own = [column for column in columns(kind) if column.name not in left_out]
    return f"## {name}\n\n{_plain(kind.__doc__)}\n\n{_columns(own, french_titles(name))}"


def _columns(described: Any, french: dict[str, str]) -> str:
    rows = [(f"`{c.name}`", french[c.name], c.type, _meaning(c)) for c in described]
    return _table(("column", "title in French", "type", "meaning"), rows)


def _meaning(column: Column) -> str:
    return f"{column.description} ({column.unit})" if column.unit else column.description


def _plain(text: str | None) -> str:
    """A docstring as paragraphs of one line each."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in (text or "").strip().split("\n\n"))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


PAGES = {"cli.md": cli, "tables.md": tables}


def main() -> None:
    """Write the pages."""
    DOCS.mkdir(exist_ok=True)
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), "utf-8")


if __name__ == "__main__":
    main()
