"""A convolution over each token and its two neighbours, of four tokens at the price of two (Winograd's F(4, 3)).

It multiplies the vectors of three tokens in a row by a matrix each, and adds up: twelve products for four tokens, which
read six. The same four sums can be had of six products: of six mixtures of the six vectors by six mixtures of the
three matrices, the latter made once. This is how polynomials are multiplied by their values at six points (0, 1, -1, 2,
-2 and infinity; S. Winograd 1980; Lavin and Gray 2016, arXiv:1509.09308), it holds for any vectors and matrices, and
the rounding is about 1.3 times that of the twelve products.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.ner.embed import Rows
from pipeline.ner.layers import Floats, NormedMaxout

TILE = 4  #: tokens in a row whose outputs are computed together
_OF_TOKENS = np.array(
    [[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0],
     [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]], np.float32
)  # fmt: skip
_OF_MATRICES = np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24
_OF_PRODUCTS = np.array(
    [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]], np.float32
)
_IN_ALL = 1  # the product that each of the four outputs has once: a bias that is added to it is added to them


class Convolution:
    """`maxout>>layernorm` of each token and its two neighbours, with a residual connection."""

    def __init__(self, layer: NormedMaxout) -> None:
        self.layer = layer
        self.by_neighbour = layer.affine.weights.reshape(3, -1, layer.affine.weights.shape[1])
        self.matrices = np.tensordot(_OF_MATRICES, self.by_neighbour, 1).astype(np.float32)

    def __call__(self, tiles: Floats) -> Floats:
        """The outputs for `tiles` (TILE, tiles, width), in which a token stands below the one before it.

        They have a tile less: their first is of the second token, and the last tokens, without neighbours, have none.
        """
        tokens = np.concatenate((tiles[:, :-1], tiles[:2, 1:]))
        products = _mixed(_OF_TOKENS, tokens) @ self.matrices
        products[_IN_ALL] += self.layer.affine.bias
        outputs = self.layer.normed(_mixed(_OF_PRODUCTS, products))
        outputs += tokens[1 : 1 + TILE]
        return outputs

    def of_types(self, types: Floats) -> Callable[[Rows, Rows, Rows], Floats]:
        """The same for tokens of these types (types, width), each of which is multiplied once, not with each token.

        It is given the rows in `types` of the tokens before, of the tokens, and of those behind.
        """
        as_before, as_token, as_behind = types @ self.by_neighbour
        as_token += self.layer.affine.bias

        def outputs(before: Rows, tokens: Rows, behind: Rows) -> Floats:
            values = as_token.take(tokens, axis=0)
            values += as_before.take(before, axis=0)
            values += as_behind.take(behind, axis=0)
            outputs = self.layer.normed(values)
            outputs += types.take(tokens, axis=0)
            return outputs

        return outputs


def _mixed(shares: Floats, arrays: Floats) -> Floats:
    """Sums of the arrays, each multiplied by its share: (sums, arrays) and (arrays, …) in, (sums, …) out."""
    mixed: Floats = shares @ arrays.reshape(len(arrays), -1)
    return mixed.reshape(len(shares), *arrays.shape[1:])
