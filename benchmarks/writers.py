"""A million rows to each format: seconds of the processor and memory, beside pandas' own writers.

    python benchmarks/writers.py [--rows N] [--formats csv,json,xlsx,sqlite,parquet] [--only greffier|pandas]

The rows are officials, a hundred a document, made one after the other. Each writer runs in a process of its own, and
writes to a temporary folder:

    greffier      `pipeline.write.write`, from rows as they come; in XLSX and SQLite each with its sentence, in XLSX the
                  fact in bold and links, in SQLite with indexes and full-text search
    pandas        to_csv, to_json(orient="records"), to_excel(engine="xlsxwriter"), to_sql, to_parquet of a DataFrame
                  that is there already: making it is not counted in the seconds, but in the memory

Seconds are those of the processor, so that a busy machine says the same. Memory is what the process has at its peak
beyond what it had when all was imported.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import Any

from generated import ROOT

FORMATS = ("csv", "json", "xlsx", "sqlite", "parquet")
EACH = 100  # rows a document
SENTENCE = "Le ministre de la Justice, Đặng Thị Mai Lan, a reçu à Nouakchott la délégation conduite par M. Amadou Ba. "
PERSON = "Đặng Thị Mai Lan"


class Rows:
    """Tables of `number` officials and their documents, which are nowhere but on their way."""

    def __init__(self, number: int) -> None:
        self._number = number

    def rows(self, table: str) -> Iterator[Any]:
        """The records of a table."""
        from pipeline.records import Document, Official  # noqa: PLC0415

        documents = range(-(-self._number // EACH))
        if table == "documents":
            starts = tuple(range(0, EACH * len(SENTENCE), len(SENTENCE)))
            for n in documents:
                yield Document(document=f"{n:07}.txt", text=SENTENCE * EACH, sentence_starts=starts, status="ok")
        elif table == "officials":
            for n in range(self._number):
                start = n % EACH * len(SENTENCE) + SENTENCE.index(PERSON)
                yield Official(
                    document=f"{n // EACH:07}.txt", person=PERSON, person_id=f"per:{n % 5000}",
                    role="ministre de la Justice",
                    role_head="ministre", role_id="ministre-justice", role_category="government", country="VN",
                    status="current", mentions=2, sentence=n % EACH + 1, text=PERSON, start_char=start,
                    end_char=start + len(PERSON), rule="role-comma-name", confidence=0.954,
                )  # fmt: skip

    def entries(self, table: str) -> Iterator[Any]:
        """The same as entries."""
        from pipeline.entries import entries  # noqa: PLC0415

        return entries(table, self.rows(table))


def greffier(name: str, number: int, out: Path) -> float:
    """Seconds of Greffier's writer."""
    from pipeline import write  # noqa: PLC0415

    began = process_time()
    write.FORMATS[name](Rows(number), out, write.Style(link=lambda document: f"../in/{document}"))
    return process_time() - began


def pandas(name: str, number: int, out: Path) -> float:
    """Seconds of pandas' writer."""
    import pandas as pd  # noqa: PLC0415

    from pipeline.records import row  # noqa: PLC0415

    frame = pd.DataFrame.from_records(map(row, Rows(number).rows("officials")), nrows=number)
    with closing(sqlite3.connect(out / "t.sqlite")) as db:
        writers: dict[str, Callable[[], object]] = {
            "csv": lambda: frame.to_csv(out / "t.csv", index=False),
            "json": lambda: frame.to_json(out / "t.json", orient="records", force_ascii=False),
            "xlsx": lambda: frame.to_excel(out / "t.xlsx", index=False, engine="xlsxwriter"),
            "sqlite": lambda: frame.to_sql("officials", db, index=False),
            "parquet": lambda: frame.to_parquet(out / "t.parquet", index=False),
        }
        began = process_time()
        writers[name]()
        return process_time() - began


SYSTEMS = {"greffier": greffier, "pandas": pandas}


def peak() -> float:
    """Megabytes that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(system: str, name: str, number: int) -> None:
    """Print the seconds and megabytes of one writer, in this process; the first rows are for the imports."""
    with tempfile.TemporaryDirectory() as out:
        SYSTEMS[system](name, EACH, Path(out))
    before = peak()
    with tempfile.TemporaryDirectory() as out:
        print(SYSTEMS[system](name, number, Path(out)), peak() - before)


def measured(system: str, name: str, number: int) -> tuple[float, float]:
    """The seconds and megabytes of one writer, in a process of its own."""
    call = [sys.executable, __file__, "--measure", system, "--formats", name, "--rows", str(number)]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(call, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path})
    seconds, megabytes = map(float, done.stdout.split()[-2:])
    return seconds, megabytes


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default=",".join(FORMATS), help="with commas: %(default)s")
    parser.add_argument("--only", choices=SYSTEMS)
    parser.add_argument("--measure", choices=SYSTEMS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.formats, options.rows)
        return
    print(f"{options.rows:,} rows\n\n| format | writer | seconds | MB |\n| --- | --- | --- | --- |")
    for name in options.formats.split(","):
        for system in [options.only] if options.only else SYSTEMS:
            seconds, megabytes = measured(system, name, options.rows)
            print(f"| {name} | {system} | {seconds:.1f} | {megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
