"""The whole network: attributes of tokens in, entities out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.attrs import IS_SPACE, ORTH, SENT_START
from spacy.pipeline import EntityRecognizer
from threadpoolctl import ThreadpoolController

from pipeline.ner.convolve import Convolution
from pipeline.ner.decode import Decoder, Entities, Spans
from pipeline.ner.embed import Keys, TypeVectors
from pipeline.ner.encode import encode
from pipeline.ner.weights import read


class Network:
    """What a spaCy `ner` computes, for a batch of documents at once.

    It runs in one thread: these matrices are too small to share, and the threads of OpenBLAS wait for each other, which
    on a busy machine of two processors took five to twenty times as long. More processors are for more documents.
    """

    def __init__(self, ner: EntityRecognizer) -> None:
        """Read the weights of `ner`. Raises UnknownArchitectureError where it is not what this room computes."""
        self.weights = read(ner, ner.vocab.vectors)
        self.types = TypeVectors(self.weights, ner.vocab.vectors)
        self.convolutions = [Convolution(window) for window in self.weights.windows]
        self.decoder = Decoder(self.weights)
        self.libraries = ThreadpoolController()
        #: the attributes of a token that are read, in the order of the columns of `__call__`
        self.columns = [IS_SPACE, SENT_START, ORTH, *self.weights.columns]

    def __call__(self, documents: Sequence[Keys]) -> list[Entities]:
        """The entities of each document, given its tokens' attributes: (tokens, `columns`), as of `Doc.to_array`."""
        lengths = [len(document) for document in documents]
        tokens = np.concatenate(documents)
        if not len(tokens):
            return [Entities([], np.zeros(0, np.bool_)) for _ in documents]
        ends = np.cumsum(lengths)
        borders = np.append(tokens[1:, 1] == 1, True)
        borders[ends[ends > 0] - 1] = True
        with self.libraries.limit(limits=1, user_api="blas"):
            types, places = self.types.of(tokens[:, 2:])
            vectors = encode(types, places, lengths, self.convolutions)
            found = self.decoder(vectors, tokens[:, 0] == 1, borders)
        return _by_document(found, ends.tolist())


def _by_document(found: Entities, ends: list[int]) -> list[Entities]:
    """The entities of a batch as those of its documents, each counting its tokens from 0."""
    documents = []
    start, taken = 0, 0
    for end in ends:
        spans: Spans = []
        while taken < len(found.spans) and found.spans[taken][0] < end:
            first, behind, label = found.spans[taken]
            spans.append((first - start, behind - start, label))
            taken += 1
        documents.append(Entities(spans, found.near[start:end]))
        start = end
    return documents
