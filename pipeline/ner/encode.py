"""From types to vectors in context: the window convolutions over a whole batch of documents at once.

All documents of a batch stand in one stream of rows, with as many rows of zeros before, between and behind them as
there are convolutions. spaCy lays out its batches in the same way, and it is what makes the documents independent: each
convolution reads one row to either side, so after d of them a token depends on the d rows to either side of it, which
are of its own document or zeros at the start. (The rows of zeros do not stay zeros, and what becomes of them is
computed as well, since tokens at the edge read it.)

By the same reason the stream may be cut anywhere: a block of tiles (convolve.py) needs one more for each convolution,
which uses it up. A block has a fixed number of tiles, whatever the length of the documents, which bounds the memory and
keeps the arrays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ner.convolve import TILE, Convolution
from pipeline.ner.embed import Rows
from pipeline.ner.layers import Affine, Floats

BLOCK = 256  #: tiles of a block: the largest of its arrays has 1.8 MB at a width of 96 with three pieces


def encode(rows: Rows, lengths: Sequence[int], table: Floats, layers: Sequence[Convolution], last: Affine) -> Floats:
    """The vector of each token: (tokens, width of the states).

    `rows` are the tokens' rows in `table`, whose row 0 is zeros; `lengths` are the numbers of tokens of the documents.
    """
    depth = len(layers)
    places = np.arange(len(rows)) + depth * np.repeat(np.arange(1, len(lengths) + 1), lengths)
    needed = -(-(len(rows) + depth * (len(lengths) + 1)) // TILE)
    stream = np.zeros((needed + depth) * TILE, np.int64)
    stream[places + depth] = rows
    tiles = stream.reshape(-1, TILE)
    encoded = np.empty((needed, TILE, len(last.bias)), np.float32)
    for start in range(0, needed, BLOCK):
        block = table[tiles[start : start + BLOCK + depth].T]
        for layer in layers:
            block = layer(block)
        encoded[start : start + BLOCK] = last(block).transpose(1, 0, 2)
    vectors: Floats = encoded.reshape(needed * TILE, -1)[places]
    return vectors
