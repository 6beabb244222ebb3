"""How often tables and rules are right: the rows of a run beside what somebody annotated or reviewed."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pipeline.flow.gold import Verdict, Verdicts, by_annotations, by_corrections
from pipeline.flow.scores import Count, Score, score
from pipeline.lexicon.confidence import ALL, COLUMNS, Measurement, measurements
from pipeline.store import opened

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


def evaluate(out: str | Path, gold: str | Path) -> Evaluation:
    """Judge the rows of the run in `out`, as they were found, by `gold`.

    `gold` is a folder with a JSON file a document, under the document's name with `.json` for its ending (README.md
    says what stands in it; a table that a file does not name is not judged there), or a file of corrections, which
    judges the rows that were reviewed. Raises UsageError where `out` has no ledger, `gold` is of other documents, or a
    file is not as it should be.
    """
    judge = by_corrections if Path(gold).is_file() else by_annotations
    with opened(out) as ledger:
        return _summed(judge(ledger, Path(gold)))


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


def _summed(found: Verdicts) -> Evaluation:
    rows, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for table, each in found.of.items():
        for rule, is_right in (row for verdict in each for row in verdict.rows):
            rows.update([(table, ALL), (table, rule)])
            right.update([(table, ALL), (table, rule)] if is_right else [])
    measured = [Measurement(*key, rows[key], right[key], found.gold) for key in sorted(rows)]
    scores = (one for table, each in found.of.items() if each for one in _scores(table, each))
    return Evaluation(found.documents, measured, tuple(scores))


def _scores(table: str, verdicts: list[Verdict]) -> list[Score]:
    strict = [Count(v.annotated, len(v.rows), sum(right for _, right in v.rows)) for v in verdicts]
    fuzzy = [Count(v.annotated, len(v.rows), v.alike) for v in verdicts]
    return [score(table, "strict", strict), score(table, "fuzzy", fuzzy)]
