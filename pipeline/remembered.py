"""A dict that makes what it has not: for what comes again and again, and is looked up as fast as a dict does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Remembered(dict[Key, Made]):
    """{key: what `make` makes of it}, made at its first use; once there are `most` of them, all are forgotten."""

    def __init__(self, make: Callable[[Key], Made], most: int) -> None:
        super().__init__()
        self.make, self.most = make, most

    def __missing__(self, key: Key) -> Made:
        if len(self) >= self.most:
            self.clear()
        made = self[key] = self.make(key)
        return made
