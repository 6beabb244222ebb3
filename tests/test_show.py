"""The command `show`: in colour and without, with documents that are none, and with such as attack the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import cli
from pipeline.errors import ReadError
from pipeline.records import Document, Event, Location, Mention, TreatyCount
from pipeline.result import Facts

TEXT = "Le Ghana et le Laos ont signé 12 accords à Vientiane."


def mention(words: str, label: str) -> Mention:
    start = TEXT.index(words)
    return Mention(text=words, label=label, start_char=start, end_char=start + len(words), rule="r")


FACTS = Facts(
    Document(document="a.txt", title="Douze accords", published="2024-05", language="fr", status="ok", text=TEXT),
    {
        "mentions": [mention("Ghana", "LOC"), mention("12 accords", "COUNT"), mention("Vientiane", "LOC")],
        "treaty_counts": [TreatyCount(count=12, qualifier="exact", instrument="accord", text="12 accords")],
        "locations": [
            Location(name="Ghana", kind="country", country_name="Ghana", text="Ghana"),
            Location(name="Vientiane", kind="city", country_name="Laos", text="Vientiane"),
        ],
        "events": [Event(event="signature", participants=("Ghana", "Laos"), text="ont\nsigné")],
    },
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def show(monkeypatch: pytest.MonkeyPatch, given: Any, *arguments: str | Path) -> int:
    """Run `greffier show`, with `given` in the place of what `extract` gives or raises; gives back the status."""

    def extract(path: Path, published: str | None, *, undated: bool) -> Facts:
        if isinstance(given, Exception):
            raise given
        assert isinstance(given, Facts)
        return given

    monkeypatch.setitem(sys.modules, "pipeline.flow", SimpleNamespace(extract=extract))
    monkeypatch.setattr("pipeline.flow", SimpleNamespace(extract=extract), raising=False)
    monkeypatch.setattr(sys, "argv", ["greffier", "show", *map(str, arguments)])
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_without_colour(file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert show(monkeypatch, FACTS, file) == 0
    assert capsys.readouterr().out == (
        "Douze accords\n"
        "a.txt · 2024-05 · fr\n"
        "\n"
        "Le [Ghana|LOC] et le Laos ont signé [12 accords|COUNT] à [Vientiane|LOC].\n"
        "LOC 2  COUNT 1\n"
        "\n"
        "locations\n"
        "name       kind     country_name  text\n"
        "Ghana      country  Ghana         Ghana\n"
        "Vientiane  city     Laos          Vientiane\n"
        "\n"
        "treaty_counts\n"
        "count  qualifier  instrument  text\n"
        "   12  exact      accord      12 accords\n"
        "\n"
        "events\n"
        "event      participants  text\n"
        "signature  Ghana; Laos   ont signé\n"
    )


def test_in_colour(file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert show(monkeypatch, FACTS, file, "--table", "treaty_counts") == 0
    out = capsys.readouterr().out
    assert "Le \x1b[1;32mGhana\x1b[0m et le Laos ont signé \x1b[1;31m12 accords\x1b[0m à" in out
    assert "\x1b[1;32mLOC 2\x1b[0m" in out
    assert "locations" not in out


def test_escape_sequences_of_a_document_are_not_sent_to_the_terminal(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    attack = "rouge\x1b[31m\x07 \x9b2J [bold]gras[/bold] :smile:"
    facts = Facts(Document(document="a.txt", title=attack, status="ok", text=attack), {})
    assert show(monkeypatch, facts, file) == 0
    shown = "rouge\ufffd[31m\ufffd \ufffd2J [bold]gras[/bold] :smile:"
    assert capsys.readouterr().out == f"{shown}\na.txt\n\n{shown}\n\n"


@pytest.mark.parametrize(
    ("given", "arguments", "status", "message"),
    [
        (FACTS, ["nowhere.txt"], 2, "greffier: there is no nowhere.txt; name a document\n"),
        (
            FACTS,
            ["a.txt", "--table", "offices"],
            2,
            "greffier: no table offices to show; there are: officials, dates, locations, treaty_counts, quantities, "
            "treaties, events, facts\n",
        ),
        (ReadError("the file is empty", "empty"), ["a.txt"], 1, "a.txt: empty: the file is empty\n"),
        (
            Facts(Document(document="a.txt", status="not_french", message="the text is not in French"), {}),
            ["a.txt"],
            1,
            "a.txt: not_french: the text is not in French\n",
        ),
    ],
)
def test_what_cannot_be_shown(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: Any,
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    monkeypatch.chdir(file.parent)
    assert show(monkeypatch, given, *arguments) == status
    assert capsys.readouterr().err == message
