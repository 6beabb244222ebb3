"""The engine: a worker that dies, hangs or raises costs one task; a run that is killed ends as if it had not been."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import flow
from pipeline.engine import Fault, outcomes
from pipeline.errors import EngineError
from pipeline.flow.corpus import _FEW_BYTES
from pipeline.store import FILE_NAME, Ledger

TOWNS = ("Dakar", "Hanoï", "Lima", "Vientiane", "Tunis", "Zagreb")
PEOPLE = ("Awa Diop", "Nguyen Thi Lan", "Li Wei", "Karim Haddad", "Jelena Novak", "Paul Roche")
FILLER = "La séance a été longue et les débats ont porté sur le budget. " * 60


def do(log: Path, task: Any) -> Any:
    """A task is a number to double, or what is to happen to the process that does it."""
    with log.open("a") as lines:
        lines.write(f"{task}\n")
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "leave":
        os._exit(3)
    if task == "sleep":
        time.sleep(600)
    if task == "raise":
        raise ValueError("no such thing")
    if task == "kill once" and log.read_text().count("kill once") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * 2


def start(log: Path) -> Callable[[Any], Any]:
    return partial(do, log)


def done(log: Path, tasks: Iterable[Any], *, jobs: int = 2, timeout: float = 60, batch: int = 4) -> dict[Any, Any]:
    return dict(outcomes(partial(start, log), tasks, jobs=jobs, timeout=timeout, batch=batch))


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("batch", [1, 7])
def test_every_task_once(tmp_path: Path, jobs: int, batch: int) -> None:
    numbers = range(40)
    assert done(tmp_path / "log", numbers, jobs=jobs, batch=batch) == {n: 2 * n for n in numbers}
    assert sorted(map(int, (tmp_path / "log").read_text().split())) == list(numbers)


def test_no_task() -> None:
    assert done(Path("log"), []) == {}


@pytest.mark.parametrize(
    ("bad", "tries", "why"),
    [
        ("kill", 2, "its process was killed (SIGKILL); is there enough memory? (tried twice)"),
        ("leave", 2, "its process ended with status 3; is there enough memory? (tried twice)"),
        ("sleep", 2, "took longer than 0.5 s; raise --timeout, or split it (tried twice)"),
        ("raise", 1, "ValueError: no such thing"),
    ],
)
def test_one_bad_task_costs_itself_only(tmp_path: Path, bad: str, tries: int, why: str) -> None:
    tasks = [*range(9), bad, *range(9, 30)]
    found = done(tmp_path / "log", tasks, timeout=0.5)
    assert found == {n: 2 * n for n in range(30)} | {bad: why}
    assert isinstance(found[bad], Fault)
    tried = (tmp_path / "log").read_text().splitlines()
    assert tried.count(bad) == tries
    assert sorted(int(task) for task in tried if task != bad) == list(range(30))


def test_a_task_that_killed_once_is_done_the_second_time(tmp_path: Path) -> None:
    assert done(tmp_path / "log", [1, "kill once", 2]) == {1: 2, "kill once": "kill oncekill once", 2: 4}


def no_start() -> Callable[[Any], Any]:
    os._exit(5)


def test_workers_that_cannot_start() -> None:
    with pytest.raises(EngineError, match=r"no worker process can start: .*status 5.*--jobs 1"):
        list(outcomes(no_start, range(9), jobs=2, timeout=5))


def test_closing_ends_the_workers(tmp_path: Path) -> None:
    with closing(outcomes(partial(start_pid, tmp_path), range(100), jobs=2, timeout=60, batch=2)) as found:
        pids = {pid for _, (_, pid) in (next(found) for _ in range(20))}
    assert pids
    assert not any(is_alive(pid) for pid in pids)


def start_pid(_: Path) -> Callable[[int], tuple[int, int]]:
    return lambda task: (task, os.getpid())


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has waited for does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


# Whole runs, in all formats

ALL = ["all"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents that name the same people and places, more of them than one process is used for."""
    folder = tmp_path_factory.mktemp("in")
    for n in range(36):
        person, town = PEOPLE[n % 6], TOWNS[n // 6]
        text = f"Le ministre de la Justice, {person}, est arrivé à {town} le {n % 28 + 1} mai 2024. {FILLER}\n"
        (folder / f"{n:02}.txt").write_text(text, "utf-8")
    (folder / "vide.txt").write_text("")
    (folder / "absent.txt").symlink_to(folder / "nowhere.txt")
    assert sum(path.stat().st_size for path in folder.glob("[0-9]*.txt")) > _FEW_BYTES
    return folder


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != FILE_NAME}


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one process."""
    out = tmp_path_factory.mktemp("undisturbed")
    flow.run([folder], out, formats=ALL, jobs=1)
    return out


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_same_tables_whatever_the_number_of_processes(
    folder: Path, undisturbed: Path, tmp_path: Path, jobs: int
) -> None:
    told: list[int] = []
    report = flow.run(
        [folder], tmp_path, formats=ALL, jobs=jobs, on_document=lambda document, done, total: told.append(done)
    )
    assert tables(tmp_path) == tables(undisturbed)
    assert told == list(range(1, 39))
    assert (report.documents, [d.status for d in report.failed]) == (38, ["unreadable", "empty"])


def test_an_unchanged_folder_is_not_written_again(folder: Path, tmp_path: Path) -> None:
    flow.run([folder], tmp_path, formats=ALL, jobs=1)
    before = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    report = flow.run([folder], tmp_path, formats=ALL)
    assert (report.documents, report.unchanged) == (1, 37)  # the broken link is looked at again
    assert {path.name: path.stat().st_ino for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("change", "options"),
    [
        (lambda out: (out / "dates.csv").unlink(), {}),
        (lambda out: (out / "dates.csv").write_text("mine"), {}),
        (lambda out: None, {"csv_dialect": "excel-fr"}),
        (lambda out: (out / "tables.xlsx").unlink(), {}),
    ],
)
def test_tables_that_are_not_as_they_should_be_are_written_again(
    folder: Path, undisturbed: Path, tmp_path: Path, change: Callable[[Path], Any], options: dict[str, Any]
) -> None:
    flow.run([folder], tmp_path, formats=ALL, jobs=1)
    change(tmp_path)
    report = flow.run([folder], tmp_path, formats=ALL, **options)
    assert report.unchanged == 37
    again = tables(tmp_path)
    assert again["dates.json"] == tables(undisturbed)["dates.json"]
    assert (again["dates.csv"] == tables(undisturbed)["dates.csv"]) == (not options)


def command(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "pipeline", "run", str(folder), "--out", str(out), "--jobs", "2", "--format", "all"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored in the background
    process = subprocess.Popen(call, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    signal.signal(signal.SIGINT, before)
    return process


def read_lines(process: subprocess.Popen[bytes], number: int) -> None:
    assert process.stderr is not None
    for _ in range(number):
        process.stderr.readline()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pids: list[int], seconds: float) -> bool:
    """Whether processes end within so many seconds: a worker sees that its parent is dead at its next message."""
    until = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.1)
    return not any(map(is_alive, pids))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for children in /proc")
def test_killed_and_started_again(folder: Path, undisturbed: Path, tmp_path: Path) -> None:
    """`kill -9` after some documents, with a worker killed before, then the same command."""
    process = command(folder, tmp_path)
    read_lines(process, 3)
    first, *others = children(process.pid)
    os.kill(first, signal.SIGKILL)
    read_lines(process, 8)
    process.kill()
    process.communicate()
    with Ledger(tmp_path / FILE_NAME) as ledger:
        kept = len(ledger.names())
    report = flow.run([folder], tmp_path, formats=ALL)
    assert kept >= 11
    assert report.documents <= 38 - kept + 2  # what has no digest is looked at again
    assert tables(tmp_path) == tables(undisturbed)
    assert gone(others, seconds=10)


def test_ctrl_c_ends_all_and_keeps_what_was_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(400):  # enough that they are not all read when the signal comes
        (folder / f"{n}.txt").write_text(FILLER * 10, "utf-8")
    process = command(folder, tmp_path)
    read_lines(process, 4)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err.decode().splitlines()[-1][:18], b"Traceback" in err) == (
        130,
        "greffier: stopped;",
        False,
    )
    with Ledger(tmp_path / FILE_NAME) as ledger:
        assert len(ledger.names()) >= 4
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_document_that_takes_too_long_fails_and_is_tried_again(
    folder: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.flow import reading  # noqa: PLC0415

    honest = reading.facts_of

    def facts_of(document: Any, **options: Any) -> Any:
        if document.document == "07.txt":
            time.sleep(600)
        return honest(document, **options)

    monkeypatch.setattr(reading, "facts_of", facts_of)
    report = flow.run([folder], tmp_path, formats=ALL, jobs=2, timeout=2)
    assert [(d.document, d.status) for d in report.failed] == [
        ("07.txt", "failed"),
        ("absent.txt", "unreadable"),
        ("vide.txt", "empty"),
    ]
    monkeypatch.undo()
    flow.run([folder], tmp_path, formats=ALL, jobs=2)
    assert tables(tmp_path) == tables(undisturbed)


def test_formats_are_written_at_once_and_again_here_where_a_child_dies(
    folder: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.flow import writing  # noqa: PLC0415

    parent, honest, written = os.getpid(), writing.write, list[list[str]]()

    def write(tables: Any, out: Path, formats: list[str], style: Any) -> list[Path]:
        written.append(formats)
        if os.getpid() != parent and formats == ["json"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(tables, out, formats, style)

    monkeypatch.setattr(writing, "_FEW_ROWS", 0)
    monkeypatch.setattr(writing, "write", write)
    flow.run([folder], tmp_path, formats=ALL, jobs=2)
    assert tables(tmp_path) == tables(undisturbed)
    assert written == [["json"]]


def test_an_orphan_writes_no_table_to_its_end(undisturbed: Path, tmp_path: Path) -> None:
    from pipeline.flow.writing import _Attended  # noqa: PLC0415
    from pipeline.write import write  # noqa: PLC0415

    with Ledger(undisturbed / FILE_NAME, shared=True) as ledger:
        with pytest.raises(EngineError, match="has ended"):
            write(_Attended(ledger, os.getpid()), tmp_path)
        assert not list(tmp_path.iterdir())
        assert write(_Attended(ledger, os.getppid()), tmp_path)
