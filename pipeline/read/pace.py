"""How a reader tells that it gets on, so that a long document may take longer than a short one."""

from __future__ import annotations

from collections.abc import Callable

_LISTENERS: list[Callable[[int], object]] = []


def listen(listener: Callable[[int], object]) -> None:
    """Have `listener` told how many characters a reader has just found."""
    _LISTENERS.append(listener)


def progress(characters: int) -> None:
    """Tell that so many characters more have been found."""
    for listener in _LISTENERS:
        listener(characters)
