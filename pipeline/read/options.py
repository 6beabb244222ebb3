"""How documents are to be read, where that is the caller's choice."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

from pipeline.errors import UsageError

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Choices of the caller that change what is read; all of them count when a run compares itself with the last one.

    `text_field`, `title_field` and `date_field` name the fields of JSON, JSONL and CSV files (`a.b` is the field b of
    the object a); without them the names that lexicon/words lists are tried. `any_language` reads texts that are not in
    French as well. No file, nor what is packed in one, may have more than `max_megabytes`.
    """

    text_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    any_language: bool = False
    max_megabytes: float = 64

    def __post_init__(self) -> None:
        if not self.max_megabytes > 0:
            raise UsageError(f"max_megabytes: {self.max_megabytes} is no size; give a number above 0")

    @property
    def most_bytes(self) -> int:
        """`max_megabytes` in bytes."""
        return int(self.max_megabytes * _MEGABYTE)

    def as_json(self) -> str:
        """The choices as JSON, which `from_json` reads."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, said: str | None) -> Self:
        """The choices that `as_json` wrote; the usual ones where there are none."""
        return cls(**json.loads(said)) if said else cls()

    def mark(self) -> tuple[str | int | None, ...]:
        """The choices as a key: equal where the same is read."""
        return self.text_field, self.title_field, self.date_field, self.any_language, self.most_bytes
