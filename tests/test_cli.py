"""The command line: in a fresh process where the whole line matters, with a made-up flow where only printing does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import cli
from pipeline.errors import UsageError, WriteError
from pipeline.flow.edits import Finding
from pipeline.flow.evaluation import Evaluation
from pipeline.flow.imports import Imports
from pipeline.flow.scores import Score, Share
from pipeline.flow.verification import Verification
from pipeline.lexicon.confidence import Measurement
from pipeline.read import ReadOptions
from pipeline.records import TABLES, Document
from pipeline.review import Change, Difference

FRENCH = " date 2024-02 Un titre\n\nLe ministre de la Justice, Issa Moumouni, est arrivé à Tunis le 3 février 2024.\n"
ENGLISH = "The minister met the members of parliament in the hall, and said that it was late.\n"


def greffier(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@dataclass
class Report:
    """What flow.run gives back, and the documents that it tells of on its way."""

    read: list[Document]
    failed: list[Document]
    documents: int = 0
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 1200))
    unchanged: int = 2
    seconds: float = 2.0
    words_per_second: float = 1234.5
    out: Path = Path("outputs")
    skipped_files: int = 3
    unused: tuple[str, ...] = ()
    kept: tuple[Path, ...] = ()
    reviewed: dict[str, int] = field(default_factory=lambda: {"ok": 1200, "removed": 0})

    def __post_init__(self) -> None:
        self.documents = len(self.read)


GOOD = Document(document="é.txt", status="ok")
BAD = Document(document="b.txt", status="empty", message="the file is empty")


def run_main(monkeypatch: pytest.MonkeyPatch, flow: Any, *arguments: str) -> int:
    """Run the command in this process with `flow` in the place of pipeline.flow; gives back the exit status."""
    flow.ReadOptions = ReadOptions
    monkeypatch.setitem(sys.modules, "pipeline.flow", flow)
    monkeypatch.setattr("pipeline.flow", flow, raising=False)
    monkeypatch.setattr(sys, "argv", ["greffier", *arguments])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return int(caught.value.code or 0)


def flow_with(report: Report, **calls: Any) -> SimpleNamespace:
    def run(paths: list[str], out: Path, *, on_document: Any, **options: Any) -> Report:
        calls.update(paths=paths, out=out, **options)
        if on_document is not None:
            for done, document in enumerate(report.read, 1):
                on_document(document, done, len(report.read))
        return report

    return SimpleNamespace(run=run, calls=calls)


def test_run_passes_its_options_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    calls: dict[str, Any] = {}

    def run(paths: list[str], out: Path, **options: Any) -> Report:
        calls.update(options, paths=paths, out=out)
        return Report([GOOD], [])

    flow = SimpleNamespace(run=run)
    options = [
        "--out",
        "o",
        "--published",
        "2025-03",
        "--format",
        "csv, xlsx",
        "--csv",
        "excel-fr",
        "--headers",
        "fr",
        "--max-characters",
        "9",
        "-q",
        "--fresh",
        "--undated",
        "--corrections",
        "k.csv",
        "--identities",
        "m.csv",
        "--confidence",
        "c.csv",
        "--jobs",
        "3",
        "--timeout",
        "60",
        "--from",
        "l.txt",
        "--text-field",
        "body",
        "--any-language",
        "--max-megabytes",
        "7",
    ]
    assert run_main(monkeypatch, flow, "run", "a", "*.txt", *options) == 0
    assert calls == {
        "paths": ["a", "*.txt"],
        "out": Path("o"),
        "published": "2025-03",
        "formats": ["csv", "xlsx"],
        "csv_dialect": "excel-fr",
        "headers": "fr",
        "max_characters": 9,
        "undated": True,
        "fresh": True,
        "identities": Path("m.csv"),
        "corrections": Path("k.csv"),
        "confidence": Path("c.csv"),
        "reading": ReadOptions(text_field="body", any_language=True, max_megabytes=7),
        "listed": Path("l.txt"),
        "jobs": 3,
        "timeout": 60.0,
        "engine": "local",
        "scheduler": None,
        "on_document": None,
    }
    assert capsys.readouterr() == ("", "")


def test_evaluate_shows_tables_and_rules_and_keeps_the_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = [Measurement("dates", rule, 4, 3, "s") for rule in ("*", "weekday")]
    none, all_right = Share(None, None, None), Share(1.0, 0.5, 1.0)
    evaluation = Evaluation(2, measured, (Score("dates", "fuzzy", 1200, 0, 0, none, all_right, all_right),))
    kept: list[Any] = []
    keep = lambda *what: kept.append(what)  # noqa: E731
    flow = SimpleNamespace(evaluate=lambda out, gold: evaluation, save=keep, save_json=keep)
    assert run_main(monkeypatch, flow, "evaluate", "out", "gold", "--save", "c.csv", "--json", "s.json") == 0
    assert kept == [(evaluation, Path("s.json")), (evaluation, Path("c.csv"))]
    assert capsys.readouterr().out == (
        "table  measure  annotated  rows  right  precision  recall                F1\n"
        "dates  fuzzy        1,200     0      0             1.000 [0.500, 1.000]  1.000 [0.500, 1.000]\n"
        "\n"
        "table  rule     rows  right  precision  at least\n"
        "dates  *           4      3  0.750      0.301\n"
        "dates  weekday     4      3  0.750      0.301\n"
        "\ndocuments: 2\n"
        "scores: s.json\n"
        "measurements: c.csv\n"
    )


def test_lines_of_identities_that_name_nothing_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report([GOOD], [], unused=("m.csv, line 2: no 'A B' among the entities of these documents",))
    assert run_main(monkeypatch, flow_with(report), "run", "x", "-q") == 0
    assert capsys.readouterr() == ("", "m.csv, line 2: no 'A B' among the entities of these documents\n")


def test_tables_that_were_edited_are_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main(monkeypatch, flow_with(Report([GOOD], [], kept=(Path("o/a.csv"),))), "run", "x", "-q") == 0
    said = "o/a.csv: a table that was edited; greffier corrections import keeps what it says\n"
    assert capsys.readouterr() == ("", said)


def test_summary_in_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main(monkeypatch, flow_with(Report([GOOD, BAD], [BAD])), "run", "x") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["table          rows", "documents      1,200"]
    assert out.splitlines()[-5:] == [
        "documents: 2 read, 2 unchanged, 1 failed",
        "review: 1,200 ok, 0 removed",
        "other files, not read: 3",
        "time: 2.0 s, 1,234 words a second",
        "tables: outputs",
    ]
    assert err.splitlines() == ["1/2 é.txt ok", "2/2 b.txt empty", "b.txt: empty: the file is empty"]


def test_summary_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main(monkeypatch, flow_with(Report([GOOD, BAD], [BAD])), "run", "x", "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "documents": 2,
        "unchanged": 2,
        "failed": [{"document": "b.txt", "status": "empty", "message": "the file is empty"}],
        "skipped_files": 3,
        "rows": dict.fromkeys(TABLES, 1200),
        "reviewed": {"ok": 1200, "removed": 0},
        "seconds": 2.0,
        "words_per_second": 1234,
        "out": "outputs",
    }


def test_quiet_still_says_what_failed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main(monkeypatch, flow_with(Report([BAD], [BAD])), "run", "x", "-q") == 1
    assert capsys.readouterr() == ("", "b.txt: empty: the file is empty\n")


def test_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run_main(monkeypatch, flow_with(Report([GOOD], [])), "run", "x") == 0
    assert "1/2" not in capsys.readouterr().err


def test_ctrl_c_is_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*_: Any, **__: Any) -> Report:
        raise KeyboardInterrupt

    assert run_main(monkeypatch, SimpleNamespace(run=run), "run", "x", "--out", "o") == 130
    message = "greffier: stopped; o keeps what was read, and the same command goes on from there\n"
    assert capsys.readouterr() == ("", message)


@pytest.mark.parametrize("error", [UsageError("there is no x"), WriteError("o cannot be written")])
def test_errors_are_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def run(*_: Any, **__: Any) -> Report:
        raise error

    assert run_main(monkeypatch, SimpleNamespace(run=run), "run", "x") == 2
    assert capsys.readouterr() == ("", f"greffier: {error}\n")


@pytest.mark.parametrize(
    ("failures", "status", "last"), [([], 0, "holds"), (["rule x: y"], 1, "the lexicon: 1 failed")]
)
def test_lexicon_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failures: list[str], status: int, last: str
) -> None:
    flow = SimpleNamespace(check_lexicon=lambda: failures)
    assert run_main(monkeypatch, flow, "lexicon", "check") == status
    *listed, line = capsys.readouterr().out.splitlines()
    assert listed == failures
    assert line.endswith(last)


@pytest.mark.parametrize("problems", [[], ["t.xlsx, line 3: no such row was written there"]])
def test_corrections_import(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problems: list[str]
) -> None:
    def import_corrections(file: Path, to: Path, out: Path | None) -> Imports:
        assert (file, to, out) == (Path("t.xlsx"), Path("corrections.csv"), Path("o"))
        return Imports({} if problems else {"ok": 1200, "added": 2}, 1300, problems)

    flow = SimpleNamespace(import_corrections=import_corrections)
    assert run_main(monkeypatch, flow, "corrections", "import", "t.xlsx", "--run", "o") == len(problems)
    said = "nothing new" if problems else "1,200 ok, 2 added"
    out = f"t.xlsx: {said}\ncorrections.csv: 1,300 corrections\n"
    assert capsys.readouterr() == (out, "".join(f"{problem}\n" for problem in problems))


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("findings", [[], [Finding("new", "a.txt", "it was not there")]])
def test_verify(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], findings: list[Finding], options: list[str]
) -> None:
    def verify(out: Path, paths: Sequence[str]) -> Verification:
        return Verification(1200, 34, 5, findings if (out, paths) == (Path("o"), ["p"]) else [])

    assert run_main(monkeypatch, SimpleNamespace(verify=verify), "verify", "o", "p", *options) == len(findings)
    out = capsys.readouterr().out
    if options:
        expected = [{"kind": kind, "where": where, "message": message} for kind, where, message in findings]
        assert json.loads(out) == {"documents": 1200, "rows": 34, "files": 5, "findings": expected}
    elif findings:
        assert out.splitlines() == ["new: a.txt: it was not there", "o: 1 differences"]
    else:
        assert out == "o: 1,200 documents, 34 rows and 5 files are as the run left them\n"


@pytest.mark.parametrize(("changed", "status"), [(True, 1), (False, 0)])
@pytest.mark.parametrize("as_json", [True, False])
def test_diff(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], changed: bool, status: int, as_json: bool
) -> None:
    change = Change("changed", {"document": "a.txt"}, {"country": ("", "VN")})

    def diff(old: Path, new: Path, tables: Sequence[str], *, everything: bool) -> Iterator[Any]:
        assert (old, new, list(tables), everything) == (Path("o"), Path("n"), ["dates"], True)
        yield "dates", iter([Difference(3, [change] if changed else [])])

    arguments = ["diff", "o", "n", "--table", "dates", "--everything", *(["--json"] if as_json else [])]
    assert run_main(monkeypatch, SimpleNamespace(diff=diff), *arguments) == status
    out = capsys.readouterr().out
    if as_json:
        listed = [{"table": "dates", "kind": "changed", "row": {"document": "a.txt"}, "cells": {"country": ["", "VN"]}}]
        counts = {"same": 3, "changed": int(changed), "came": 0, "went": 0}
        assert json.loads(out) == {"tables": {"dates": counts}, "changes": listed if changed else []}
    else:
        *lines, _, counted = out.splitlines()
        assert lines == (["~ dates: a.txt: country (empty) → VN"] if changed else [])
        assert counted.split() == ["dates", "3", str(int(changed)), "0", "0"]


def test_schema(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_main(monkeypatch, SimpleNamespace(), "schema") == 0
    out = capsys.readouterr().out
    assert [line.partition(":")[0] for line in out.splitlines() if line and line[0] != " "] == list(TABLES)
    assert "  latitude      number   WGS 84 (degrees)" in out.splitlines()


# In a fresh process


def spent() -> float:
    """Seconds of the processor that child processes have used: what else the machine does takes none of them."""
    used = os.times()
    return used.children_user + used.children_system


def test_help_is_there_at_once() -> None:
    greffier("--help")  # compiled files are written the first time
    start = spent()
    done = greffier("--help")
    seconds = spent() - start
    assert (done.returncode, done.stderr) == (0, "")
    assert all(command in done.stdout for command in ("run", "dates", "lexicon", "verify", "schema", "--version"))
    assert seconds < 0.5


def test_help_imports_no_spacy() -> None:
    code = "import sys, pipeline.cli; print([m for m in ('spacy', 'pandas', 'numpy', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version() -> None:
    assert greffier("--version").stdout == f"greffier {version('greffier')}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "give files, folders, - or --from FILE"),
        (["run", "x", "--max-megabytes", "0"], "max-megabytes"),
        (["run", "x", "--csv", "excel-de"], "excel-de"),
        (["run", "x", "--max-characters", "0"], "max-characters"),
        (["fly"], "No such command"),
    ],
)
def test_usage(arguments: list[str], message: str) -> None:
    done = greffier(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def bad_input(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document in French and all that is none."""
    folder = tmp_path_factory.mktemp("in")
    contents = {
        "bon.txt": FRENCH.encode(),
        "crlf.txt": FRENCH.replace("\n", "\r\n").encode("cp1252"),
        "nfd.txt": unicodedata.normalize("NFD", FRENCH).encode(),
        "invisible.txt": FRENCH.replace("ministre", "mi\u00adnis\u200btre").encode(),
        "nul.txt": FRENCH.replace("est ", "est\x00 ").encode(),
        "surrogate.txt": FRENCH.encode() + b"\xed\xa0\x80\n",
        "anglais.txt": ENGLISH.encode(),
        "binaire.txt": bytes(range(256)) * 4,
        "vide.txt": b"",
        "long.txt": b"Un mot, " * 300_000,
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "casse.txt").symlink_to(folder / "absent.txt")
    (folder / "vide").mkdir()
    return folder


