"""The line as a whole: golden tables of the seed, offsets on any text, the lexicon's examples, the result object."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import flow
from pipeline.errors import UsageError
from pipeline.flow.links import Links
from pipeline.identifiers import identifiers
from pipeline.records import TABLES, Document, Provenance, columns

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
PIECES = st.sampled_from(
    [
        "Le ministre malien de la Justice, ",
        "Tran Thi Mai",
        " a signé ",
        "huit accords bilatéraux",
        " à Hanoï",
        ", du 3 au 5 mai",
        ". ",
        "\n\n",
        "\r\n",
        "e\u0301",
        "\u00ad",
        "\u200b",
        "\x00",
        "\ud800",
        "la Cour suprême du Kenya",
        "\N{COMBINING ACUTE ACCENT}",
        "M. Koné",
        "’",
        "「",
        "😀",
    ]
)


def test_golden_tables_of_the_seed_twice_the_same(tmp_path: Path) -> None:
    for out in ("one", "two"):
        flow.run([ROOT / "seeds"], tmp_path / out)
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir() if path.suffix != ".sqlite"}
    again = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir() if path.suffix != ".sqlite"}
    assert written == again
    assert {name: written[name] for name in sorted(written)} == {
        p.name: p.read_bytes() for p in sorted(GOLDEN.iterdir())
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=12))
def test_every_row_stands_where_it_says(nlp: Any, pieces: list[str]) -> None:
    text = "".join(pieces)
    _, tables = flow.facts_of(Document(document="x", text=text, published="2025-03"), nlp)
    rows = [row for records in tables.values() for row in records if isinstance(row, Provenance)]
    assert [row.text for row in rows] == [text[row.start_char : row.end_char] for row in rows]


def test_offsets_of_decomposed_text_with_soft_hyphens(nlp: Any) -> None:
    text = "La pre\u0301sidente du Vie\u00adt\u200bnam, Tra\u0302\u0300n Mai, est a\u0300 Gene\u0300ve."
    _, tables = flow.facts_of(Document(document="x", text=text), nlp)
    assert [(row.name, row.text) for row in tables["locations"]] == [
        ("Vietnam", "Vie\u00adt\u200bnam"),
        ("Genève", "Gene\u0300ve"),
    ]
    assert [row.person for row in tables["officials"]] == ["Trần Mai"]


def test_every_example_of_the_lexicon_holds() -> None:
    assert flow.check_lexicon() == []


def test_a_second_run_reads_only_what_is_new(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Le juge malien Oumar Konaté est à Dakar.", "utf-8")
    first = flow.run([folder], tmp_path / "out")
    (folder / "b.txt").write_text("La ministre chilienne Rosa Pino est à Lima.", "utf-8")
    second = flow.run([folder], tmp_path / "out")
    assert (first.documents, first.unchanged) == (1, 0)
    assert (second.documents, second.unchanged) == (1, 1)
    assert second.rows["officials"] == 2
    assert flow.verify(tmp_path / "out").findings == []


def test_a_document_over_the_limit_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("Le juge est à Dakar. " * 200, "utf-8")
    (tmp_path / "short.txt").write_text("Le juge malien Oumar Konaté est à Dakar.", "utf-8")
    report = flow.run([tmp_path / "long.txt", tmp_path / "short.txt"], tmp_path / "out", max_characters=1000)
    assert (report.documents, [(d.document, d.status) for d in report.failed]) == (2, [("long.txt", "failed")])
    assert report.rows["officials"] == 1


def test_a_fault_of_ours_costs_one_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def facts_of(document: Document, **options: Any) -> tuple[Document, flow.Tables]:
        if document.document == "a.txt":
            raise IndexError("no token 7")
        return honest(document, **options)

    honest = flow.facts_of
    monkeypatch.setattr("pipeline.flow.reading.facts_of", facts_of)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Le juge malien Oumar Konaté est à Dakar.", "utf-8")
    report = flow.run([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out")
    assert [(d.status, (d.message or "")[:22]) for d in report.failed] == [("failed", "IndexError: no token 7")]
    assert report.rows["officials"] == 1


def test_extract_gives_data_frames() -> None:
    facts = flow.extract("Le juge malien Oumar Konaté est à Dakar mardi.", published="2025-03-28")
    assert list(facts.officials.columns) == [c.name for c in columns(TABLES["officials"])]
    assert facts.officials[["person", "role", "country"]].values.tolist() == [["Oumar Konaté", "juge", "ML"]]
    assert facts.dates["date_start"].tolist() == ["2025-03-25"]
    assert 'title="name-after-role">Oumar Konaté<small' in facts._repr_html_()


def test_extract_refuses_a_date_that_is_none() -> None:
    with pytest.raises(UsageError):
        flow.extract("Un texte.", published="mars")


def test_sentences_start_where_the_given_text_has_them(nlp: Any) -> None:
    text = "Un titre\n\nLe pre\u0301sident Ali Bâ est a\u0300 Gene\u0300ve. Le juge Sun Li l’y a\u200b vu. Il part."
    document, tables = flow.facts_of(Document(document="x", text=text, body_start=10), nlp)
    cut = [*document.sentence_starts, len(text)]
    assert [text[a:b].strip() for a, b in pairwise(cut)] == [
        "Le pre\u0301sident Ali Bâ est a\u0300 Gene\u0300ve.", "Le juge Sun Li l’y a\u200b vu.", "Il part.",
    ]  # fmt: skip
    assert [(row.person, row.sentence) for row in tables["officials"]] == [("Ali Bâ", 1), ("Sun Li", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Les échanges américano-allemands et franco-tunisiens ont repris.",
        "Juma Kikwemba et Rosa Almada se sont entretenus à Lima avec le roi Andreï Volkov.",
        "Le juge Juma Kikwemba s’est entretenu avec le roi Andreï Volkov. Mme Rosa Almada s’est entretenue avec lui.",
    ],
)
def test_identifiers_are_unique(nlp: Any, text: str) -> None:
    _, tables = flow.facts_of(Document(document="x", text=text, published="2025-03"), nlp)
    found = {t: [getattr(row, key) for row in tables[t]] for t, key in KEYS.items()}
    assert {table: len(set(ids)) for table, ids in found.items()} == {table: len(ids) for table, ids in found.items()}
    assert found["mentions"]


KEYS = {"mentions": "mention_id", "events": "event_id", "facts": "fact_id"}


def test_the_same_words_give_other_identifiers_the_second_time() -> None:
    first, other, again = identifiers("m", ["a", "b", "a"])
    assert (first, [first]) == ("m:86f7e437faa5a7fc", list(identifiers("m", ["a"])))
    assert len({first, other, again}) == 3


@pytest.mark.parametrize(
    ("document", "address"),
    [
        ("a.txt", "../in/a.txt"),
        ("b.jsonl#12", "../in/b.jsonl"),
        ("é #1 100%.txt", "../in/é%20%231%20100%25.txt"),
        ("é #1 100%.txt#2", "../in/é%20%231%20100%25.txt"),
        ("url.txt", "https://example.org/url.txt"),
        ("s3.txt", None),
        ("stdin", None),
        ("unknown.txt", None),
    ],
)
def test_links_lead_from_the_tables_to_the_documents(tmp_path: Path, document: str, address: str | None) -> None:
    local = {name: str(tmp_path / "in" / name) for name in ("a.txt", "b.jsonl", "é #1 100%.txt")}
    remote = {"url.txt": "https://example.org/url.txt", "s3.txt": "s3://bucket/s3.txt", "stdin": "-"}
    links = Links(local | remote, tmp_path / "out")
    assert [links(document), links(document)] == [address, address]
    assert links.mark() != Links(local, tmp_path / "out").mark() != Links(local, tmp_path / "other").mark()
