"""The process that reads files: whatever a file does to it, the run goes on, and only the file is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import PurePath

import pytest
from samples import zipped

from pipeline.errors import ReadError
from pipeline.read import ReadOptions, documents_of, guard
from pipeline.records import Document

#: what a broken file may do to its reader, put into the child in the place of the readers of XML
READERS = """
import os, signal, time
from pipeline.read import child, formats
from pipeline.read.content import Content

def read(raw):
    what = raw.decode()
    if what == "loop":
        while True:
            pass
    if what == "memory":
        return [bytes(10**8) for _ in range(20)]
    if what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "exit":
        os._exit(3)
    if what == "print":
        print("not an answer", flush=True)
        os.write(1, b"neither is this")
    if what == "raise":
        raise KeyError("x")
    return Content("Le juge est là : " + what, None, "text/x")

formats.FORMATS[".xml"] = read
child.SECONDS = 0.5
child._start_timer.__defaults__ = (0.5,)
child.main()
"""


@pytest.fixture(autouse=True)
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A child with readers that misbehave."""
    monkeypatch.setattr(guard, "COMMAND", ("-P", "-c", READERS))
    monkeypatch.setattr(guard, "_IDLE", [])
    yield
    while guard._IDLE:
        guard._IDLE.pop().end()


def documents(name: str, raw: bytes) -> list[Document]:
    return list(documents_of(raw, PurePath(name), name, None, ReadOptions()))


@pytest.mark.parametrize(
    ("what", "status", "message"),
    [
        ("loop", "failed", "took longer than 8 s"),
        ("memory", "failed", "took more than 0.9 GB of memory"),
        ("crash", "failed", "ended its process (SIGSEGV)"),
        ("exit", "failed", "ended its process (status 3)"),
        ("raise", "unreadable", "KeyError: 'x'"),
        ("print", "ok", None),
        ("good", "ok", None),
    ],
)
def test_one_file(what: str, status: str, message: str | None) -> None:
    (found,) = documents("x.xml", what.encode())
    assert (found.status, found.document) == (status, "x.xml")
    assert message is None or message in str(found.message)
    assert (found.sha256 is None) == (status == "failed")  # it may go better the next time
    assert documents("y.xml", b"good")[0].status == "ok"


def test_an_archive_loses_only_what_is_bad() -> None:
    members = ["good", "loop", "good", "crash", "raise", "good"]
    found = documents("x.zip", zipped({f"{n}.xml": what.encode() for n, what in enumerate(members)}))
    assert [d.status for d in found] == ["ok", "failed", "ok", "failed", "unreadable", "ok"]
    assert [d.document for d in found] == [f"x.zip#{n}" for n in range(1, 7)]
    assert "SIGSEGV" in str(found[3].message) and "in the archive: 3.xml" in str(found[3].message)


def test_an_archive_of_nothing_but_bad_files_ends() -> None:
    found = documents("x.zip", zipped({f"{n}.xml": b"crash" for n in range(9)}))
    assert [(d.document, d.status) for d in found] == [(f"x.zip#{n}", "failed") for n in range(1, 5)]


def test_a_child_that_nobody_hears_to_the_end_is_ended() -> None:
    found = guard.guarded(zipped({"1.xml": b"good", "2.xml": b"print"}), PurePath("x.zip"), ReadOptions())
    assert next(found).number == 1
    found.close()
    (again,) = guard.guarded(b"good", PurePath("x.xml"), ReadOptions())
    assert not isinstance(again.content, ReadError) and again.content.text.endswith("good")


def test_a_child_that_was_killed_meanwhile_is_started_again() -> None:
    assert documents("x.xml", b"good")[0].status == "ok"
    (child,) = guard._IDLE
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert [d.status for d in documents("x.xml", b"good")] == ["ok"]


def test_files_that_are_read_at_a_time_have_a_child_each() -> None:
    archive = zipped({f"{n}.xml": b"good" for n in range(40)})
    first, second = (guard.guarded(archive, PurePath("x.zip"), ReadOptions()) for _ in range(2))
    numbers = [(one.number, other.number) for one, other in zip(first, second, strict=True)]
    assert numbers == [(n, n) for n in range(1, 41)]
    assert len(guard._IDLE) == 2
