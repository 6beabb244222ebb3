"""How often tables and rules are right: the rows of a run beside documents that somebody annotated."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pipeline.errors import UsageError
from pipeline.flow.judges import JUDGES, PLACED, Gold, Judge, placed
from pipeline.flow.scores import Count, Score, score
from pipeline.lexicon.confidence import ALL, COLUMNS, Measurement, measurements
from pipeline.records import Document
from pipeline.store import Ledger, opened

_FIRST_LINES = """\
# How often each rule was right on annotated documents, for the column confidence. Written by `greffier evaluate`.
# rule: * is the whole table. precision: right / rows. lower: lower bound of Wilson's 95 % interval.
"""
_SHARES = ("precision", "recall", "f1")


class Evaluation(NamedTuple):
    """How many documents are annotated; the measurements, by table and rule; the scores of the tables."""

    documents: int
    measured: list[Measurement]
    scores: tuple[Score, ...] = ()


class _Verdict(NamedTuple):
    """What became of one document's rows of a table: (rule, right) each; its annotated facts, and how many are found.

    `alike` counts rows that are the fact, be they right in all columns or not.
    """

    rows: list[tuple[str, bool]]
    annotated: int
    alike: int


def evaluate(out: str | Path, gold: str | Path) -> Evaluation:
    """Judge the rows of the run in `out` by the annotated documents in `gold`.

    `gold` holds a JSON file a document, under the document's name with `.json` for its ending; README.md says what
    stands in it. A table that a file does not name is not judged there. Raises UsageError where `out` has no
    ledger, no document has its file, or a file is not as it should be.
    """
    with opened(out) as ledger:
        documents = {d.document: d for d in ledger.rows("documents")}
        files = {name: file for name in documents if (file := _file(Path(gold), name)).is_file()}
        if not files:
            raise UsageError(f"{gold} has no annotated document of {out}: expected files such as 007.json for 007.txt")
        facts = {name: _read(file) for name, file in files.items()}
        verdicts = {table: list(_verdicts(ledger, table, documents, facts)) for table in JUDGES}
    return _summed(verdicts, len(files), _named(Path(gold), files.values()))


def save(evaluation: Evaluation, path: str | Path) -> None:
    """Write the measurements to a CSV file; tables that were not measured now stay there as they are."""
    measured = {(m.table, m.rule): m for m in evaluation.measured}
    before = measurements(Path(path)) if Path(path).is_file() else {}
    kept = {key: m for key, m in before.items() if (m.table, ALL) not in measured}
    with Path(path).open("w", encoding="utf-8", newline="") as handle:
        handle.write(_FIRST_LINES)
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        for _, m in sorted({**kept, **measured}.items()):
            writer.writerow((m.table, m.rule, m.rows, m.right, f"{m.precision:.3f}", f"{m.lower:.3f}", m.measured_on))
    measurements.cache_clear()


def save_json(evaluation: Evaluation, path: str | Path) -> None:
    """Write all that was measured to a JSON file."""
    rules = [
        {**m._asdict(), "precision": round(m.precision, 4), "lower": round(m.lower, 4)} for m in evaluation.measured
    ]
    scores = [{**s._asdict(), **{name: getattr(s, name)._asdict() for name in _SHARES}} for s in evaluation.scores]
    told = {"documents": evaluation.documents, "scores": scores, "rules": rules}
    Path(path).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


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
) -> Iterator[_Verdict]:
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


def _judge(judge: Judge, facts: list[Gold], rows: list[Any]) -> _Verdict:
    """Pair facts and rows one to one, the most alike first; what is annotated as optional counts nowhere."""
    facts = list({judge.gold_name(fact): fact for fact in facts}.values())
    rows = list({judge.name(row): row for row in reversed(rows)}.values())
    optional = [fact for fact in facts if fact.get("optional")]
    counted = [row for row in rows if not any(judge.likeness(fact, row) for fact in optional)]
    asked = [fact for fact in facts if not fact.get("optional")]
    likeness = {(n, i): judge.likeness(fact, row) for n, fact in enumerate(asked) for i, row in enumerate(counted)}
    agreed = {(n, i): alike for (n, i), alike in likeness.items() if judge.agrees(asked[n], counted[i])}
    right = set(_pairs(agreed).values())
    return _Verdict([(row.rule or "", i in right) for i, row in enumerate(counted)], len(asked), len(_pairs(likeness)))


def _pairs(likeness: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Facts and rows that are alike at all, one to one, the most alike first."""
    taken: dict[int, int] = {}
    for n, i in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if likeness[n, i] and n not in taken and i not in taken.values():
            taken[n] = i
    return taken


def _summed(verdicts: Mapping[str, list[_Verdict]], documents: int, measured_on: str) -> Evaluation:
    rows, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for table, each in verdicts.items():
        for rule, is_right in (row for verdict in each for row in verdict.rows):
            rows.update([(table, ALL), (table, rule)])
            right.update([(table, ALL), (table, rule)] if is_right else [])
    measured = [Measurement(*key, rows[key], right[key], measured_on) for key in sorted(rows)]
    scores = (one for table, each in verdicts.items() if each for one in _scores(table, each))
    return Evaluation(documents, measured, tuple(scores))


def _scores(table: str, verdicts: list[_Verdict]) -> list[Score]:
    strict = [Count(v.annotated, len(v.rows), sum(right for _, right in v.rows)) for v in verdicts]
    fuzzy = [Count(v.annotated, len(v.rows), v.alike) for v in verdicts]
    return [score(table, "strict", strict), score(table, "fuzzy", fuzzy)]


def _named(gold: Path, files: Iterable[Path]) -> str:
    """The name of a set of annotated documents, a digest of it, and the version of Greffier."""
    ordered = sorted(files)
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in ordered)).hexdigest()[:8]
    return f"{gold.resolve().name} ({len(ordered)} documents, sha256 {digest}), greffier {version('greffier')}"
