"""`greffier_ner` finds what spaCy's own `ner` finds: on real texts, on odd ones, and with networks of other sizes."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from pipeline.ner import component, decode, encode
from pipeline.ner.component import Ner
from pipeline.ner.convolve import TILE, Convolution
from pipeline.ner.embed import TypeVectors
from pipeline.ner.layers import Affine, NormedMaxout

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parents[1]
Spans = list[tuple[int, int, str]]

#: a small network: attributes of more kinds than the model's, few pieces, no static vectors
SMALL: dict[str, Any] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 8,
    "maxout_pieces": 3,
    "use_upper": True,
}
EMBED = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": 16,
    "attrs": ["NORM", "SHAPE", "SPACY", "IS_SPACE"],
    "rows": [200, 50, 10, 10],
    "include_static_vectors": False,
}
ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2",
    "width": 16,
    "depth": 2,
    "window_size": 1,
    "maxout_pieces": 2,
}
MISH = {"@architectures": "spacy.MishWindowEncoder.v2", "width": 16, "depth": 2, "window_size": 1}
WORDS = [
    "Maître",
    "Nguyen",
    "a",
    "vu",
    "Ouagadougou",
    "la",
    "Cour",
    "de",
    "Brno",
    "et",
    "Li",
    ".",
    "\n",
    " ",
    "12",
    "«",
]


def entities(doc: Doc) -> Spans:
    return [(e.start, e.end, e.label_) for e in doc.ents]


def iob(doc: Doc) -> list[tuple[str, str]]:
    return [(token.ent_iob_, token.ent_type_) for token in doc]


def small(*, weights: float = 3.0, factory: str = "ner", **changes: Any) -> Language:
    """A pipeline with an `ner` of random weights, the last layer's of that size, and greffier_ner behind it."""
    model = {**SMALL, "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": EMBED, "encode": ENCODE}}
    for path, value in changes.items():
        *above, key = path.split("__")
        part: dict[str, Any] = model
        for step in above:
            part[step] = dict(part[step])
            part = part[step]
        part[key] = value
    nlp = spacy.blank("xx")
    ner = nlp.add_pipe(factory, name="ner", config={"model": model})
    for label in ("PER", "LOC", "ORG"):
        ner.add_label(label)
    spacy.util.fix_random_seed(7)
    nlp.initialize()
    draw = np.random.default_rng(7)
    for node in ner.model.walk():
        for name in sorted({"W", "b", "E", "pad"}.intersection(node.param_names)):
            node.set_param(name, draw.normal(0, 1, node.get_param(name).shape).astype("f"))
    last = ner.model.get_ref("upper") if ner.model.attrs["has_upper"] else ner.model.get_ref("lower")
    last.set_param("W", last.get_param("W") * np.float32(weights))
    last.set_param("b", last.get_param("b") * np.float32(weights))
    nlp.add_pipe("greffier_ner")
    return nlp


def balance(nlp: Language) -> None:
    """Move the biases of the moves so that none has a higher score than another on average."""
    model = nlp.get_pipe("ner").model
    states = model.predict([Doc(nlp.vocab, words=WORDS * 4)])
    tokens = np.arange(2, 4 * len(WORDS), dtype="i")
    outside, inside = ((tokens, 0 * tokens - 1, 0 * tokens - 1), (tokens, tokens - 2, tokens - 1))
    hidden = states.state2vec.predict(np.hstack([np.stack(outside), np.stack(inside)]).T.copy())
    upper = model.get_ref("upper")
    upper.set_param("b", -hidden.mean(axis=0) @ upper.get_param("W").T)


