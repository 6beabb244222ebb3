"""Room 8, store -> one HTML page to look at: tables, texts, a map and a timeline, in one file that asks nothing else.

Written by hand rather than with a library: those for tables (Tabulator, DataTables, AG Grid: 0.1 to 1 MB) set styles
that a strict content security policy refuses or hold each row as an object, which 400,000 rows do not allow.
"""

from pipeline.report.assembly import write_page
from pipeline.report.words import LANGUAGES, check_language

__all__ = ["LANGUAGES", "check_language", "write_page"]
