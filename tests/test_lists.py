"""CSV word lists: what is read of them, and where one is wrong."""

import re
from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.lists import lines


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("form,value\n", []),
        ("# towns\nform,value\n\nOuaga, capital \n# more\n", [("Ouaga", "capital")]),
        ('form,value\n"Diallo, Aïssatou",\n« a »,"b ""c"""\n', [("Diallo, Aïssatou", ""), ("« a »", 'b "c"')]),
    ],
)
def test_lines(tmp_path: Path, content: str, expected: list[tuple[str, str]]) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8")
    assert [(line["form"], line["value"]) for line in lines(path)] == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "list.csv: expected a header line"),
        ("# nothing\n\n", "list.csv: expected a header line"),
        ("form,value\na,b\n# c\n\nd\n", "list.csv, line 5: expected 2 cells (form, value), the first one filled; got"),
        ("form,value\n ,b\n", "list.csv, line 2: expected 2 cells (form, value), the first one filled; got [' ', 'b']"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(LexiconError, match=re.escape(message)):
        lines(path)
