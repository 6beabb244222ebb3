"""What `extract` gives: the tables of one document as DataFrames, and its text with the mentions marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from pipeline.highlight import COLOURS, UNKNOWN, Span, runs
from pipeline.records import TABLES, Document, columns, row

if TYPE_CHECKING:
    import pandas as pd


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
        return [*TABLES, "document", "records", "spans", "table"]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(records)} {name}" for name, records in self.records.items() if records)
        return f"<Facts of {self.document.document}: {counts}>"

    def spans(self) -> list[Span]:
        """Where the mentions stand in the text of the document, and their labels."""
        return [Span(m.start_char, m.end_char, m.label) for m in self.records.get("mentions", ())]

    def _repr_html_(self) -> str:
        text, spans = self.document.text, self.spans()
        rules = {(m.start_char, m.end_char, m.label): m.rule for m in self.records.get("mentions", ())}
        body = "".join(
            _mark(text[start:end], span.label, rules[span]) if span else escape(text[start:end])
            for start, end, span in runs(len(text), spans)
        )
        return f'{_legend(spans)}<div style="white-space: pre-wrap; line-height: 1.8; max-width: 50em">{body}</div>'


def _legend(spans: list[Span]) -> str:
    numbers = Counter(span.label for span in spans)
    marks = [_mark(f"{numbers[label]} ", label) for label in COLOURS if numbers[label]]
    return f'<p style="line-height: 2">{" ".join(marks)}</p>'


def _mark(words: str, label: str, rule: str | None = "") -> str:
    colour = COLOURS.get(label, UNKNOWN)
    style = f"background: {colour.background}; color: {colour.ink}; border-radius: 3px; padding: 1px 3px"
    name = f'<small style="opacity: .8"> {escape(label)}</small>'
    return f'<mark style="{style}" title="{escape(rule or "")}">{escape(words)}{name}</mark>'
