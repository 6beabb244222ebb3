"""From types to vectors in context: the window convolutions over a whole batch of documents at once.

All documents of a batch stand in one stream of rows, with as many rows of zeros before, between and behind them as
there are convolutions. spaCy lays out its batches in the same way, and it is what makes the documents independent: each
convolution reads one row to either side, so after d of them a token depends on the d rows to either side of it, which
are of its own document or zeros at the start. (The rows of zeros do not stay zeros, and what becomes of them is
computed as well, since tokens at the edge read it.)

By the same reason the stream may be cut anywhere: a block of n rows needs d more on either side, and each convolution
uses up one of these. A block has a fixed number of rows, whatever the length of the documents, which bounds the memory
and keeps the arrays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ner.embed import Rows
from pipeline.ner.layers import Affine, Floats, NormedMaxout

#: rows of a block: its arrays (0.6 MB each at a width of 96) stay in the processor's cache; 8,192 rows take 10 % longer
BLOCK = 512


def encode(rows: Rows, lengths: Sequence[int], table: Floats, windows: Sequence[NormedMaxout], last: Affine) -> Floats:
    """The vector of each token: (tokens, width of the states).

    `rows` are the tokens' rows in `table`, whose row 0 is zeros; `lengths` are the numbers of tokens of the documents.
    """
    depth = len(windows)
    places = np.arange(len(rows)) + depth * np.repeat(np.arange(1, len(lengths) + 1), lengths)
    stream = np.zeros(len(rows) + depth * (len(lengths) + 1) + 2 * depth, np.int64)
    stream[places + depth] = rows
    encoded = np.empty((len(stream) - 2 * depth, len(last.bias)), np.float32)
    for start in range(0, len(encoded), BLOCK):
        block = stream[start : start + BLOCK + 2 * depth]
        encoded[start : start + BLOCK] = last(_convolve(table[block], windows))
    vectors: Floats = encoded[places]
    return vectors


def _convolve(block: Floats, windows: Sequence[NormedMaxout]) -> Floats:
    """The block after all convolutions, each with a residual connection; it loses a row on either side to each."""
    for window in windows:
        neighbours = np.concatenate((block[:-2], block[1:-1], block[2:]), axis=1)
        block = block[1:-1] + window(neighbours)
    return block