def test_bad_input_leaves_the_others_whole(bad_input: Path, tmp_path: Path) -> None:
    done = greffier("run", bad_input, "--out", tmp_path / "out", "--json")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    summary = json.loads(done.stdout)
    documents = json.loads((tmp_path / "out" / "documents.json").read_text("utf-8"))
    assert {document["document"]: document["status"] for document in documents} == {
        "anglais.txt": "not_french",
        "binaire.txt": "unreadable",
        "bon.txt": "ok",
        "casse.txt": "unreadable",
        "crlf.txt": "ok",
        "invisible.txt": "ok",
        "long.txt": "failed",
        "nfd.txt": "ok",
        "nul.txt": "ok",
        "surrogate.txt": "ok",
        "vide.txt": "empty",
    }
    assert all(document["message"] for document in documents if document["status"] != "ok")
    assert [failed["document"] for failed in summary["failed"]] == [
        d["document"] for d in documents if d["status"] != "ok"
    ]
    assert greffier("verify", tmp_path / "out").returncode == 0


def test_second_run_reads_nothing_and_writes_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    runs = [greffier("run", tmp_path / "a.txt", "--out", tmp_path / "out", "--json") for _ in range(2)]
    assert [(run.returncode, json.loads(run.stdout)["unchanged"]) for run in runs] == [(0, 0), (0, 1)]
    first = (tmp_path / "out" / "officials.csv").read_bytes()
    again = greffier("run", tmp_path / "a.txt", "--out", tmp_path / "again", "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert (tmp_path / "again" / "officials.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no nowhere"),
        (["."], "nothing to read in ."),
        (["a.txt", "--published", "2025-13"], "is no date"),
    ],
)
def test_nothing_to_run_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    if "a.txt" in arguments:
        (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    done = greffier("run", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_dates() -> None:
    done = greffier("dates", "Le sommet se tient du 3 au 5 juin 2024.", "--json")
    (date,) = json.loads(done.stdout)
    assert (date["text"], date["date_start"], date["date_end"]) == ("du 3 au 5 juin 2024", "2024-06-03", "2024-06-05")
    assert "2024-06-03  2024-06-05" in greffier("dates", "Le sommet se tient du 3 au 5 juin 2024.").stdout
