"""Patterns, compiled once for all runs: Python takes a second for the rules, a fifth of that of a short run.

What Python's compiler made of a pattern is kept in a file of the user's cache folder, with the pattern's words
(literals.py) and the signs behind its first word (second.py), and given back to Python at the next run, which checks
it. The file is made anew by whoever finds none, or that of another Python or Greffier. Without such a folder, or with
a Python that has no such functions, patterns are compiled as ever, and all of them are tried.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.lexicon import literals, second
from pipeline.lexicon.literals import Words, required
from pipeline.lexicon.second import WORDS, signs_behind

_UNKNOWN: Mapping[str, Words | None] = MappingProxyType({})
_MOST = 2_000  #: patterns in the file; where there are more, those of other versions of the lexicon are left out


class Compiled(NamedTuple):
    """A pattern and what every match has, None where that is not known: one of some words, one of some signs behind.

    `second` are the signs that stand behind a first word, by its kind (second.py).
    """

    regex: re.Pattern[str]
    words: Words | None
    second: Mapping[str, Words | None] = _UNKNOWN


class _Kept:
    """The file: {digest of a pattern: what was made of it}, and what this process asked for."""

    def __init__(self) -> None:
        self.path = cache_folder() / f"patterns-{sys.implementation.cache_tag}.json"
        self.known: dict[str, Any] = {}
        self.used: dict[str, Any] = {}
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads(self.path.read_text("utf-8"))
            self.known = content["patterns"] if content["version"] == _version() else {}

    def save(self) -> None:
        """Write the file, if it can be written; whoever reads it meanwhile sees the old one."""
        patterns = self.used if len(self.known | self.used) > _MOST else self.known | self.used
        new = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps({"version": _version(), "patterns": patterns}), "utf-8")
            new.replace(self.path)


def compiled(pattern: str, legible: Callable[[], str] | None = None) -> Compiled:
    """A pattern, compiled; words and signs are read off what `legible` gives, which matches the same, if there is one.

    It is asked for where the file has not the pattern. Raises re.error where it is no pattern.
    """
    kept, key = _kept(), hashlib.sha256(f"{pattern}\0{legible is not None}".encode()).hexdigest()
    with suppress(ImportError, AttributeError, TypeError, ValueError, KeyError, RuntimeError):
        made = kept.known.get(key) or _made(pattern, legible() if legible else pattern)
        found = _given_back(pattern, made)
        if key not in kept.known and not kept.used.keys() - kept.known.keys():
            atexit.register(kept.save)  # this is the first that the file has not
        kept.used[key] = made
        return found
    return Compiled(re.compile(pattern), None)


def _made(pattern: str, legible: str) -> dict[str, Any]:
    parser, compiler = import_module("re._parser"), import_module("re._compiler")
    parsed = parser.parse(pattern)
    code = array("I", compiler._code(parsed, 0))
    read = parser.parse(legible)
    words = None if parsed.state.flags & re.IGNORECASE else required(read)
    return {
        "flags": parsed.state.flags,
        "groups": parsed.state.groups - 1,
        "names": parsed.state.groupdict,
        "code": b64encode(code.tobytes()).decode(),
        "words": _listed(words),
        "second": {kind: _listed(signs_behind(read, kind)) for kind in WORDS},
    }


def _listed(words: Words | None) -> list[str] | None:
    return sorted(words) if words is not None else None


def _words(listed: list[str] | None) -> Words | None:
    return frozenset(listed) if listed is not None else None


def _given_back(pattern: str, made: dict[str, Any]) -> Compiled:
    names: dict[str, int] = made["names"]
    numbered = {number: name for name, number in names.items()}
    code = array("I")
    code.frombytes(b64decode(made["code"]))
    groups = tuple(numbered.get(number) for number in range(made["groups"] + 1))
    regex = import_module("_sre").compile(pattern, made["flags"], code.tolist(), made["groups"], names, groups)
    return Compiled(regex, _words(made["words"]), {kind: _words(signs) for kind, signs in made["second"].items()})


@cache
def _kept() -> _Kept:
    return _Kept()


@cache
def _version() -> list[str]:
    """What the content of the file depends on: Python, this code, and that which writes legible patterns."""
    own = Path(__file__)
    code = b"".join(
        Path(name).read_bytes() for name in (own, literals.__file__, second.__file__, own.with_name("rules.py"))
    )
    return [sys.version, hashlib.sha256(code).hexdigest()]


def cache_folder() -> Path:
    """The folder for what Greffier can make anew."""
    with suppress(RuntimeError):
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
        return Path(base) / "greffier"
    return Path(os.devnull) / "greffier"
