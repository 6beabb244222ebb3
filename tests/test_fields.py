"""Copies of records: those of `dataclasses`, for every table."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from pipeline.fields import maker, replace
from pipeline.records import TABLES


def example(kind: Any) -> Any:
    return kind(**{f.name: (f.name, number) for number, f in enumerate(dataclasses.fields(kind))})


@pytest.mark.parametrize("kind", TABLES.values())
def test_replace_is_that_of_dataclasses(kind: Any) -> None:
    one = example(kind)
    for f in dataclasses.fields(kind):
        assert replace(one, **{f.name: 0}) == dataclasses.replace(one, **{f.name: 0})
    changes = {f.name: None for f in dataclasses.fields(kind)[::2]}
    assert replace(one, **changes) == dataclasses.replace(one, **changes)
    assert replace(one) == one


@pytest.mark.parametrize("kind", TABLES.values())
def test_a_maker_gives_what_the_class_gives(kind: Any) -> None:
    own = [f.name for f in dataclasses.fields(kind)]
    names = [name for at, name in enumerate(own) if at % 2 or name == "document"]
    values = list(range(len(names)))
    assert maker(kind, names)(values) == kind(**dict(zip(names, values, strict=True)))


def test_no_such_field() -> None:
    with pytest.raises(TypeError, match="Entity has no field nom"):
        replace(TABLES["entities"](), nom="x")
