"""One document through the line, to what the ledger keeps of it: what a process does, be it a child or not."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from pipeline import read as reading
from pipeline.errors import ReadError
from pipeline.flow.document import Tables, facts_of, load, prepared
from pipeline.flow.tasks import Part, bounded, parts, unread
from pipeline.flow.work import Options
from pipeline.lexicon import load_rules
from pipeline.lexicon.rules import RULES
from pipeline.records import Document
from pipeline.store import Stored, stored

#: a file that is a document, or a document of a file that holds many
Task = reading.Source | Part

_LOG = logging.getLogger(__name__)
_SHORT = 40_000  #: characters of the files that are prepared together


def warm_up() -> None:
    """Make all that is made at the first use of it, by reading an example of each kind of rule: children share it."""
    examples = (rule.examples[0]["text"] for path in sorted(RULES.glob("*.toml")) for rule in load_rules(path.stem)[:1])
    facts_of(Document(document="examples", text="\n\n".join(examples)))


def start(options: Options) -> Reader:
    """Load the model, and give what reads one file after the other with these options."""
    load()
    return Reader(options)


class Reader:
    """Reads a document, to what the ledger keeps of it; never raises.

    Of those that it is told to expect, short ones are prepared together (`prepared`), a few at a time.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._expected: deque[Task] = deque()
        self._ready: dict[str, tuple[Document, Any]] = {}

    def expect(self, tasks: Iterable[Task]) -> None:
        """Be told what comes next, in its order."""
        self._expected = deque(tasks)
        self._ready.clear()

    def __call__(self, task: Task) -> Stored:
        """What the ledger keeps of a document."""
        if task.name not in self._ready:
            self._prepare(task)
        read, doc = self._ready.pop(task.name)
        return stored(*_facts_or_reason(read, self._options, doc), file_of(task))

    def _prepare(self, task: Task) -> None:
        """Read a document, and those expected behind it while all of them are short."""
        found = {task.name: self._read(task)}
        if self._expected and self._expected[0] == task:
            self._expected.popleft()
        left = _SHORT
        while self._expected and (left := left - len(found[task.name].text)) > 0:
            task = self._expected.popleft()
            found.setdefault(task.name, self._read(task))
        usable = {name: read for name, read in found.items() if read.status == "ok" and len(read.text) <= _SHORT}
        docs: list[Any] = []
        with suppress(Exception):  # whatever a document sets off, it does so again when its turn comes
            docs = prepared(usable.values())
        made = dict(zip(usable, docs, strict=bool(docs)))
        self._ready = {name: (read, made.get(name)) for name, read in found.items()}

    def _read(self, task: Task) -> Document:
        return task.document if isinstance(task, Part) else next(parts(task, self._options)).document


def file_of(task: Task) -> str:
    """The name of the file that a document comes from."""
    return task.source if isinstance(task, Part) else task.name


def lost(name: str, why: str, source: str | None = None) -> Stored:
    """A document whose reading ended its process; it is tried again at the next run."""
    return stored(Document(document=name, status="failed", message=why), {}, source)


def stored_bytes(options: Options, path: PurePath, name: str, raw: bytes | ReadError) -> Iterator[Stored]:
    """What the ledger keeps of a file whose bytes, or what is wrong with it, are known; it never raises."""
    if isinstance(raw, ReadError):
        yield stored(unread(name, raw), {})
        return
    for document in reading.documents_of(raw, path, name, options.published, options.reading):
        yield stored(*_facts_or_reason(bounded(document, options), options), name)


def _facts_or_reason(document: Document, options: Options, doc: Any = None) -> tuple[Document, Tables]:
    """A document that can be read with its facts, any other with its message and none; `doc` as for `facts_of`."""
    if document.status != "ok":
        return document, {}
    try:
        return facts_of(document, undated=options.undated, measured=options.measured, doc=doc)
    except Exception as error:  # noqa: BLE001 - whatever a document sets off, the others keep their facts
        _LOG.debug("%s", document.document, exc_info=True)
        message = f"{type(error).__name__}: {error}; please report this as a fault of Greffier, with the document"
        return replace(document, status="failed", message=message), {}
