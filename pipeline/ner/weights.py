"""The weights of a loaded spaCy `ner`, read only where its architecture is the one that this room computes.

That is `spacy.TransitionBasedParser.v2` for ner with three features and an upper layer, over a `spacy.Tok2Vec.v2` of
its own: `MultiHashEmbed.v2`, with or without static vectors, and `MaxoutWindowEncoder.v2` with a window of one token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.pipeline import EntityRecognizer
from spacy.vectors import Mode, Vectors
from thinc.api import Model, NumpyOps

from pipeline.ner.layers import Affine, Floats, NormedMaxout, bias_by_piece, by_piece

_HASHES = r"ints-getitem>>hashembed"
_NORMED = r"maxout>>layernorm>>dropout"
_WINDOW = rf"residual\(expand_window>>{_NORMED}\)"
#: the name that thinc gives to the whole of the embedding, the encoder and the last linear layer
_LAYERS = re.compile(
    rf"extract_features>>list2ragged>>with_array\({_HASHES}(\|{_HASHES})*\)(\|static_vectors)?>>with_array\({_NORMED}\)"
    rf">>ragged2list>>with_array\({_WINDOW}(>>{_WINDOW})*\)>>list2array>>linear"
)


class UnknownArchitectureError(ValueError):
    """The `ner` is not of the architecture that this room computes; the message says in what."""


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the network is made of."""

    columns: tuple[str | int, ...]  #: the attributes of a token that are embedded
    hashes: Model[Any, Any]  #: spaCy's own hash embeddings: (tokens, columns) of attributes in, rows of floats out
    projection: Floats | None  #: (inputs, outputs) from the static vectors; None without them
    mixer: NormedMaxout  #: from all embeddings of a token to one vector
    windows: tuple[NormedMaxout, ...]  #: the convolutions, each over a token and its two neighbours
    last: Affine  #: from the encoder's width to that of the states
    features: tuple[Floats, Floats, Floats]  #: (inputs, pieces * hidden): next token, entity's first, token before
    absent: tuple[Floats, Floats, Floats]  #: what stands for each feature where it has no token
    hidden_bias: Floats
    scores: Affine  #: from the hidden layer to a score for each move
    moves: tuple[str, ...]  #: `B-PER`, `I-PER` … `O`, in the order of the scores


def read(ner: EntityRecognizer, vectors: Vectors) -> Weights:
    """The weights of `ner`, copied but for the hash tables. Raises UnknownArchitectureError."""
    model = ner.model
    moves = tuple(ner.moves.get_class_name(i) for i in range(ner.moves.n_moves))
    _check_component(ner, moves)
    encoder, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
    _check(_LAYERS.fullmatch(encoder.name) is not None, f"the layers of its encoder are {encoder.name}")
    _check_arrays([encoder, lower, upper])
    _check_layers(encoder, lower, upper, len(moves))
    layers = {name: _named(encoder, name) for name in ("maxout", "layernorm", "static_vectors", "linear")}
    mixer, *windows = (_normed(*pair) for pair in zip(layers["maxout"], layers["layernorm"], strict=True))
    projection = _array(layers["static_vectors"][0], "W").T.copy() if layers["static_vectors"] else None
    if projection is not None:
        _check_vectors(vectors, projection)
    weights, absent = _array(lower, "W"), _array(lower, "pad")[0]
    return Weights(
        columns=tuple(_named(encoder, "extract_features")[0].attrs["columns"]),
        hashes=_hashes(encoder),
        projection=projection,
        mixer=mixer,
        windows=tuple(windows),
        last=_affine(layers["linear"][0]),
        features=(by_piece(weights[0]), by_piece(weights[1]), by_piece(weights[2])),
        absent=(bias_by_piece(absent[0]), bias_by_piece(absent[1]), bias_by_piece(absent[2])),
        hidden_bias=bias_by_piece(_array(lower, "b")),
        scores=_affine(upper),
        moves=moves,
    )


def _check(right: bool, otherwise: str) -> None:
    if not right:
        raise UnknownArchitectureError(otherwise)


