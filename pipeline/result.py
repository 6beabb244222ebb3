"""What `extract` gives: the tables of one document as DataFrames, and its text with the mentions marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from pipeline.records import TABLES, Document, columns, row

if TYPE_CHECKING:
    import pandas as pd

_COLOURS = {
    "PER": "#fde68a",
    "ORG": "#bfdbfe",
    "LOC": "#bbf7d0",
    "ROLE": "#fed7aa",
    "DATE": "#ddd6fe",
    "COUNT": "#fecaca",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document; each table is an attribute: `.officials`, `.dates`, `.locations`, `.treaty_counts`, …

    A table is a pandas DataFrame with the columns of the CSV of that name. In a notebook, the object shows the text
    with its mentions marked.
    """

    document: Document
    records: Mapping[str, Sequence[Any]]

    def table(self, name: str) -> pd.DataFrame:
        """The table `name` of TABLES; raises KeyError where there is none."""
        import pandas as pd  # noqa: PLC0415 (slow to import, and no run needs it)

        described = columns(TABLES[name])
        rows = [row(record) for record in self.records.get(name, ())]
        whole = {c.name: "Int64" for c in described if c.type == "integer"}
        return pd.DataFrame(rows, columns=[c.name for c in described]).astype(whole)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise AttributeError(f"no table {name!r}; there are: {', '.join(TABLES)}")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return [*TABLES, "document", "records", "table"]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(records)} {name}" for name, records in self.records.items() if records)
        return f"<Facts of {self.document.document}: {counts}>"

    def _repr_html_(self) -> str:
        text, at, parts = self.document.text, 0, []
        for mention in self.records.get("mentions", ()):
            if mention.label in _COLOURS and mention.start_char >= at:
                parts += [escape(text[at : mention.start_char]), _mark(mention)]
                at = mention.end_char
        body = "".join([*parts, escape(text[at:])])
        return f'<div style="white-space: pre-wrap; line-height: 1.7">{body}</div>'


def _mark(mention: Any) -> str:
    label = f'<small style="opacity: .6"> {mention.label}</small>'
    style = f"background: {_COLOURS[mention.label]}; border-radius: 3px; padding: 1px 3px"
    return f'<mark style="{style}" title="{escape(mention.rule or "")}">{escape(mention.text)}{label}</mark>'