def texts() -> list[str]:
    """The seeds and the texts of the benchmarks."""
    lines = [
        line for path in sorted((ROOT / "benchmarks/corpus").glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    return [p.read_text("utf-8") for p in sorted((ROOT / "seeds").glob("*.txt"))] + [
        json.loads(x)["text"] for x in lines
    ]


def spacy_own(nlp: Language, docs: Iterable[Doc]) -> list[Spans]:
    return [entities(nlp.get_pipe("ner")(doc)) for doc in docs]


@pytest.fixture(scope="module")
def read(nlp: Language) -> Callable[[str], Doc]:
    """A text as a Doc with sentences and without entities."""
    return lambda text: nlp.get_pipe("greffier_sentences")(nlp.make_doc(text))


@pytest.fixture(scope="module")
def ner(nlp: Language) -> Ner:
    return Ner(nlp.get_pipe("ner"))


@pytest.fixture(scope="module")
def random_nlp() -> Language:
    nlp = small()
    balance(nlp)
    return nlp


@pytest.fixture(scope="module")
def expected(nlp: Language, read: Callable[[str], Doc]) -> list[Spans]:
    """What spaCy finds in `texts`."""
    return spacy_own(nlp, map(read, texts()))


def test_real_texts(ner: Ner, read: Callable[[str], Doc], expected: list[Spans]) -> None:
    docs = [read(text) for text in texts()]
    found = ner.network([ner._tokens(doc) for doc in docs])
    assert [entities.spans for entities in found] == expected
    assert sum(map(len, expected)) > 900
    assert [entities(doc) for doc in ner.pipe(docs)] == expected
    assert [entities(ner(read(text))) for text in texts()[:20]] == expected[:20]


def test_tokens_are_marked_as_spacy_does(nlp: Language, ner: Ner, read: Callable[[str], Doc]) -> None:
    text = texts()[0]
    assert iob(ner(read(text))) == iob(nlp.get_pipe("ner")(read(text)))


def test_no_bound_shows(
    monkeypatch: pytest.MonkeyPatch, nlp: Language, ner: Ner, read: Callable[[str], Doc], expected: list[Spans]
) -> None:
    monkeypatch.setattr(decode, "_STEPS", 1)
    monkeypatch.setattr(decode, "_AT_ONCE", 7)
    monkeypatch.setattr(encode, "BLOCK", 5)
    monkeypatch.setattr(component, "_BATCH_TOKENS", 300)
    narrow = Ner(ner.ner)
    narrow.network.types = TypeVectors(narrow.network.weights, nlp.vocab.vectors, most=100)
    assert [entities(doc) for doc in narrow.pipe(map(read, texts()[:40]))] == expected[:40]
    assert len(narrow.network.types.table) == 1024


def test_long_document(nlp: Language, ner: Ner, read: Callable[[str], Doc]) -> None:
    text = "\n\n".join(texts()[:20])
    assert entities(ner(read(text))) == entities(nlp.get_pipe("ner")(read(text)))


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_odd_texts(nlp: Language, ner: Ner, data: st.DataObject) -> None:
    """Sentences in any order, with odd spaces between and inside them, with any sentence starts or none."""
    pieces = [piece for text in texts()[::12] for piece in text.split(". ")]
    chosen = data.draw(
        st.lists(st.lists(st.sampled_from([*pieces, "", "\n", "  \t", "Li", " M. "]), max_size=4), max_size=4)
    )
    docs = [nlp.make_doc(data.draw(st.sampled_from([" ", "\n\n", "   ", ""])).join(some)) for some in chosen]
    again = [doc.copy() for doc in docs]
    for doc, same in zip(docs, again, strict=True):
        starts = data.draw(st.sets(st.integers(0, max(len(doc) - 1, 0)), max_size=len(doc)))
        for start in starts:
            doc[start].is_sent_start = same[start].is_sent_start = data.draw(st.sampled_from([True, False]))
    assert [entities(doc) for doc in ner.pipe(docs)] == spacy_own(nlp, again)


@given(
    docs=st.lists(st.lists(st.tuples(st.sampled_from(WORDS), st.booleans(), st.booleans()), max_size=60), max_size=8),
    batch_size=st.integers(1, 4),
)
@settings(max_examples=40, deadline=None)
def test_network_of_another_size(random_nlp: Language, docs: list[Any], batch_size: int) -> None:
    """Random weights, so that entities are long, and stand anywhere."""
    ours, own = ([doc_of(random_nlp, tokens) for tokens in docs] for _ in range(2))
    ner = random_nlp.get_pipe("greffier_ner")
    assert ner.network is not None
    assert [entities(doc) for doc in ner.pipe(ours, batch_size=batch_size)] == spacy_own(random_nlp, own)


def doc_of(nlp: Language, tokens: list[tuple[str, bool, bool]]) -> Doc:
    words, spaces, starts = zip(*tokens, strict=True) if tokens else ((), (), ())
    return Doc(nlp.vocab, words=list(words), spaces=list(spaces), sent_starts=list(starts) or None)


def test_entities_of_all_lengths(random_nlp: Language) -> None:
    texts = np.random.default_rng(1).choice(WORDS, (100, 80)).tolist()
    ours, own = ([Doc(random_nlp.vocab, words=words) for words in texts] for _ in range(2))
    found = [entities(doc) for doc in random_nlp.get_pipe("greffier_ner").pipe(ours)]
    lengths = {end - start for spans in found for start, end, _ in spans}
    assert lengths >= {1, 2, 3, 4, 5, 6, 7, 8}
    assert max(lengths) > decode._STEPS + 1
    assert found == spacy_own(random_nlp, own)


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("windows", {"tok2vec__encode__window_size": 2}),
        ("features", {"extra_state_tokens": True}),
        ("upper layer", {"use_upper": False}),
        ("pieces", {"maxout_pieces": 1}),
        ("layers", {"tok2vec__encode": MISH}),
        ("beam", {"factory": "beam_ner"}),
    ],
)
def test_steps_aside_for_other_architectures(
    caplog: pytest.LogCaptureFixture, reason: str, changes: dict[str, Any]
) -> None:
    nlp = small(**changes)
    docs = [Doc(nlp.vocab, words=WORDS * 3) for _ in range(2)]
    with caplog.at_level(logging.WARNING):
        found = [entities(nlp.get_pipe("greffier_ner")(doc)) for doc in docs]
    assert found == spacy_own(nlp, [Doc(nlp.vocab, words=WORDS * 3) for _ in range(2)])
    assert [reason in record.getMessage() for record in caplog.records] == [True]


