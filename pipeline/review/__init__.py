"""Room 8, files that were written -> what became of them: rows read back, paired, compared and corrected."""

from pipeline.review.applying import Reviewed, applied
from pipeline.review.corrections import (
    REVIEWED,
    Correction,
    plain,
    read_corrections,
    unplain,
    write_corrections,
)
from pipeline.review.differences import UNCOMPARED, Change, Difference, differences
from pipeline.review.imports import Imported, imported
from pipeline.review.judging import Judged, judged
from pipeline.review.pairing import one_to_one
from pipeline.review.rows import Row, as_row
from pipeline.review.sheets import READERS, Line, Sheet, sheet, sheets

#: the endings of the files that tables are read back from
READABLE = tuple(READERS)

__all__ = [
    "READABLE",
    "REVIEWED",
    "UNCOMPARED",
    "Change",
    "Correction",
    "Difference",
    "Imported",
    "Judged",
    "Line",
    "Reviewed",
    "Row",
    "Sheet",
    "applied",
    "as_row",
    "differences",
    "imported",
    "judged",
    "one_to_one",
    "plain",
    "read_corrections",
    "sheet",
    "sheets",
    "unplain",
    "write_corrections",
]
