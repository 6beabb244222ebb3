"""What the cells of the file of identities mean in a corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.errors import UsageError
from pipeline.lexicon import fold
from pipeline.relate.identity_lines import IdentityLine
from pipeline.relate.occurrences import APART, Node, Occurrence
from pipeline.relate.spellings import plain

_ByCell = dict[tuple[str, str], list[str]]


@dataclass(slots=True)
class Orders:
    """What the user says of the nodes of a corpus.

    `one`: pairs of nodes that are one, the second giving the identifier; `apart`: {pair that is not: the line that says
    so}; `names`: what a node is called; `unused`: a sentence a line that names nothing in the corpus.
    """

    one: list[tuple[str, str]] = field(default_factory=list)
    apart: dict[tuple[str, str], IdentityLine] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def documents_apart(lines: Iterable[IdentityLine]) -> frozenset[str]:
    """The documents (folded) in which lines tell a name from the same one elsewhere: cells with `@document`."""
    cells = (cell for c in lines for cell in (c.entity, c.same_as, c.different_from) if APART in cell)
    return frozenset(_parsed(cell)[1] for cell in cells)


def pulled_out(lines: Iterable[IdentityLine], occurrences: Iterable[Occurrence]) -> set[tuple[str, str]]:
    """(document, entity_id) of what the lines tell apart within one name: cells with `@document`."""
    wanted = {_parsed(cell) for c in lines for cell in (c.entity, c.same_as, c.different_from) if APART in cell}
    if not wanted:
        return set()
    return {
        (document, o.entity_id)
        for o in occurrences
        for document in o.documents
        if any((cell, form(document)) in wanted for cell in _cells(o))
    }


def orders(lines: Sequence[IdentityLine], nodes: Sequence[Node]) -> Orders:
    """The lines in terms of nodes. Raises UsageError where two lines contradict each other."""
    by_cell = _by_cell(nodes) if lines else {}
    found = Orders()
    for line in lines:
        own, same, other = (_meant(cell, by_cell) for cell in (line.entity, line.same_as, line.different_from))
        missing = [
            cell
            for cell, ids in ((line.entity, own), (line.same_as, same), (line.different_from, other))
            if cell and not ids
        ]
        if missing:
            lost = " and no ".join(map(repr, missing))
            found.unused.append(f"{line.where}: no {lost} among the entities of these documents; the line is not used")
            continue
        _check_kinds(line, [*own, *same, *other])
        _check_differ(line, own, other)
        found.one += [(a, same[0]) for a in [*own, *same] if same and a != same[0]]
        found.apart |= {(a, b): line for a in own for b in other if a != b}
        if line.name:
            _rename(found, line, own)
    return found


def _rename(found: Orders, line: IdentityLine, own: Iterable[str]) -> None:
    for node_id in own:
        if found.names.setdefault(node_id, line.name) != line.name:
            raise UsageError(f"{line.where}: {line.entity!r} is called {found.names[node_id]!r} by a line before")


def _check_kinds(line: IdentityLine, ids: Iterable[str]) -> None:
    kinds = {i.partition(":")[0] for i in ids}
    if len(kinds) > 1:
        named = ", ".join(sorted(ids))
        raise UsageError(f"{line.where}: expected persons only or organisations only; these are {named}")


def _check_differ(line: IdentityLine, own: list[str], other: list[str]) -> None:
    if other and set(own) == set(other):
        raise UsageError(
            f"{line.where}: {line.entity!r} and {line.different_from!r} both mean {', '.join(own)}; "
            f"say which document one of them stands in: {line.entity}{APART}letter.txt"
        )


def _meant(cell: str, by_cell: _ByCell) -> list[str]:
    return by_cell.get((form(cell), ""), []) or by_cell.get(_parsed(cell), []) if cell else []


def _by_cell(nodes: Sequence[Node]) -> _ByCell:
    """{(name or identifier, document or nothing): node_ids}; an identifier of its own counts before what it begins."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for node in nodes:
        for occurrence in node.occurrences:
            document = occurrence.documents[0]
            for cell in _cells(occurrence):
                found[cell, ""][node.node_id] = None
                if node.node_id.endswith(f"{APART}{document}"):
                    found[cell, form(document)][node.node_id] = None
    own = {(form(node.node_id), ""): [node.node_id] for node in nodes}
    return {cell: list(ids) for cell, ids in found.items()} | own


def _parsed(cell: str) -> tuple[str, str]:
    name, _, document = cell.partition(APART)
    return form(name), form(document)


def _cells(occurrence: Occurrence) -> set[str]:
    """What a cell may call an entity: its identifier, or a name that is its own (no part of a fuller one)."""
    person, whole = occurrence.entity_id.startswith("per:"), plain(occurrence.entity_id.partition(":")[2])
    own = (name for name in occurrence.names if not person or plain(name) == whole)
    return {occurrence.entity_id, *map(form, own)}


def form(cell: str) -> str:
    """A cell without case, diacritics and needless space."""
    return " ".join(fold(cell).split())
