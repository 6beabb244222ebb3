"""The component `greffier_ner`: the entities of the pipeline's own `ner`, found about eight times as fast."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from spacy.attrs import ENT_IOB, ENT_KB_ID, ENT_TYPE
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from pipeline.ner.decode import Spans
from pipeline.ner.embed import Keys
from pipeline.ner.network import Network
from pipeline.ner.weights import UnknownArchitectureError

_LOG = logging.getLogger(__name__)
_GIVEN = [ENT_IOB, ENT_TYPE, ENT_KB_ID]
_OUTSIDE = 2  #: the greatest ENT_IOB of a token that belongs to no entity, with 0, not known; 1 is I, 3 is B
_BATCH_TOKENS = 20_000  #: tokens of a batch of documents: vectors, scores and products of types take about 30 MB
_LONGEST_FOR_SPACY = 20_000  #: tokens of a document that is left to spaCy where a move is near; it takes 18 kB a token


class Ner:
    """Sets `doc.ents` as the spaCy component `ner` would, which need not run: it is asked where this one steps aside.

    That is for a document that comes with entities or other tokens that are not open to the model, for one of up to
    20,000 tokens with a move that rounding might have decided (decode.py), and for all documents where the architecture
    of `ner` is another one than weights.py knows; a warning says so once. The weights are read at the first document:
    after training, or after `from_disk`, add a new component.
    """

    def __init__(self, ner: EntityRecognizer) -> None:
        self.ner = ner

    def __reduce__(self) -> tuple[type[Ner], tuple[EntityRecognizer]]:
        """Pickled without the network, which a copy reads for itself (`nlp.pipe` with processes that are spawned)."""
        return Ner, (self.ner,)

    @cached_property
    def network(self) -> Network | None:
        """The network of `ner`; None where its architecture is not known."""
        try:
            return Network(self.ner)
        except UnknownArchitectureError as reason:
            _LOG.warning("greffier_ner steps aside for spaCy's own component, %s: %s", self.ner.name, reason)
            return None

    def __call__(self, doc: Doc) -> Doc:
        """Find the entities of `doc` and give it back."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 256) -> Iterator[Doc]:
        """The documents in their order, with entities; at most `batch_size` of them are held at once."""
        for batch in _batches(stream, batch_size):
            self._annotate(batch)
            yield from batch

    def decided(self, docs: Sequence[Doc]) -> dict[int, Spans]:
        """The entities of the documents that need not be left to spaCy, by their places in `docs`."""
        tokens = {n: attributes for n, doc in enumerate(docs) if (attributes := self._tokens(doc)) is not None}
        if self.network is None or not tokens:
            return {}
        found = dict(zip(tokens, self.network(list(tokens.values())), strict=True))
        return {n: e.spans for n, e in found.items() if not e.near.any() or len(docs[n]) > _LONGEST_FOR_SPACY}

    def _annotate(self, docs: Sequence[Doc]) -> None:
        decided = self.decided(docs)
        for n, doc in enumerate(docs):
            if n in decided:
                doc.set_ents([Span(doc, *span) for span in decided[n]])
            else:
                self.ner(doc)

    def _tokens(self, doc: Doc) -> Keys | None:
        """The attributes of the tokens of a document; None where only spaCy's component will do."""
        if self.network is None or doc.vocab is not self.ner.vocab:
            return None
        tokens: Keys = doc.to_array([*_GIVEN, *self.network.columns]).astype("uint64", copy=False)
        iob, *others = tokens[:, : len(_GIVEN)].T
        if any(column.any() for column in others) or ((iob != 0) & (iob != _OUTSIDE)).any():
            return None
        return tokens[:, len(_GIVEN) :]


def _batches(stream: Iterable[Doc], most: int) -> Iterator[list[Doc]]:
    """Runs of at most so many documents, with at most `_BATCH_TOKENS` tokens where a document itself has no more."""
    batch: list[Doc] = []
    tokens = 0
    for doc in stream:
        if batch and (len(batch) == most or tokens + len(doc) > _BATCH_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


@Language.factory(
    "greffier_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"source": "ner"},
)
def create(nlp: Language, name: str, source: str) -> Ner:
    """The component, for `nlp.add_pipe("greffier_ner", after="ner")` and `nlp.disable_pipe("ner")`.

    `source` is the name of the spaCy component; raises KeyError where there is none of that name.
    """
    return Ner(nlp.get_pipe(source))
