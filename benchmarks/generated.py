"""Documents to measure with: sentences of the seeds and of the corpus, shuffled; the same seed gives the same bytes."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "benchmarks" / "corpus"
SENTENCE_END = re.compile(r"(?<=[.!?»]) +(?=[A-ZÀ-ÖØ-Þ«])|\n+")
SHORTEST = 20  # characters: less is no sentence but a number or an initial


@cache
def sentences() -> tuple[str, ...]:
    """About 10,000 sentences: of the seeds and benchmarks/corpus, and its sentences for names with each name."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    for path in sorted(CORPUS.glob("*.jsonl")):
        texts += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    found = [s.strip() for text in texts for s in SENTENCE_END.split(text)]
    # as many from real texts as from templates, since real ones are longer and denser
    templates = list(with_names())
    real = [s for s in found if len(s) >= SHORTEST]
    return tuple(real * (len(templates) // len(real)) + templates)


def with_names() -> Iterator[str]:
    names, templates = (list(rows(name)) for name in ("names.csv", "name_sentences.csv"))
    for name in names:
        for template in templates:
            if template["gender"] == name["gender"]:
                yield template["sentence"].replace("\\n", "\n").replace("{name}", name["name"])


def rows(name: str) -> Iterator[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def texts(number: int, words: int = 250, seed: int = 1) -> Iterator[str]:
    """Texts of about that many words, by default a short dispatch, in paragraphs of four sentences."""
    draw, pool = random.Random(seed), sentences()
    for _ in range(number):
        drawn: list[str] = []
        left = draw.randint(words // 2, words + words // 2)
        while left > 0:
            drawn.append(draw.choice(pool))
            left -= len(drawn[-1].split())
        paragraphs = [" ".join(drawn[at : at + 4]) for at in range(0, len(drawn), 4)]
        yield (
            f"date 2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} Dépêche\n\n" + "\n\n".join(paragraphs) + "\n"
        )


def folder(path: Path, number: int, words: int = 250, seed: int = 1) -> Path:
    """A folder of generated documents, a thousand in each of its own folders; left alone where it is there already."""
    if not path.exists():
        for n, text in enumerate(texts(number, words, seed)):
            file = path / f"{n // 1000:03}" / f"{n:07}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    return path
