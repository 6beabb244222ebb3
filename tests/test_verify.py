"""`greffier verify`: what has changed since a run, in its sources, its ledger and its tables."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.errors import UsageError

TEXTS = {
    "a.txt": "La juge togolaise Awa Diop est à Lomé depuis le 3 mai 2024.",
    "b/c.txt": "Le ministre malien de la Justice, Oumar Konaté, est à Hanoï.",
    "vide.txt": "",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    for name, text in TEXTS.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(text, "utf-8")
    flow.run([folder / "in"], folder / "out")
    return folder


@pytest.fixture
def copied(made: Path) -> Path:
    """A run of its own in the same place, since the ledger knows its sources by their path."""
    shutil.copytree(made / "out", made / "again", dirs_exist_ok=True, copy_function=shutil.copy2)
    for name, text in TEXTS.items():
        (made / "in" / name).write_text(text, "utf-8")
    (made / "in" / "neuf.txt").unlink(missing_ok=True)
    return made


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), "utf-8", newline="")

    return act


def query(statement: str) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        db = sqlite3.connect(folder / "again" / "greffier.sqlite")
        db.execute(statement)
        db.commit()
        db.close()

    return act


CHANGES: list[tuple[str, Callable[[Path], object], list[tuple[str, str, str]]]] = [
    ("nothing", lambda _: None, []),
    (
        "a source has grown",
        replaced("in/a.txt", "La juge", "Hier, la juge"),
        [("changed", "a.txt", "rows do not stand there any more")],
    ),
    (
        "a source has vanished",
        lambda f: (f / "in/b/c.txt").unlink(),
        [("vanished", "b/c.txt", "it is not there any more")],
    ),
    (
        "a source became a folder",
        lambda f: ((f / "in/a.txt").unlink(), (f / "in/a.txt").mkdir()),
        [("unreadable", "a.txt", "a folder, not a file")],
    ),
    (
        "an empty source is filled",
        lambda f: (f / "in/vide.txt").write_text("Bonjour."),
        [("changed", "vide.txt", "0 of its 0 rows do not stand there any more")],
    ),
    (
        "a source came",
        lambda f: (f / "in/neuf.txt").write_text("Rien."),
        [("new", "neuf.txt", "the next run reads it")],
    ),
    (
        "a row of the ledger has moved",
        query("UPDATE entries SET cells = replace(cells, ',\n3,\n26,', ',\n4,\n26,') WHERE \"table\" = 'officials'"),
        [("row", "officials: a.txt [4:26]", "'juge togolaise Awa Diop' does not stand there")],
    ),
    (
        "the text in the ledger is another",
        query("UPDATE texts SET text = text || '.' WHERE document = 'a.txt'"),
        [("text", "a.txt", "run with --fresh")],
    ),
    (
        "a cell of a table is edited",
        replaced("again/officials.csv", "Oumar Konaté,per", "Oumar Konate,per"),
        [("edited", "officials.csv", "person Oumar Konaté → Oumar Konate")],
    ),
    (
        "an offset of a table is edited",
        replaced("again/dates.json", '"start_char": 4', '"start_char": 5'),
        [("edited", "dates.json", "start_char 4")],
    ),
    (
        "a table is edited where no rows are read from it",
        replaced("again/documents.jsonl", "Lomé", "Lome"),
        [("table", "documents.jsonl", "it is not as it was written")],
    ),
    (
        "a table is saved by a spreadsheet",
        replaced("again/locations.csv", ",", ";"),
        [("table", "locations.csv", "saved anew; all cells are as written")],
    ),
    (
        "a table is gone",
        lambda f: (f / "again/events.csv").unlink(),
        [("table", "events.csv", "it is not there any more")],
    ),
    (
        "a table is none any more",
        lambda f: (f / "again/dates.json").write_text("{"),
        [("table", "dates.json", "is no JSON")],
    ),
    ("a run was stopped before it wrote", query("DELETE FROM written"), [("unwritten", "again", "run again")]),
]


@pytest.mark.parametrize(("name", "change", "expected"), CHANGES, ids=[name for name, *_ in CHANGES])
def test_what_has_changed_is_named(
    copied: Path, name: str, change: Callable[[Path], object], expected: list[tuple[str, str, str]]
) -> None:
    try:
        change(copied)
        found = flow.verify(copied / "again").findings
    finally:
        if (copied / "in/a.txt").is_dir():
            (copied / "in/a.txt").rmdir()
    assert [(f.kind, f.where.removeprefix(f"{copied}/")) for f in found] == [
        (kind, where) for kind, where, _ in expected
    ]
    assert [message for f, (_, _, message) in zip(found, expected, strict=True) if message not in f.message] == []


def test_what_was_checked_is_counted(copied: Path) -> None:
    found = flow.verify(copied / "again")
    written = json.loads((copied / "again" / "datapackage.json").read_text("utf-8"))["resources"]
    assert (found.documents, found.files, found.rows > 10) == (3, 2 * len(written) + 2, True)


def test_documents_may_have_moved(copied: Path, tmp_path: Path) -> None:
    shutil.copytree(copied / "in", tmp_path / "moved")
    assert flow.verify(copied / "again", [tmp_path / "moved"]).findings == []
    shutil.rmtree(tmp_path / "moved" / "b")
    assert [f[:2] for f in flow.verify(copied / "again", [tmp_path / "moved"]).findings] == [("vanished", "b/c.txt")]


def test_all_inputs_may_be_gone(made: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXTS["a.txt"], "utf-8")
    flow.run([tmp_path / "in"], tmp_path / "out")
    shutil.rmtree(tmp_path / "in")
    assert [f[:2] for f in flow.verify(tmp_path / "out").findings] == [("vanished", "a.txt")]


def test_a_ledger_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no greffier\.sqlite"):
        flow.verify(tmp_path)
