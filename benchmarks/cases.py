"""Texts with their dates, as the benchmark reads them: the project's own tables, or JSON lines."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of a text, offsets in characters, and each pair of days that is right; none where they are unknown."""

    start_char: int
    end_char: int
    accepted: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the date that it was published (EDTF), and all of its expressions."""

    suite: str
    text: str
    reference: str | None
    expected: tuple[Expression, ...]


def read_cases(path: Path) -> list[Case]:
    """The cases of a TOML or JSONL file, suite by suite."""
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        return sorted((json_case(json.loads(line)) for line in text.splitlines()), key=suite_of)
    return [toml_case(path.stem, case) for case in tomllib.loads(text)["case"]]


def suite_of(case: Case) -> str:
    return case.suite


def toml_case(suite: str, case: dict[str, Any]) -> Case:
    """A case with dates as `words | first day | last day`, in the order of the text."""
    expected: list[Expression] = []
    for date in case["dates"]:
        words, first, last = (part.strip() for part in date.split("|"))
        start = case["text"].index(words, expected[-1].end_char if expected else 0)
        expected.append(Expression(start, start + len(words), accepted([(first, last)])))
    return Case(suite, case["text"], case.get("reference"), tuple(expected))


def json_case(case: dict[str, Any]) -> Case:
    """A case with offsets; where they are null, the words are the whole text."""
    expected = []
    for e in case["expected"]:
        start, end = (0, len(case["text"])) if e["start_char"] is None else (e["start_char"], e["end_char"])
        days = accepted((a["date_start"] or "", a["date_end"] or "") for a in e["accepted"])
        expected.append(Expression(start, end, days))
    return Case(case["suite"], case["text"], case["reference"], tuple(expected))


def accepted(days: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Pairs of days, each also with its end a day later, since some libraries leave the last day out."""
    known = [(first, last) for first, last in days if first or last]
    return frozenset(known) | {(first, day_after(last)) for first, last in known if last}


def day_after(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
