"""Precision, recall and F1 of a table, each with the interval that other documents of the kind would give.

The interval is the percentile bootstrap over documents (Efron & Tibshirani, An Introduction to the Bootstrap, 1993,
chapter 13): facts of one document are not independent of each other, documents are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

_DRAWS, _SEED = 2_000, 0
_LOW, _HIGH = 2.5, 97.5  #: percentiles of a 95 % interval


class Count(NamedTuple):
    """Of one document: the annotated facts, the rows, and the rows that are right."""

    annotated: int
    rows: int
    right: int


class Share(NamedTuple):
    """A share and its 95 % interval; None where it is nought of nought."""

    value: float | None
    low: float | None
    high: float | None


class Score(NamedTuple):
    """How right a table is. `measure` says what makes a row right: strict, all annotated columns; fuzzy, that it is
    the fact at all.
    """

    table: str
    measure: str
    annotated: int
    rows: int
    right: int
    precision: Share
    recall: Share
    f1: Share


def score(table: str, measure: str, counts: Sequence[Count]) -> Score:
    """The score of a table whose documents have these counts; the same counts give the same intervals."""
    import numpy as np  # noqa: PLC0415 (slow to import)

    each = np.array(counts, dtype=np.int64).reshape(-1, 3)
    draws = np.random.default_rng(_SEED).integers(max(1, len(each)), size=(_DRAWS, len(each)))
    drawn = np.array([each[draw].sum(axis=0) for draw in draws])
    annotated, rows, right = each.sum(axis=0)
    shares = [_share(over(each.sum(axis=0)[None]), over(drawn)) for over in (_precision, _recall, _f1)]
    return Score(table, measure, int(annotated), int(rows), int(right), *shares)


def _share(value: Any, drawn: Any) -> Share:
    import numpy as np  # noqa: PLC0415

    known = drawn[~np.isnan(drawn)]
    if np.isnan(value[0]) or not len(known):
        return Share(None, None, None)
    return Share(float(value[0]), *(float(np.percentile(known, at)) for at in (_LOW, _HIGH)))


def _precision(counts: Any) -> Any:
    return _ratio(counts[:, 2], counts[:, 1])


def _recall(counts: Any) -> Any:
    return _ratio(counts[:, 2], counts[:, 0])


def _f1(counts: Any) -> Any:
    return _ratio(2 * counts[:, 2], counts[:, 0] + counts[:, 1])


def _ratio(part: Any, whole: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
