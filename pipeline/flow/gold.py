"""What is known to be right: documents that somebody annotated, or a file of corrections; and rows judged by it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pipeline.errors import UsageError
from pipeline.flow.judges import JUDGES, PLACED, Gold, Judge, placed
from pipeline.records import Document
from pipeline.review import Correction, judged, one_to_one, read_corrections
from pipeline.store import Ledger


class Verdict(NamedTuple):
    """What became of one document's rows of a table: (rule, right) each; its annotated facts, and how many are found.

    `alike` counts rows that are the fact, be they right in all columns or not.
    """

    rows: list[tuple[str, bool]]
    annotated: int
    alike: int


class Verdicts(NamedTuple):
    """The verdicts of each table, how many documents they are of, and what they go by."""

    of: dict[str, list[Verdict]]
    documents: int
    gold: str


def by_annotations(ledger: Ledger, gold: Path) -> Verdicts:
    """The verdicts by a folder of annotated documents. Raises UsageError where it has none, or one is wrong."""
    documents = {d.document: d for d in ledger.rows("documents")}
    files = {name: file for name in documents if (file := _file(gold, name)).is_file()}
    if not files:
        raise UsageError(
            f"{gold} has no annotated document of {ledger.path.parent}: expected files such as 007.json for 007.txt"
        )
    facts = {name: _read(file) for name, file in files.items()}
    verdicts = {table: list(_verdicts(ledger, table, documents, facts)) for table in JUDGES}
    return Verdicts(verdicts, len(files), _named(gold, files.values(), len(files)))


def by_corrections(ledger: Ledger, gold: Path) -> Verdicts:
    """The verdicts by a file of corrections, of reviewed rows only. Raises UsageError where it is of no document."""
    by_table: dict[str, dict[str, list[Correction]]] = defaultdict(lambda: defaultdict(list))
    for one in read_corrections(gold):
        by_table[one.table][one.document].append(one)
    documents = {d.document: d for d in ledger.rows("documents")}
    reviewed = {name for table in by_table.values() for name in table if name in documents}
    if not reviewed:
        raise UsageError(f"{gold} has no corrections of documents of {ledger.path.parent}")
    verdicts = {table: list(_reviewed(ledger, table, documents, of)) for table, of in sorted(by_table.items())}
    return Verdicts(verdicts, len(reviewed), _named(gold, [gold], len(reviewed)))


def _reviewed(
    ledger: Ledger, table: str, documents: Mapping[str, Document], corrections: Mapping[str, list[Correction]]
) -> Iterator[Verdict]:
    rows = {
        name: list(found)
        for name, found in groupby(ledger.rows(table), key=lambda row: str(row.document))
        if name in corrections
    }
    for name in sorted(corrections.keys() & documents.keys()):
        yield Verdict(*judged(table, documents[name], rows.get(name, ()), corrections[name]))


def _file(gold: Path, document: str) -> Path:
    return gold / PurePosixPath(document).with_suffix(".json")


def _read(file: Path) -> Mapping[str, Any]:
    try:
        read = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: {error}") from error
    if not isinstance(read, dict):
        raise UsageError(f"{file}: expected an object with some of the keys {', '.join(JUDGES)}")
    return read


def _verdicts(
    ledger: Ledger, table: str, documents: Mapping[str, Document], facts: Mapping[str, Mapping[str, Any]]
) -> Iterator[Verdict]:
    """A verdict for each document in which a table is annotated."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in ledger.rows(table):
        if (row.start_char or 0) >= documents[row.document].body_start:
            rows[row.document].append(row)
    for name, annotated in facts.items():
        try:
            given = annotated.get(table)
            if given is not None:
                placed_facts = [placed(fact, documents[name]) for fact in given] if table in PLACED else given
                yield _judge(JUDGES[table], placed_facts, rows[name])
        except KeyError as error:
            raise UsageError(f"{name}: a fact of {table} has no {error}") from error


def _judge(judge: Judge, facts: list[Gold], rows: list[Any]) -> Verdict:
    """Pair facts and rows one to one, the most alike first; what is annotated as optional counts nowhere."""
    facts = list({judge.gold_name(fact): fact for fact in facts}.values())
    rows = list({judge.name(row): row for row in reversed(rows)}.values())
    optional = [fact for fact in facts if fact.get("optional")]
    counted = [row for row in rows if not any(judge.likeness(fact, row) for fact in optional)]
    asked = [fact for fact in facts if not fact.get("optional")]
    likeness = {(n, i): judge.likeness(fact, row) for n, fact in enumerate(asked) for i, row in enumerate(counted)}
    agreed = {(n, i): alike for (n, i), alike in likeness.items() if judge.agrees(asked[n], counted[i])}
    right = set(_pairs(agreed).values())
    return Verdict([(row.rule or "", i in right) for i, row in enumerate(counted)], len(asked), len(_pairs(likeness)))


def _pairs(likeness: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Facts and rows that are alike at all, one to one, the most alike first."""
    alike = (pair for pair, share in likeness.items() if share)
    return one_to_one(sorted(alike, key=lambda pair: (-likeness[pair], pair)))


def _named(gold: Path, files: Iterable[Path], documents: int) -> str:
    """The name of a set of annotated documents, a digest of it, and the version of Greffier."""
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:8]
    return f"{gold.resolve().name} ({documents} documents, sha256 {digest}), greffier {version('greffier')}"
