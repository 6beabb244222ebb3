"""The layers of the network as plain arrays: affine, maxout, and maxout with layer normalisation.

A maxout layer with p pieces and n outputs is one affine map to p * n columns. Here all columns of a piece stand side by
side (spaCy has all pieces of a column side by side), so that the maximum over the pieces is taken of whole blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

_LEAST_VARIANCE = np.float32(1e-8)  # as in thinc's LayerNorm


@dataclass(frozen=True, slots=True)
class Affine:
    """`rows @ weights + bias`: weights (inputs, outputs), bias (outputs,)."""

    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The outputs of each row: (rows, outputs)."""
        outputs: Floats = rows @ self.weights
        outputs += self.bias
        return outputs


@dataclass(frozen=True, slots=True)
class NormedMaxout:
    """The best piece of each output, then layer normalisation: thinc's `maxout>>layernorm`."""

    affine: Affine
    gain: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The outputs of each row: (rows, outputs)."""
        return self.normed(self.affine(rows))

    def normed(self, values: Floats) -> Floats:
        """The outputs, given what the affine map made of the inputs: (…, pieces * outputs) in, (…, outputs) out."""
        width = len(self.gain)
        best = maxout(values, width)
        best -= (best @ np.full(width, 1 / width, np.float32))[..., None]
        variance = np.vecdot(best, best)
        variance /= np.float32(width)
        variance += _LEAST_VARIANCE
        np.sqrt(variance, out=variance)
        best /= variance[..., None]
        best *= self.gain
        best += self.shift
        return best


def maxout(values: Floats, outputs: int) -> Floats:
    """The maximum over the pieces of each of the `outputs`: (…, pieces * outputs) in, (…, outputs) out."""
    best: Floats = np.maximum(values[..., :outputs], values[..., outputs : 2 * outputs])
    for first in range(2 * outputs, values.shape[-1], outputs):
        np.maximum(best, values[..., first : first + outputs], out=best)
    return best


def by_piece(weights: Floats) -> Floats:
    """spaCy's (outputs, pieces, inputs) as (inputs, pieces * outputs)."""
    return np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))


def bias_by_piece(bias: Floats) -> Floats:
    """spaCy's (outputs, pieces) as (pieces * outputs,)."""
    return np.ascontiguousarray(bias.T.reshape(-1))
