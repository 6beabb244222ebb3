"""From vectors in context to entities: the moves that spaCy's transition system would take, found without its loop.

A state of that system is scored from three tokens: the next one, the first one of the open entity, and the one before
the next; where no entity is open the last two are absent, and constants stand in for them.

*Outside* an entity a state thus depends on its next token alone. All tokens of a batch are scored as if the state were
outside there, in one matrix product: this gives the move that would be taken, B, U or O, wherever it comes to that.

*Inside*, only I and L of the open label are allowed. Each B is followed from its own start, all of them in lockstep:
the n-th step decides the n-th token behind the start of each entity that is still open. What is left is a walk along
the text from entity to entity: a start inside an entity found before is dropped, as the state is never outside there.

What is allowed where the document came with no entities (spaCy's `_parser_internals/ner.pyx`):
  - B and I not where the next token starts a sentence or there is none: entities end with their sentence;
  - B and U not on white space; I and L may be, and O is always, outside;
  - of equal scores the move that comes first in the model's list is taken, and I comes before L.

Scores are sums in float32, whose last digits depend on the order of summation and so on the library of linear algebra,
in spaCy as here. The error is in proportion to the size of what is summed. A move that is better than the next by less
than `NEAR` of that size might turn out otherwise in spaCy: it is marked.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.ner.embed import Rows
from pipeline.ner.layers import Floats, maxout
from pipeline.ner.weights import Weights

Flags = NDArray[np.bool_]
Spans = list[tuple[int, int, str]]  #: first token, token behind the last, label

#: share of the size of the terms of a score; the largest share by which spaCy's scores were seen to differ is 2e-6
NEAR = np.float32(1e-5)
_AT_ONCE = 4096  #: tokens scored in one product
_STEPS = 32  #: steps in lockstep; a longer entity is followed when the walk comes to it, which keeps the work linear


class Entities(NamedTuple):
    """Entities in the order of the text, and the tokens where a move was near."""

    spans: Spans
    near: Flags


class Decoder:
    """Finds the entities in the vectors of tokens."""

    def __init__(self, weights: Weights) -> None:
        # the last linear layer of the encoder and the first one of the states, in one
        self.next, self.first, self.before = (weights.last.weights @ feature for feature in weights.features)
        of_next, *of_others = (weights.last.bias @ feature for feature in weights.features)
        self.bias = weights.hidden_bias + of_next + of_others[0] + of_others[1]
        self.outside_bias = weights.hidden_bias + of_next + weights.absent[1] + weights.absent[2]
        self.hidden = weights.scores.weights.shape[0]
        moves = weights.moves
        self.labels = sorted({move[2:] for move in moves} - {""})
        self.outside = [n for n, move in enumerate(moves) if move[0] in "BUO" and move != "U-"]
        self.outside_scores = weights.scores.weights[:, self.outside]
        self.outside_scores_bias = weights.scores.bias[self.outside]
        self.typical = np.abs(self.outside_scores).mean(axis=1)
        self.kinds = np.array([moves[n][0] for n in self.outside])
        self.label_of = np.array([self.labels.index(moves[n][2:]) if moves[n] != "O" else -1 for n in self.outside])
        stay, close = ([moves.index(f"{kind}-{label}") for label in self.labels] for kind in "IL")
        self.staying = (weights.scores.weights[:, stay] - weights.scores.weights[:, close]).T.copy()
        self.staying_bias = weights.scores.bias[stay] - weights.scores.bias[close]

    def __call__(self, vectors: Floats, spaces: Flags, borders: Flags) -> Entities:
        """The entities of tokens, given their vectors, which are white space, and which end a sentence or document."""
        best, near = self._outside(vectors, spaces, borders)
        kinds, labels = self.kinds[best], self.label_of[best]
        ends = np.where(kinds == "U", np.arange(1, len(best) + 1), 0)
        begins = np.flatnonzero(kinds == "B")
        ends[begins] = self._follow(vectors, borders, near, begins, labels[begins], begins + 1, _STEPS)
        spans: Spans = []
        reached = 0
        for start in np.flatnonzero(kinds != "O").tolist():
            if start >= reached:
                reached = int(ends[start]) or self._rest(vectors, borders, near, start, labels[start])
                spans.append((start, reached, self.labels[labels[start]]))
        return Entities(spans, near)

    def _outside(self, vectors: Floats, spaces: Flags, borders: Flags) -> tuple[Rows, Flags]:
        """The best move of each token were no entity open there, as a place in `outside`, and whether it is near."""
        best, near = np.empty(len(vectors), np.int64), np.empty(len(vectors), np.bool_)
        for first in range(0, len(vectors), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            hidden = maxout(vectors[part] @ self.next + self.outside_bias, self.hidden)
            scores = self.outside_scores.T @ hidden.T + self.outside_scores_bias[:, None]
            scores[np.ix_(self.kinds == "B", spaces[part] | borders[part])] = -np.inf
            scores[np.ix_(self.kinds == "U", spaces[part])] = -np.inf
            best[part] = scores.argmax(axis=0)
            close = scores >= scores.max(axis=0) - self._rounding(hidden)
            near[part] = np.count_nonzero(close, axis=0) > 1
        return best, near

    def _rounding(self, hidden: Floats) -> Floats:
        """The difference of scores of each state that rounding might make."""
        size: Floats = np.abs(hidden) @ self.typical
        return NEAR * size

    def _follow(
        self, vectors: Floats, borders: Flags, near: Flags, starts: Rows, labels: Rows, at: Rows, steps: int
    ) -> Rows:
        """The ends of entities that are open before the tokens `at`, 0 where one is open after so many steps."""
        ends = np.zeros(len(starts), np.int64)
        still = np.arange(len(starts))
        shares = vectors[starts] @ self.first + self.bias
        for _ in range(steps):
            if not len(still):
                break
            hidden = maxout(vectors[at] @ self.next + vectors[at - 1] @ self.before + shares, self.hidden)
            staying = np.einsum("ij,ij->i", hidden, self.staying[labels]) + self.staying_bias[labels]
            free = ~borders[at]
            near[at[free & (np.abs(staying) <= self._rounding(hidden))]] = True
            stays = free & (staying >= 0)
            ends[still[~stays]] = at[~stays] + 1
            still, at, labels, shares = still[stays], at[stays] + 1, labels[stays], shares[stays]
        return ends

    def _rest(self, vectors: Floats, borders: Flags, near: Flags, start: int, label: int) -> int:
        """The end of an entity that is longer than the steps in lockstep."""
        starts = np.array([start])
        ends = self._follow(vectors, borders, near, starts, np.array([label]), starts + 1 + _STEPS, len(vectors))
        return int(ends[0])
