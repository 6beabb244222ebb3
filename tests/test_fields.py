"""Copies of records: those of `dataclasses`, for every table."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from pipeline.fields import maker, replace, swift
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


@pytest.mark.parametrize("kind", TABLES.values())
def test_a_swift_class_takes_what_dataclasses_do(kind: Any) -> None:
    own = [(f.name, f.type, dataclasses.field(default=f.default)) for f in dataclasses.fields(kind)]
    twin = dataclasses.make_dataclass(kind.__name__, own, kw_only=True)
    needed = [f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING]
    one = kind(**dict.fromkeys(needed, "x"))
    assert type(one) is kind
    assert dataclasses.astuple(one) == dataclasses.astuple(twin(**dict.fromkeys(needed, "x")))
    assert dataclasses.astuple(example(kind)) == dataclasses.astuple(example(twin))
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, dataclasses.fields(kind)[-1].name, "y")


def test_places_of_a_swift_class() -> None:
    @swift
    @dataclasses.dataclass(frozen=True, slots=True)
    class Pair:
        one: int
        two: int = 2
        three: int = dataclasses.field(default=3, kw_only=True)

    assert Pair(1) == Pair(one=1, two=2, three=3)
    assert (Pair(4, 5, three=6).two, Pair(4, 5, three=6).three) == (5, 6)
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]


def test_no_such_field() -> None:
    with pytest.raises(TypeError, match="Entity has no field nom"):
        replace(TABLES["entities"](), nom="x")
