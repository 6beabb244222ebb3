"""Greffier: French named entities and facts, from documents to tables.

The names below are loaded when they are first used, so that `import pipeline` and `greffier --help` cost nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "TABLES": "pipeline.records",
    "extract": "pipeline.flow",
    "find_dates": "pipeline.normalise.dates",
    "load": "pipeline.tokenize",
    "run": "pipeline.flow",
}

__all__ = ["TABLES", "extract", "find_dates", "load", "run"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}; there are: {', '.join(sorted(_HOMES))}")
    return getattr(import_module(_HOMES[name]), name)