def test_given_entities_are_respected(nlp: Language, ner: Ner, read: Callable[[str], Doc]) -> None:
    def given_doc() -> Doc:
        doc = read("Le président Émile Zola a reçu à Paris Amina Diallo.")
        doc.set_ents([Span(doc, 2, 4, label="ORG")], default="missing")
        return doc

    assert (2, 4, "ORG") in entities(ner(given_doc()))
    assert entities(ner(given_doc())) == entities(nlp.get_pipe("ner")(given_doc()))


@pytest.mark.parametrize(("width", "pieces"), [(96, 3), (16, 2), (5, 4)])
def test_tiles_are_convolved_as_one_token_after_the_other(width: int, pieces: int) -> None:
    draw = np.random.default_rng(width)
    weights, bias, gain, shift, tokens = (
        draw.normal(0, 1, shape).astype("f")
        for shape in ((3 * width, pieces * width), pieces * width, width, width, (TILE * 9, width))
    )
    layer = NormedMaxout(Affine(weights, bias), gain, shift)
    found = Convolution(layer)(tokens.reshape(-1, TILE, width).transpose(1, 0, 2)).transpose(1, 0, 2)
    windows = np.hstack((tokens[:-2], tokens[1:-1], tokens[2:]))
    expected = (layer(windows) + tokens[1:-1])[: TILE * 8]
    assert np.abs(found.reshape(-1, width) - expected).max() < 1e-4
    rows = draw.permutation(len(tokens))
    by_type = Convolution(layer).of_types(tokens[rows])(*(np.argsort(rows)[n:][: TILE * 8] for n in range(3)))
    assert np.abs(by_type - expected).max() < 1e-4


def test_near_moves_are_left_to_spacy() -> None:
    nlp = small(weights=0.0)  # all scores equal
    ner = nlp.get_pipe("greffier_ner")
    doc = Doc(nlp.vocab, words=WORDS)
    assert ner.network([ner._tokens(doc)])[0].near.tolist() == [not word.isspace() for word in WORDS]
    assert [entities(ner(doc))] == spacy_own(nlp, [Doc(nlp.vocab, words=WORDS)])


def test_in_a_pipeline_and_on_disk(tmp_path: Path, random_nlp: Language) -> None:
    doc = Doc(random_nlp.vocab, words=WORDS * 3)
    expected = spacy_own(random_nlp, [doc.copy()])
    random_nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path, disable=["ner"])
    again = Doc(loaded.vocab, words=WORDS * 3)
    assert [entities(doc) for doc in loaded.pipe([again])] == expected
    assert loaded.pipe_names == ["greffier_ner"]


def test_a_pickled_copy_finds_the_same(random_nlp: Language) -> None:
    ner = random_nlp.get_pipe("greffier_ner")
    found = entities(ner(Doc(random_nlp.vocab, words=WORDS * 3)))
    copy = pickle.loads(pickle.dumps(ner))
    assert entities(copy(Doc(copy.ner.vocab, words=WORDS * 3))) == found


def test_needs_the_component_that_it_stands_for() -> None:
    with pytest.raises(KeyError, match="ner"):
        spacy.blank("xx").add_pipe("greffier_ner")
