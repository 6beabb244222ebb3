"""How often each rule was right on annotated documents: what `greffier evaluate` measured, in confidence.csv."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import LexiconError
from pipeline.lexicon.lists import lines

MEASURED = Path(__file__).parent / "confidence.csv"
COLUMNS = ("table", "rule", "rows", "right", "precision", "lower", "measured_on")
ALL = "*"  #: stands for all rules of a table
#: a rule begins at the precision of its table, which counts as much as so many rows of its own
WEIGHT = 10
_RULES = 5_000  #: so many rules are remembered, those of all tables and files
_Z = 1.96  # of a 95 % interval


class Measurement(NamedTuple):
    """How many rows of a table a rule gave on annotated documents, and how many of them were right in every column.

    `measured_on` says which documents, and which version of Greffier.
    """

    table: str
    rule: str
    rows: int
    right: int
    measured_on: str

    @property
    def precision(self) -> float:
        """The share of right rows."""
        return self.right / self.rows if self.rows else 0.0

    @property
    def lower(self) -> float:
        """The lower bound of the precision: Wilson's interval, 95 %."""
        if not self.rows:
            return 0.0
        share, z2 = self.precision, _Z**2
        centre = share + z2 / (2 * self.rows)
        reach = _Z * sqrt(share * (1 - share) / self.rows + z2 / (4 * self.rows**2))
        return max(0.0, (centre - reach) / (1 + z2 / self.rows))


@lru_cache(_RULES)
def confidence(table: str, rule: str | None, path: Path = MEASURED) -> float | None:
    """The precision to expect of a row of `table` that `rule` gave, 0 to 1; None where the table is not in `path`.

    It is the rule's precision, drawn towards that of its table by as much as WEIGHT rows: a rule with few or no rows
    has about the table's precision, one with many its own. So it is an expectation: summed over rows, it is the number
    of right ones to expect. A lower bound would not be (measured on half of the documents, Wilson's was 12
    points below the share of right officials in the other half, this 1.5 above), and would put a rule without fault,
    but rare, below all others.
    """
    known = measurements(path)
    whole = known.get((table, ALL))
    if whole is None:
        return None
    start = (whole.right + 1) / (whole.rows + 2)
    own = known.get((table, rule or ""))
    right, rows = (own.right, own.rows) if own else (0, 0)
    return round((right + WEIGHT * start) / (rows + WEIGHT), 3)


@cache
def measurements(path: Path = MEASURED) -> Mapping[tuple[str, str], Measurement]:
    """{(table, rule): measurement} of a file; the rule ALL is the whole table.

    Raises LexiconError where there is no such file, or a line is not as `greffier evaluate` writes it.
    """
    if not path.is_file():
        raise LexiconError(f"no file {path}; `greffier evaluate OUT GOLD --save {path.name}` writes one")
    try:
        read = [
            Measurement(line["table"], line["rule"], int(line["rows"]), int(line["right"]), line["measured_on"])
            for line in lines(path)
        ]
    except (KeyError, ValueError) as error:
        raise LexiconError(f"{path.name}: expected the columns {', '.join(COLUMNS)}; {error!r}") from error
    return {(m.table, m.rule): m for m in read}
