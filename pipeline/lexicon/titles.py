"""The French titles of columns and tables, for readers; the English ones of columns stand in records.py."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon.lists import rows


@cache
def french_titles(table: str) -> dict[str, str]:
    """{column: its French title} of a table, in the order of its columns; empty where there is no such table."""
    return {line["column"]: line["title_fr"] for line in rows("column_titles") if line["table"] == table}


@cache
def sheet_titles() -> dict[str, str]:
    """{table: its French title}, and that of `evidence`, the column that only some formats have."""
    return {line["name"]: line["title_fr"] for line in rows("sheet_titles")}
