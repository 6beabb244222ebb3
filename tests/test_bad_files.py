"""Files made to break readers: none stops a run, takes 10 s or 1 GB, writes or fetches anything; each has its row."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import PurePath
from threading import Thread
from typing import Any

import pytest
from bad_files import BAD, ODD, WORDS, ZEROS
from samples import zipped

from pipeline.errors import ReadError
from pipeline.read import ReadOptions, archives, documents_of
from pipeline.read.pieces import pieces

#: a run in a process of its own, which says of each file what its reading took
RUN = """
import json, resource, sys, time
from pipeline import flow
from pipeline.flow import reading, tasks
from pipeline.read import guard

honest, told = tasks.parts, {}

def spent():
    dead = resource.getrusage(resource.RUSAGE_CHILDREN)
    alive = 0.0
    for child in guard._IDLE:
        if not child.is_gone():
            fields = open(f"/proc/{child.pid}/stat").read().rpartition(")")[2].split()
            alive += (int(fields[11]) + int(fields[12])) / 100
    return time.process_time() + dead.ru_utime + dead.ru_stime + alive

def timed(source, options):
    found = honest(source, options)
    while True:
        before = spent()
        part = next(found, None)
        told[source.name] = max(told.get(source.name, 0), spent() - before)
        if part is None:
            return
        yield part

tasks.parts = reading.parts = timed
flow.run([sys.argv[1]], sys.argv[2], jobs=1)
# not ru_maxrss of this process, which begins with the peak of the one that started it
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps({"seconds": told, "kilobytes": peak}))
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc, and bounds memory")


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server, and what it was asked."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(100))

    Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/x", asked
    listening.close()


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory, server: tuple[str, list[bytes]]) -> dict[str, Any]:
    """How a run over all of them ended: {statuses, messages, seconds, kilobytes, strays}."""
    folder = tmp_path_factory.mktemp("bad")
    for name in ("in", "empty", "tmp"):
        (folder / name).mkdir()
    for name, bad in BAD.items():
        (folder / "in" / name).write_bytes(bad.make(server[0]))
    for name, (make, _) in ODD.items():
        make(folder / "in" / name)
    (folder / "in" / "loop").symlink_to(folder / "in")
    (folder / "in" / "good.txt").write_text(WORDS, "utf-8")
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", RUN, str(folder / "in"), str(folder / "out")]
    done = subprocess.run(
        command, cwd=folder / "empty", env=environment, capture_output=True, text=True, timeout=500, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    documents = json.loads((folder / "out" / "documents.json").read_text("utf-8"))
    strays = [path.name for place in ("empty", "tmp") for path in (folder / place).rglob("*")]
    strays += sorted({path.name for path in folder.iterdir()} - {"in", "out", "empty", "tmp"})
    return {"documents": documents, "strays": strays, **json.loads(done.stdout)}


def rows(ended: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = [row for row in ended["documents"] if row["document"].rpartition("#")[0] == name]
    return sorted(found, key=lambda row: int(row["document"].rpartition("#")[2])) or [
        row for row in ended["documents"] if row["document"] == name
    ]


def test_there_are_enough() -> None:
    assert len(BAD) + len(ODD) >= 60


@pytest.mark.parametrize("name", [*BAD, *ODD, "good.txt"])
def test_a_bad_file_has_its_rows(ended: dict[str, Any], name: str) -> None:
    expected = BAD[name].statuses if name in BAD else (ODD[name][1] if name in ODD else "ok",)
    found = rows(ended, name)
    statuses = tuple(row["status"] for row in found)
    assert statuses == expected or (len(statuses) == 1 and statuses[0] in expected)
    assert all(row["message"] for row in found if row["status"] != "ok")
    assert ended["seconds"][name] < 10


def test_no_more_memory_than_a_gigabyte(ended: dict[str, Any]) -> None:
    assert ended["kilobytes"] * 1024 < 1_000_000_000


def test_nothing_is_written_beside_the_tables(ended: dict[str, Any]) -> None:
    assert ended["strays"] == []


def test_nothing_is_fetched(ended: dict[str, Any], server: tuple[str, list[bytes]]) -> None:
    assert ended["documents"]
    assert server[1] == []


def test_no_file_of_the_machine_is_read(ended: dict[str, Any]) -> None:
    assert "root:" not in json.dumps(ended["documents"])


# What would take long to make for real


def test_all_that_an_archive_holds_is_bounded() -> None:
    options = ReadOptions(max_megabytes=0.01)
    archive = zipped({f"{n:02}.txt": WORDS.encode() * 200 for n in range(25)})
    found = [
        str(p.content) if isinstance(p.content, ReadError) else "" for p in pieces(archive, PurePath("x.zip"), options)
    ]
    assert found[:19] == [""] * 19
    assert all("more than 16 times 0.01 MB" in error for error in found[19:])


def test_members_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_MEMBERS", 3)
    with pytest.raises(ReadError, match="the archive has 4 files, more than 3"):
        list(pieces(zipped({f"{n}.txt": b"x" for n in range(4)}), PurePath("x.zip"), ReadOptions()))


def test_a_file_over_the_limit_is_not_opened() -> None:
    (found,) = documents_of(ZEROS, PurePath("x.gz"), "x.gz", None, ReadOptions())
    assert found.status == "unreadable"
