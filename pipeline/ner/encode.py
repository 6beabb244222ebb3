"""From types to vectors in context: the window convolutions over a whole batch of documents at once.

All documents of a batch stand in one stream of rows, with as many rows of zeros before, between and behind them as
there are convolutions. spaCy lays out its batches in the same way, and it is what makes the documents independent: each
convolution reads one row to either side, so after d of them a token depends on the d rows to either side of it, which
are of its own document or zeros at the start. (The rows of zeros do not stay zeros, and what becomes of them is
computed as well, since tokens at the edge read it.) The first convolution reads vectors of types: each type of the
batch is multiplied once (convolve.py), and a batch of 8,000 tokens has about 2,000 types.

By the same reason the stream may be cut anywhere: a block of tiles (convolve.py) needs one more for each convolution,
which uses it up. A block has a fixed number of tiles, whatever the length of the documents, which bounds the memory and
keeps the arrays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ner.convolve import TILE, Convolution
from pipeline.ner.embed import Rows
from pipeline.ner.layers import Floats

BLOCK = 384  #: tiles of a block: the largest of its arrays has 2.7 MB at a width of 96 with three pieces


def encode(types: Floats, tokens: Rows, lengths: Sequence[int], layers: Sequence[Convolution]) -> Floats:
    """The vector of each token: (tokens, width).

    `types` (types, width) are vectors without context, row 0 zeros; `tokens` are the tokens' rows in it; `lengths` are
    the numbers of tokens of the documents.
    """
    depth = len(layers)
    places = np.arange(len(tokens)) + depth * np.repeat(np.arange(1, len(lengths) + 1), lengths)
    needed = -(-(len(tokens) + depth * (len(lengths) + 1)) // TILE)
    size = (needed + depth - 1) * TILE  # of what the first layer gives
    stream = np.zeros(size + 2, np.int64)
    stream[places + depth] = tokens
    windows = [stream[n : n + size].reshape(-1, TILE) for n in range(3)]
    first, *others = layers
    convolve = first.of_types(types)
    encoded = np.empty((needed, TILE, types.shape[1]), np.float32)
    for start in range(0, needed, BLOCK):
        block = convolve(*(window[start : start + BLOCK + depth - 1].T for window in windows))
        for layer in others:
            block = layer(block)
        encoded[start : start + BLOCK] = block.transpose(1, 0, 2)
    vectors: Floats = encoded.reshape(needed * TILE, -1)[places]
    return vectors
