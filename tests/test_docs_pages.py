"""The pages of docs/: those made from the program are up to date, the commands of the others print what they show."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from test_docs import ROOT, blocks, commands_that_print_else, workplace
from typer.main import get_command

from pipeline.cli import app

__all__ = ["workplace"]  # a fixture

DOCS = ROOT / "docs"
BUILD = runpy.run_path(str(ROOT / "scripts" / "build_docs.py"))


@pytest.mark.parametrize("name", BUILD["PAGES"])
def test_pages_made_from_the_program_are_up_to_date(name: str) -> None:
    made = BUILD["PAGES"][name]()
    assert (DOCS / name).read_text("utf-8") == made, "run: python scripts/build_docs.py"


def test_the_command_line_page_has_every_command() -> None:
    shown = re.findall(r"^## greffier (\w+)", (DOCS / "cli.md").read_text("utf-8"), re.MULTILINE)
    assert set(shown) == set(getattr(get_command(app), "commands", {}))


@pytest.mark.parametrize("name", ["recipes.md", "lexique.md"])
def test_commands_print_what_the_page_shows(name: str, workplace: Path) -> None:
    console = blocks((DOCS / name).read_text("utf-8"), "console")
    assert len(console) > 1
    assert [wrong for block in console for wrong in commands_that_print_else(block, workplace)] == []


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("*.md")))
def test_links_lead_somewhere(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    assert [target for target in links if not (DOCS / target).exists()] == []


def test_the_page_for_linguists_names_files_that_exist() -> None:
    named = re.findall(r"`((?:words|rules)/[\w.]+)`", (DOCS / "lexique.md").read_text("utf-8"))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / "pipeline" / "lexicon" / name).exists()] == []


def test_the_picture_of_the_report_is_small() -> None:
    assert (DOCS / "report.png").stat().st_size < 200_000
    assert "docs/report.png" in (ROOT / "README.md").read_text("utf-8")
