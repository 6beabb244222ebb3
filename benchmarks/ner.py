"""Compare `greffier_ner` with spaCy's own `ner` on a folder of texts: the same entities, and how fast each finds them.

    python benchmarks/ner.py FOLDER [--rounds N] [--copies N] [--each]

Both read the same tokens with the same sentence starts: the files *.txt of the folder, tokenized beforehand. They run
in turn, by `pipe`, or document by document with `--each`; a first round of both is not counted. The columns:

    differing   entities that only one of the two has, with these tokens and this label
    words/s     tokens a second, median of the rounds
    ratio       words/s as a multiple of spaCy's in the same round, median
    left        documents that are left to spaCy, since rounding might decide a move there
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import tokenize
from pipeline.ner.component import Ner
from pipeline.records import Document

Spans = list[tuple[int, int, str]]


def documents(folder: Path, copies: int) -> list[Document]:
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    if not texts:
        sys.exit(f"{folder} holds no *.txt")
    return [Document(document=str(n), text=text, language="fr", status="ok") for n, text in enumerate(texts * copies)]


def annotated(component: Any, docs: list[Doc], each: bool) -> tuple[float, list[Spans]]:
    """Seconds that a component takes for all documents, and what it finds."""
    began = perf_counter()
    if each:
        for doc in docs:
            component(doc)
    else:
        docs = list(component.pipe(docs))
    return perf_counter() - began, [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]


def compare(nlp: Language, read: list[Document], rounds: int, each: bool) -> Iterator[str]:
    """The lines of the report."""
    ours = Ner(nlp.get_pipe("ner"))
    components = {"spacy ner": nlp.get_pipe("ner"), "greffier_ner": ours}
    seconds: dict[str, list[float]] = {name: [] for name in components}
    found: dict[str, list[Spans]] = {}
    for _ in range(rounds + 1):
        for name, component in components.items():
            docs = [tokenize.tokenize(document, nlp) for document in read]
            taken, found[name] = annotated(component, docs, each)
            seconds[name].append(taken)
    words = sum(map(len, docs))
    left = len(read) - len(ours.decided([tokenize.tokenize(document, nlp) for document in read]))
    differing = sum(len(set(a) ^ set(b)) for a, b in zip(*found.values(), strict=True))
    rates = {name: words / median(times[1:]) for name, times in seconds.items()}
    ratio = median(own / our for own, our in zip(*(times[1:] for times in seconds.values()), strict=True))
    yield f"{len(read):,} documents, {words:,} tokens, {sum(map(len, found['spacy ner'])):,} entities of spaCy"
    yield from ("| component | differing | left | words/s | ratio |", "| --- | --- | --- | --- | --- |")
    yield f"| spacy ner | | | {rates['spacy ner']:,.0f} | 1.0 |"
    yield f"| greffier_ner | {differing} | {left} | {rates['greffier_ner']:,.0f} | {ratio:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5, help="(%(default)s)")
    parser.add_argument("--copies", type=int, default=1, help="how often the folder is read in a round (%(default)s)")
    parser.add_argument("--each", action="store_true", help="document by document")
    options = parser.parse_args()
    read = documents(options.folder, options.copies)
    print(*compare(tokenize.load(), read, options.rounds, options.each), sep="\n")


if __name__ == "__main__":
    main()