def _check_component(ner: EntityRecognizer, moves: tuple[str, ...]) -> None:
    attributes = ner.model.attrs
    _check(type(ner) is EntityRecognizer and not ner.postprocesses, f"it is a {type(ner).__name__}")
    _check(ner.cfg["beam_width"] == 1, "it searches with a beam")
    _check(ner.model.name == "parser_model" and bool(attributes["has_upper"]), "it has no upper layer")
    _check(not attributes["unseen_classes"], "it has labels that it was not trained for")
    labels = {move[2:] for move in moves if move[2:]}
    expected = {f"{kind}-{label}" for kind in "BILU" for label in labels} | {"U-", "O"}
    _check(set(moves) == expected and bool(labels), f"its moves are {', '.join(moves)}")
    in_order = all(moves.index(f"I-{label}") < moves.index(f"L-{label}") for label in labels)
    _check(in_order, f"its moves are ordered {', '.join(moves)}")  # of equal scores the first is taken (decode.py)


def _check_layers(encoder: Model[Any, Any], lower: Model[Any, Any], upper: Model[Any, Any], moves: int) -> None:
    """What the names of the layers do not say: sizes, windows, padding, order of columns."""
    windows = [layer.attrs["window_size"] for layer in _named(encoder, "expand_window")]
    _check(set(windows) == {1}, f"its windows are {windows}")
    pads = [layer.attrs["pad"] for layer in encoder.walk() if layer.name.startswith("with_array(residual")]
    _check(pads == [len(windows)], f"its padding is {pads}")
    columns = [layer.attrs["column"] for layer in _named(encoder, "hashembed")]
    embedded = _named(encoder, "extract_features")[0].attrs["columns"]
    _check(columns == list(range(len(embedded))), f"it embeds the columns {columns} of {embedded}")
    _check(lower.name == "precomputable_affine" and upper.name == "linear", f"it has {lower.name} and {upper.name}")
    _check(lower.get_dim("nF") == 3, f"its states have {lower.get_dim('nF')} features")
    pieces = [layer.get_dim("nP") for layer in (lower, *_named(encoder, "maxout"))]
    _check(min(pieces) >= 2, f"its layers have {pieces} pieces")
    _check(upper.get_dim("nO") == moves, f"it scores {upper.get_dim('nO')} moves and has {moves}")


def _check_arrays(models: list[Model[Any, Any]]) -> None:
    nodes = [node for model in models for node in model.walk()]
    _check(all(isinstance(node.ops, NumpyOps) for node in nodes), "it does not run on numpy")
    _check(all(node.has_param(name) for node in nodes for name in node.param_names), "it has no weights yet")
    arrays = [_array(node, name) for node in nodes for name in node.param_names]
    _check(all(array.dtype == np.float32 for array in arrays), "its weights are not float32")


def _check_vectors(vectors: Vectors, projection: Floats) -> None:
    plain = isinstance(vectors, Vectors) and vectors.mode == Mode.default and isinstance(vectors.data, np.ndarray)
    _check(plain, "its static vectors are no table in memory")
    _check(vectors.shape[1] == projection.shape[0], f"its static vectors are {vectors.shape[1]} wide")


def _named(model: Model[Any, Any], name: str) -> list[Model[Any, Any]]:
    """The layers of a name, in the order in which they run."""
    return [layer for layer in model.walk(order="dfs_pre") if layer.name == name]


def _hashes(encoder: Model[Any, Any]) -> Model[Any, Any]:
    """The layer that looks up and concatenates all hash embeddings."""
    found: Iterator[Model[Any, Any]] = (n for n in encoder.walk() if re.fullmatch(rf"{_HASHES}(\|{_HASHES})*", n.name))
    return next(found)


def _normed(maxout: Model[Any, Any], norm: Model[Any, Any]) -> NormedMaxout:
    affine = Affine(by_piece(_array(maxout, "W")), bias_by_piece(_array(maxout, "b")))
    return NormedMaxout(affine, _array(norm, "G"), _array(norm, "b"))


def _affine(linear: Model[Any, Any]) -> Affine:
    return Affine(_array(linear, "W").T.copy(), _array(linear, "b"))


def _array(layer: Model[Any, Any], parameter: str) -> Floats:
    """A copy of a layer's parameter."""
    array: Floats = np.array(layer.get_param(parameter))
    return array
