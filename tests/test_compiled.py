"""Patterns come back from the cache as they were compiled, and are compiled where it is of no use."""

import re
from pathlib import Path

import pytest

from pipeline.lexicon import compiled, fold, load_rules
from pipeline.lexicon.rules import RULES

PATTERNS = [rule.regex.pattern for path in sorted(RULES.glob("*.toml")) for rule in load_rules(path.stem)]
SENTENCE = fold("Le 3 mars 2021, la Bolivie et le Pérou ont signé à Lima douze accords, a indiqué le ministre.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(compiled.atexit, "register", lambda save: None)
    return tmp_path / "greffier"


def fresh(monkeypatch: pytest.MonkeyPatch) -> compiled._Kept:
    kept = compiled._Kept()
    monkeypatch.setattr(compiled, "_kept", lambda: kept)
    return kept


def test_all_rules_come_back_as_they_were(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = fresh(monkeypatch)
    first = [compiled.compiled(pattern) for pattern in PATTERNS]
    kept.save()
    kept = fresh(monkeypatch)
    assert kept.known
    for pattern, before in zip(PATTERNS, first, strict=True):
        found = compiled.compiled(pattern)
        regex = found.regex
        python = re.compile(pattern)
        assert (regex.pattern, regex.flags, regex.groupindex) == (pattern, python.flags, python.groupindex)
        assert [m.span() for m in regex.finditer(SENTENCE)] == [m.span() for m in python.finditer(SENTENCE)]
        assert (found.words, found.second) == (before.words, before.second)
    assert kept.used.keys() <= kept.known.keys()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"version": "3.2", "patterns": {}}', "no json"])
def test_a_file_of_no_use_is_passed_over(content: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    fresh(monkeypatch).path.write_text(content)
    kept = fresh(monkeypatch)
    assert not kept.known
    assert compiled.compiled("accords?").regex.search("deux accords")
    kept.save()
    assert len(fresh(monkeypatch).known) == 1


def test_what_was_damaged_is_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = fresh(monkeypatch)
    compiled.compiled("accords?")
    for made in kept.used.values():
        made["code"] = "AAAA"
    kept.save()
    kept = fresh(monkeypatch)
    assert kept.known
    found = compiled.compiled("accords?")
    assert found.regex.search("deux accords")
    assert found.words is None


def test_without_a_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    fresh(monkeypatch).save()
    assert not fresh(monkeypatch).known
    with pytest.raises(re.error):
        compiled.compiled("(")
