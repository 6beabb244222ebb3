"""Files that hold many documents, in a run: what is read again, what is kept, what is forgotten; and which files."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pipeline import flow
from pipeline.errors import UsageError
from pipeline.flow import ReadOptions, RunReport
from pipeline.read import discover
from pipeline.read.names import LEDGER
from pipeline.store import FILE_NAME, Ledger

PEOPLE = ["Awa Diop", "Tran Van An", "Li Wei", "Ivan Petrov", "Sara Haddad"]


def told(name: str) -> str:
    return f"La ministre ougandaise {name} est arrivée à Dakar le 3 mai 2024."


def lines(texts: Iterable[str]) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def run(folder: Path, out: Path, **options: Any) -> RunReport:
    return flow.run([folder], out, **{"jobs": 1, **options})


def names(out: Path) -> list[str]:
    with Ledger(out / FILE_NAME) as ledger:
        return ledger.names()


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != FILE_NAME}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents in one file, and one that is a file."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(told("Fatou Sy"), "utf-8")
    (tmp_path / "in" / "m.jsonl").write_bytes(lines(map(told, PEOPLE[:3])))
    return tmp_path / "in"


def test_a_second_run_reads_nothing(folder: Path, tmp_path: Path) -> None:
    first, second = run(folder, tmp_path / "out"), run(folder, tmp_path / "out")
    assert (first.documents, first.unchanged, second.documents, second.unchanged) == (4, 0, 0, 4)
    assert names(tmp_path / "out") == ["a.txt", "m.jsonl#1", "m.jsonl#2", "m.jsonl#3"]
    assert flow.verify(tmp_path / "out").findings == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (PEOPLE, ["m.jsonl#1", "m.jsonl#2", "m.jsonl#3", "m.jsonl#4", "m.jsonl#5"]),
        (PEOPLE[3:4], ["m.jsonl#1"]),
        ([], ["m.jsonl"]),
    ],
)
def test_a_file_that_changed_is_read_anew(folder: Path, tmp_path: Path, texts: list[str], expected: list[str]) -> None:
    run(folder, tmp_path / "out")
    (folder / "m.jsonl").write_bytes(lines(map(told, texts)) or b"\n")
    second = run(folder, tmp_path / "out")
    assert (second.documents, second.unchanged) == (len(expected), 1)
    assert names(tmp_path / "out") == ["a.txt", *expected]
    run(folder, tmp_path / "fresh")
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_a_file_that_vanished_is_forgotten_with_all_its_documents(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    (folder / "m.jsonl").unlink()
    run(folder, tmp_path / "out")
    assert names(tmp_path / "out") == ["a.txt"]


def test_one_object_becomes_an_array_and_again_one(folder: Path, tmp_path: Path) -> None:
    path = folder / "m.json"
    (folder / "m.jsonl").unlink()
    for value, expected in (({"text": "Un mot."}, ["m.json"]), ([{"text": "Un mot."}], ["m.json#1"])) * 2:
        path.write_text(json.dumps(value))
        run(folder, tmp_path / "out")
        assert names(tmp_path / "out") == ["a.txt", *expected]
        assert run(folder, tmp_path / "out").documents == 0


def test_a_run_that_was_stopped_goes_on_in_the_middle_of_a_file(folder: Path, tmp_path: Path) -> None:
    def stop(_: Any, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder, tmp_path / "out", on_document=stop)
    assert names(tmp_path / "out") == ["a.txt", "m.jsonl#1", "m.jsonl#2"]
    second = run(folder, tmp_path / "out")
    assert (second.documents, second.unchanged) == (1, 3)
    run(folder, tmp_path / "whole")
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert run(folder, tmp_path / "out").documents == 0


def test_a_document_that_was_lost_is_tried_again_and_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose = flow.reading.lost  # type: ignore[attr-defined]
    honest = flow.reading.Reader.__call__  # type: ignore[attr-defined]

    def read(self: Any, task: Any) -> Any:
        return lose(task.name, "gone", "m.jsonl") if task.name == "m.jsonl#2" else honest(self, task)

    monkeypatch.setattr(flow.reading.Reader, "__call__", read)  # type: ignore[attr-defined]
    assert [d.document for d in run(folder, tmp_path / "out").failed] == ["m.jsonl#2"]
    monkeypatch.undo()
    second = run(folder, tmp_path / "out")
    assert (second.documents, second.unchanged, second.failed) == (1, 3, [])
    assert run(folder, tmp_path / "out").documents == 0


def test_other_choices_read_anew(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    again = run(folder, tmp_path / "out", reading=ReadOptions(title_field="text"))
    assert (again.documents, run(folder, tmp_path / "out").documents) == (4, 4)


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_and_engines_give_the_same(folder: Path, tmp_path: Path, jobs: int) -> None:
    (folder / "n.csv.gz").write_bytes(gzip.compress("\n".join(["texte", *map(told, PEOPLE * 300)]).encode()))
    (folder / "x.json").write_bytes(b"{")
    limits = ReadOptions(max_megabytes=0.2)
    report = run(folder, tmp_path / str(jobs), jobs=jobs, reading=limits, max_characters=50)
    assert [d.status for d in report.failed].count("failed") == report.documents - 1
    assert run(folder, tmp_path / str(jobs), jobs=jobs, reading=limits, max_characters=50).documents == 0


def test_dask_gives_the_same(folder: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    (folder / "x.json").write_bytes(b"{")
    run(folder, tmp_path / "local")
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address="127.0.0.1:0") as cluster:
        where = {"engine": "dask", "scheduler": cluster.scheduler_address}
        run(folder, tmp_path / "dask", **where)
        assert tables(tmp_path / "dask") == tables(tmp_path / "local")
        assert run(folder, tmp_path / "dask", **where).documents == 0
        (folder / "m.jsonl").write_bytes(lines(map(told, PEOPLE[1:2])))
        run(folder, tmp_path / "dask", **where)
        run(folder, tmp_path / "local")
        assert tables(tmp_path / "dask") == tables(tmp_path / "local")
        with pytest.raises(UsageError, match="standard input"):
            flow.run(["-"], tmp_path / "dask", **where)  # type: ignore[arg-type]


# Which files


def test_a_run_never_reads_what_it_wrote(folder: Path, tmp_path: Path) -> None:
    assert LEDGER == FILE_NAME
    (folder / "events.json").write_text('{"text": "Un mot."}')  # not beside a ledger: a document
    for out in (folder / "out", folder):
        run(folder, out)
        (folder / "events.json").unlink(missing_ok=True)
        before = names(out)
        again = run(folder, out)
        assert (again.documents, again.skipped_files) == (0, 0)
        assert set(names(out)) == set(before) - {"events.json"}
        (out / FILE_NAME).unlink()
        for path in out.glob("*.[cj]s*"):
            path.unlink() if path.name != "m.jsonl" else None


def test_a_list_of_paths(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "é deux.txt").write_text(told("Li Na"), "utf-8")
    (tmp_path / "list.txt").write_text(
        "in/é deux.txt\r\n\nin/a.txt\nin/gone.txt\n../x/far.txt\nin/photo.jpg\n", "utf-8"
    )
    report = flow.run([], tmp_path / "out", listed=tmp_path / "list.txt", jobs=1)
    assert [(d.document, d.message) for d in report.failed] == [
        ("far.txt", "it is not there any more"),
        ("in/gone.txt", "it is not there any more"),
    ]
    assert names(tmp_path / "out") == ["far.txt", "in/a.txt", "in/gone.txt", "in/é deux.txt"]
    assert report.skipped_files == 1
    (tmp_path / "list.txt").write_bytes(b"in/a.txt\0in")
    assert [s.name for s in discover([], listed=["in/a.txt", "in"])] == ["in/a.txt", "in/m.jsonl", "in/é deux.txt"]
    with pytest.raises(UsageError, match="the list nowhere cannot be read"):
        flow.run([], tmp_path / "out", listed="nowhere")


def test_standard_input_in_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(map(told, PEOPLE)))))
        report = flow.run(["-"], tmp_path / "out", jobs=1)
    assert (report.documents, report.unchanged) == (0, 5)
    assert names(tmp_path / "out")[0] == "stdin#1"


def test_a_file_is_read_in_the_middle_of_one_that_holds_many(folder: Path, tmp_path: Path) -> None:
    (folder / "m.jsonl").write_bytes(lines(map(told, PEOPLE * 8)))
    for name in ("l.csv", "n.csv"):
        (folder / name).write_text("\n".join(["texte", *map(told, PEOPLE * 5)]), "utf-8")
    (folder / "k.xml").write_text(f"<a>{told('Li Na')}</a>", "utf-8")
    (folder / "z.eml").write_text(f"Subject: x\n\n{told('Li Na')}", "utf-8")
    report = run(folder, tmp_path / "out")
    assert (report.documents, report.failed) == (93, [])
    run(folder, tmp_path / "two", jobs=2)
    assert tables(tmp_path / "out") == tables(tmp_path / "two")
