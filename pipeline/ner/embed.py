"""From tokens to context-free vectors, each computed once.

The embedding of a token reads a few attributes of the token itself, none of its neighbours: the hash embeddings read
their columns (NORM, PREFIX, SUFFIX, SHAPE), the static vectors read ORTH. All but NORM are fixed by ORTH, so the vector
belongs to the type (ORTH, NORM), and running text repeats its types: 151 short dispatches, decrees and stories have
6,265 in 35,038 tokens. The key of a type mixes all of the attributes that are read, so nothing here relies on
which of them fixes which. Two types share a key with a probability of about 2**-63; that any two of the 100,000 kept
at once do, with one of less than 10**-9.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.vectors import Vectors

from pipeline.ner.layers import Floats
from pipeline.ner.weights import Weights

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]

#: types kept, with their keys 60 MB at 96 floats a type; when all places are taken, all are given back. Only a document
#: that has more types itself takes more.
MOST_TYPES = 100_000
_ODD = 0x9E3779B97F4A7C15  # its powers are odd, so that each attribute changes all keys it can


class TypeVectors:
    """A table of vectors, one a type; row 0 is all zeros, the padding between documents."""

    def __init__(self, weights: Weights, vectors: Vectors, most: int = MOST_TYPES) -> None:
        self.weights = weights
        self.vectors = vectors
        self.most = most
        self.multipliers = np.array([pow(_ODD, n + 1, 2**64) for n in range(1 + len(weights.columns))], np.uint64)
        self._clear()

    def of(self, attributes: Keys) -> tuple[Floats, Rows]:
        """The vectors of the types of some tokens, behind a row of zeros, and each token's row among them.

        `attributes` has the columns ORTH and `weights.columns`.
        """
        keys, first, types = np.unique(attributes @ self.multipliers, return_index=True, return_inverse=True)
        rows = np.zeros(1 + len(keys), np.int64)
        rows[1:] = self._rows(keys, attributes[first])
        return self.table[rows], types + 1

    def _rows(self, keys: Keys, attributes: Keys) -> Rows:
        """The rows of types in `table`."""
        rows = self._known(keys)
        missing = np.flatnonzero(rows == 0)
        if len(self._row_of) + len(missing) > self.most and self._row_of:
            self._clear()
            return self._rows(keys, attributes)
        if len(missing):
            rows[missing] = self._add(keys[missing], self._embed(attributes[missing]))
        return rows

    def _clear(self) -> None:
        self._row_of: dict[int, int] = {}
        self.table: Floats = np.zeros((1024, len(self.weights.mixer.gain)), np.float32)

    def _known(self, keys: Keys) -> Rows:
        row_of = self._row_of.get
        return np.fromiter((row_of(key, 0) for key in keys.tolist()), np.int64, len(keys))

    def _add(self, keys: Keys, embedded: Floats) -> Rows:
        first = len(self._row_of) + 1
        rows = np.arange(first, first + len(keys))
        if rows[-1] >= len(self.table):
            table = np.zeros((max(2 * len(self.table), rows[-1] + 1), self.table.shape[1]), np.float32)
            table[:first] = self.table[:first]
            self.table = table
        self.table[rows] = embedded
        self._row_of.update(zip(keys.tolist(), rows.tolist(), strict=True))
        return rows

    def _embed(self, attributes: Keys) -> Floats:
        """The vectors of some types: spaCy's embedding layers, for a batch of types instead of tokens."""
        parts = [self.weights.hashes.predict(np.ascontiguousarray(attributes[:, 1:]))]
        if self.weights.projection is not None:
            rows = self.vectors.find(keys=attributes[:, 0])
            projected = self.vectors.data[rows] @ self.weights.projection
            projected[rows < 0] = 0
            parts.append(projected)
        return self.weights.mixer(np.hstack(parts))
