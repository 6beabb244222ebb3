"""Doc -> Doc: what the model's `ner` finds, computed in a fraction of the time (component.py).

spaCy's `ner` spends its time on small matrix products and on a loop over the states of each document. The same function
of the same weights is computed here in a few large products: the vector of a type of word once and for all (embed.py),
the convolutions over a whole batch (encode.py), the moves outside entities for all tokens at once, and those inside for
all entities at once (decode.py). Each of these modules says why that is the same function.
"""
