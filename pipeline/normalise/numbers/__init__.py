"""Numbers in French, in figures and in words, each with how exact it is: whole numbers of things, and amounts.

Offsets count in the view (`fold(text)`), which are the offsets in the text. A range is one number: its lower end, with
the qualifier `min`, and its upper end.
"""

from pipeline.normalise.numbers.amounts import evaluate_amounts, find_amounts
from pipeline.normalise.numbers.exactness import Amount, Number
from pipeline.normalise.numbers.traces import number_traces, scaled
from pipeline.normalise.numbers.whole import evaluate_numbers, find_numbers, number

__all__ = [
    "Amount",
    "Number",
    "evaluate_amounts",
    "evaluate_numbers",
    "find_amounts",
    "find_numbers",
    "number",
    "number_traces",
    "scaled",
]
