"""The French titles of columns: one for each column, and none twice in a table."""

from __future__ import annotations

import pytest

from pipeline.lexicon.titles import french_titles
from pipeline.records import TABLES, columns


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_french_title(table: str) -> None:
    assert list(french_titles(table)) == [column.name for column in columns(TABLES[table])]


@pytest.mark.parametrize("table", TABLES)
def test_no_two_columns_of_a_table_have_the_same_title(table: str) -> None:
    titles = french_titles(table).values()
    assert sorted(titles) == sorted({*titles})


def test_a_table_that_is_none_has_no_titles() -> None:
    assert french_titles("offices") == {}
