"""The Dask engine: the same tables as the local one, whatever is there already, whatever becomes of a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import flow
from pipeline.errors import EngineError, ReadError, StoreError, UsageError
from pipeline.records import Document, Official
from pipeline.store import FILE_NAME, stored

distributed = pytest.importorskip("distributed")
fsspec = pytest.importorskip("fsspec")
pytest.importorskip("pyarrow")

from pipeline.engine import Fault, cluster  # noqa: E402 (imports below need Dask)
from pipeline.engine.cluster import deadline, results  # noqa: E402
from pipeline.read.remote import discover_urls, fetch  # noqa: E402
from pipeline.store.partitions import has_partition, read_partition, sweep, write_partition  # noqa: E402

ROOT = Path(__file__).parent.parent
TEXTS = {
    "a.txt": "date 2024-02 Visite\n\nLe ministre malien de la Justice, Issa Koné, est arrivé à Hanoï le 3 février.\n",
    "b/ô.txt": "Đặng Thị Mai, présidente de la Cour suprême, a signé huit accords avec le Kenya le 2 mai 2023.\n",
    "c.md": "# Décret\n\nM. Youssef Al Amrani est nommé ambassadeur à Pékin à compter du 1er juin 2022.\n",
    "empty.txt": "",
}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A cluster of one worker in this process, where memory:// is shared."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "in" / "seed.txt").write_bytes(next((ROOT / "seeds").glob("*.txt")).read_bytes())
    (tmp_path / "in" / "broken.txt").symlink_to("nowhere")
    return tmp_path / "in"


def written(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != FILE_NAME}


def partitions(out: Path) -> dict[str, int]:
    """The partitions in a folder, and when each was made."""
    return {path.name: path.stat().st_mtime_ns for path in (out / "partitions").iterdir()}


def test_same_tables_as_the_local_engine_and_nothing_done_twice(texts: Path, tmp_path: Path, scheduler: str) -> None:
    flow.run([texts], tmp_path / "local", formats=["all"], jobs=1)
    first = flow.run([texts], tmp_path / "dask", formats=["all"], engine="dask", scheduler=scheduler)
    assert written(tmp_path / "dask") == written(tmp_path / "local")
    assert (first.documents, first.unchanged) == (6, 0)
    made = partitions(tmp_path / "dask")
    again = flow.run([texts], tmp_path / "dask", formats=["all"], engine="dask", scheduler=scheduler)
    assert (again.documents, again.unchanged) == (1, 5)  # what cannot be read is tried again
    assert partitions(tmp_path / "dask") == made
    (tmp_path / "dask" / FILE_NAME).unlink()
    flow.run([texts], tmp_path / "dask", formats=["all"], engine="dask", scheduler=scheduler)
    assert partitions(tmp_path / "dask") == made
    assert written(tmp_path / "dask") == written(tmp_path / "local")


def test_what_has_changed_is_read_again(texts: Path, tmp_path: Path, scheduler: str) -> None:
    flow.run([texts], tmp_path / "out", formats=["all"], engine="dask", scheduler=scheduler)
    (texts / "a.txt").write_text(TEXTS["a.txt"].replace("Hanoï", "Dakar"), "utf-8")
    (texts / "c.md").unlink()
    report = flow.run([texts], tmp_path / "out", formats=["all"], engine="dask", scheduler=scheduler)
    flow.run([texts], tmp_path / "local", formats=["all"], jobs=1)
    assert (report.documents, report.unchanged) == (2, 3)
    assert written(tmp_path / "out") == written(tmp_path / "local")


def test_documents_at_urls(texts: Path, tmp_path: Path, scheduler: str) -> None:
    (texts / "broken.txt").unlink()
    (texts / "seed.txt").unlink()
    fsspec.filesystem("memory").pipe({f"/corpus/{name}": text.encode() for name, text in TEXTS.items()})
    fsspec.filesystem("memory").pipe({"/corpus/README.md": b"x", "/corpus/.hidden.txt": b"x", "/corpus/t.png": b"x"})
    flow.run([texts], tmp_path / "local", jobs=1)
    flow.run(["memory://corpus"], tmp_path / "dask", engine="dask", scheduler=scheduler)
    assert written(tmp_path / "dask") == written(tmp_path / "local")
    assert list(discover_urls("memory://corpus/b/*.txt").values()) == ["ô.txt"]
    assert list(discover_urls("memory://corpus/c.md").values()) == ["c.md"]
    assert isinstance(fetch(["memory://corpus/gone.txt"])["memory://corpus/gone.txt"], ReadError)


def test_a_partition_gives_what_was_written_and_stays_as_it_is(tmp_path: Path) -> None:
    official = Official(document="a", person="Đỗ Văn\nAn", role="juge", start_char=1, end_char=2, confidence=0.25)
    one = stored(
        Document(document="a", text="é\ud800", body_start=1, status="ok", sha256="12"), {"officials": [official]}
    )
    two = stored(Document(document="b", status="failed", message="lost"), {})
    write_partition(tmp_path, "key", [one, two])
    write_partition(tmp_path, "key", [two])
    assert read_partition(tmp_path, "key") == [one, two]
    (tmp_path / ".key.1").mkdir()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    (tmp_path / "key" / "facts.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match="remove it and run again"):
        read_partition(tmp_path, "key")
    sweep(tmp_path, everything=True)
    assert not has_partition(tmp_path, "key")


def double(part: list[int]) -> list[int]:
    """Work for a worker, which 7 kills."""
    if 7 in part:
        os._exit(1)
    return [2 * number for number in part]


def test_a_task_that_kills_its_workers_costs_no_other() -> None:
    found = list(results(double, [[1, 2], [3, 7, 4], [5]], jobs=1, scheduler=None))
    done = sorted((part, result) for part, result in found if not isinstance(result, Fault))
    assert done == [([1, 2], [2, 4]), ([3], [6]), ([4], [8]), ([5], [10])]
    assert [part for part, result in found if isinstance(result, Fault)] == [[7]]


def test_a_cluster_without_workers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS_TO_CONNECT", 0.1)
    monkeypatch.setattr(cluster, "_SECONDS_WITHOUT_WORKERS", 0.3)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address="127.0.0.1:0") as empty,
        distributed.Client(empty) as client,
        pytest.raises(EngineError, match="no workers any more"),
    ):
        list(cluster._results(client, double, iter([[1]])))


def sleep(part: list[float]) -> list[float]:
    with deadline(1):
        for seconds in part:
            time.sleep(seconds)
    return part


def test_what_takes_too_long_ends_with_its_process() -> None:
    found = {tuple(part): result for part, result in results(sleep, [[0.0, 60.0]], jobs=1, scheduler=None)}
    assert found[(0.0,)] == [0.0]
    assert isinstance(found[(60.0,)], Fault)


def refuse(part: list[Any]) -> None:
    raise part[0]


@pytest.mark.parametrize(
    ("raised", "expected", "message"),
    [(StoreError("full"), StoreError, "full"), (ValueError("odd"), EngineError, "ValueError: odd")],
)
def test_what_work_raises_ends_the_run(
    scheduler: str, raised: Exception, expected: type[Exception], message: str
) -> None:
    with pytest.raises(expected, match=message):
        list(results(refuse, [[raised]], jobs=1, scheduler=scheduler))


@pytest.mark.parametrize(
    ("options", "expected", "message"),
    [
        ({"engine": "spark"}, UsageError, "there are: local, dask"),
        ({"scheduler": "tcp://127.0.0.1:1"}, UsageError, "--engine dask"),
        ({"engine": "dask", "scheduler": "nonsense://x"}, EngineError, "no scheduler answers"),
    ],
)
def test_wrong_calls(
    texts: Path, tmp_path: Path, options: dict[str, Any], expected: type[Exception], message: str
) -> None:
    with pytest.raises(expected, match=message):
        flow.run([texts], tmp_path / "out", **options)


def test_one_name_for_two_documents_is_refused(texts: Path, tmp_path: Path) -> None:
    fsspec.filesystem("memory").pipe("/other/a.txt", b"x")
    with pytest.raises(UsageError, match="have one name"):
        flow.run([texts, "memory://other"], tmp_path / "out", engine="dask")


def test_without_dask_the_message_says_what_to_install(texts: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['distributed'] = None; from pipeline.cli import main; main()"
    call = [sys.executable, "-c", code, "run", str(texts), "--out", str(tmp_path), "--engine", "dask"]
    ended = subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ended.returncode, ended.stderr.strip()) == (
        2,
        "greffier: --engine dask needs distributed: pip install 'greffier[dask]'",
    )
