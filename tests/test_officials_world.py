"""Room 5, officials: sentences of many countries and their traps; those known to fail are marked in the table."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.flow import facts_of
from pipeline.records import Document

CASES = tomllib.loads((Path(__file__).parent / "cases" / "officials_world.toml").read_text("utf-8"))["case"]


def parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["construction"])] if case.get("fails") else []
    return pytest.param(case, id=f"{case['construction']}: {case['text'][:40]}", marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_officials_world(case: dict[str, Any], nlp: Any) -> None:
    _, tables = facts_of(Document(document="x", text=case["text"]), nlp)
    actual = [[o.person, o.role, o.organisation or "", o.country or "", o.status] for o in tables["officials"]]
    assert sorted(actual) == sorted(case["officials"])
