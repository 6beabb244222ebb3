"""Room 8, files that were written -> what became of them: rows read back, paired and compared."""

from pipeline.review.differences import UNCOMPARED, Change, Difference, differences
from pipeline.review.rows import Row, as_row
from pipeline.review.sheets import READERS, Line, Sheet, sheet

#: the endings of the files that tables are read back from
READABLE = tuple(READERS)

__all__ = ["READABLE", "UNCOMPARED", "Change", "Difference", "Line", "Row", "Sheet", "as_row", "differences", "sheet"]
