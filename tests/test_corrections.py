"""Corrections: what a reviewer says in a table, kept in a file, and found again in later runs."""

from __future__ import annotations

import csv
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline import flow
from pipeline.errors import UsageError
from pipeline.records import TABLES, Document, Official
from pipeline.review import REVIEWED, Correction, applied, plain, read_corrections, unplain, write_corrections
from pipeline.review.content import content, is_same, value_of
from pipeline.review.corrections import COLUMNS, cells_of, cells_text
from pipeline.review.evidence import Evidence, evidence, place

CASES = tomllib.loads((Path(__file__).parent / "cases" / "corrections.toml").read_text("utf-8"))["case"]


def split(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line.split("|")]


def found_rows(text: str, lines: Iterable[str]) -> list[Official]:
    rows, ends = [], dict[str, int]()
    for words, person, role, country in map(split, lines):
        start = text.index(words, ends.get(words + person, 0))
        ends[words + person] = start + len(words)
        place = {"text": words, "start_char": start, "end_char": start + len(words)}
        rows.append(Official(document="a.txt", person=person, role=role, country=country or None, **place))
    return rows


def corrections_file(tmp_path: Path, lines: Iterable[str]) -> Path:
    path = tmp_path / "c.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        for text, before, after, start, *rest in map(split, lines):
            end = str(int(start) + len(text)) if start else ""
            writer.writerow(
                dict(zip(COLUMNS, ["officials", "a.txt", text, before, after, start, end, *rest], strict=True))
            )
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_corrections_find_their_rows(tmp_path: Path, case: dict[str, Any]) -> None:
    corrections = read_corrections(corrections_file(tmp_path, case["corrections"]))
    document = Document(document="a.txt", text=case["text"])
    rows, unused = applied("officials", document, found_rows(case["text"], case["rows"]), corrections)
    written = [one.record for one in rows if one.record]
    assert [" | ".join((o.text, o.person, o.role, o.country or "", o.review or "")) for o in written] == case[
        "expected"
    ]
    assert [o.text for o in written] == [case["text"][o.start_char : o.end_char] for o in written]
    assert [line.removeprefix(f"{tmp_path}/") for line in unused] == case.get("unused", [])


@pytest.mark.parametrize(
    ("words", "start", "expected"), [("an", None, (12, 14)), ("an", 4, (4, 6)), ("x", None, None), ("  ", None, None)]
)
def test_whole_words_go_before_parts_of_words(words: str, start: int | None, expected: tuple[int, int] | None) -> None:
    assert place(Evidence(words, start_char=start), "Mrs ange et an sont là.") == expected


def test_what_hangs_on_a_corrected_cell_is_unknown() -> None:
    row = Official(
        document="a", person="A", person_id="per:a", role="juge", role_id="juge", role_category="justice",
        country="GH", text="A", start_char=0, end_char=1, mentions=3, confidence=0.9, rule="r",
    )  # fmt: skip
    one = Correction("officials", "a", Evidence("A"), "corrected", {"person": "Awa"})
    (reviewed,), _ = applied("officials", Document(document="a", text="A"), [row], [one])
    changed = {
        n: getattr(reviewed.record, n) for n in ("person", "person_id", "mentions", "role_id", "country", "rule")
    }
    assert changed == {
        "person": "Awa", "person_id": None, "mentions": None, "role_id": "juge", "country": "GH", "rule": "r",
    }  # fmt: skip


def test_an_added_row_knows_its_sentence() -> None:
    one = Correction("events", "a", Evidence("sommet"), "added", {"participants": "Mali; Togo", "edition": "3"})
    document = Document(document="a", text="Bon. Un sommet.", sentence_starts=(0, 5))
    ((record, *_),), _ = applied("events", document, [], [one])
    assert (record.sentence, record.start_char, record.participants, record.edition) == (2, 8, ("Mali", "Togo"), 3)
    assert (record.rule, record.review, record.confidence) == ("reviewer", "added", None)


# The words


@pytest.mark.parametrize(
    ("text", "words", "before", "after"),
    [
        ("Il part. La juge Awa Diop est là. Fin.", "Awa Diop", "La juge", "est là."),
        ("Un titre\n\nLa juge\nAwa Diop est\nlà", "Awa Diop", "La juge", "est là"),
        ("Awa Diop", "Awa Diop", "", ""),
        ("Qui ? Awa Diop ! Oui.", "Awa Diop", "", "!"),
    ],
)
def test_words_stand_in_their_sentence(text: str, words: str, before: str, after: str) -> None:
    start = text.index(words)
    assert evidence(text, start, start + len(words)) == (words, before, after, start, start + len(words))


TEXTS = st.text(st.sampled_from("ab .\n!é"), max_size=60)


@given(TEXTS, st.integers(0, 60), st.integers(1, 9), st.text(st.sampled_from("xy \n"), max_size=9))
def test_words_are_found_where_they_were_and_behind_what_is_new(text: str, start: int, length: int, new: str) -> None:
    words = text[start : start + length]
    if not words.strip():
        assert place(Evidence(words), text) is None
        return
    kept = evidence(text, start, start + len(words))
    at = place(kept, text)
    assert at is not None
    assert text[at[0] : at[1]].split() == words.split()
    if words == words.strip():
        assert at == (start, start + len(words))
    moved = place(kept, f"{new}. {text}")
    assert moved is not None


# The file

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=9)


@given(st.dictionaries(st.sampled_from(["person", "role", "country", "organisation"]), CELL, max_size=4))
def test_cells_come_back(cells: dict[str, str]) -> None:
    assert cells_of(cells_text(cells), "officials", "x") == cells


@given(
    st.lists(
        st.builds(
            Correction,
            table=st.sampled_from(["officials"]),
            document=CELL.filter(lambda cell: cell.strip() == cell != "" and cell[0] not in "'=+-@"),
            evidence=st.builds(
                Evidence,
                text=st.just("Awa;\n« Diop »"),
                before=st.just("=La"),
                after=st.just(""),
                start_char=st.integers(0, 9),
                end_char=st.none(),
            ),
            review=st.just("corrected"),
            changes=st.fixed_dictionaries({"person": CELL}),
            found=st.fixed_dictionaries({"role": CELL}),
        ),
        max_size=3,
        unique_by=lambda one: one.key,
    )
)
def test_corrections_come_back(tmp_path_factory: pytest.TempPathFactory, corrections: list[Correction]) -> None:
    path = tmp_path_factory.mktemp("c") / "new" / "c.csv"
    write_corrections(corrections, path)
    assert sorted(one.key for one in read_corrections(path)) == sorted(one.key for one in corrections)
    assert [unplain(plain(one)) for one in corrections] == corrections


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", r"line 2: expected table to be one of officials, .*; got ''"),
        ("persons,a,x,,,,,ok,,", r"expected table to be one of officials, .*; got 'persons'"),
        ("entities,a,x,,,,,ok,,", "expected table to be one of"),
        ("officials,,x,,,,,ok,,", "expected document to be filled"),
        ("officials,a,,,,,,ok,,", "expected text to be filled"),
        ("officials,a,x,,,,,maybe,,", "expected review to be one of ok, wrong, corrected, added; got 'maybe'"),
        ("officials,a,x,,,,,corrected,,", "expected changes, such as country=TG, where review is corrected"),
        ("officials,a,x,,,,,corrected,TG,", "expected column=value.*got 'TG'"),
        ("officials,a,x,,,,,corrected,person_id=x,", "expected column=value.*got 'person_id=x'"),
        ("treaty_counts,a,x,,,,,corrected,count=douze,", "count: expected a number, got 'douze'"),
        ("treaty_counts,a,x,,,,,corrected,count=1.5,", "count: expected a whole number, got '1.5'"),
        ("dates,a,x,,,,,corrected,date_start=mai,", "date_start: expected a day such as 2025-03-28"),
        ("officials,a,x,,,3e,,ok,,", "expected start_char to be a number or empty; got '3e'"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "c.csv"
    path.write_text(",".join(COLUMNS) + ",mine\n" + (line or ",,,,,,,,") + ",note\n", "utf-8")
    with pytest.raises(UsageError, match=rf"c\.csv, line 2: .*{message.removeprefix('line 2: ')}"):
        read_corrections(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"c\.csv: cannot be read"):
        read_corrections(tmp_path / "c.csv")
    with pytest.raises(UsageError, match=r"cannot be written"):
        write_corrections([], tmp_path)


#: column, what was written, what a spreadsheet has made of it, whether it is the same
SHOWN = [
    ("role", "juge", "juge", True),
    ("role", "juge  d'appel", "juge d'appel ", True),
    ("role", "juge", "juges", False),
    ("date_start", "2025-03-24", "24/03/2025", True),
    ("date_start", "2025-03-24", "24.3.2025", True),
    ("date_start", "2025-03-24", "2025-03-24 00:00:00", True),
    ("date_start", "2025-03-24", "25/03/2025", False),
    ("as_of", "2025-03", "2025-03-01", True),
    ("as_of", "2025-03", "01/03/2025", True),
    ("as_of", "2025-03", "mars-25", True),
    ("as_of", "2025-03", "mars-24", False),
    ("as_of", "2025", "2024", False),
    ("unit", "007", "7", True),
    ("unit", "", "7", False),
    ("unit", "7", "", False),
]


@pytest.mark.parametrize(("column", "written", "shown", "same"), SHOWN)
def test_a_spreadsheet_shows_cells_in_its_own_way(column: str, written: str, shown: str, same: bool) -> None:
    assert is_same(column, written, shown) is same


@pytest.mark.parametrize(
    ("table", "column", "cell", "value"),
    [
        ("officials", "country", "TG", "TG"),
        ("officials", "country", "", None),
        ("dates", "date_start", "3/5/2024", "2024-05-03"),
        ("quantities", "amount", "2,5", 2.5),
        ("treaty_counts", "count", "33", 33),
        ("events", "participants", "Mali;Togo ; ", ("Mali", "Togo")),
        ("events", "participants", "", ()),
    ],
)
def test_values_of_cells(table: str, column: str, cell: str, value: Any) -> None:
    assert value_of(table, column, cell) == value


def test_every_table_has_cells_that_can_be_corrected() -> None:
    assert [table for table in REVIEWED if not content(table)] == []
    assert set(TABLES) - set(REVIEWED) == {"documents", "entities"}


# From an edited table to the next run

FIRST = {
    "a.txt": "La juge Awa Diop est à Lomé. Le trésorier du district est Kofi Sarr.",
    "b.txt": "Le ministre malien Oumar Konaté est à Hanoï le 3 mai 2024. La procureure Li Wei l'a reçu.",
}
LATER = {name: f"Bonjour à tous.\n\n{text}" for name, text in FIRST.items()}
EDITS = {"Awa Diop": ("country", "TG"), "Oumar Konaté": ("review", "ok"), "Li Wei": ("review", "faux")}
ADDED = {"document": "a.txt", "person": "Kofi Sarr", "role": "trésorier", "text": "trésorier du district est Kofi Sarr"}
EXPECTED = [
    ("a.txt", "Awa Diop", "juge", "TG", "corrected"),
    ("a.txt", "Kofi Sarr", "trésorier", None, "added"),
    ("b.txt", "Oumar Konaté", "ministre", "ML", "ok"),
]


def put(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    for dialect, headers in (("standard", "names"), ("excel-fr", "fr")):
        options = {"csv_dialect": dialect, "headers": headers, "formats": ["csv", "xlsx"]}
        flow.run([put(folder / "in", FIRST)], folder / dialect, **options)
    return folder


def edited_csv(path: Path, delimiter: str, encoding: str = "utf-8-sig") -> Callable[[Path], Path]:
    """The officials as somebody edited and saved them."""

    def edit(to: Path) -> Path:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle, delimiter=";" if "excel-fr" in str(path) else ","))
        for one in rows:
            column, value = EDITS[one["person"]]
            one[column] = value
        with (to / "relu.csv").open("w", encoding=encoding, newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), delimiter=delimiter)
            writer.writeheader()
            writer.writerows([*reversed(rows), ADDED])
        return to / "relu.csv"

    return edit


def edited_xlsx(path: Path, french: bool) -> Callable[[Path], Path]:
    def edit(to: Path) -> Path:
        book = load_workbook(path)
        sheet = book["Responsables" if french else "officials"]
        titles = [cell.value for cell in sheet[1]]
        names = ["document", "person", "role", "country", "text", "review"]
        french_names = ["Document", "Personne", "Fonction", "Pays", "Extrait", "Relecture"]
        at = {
            name: titles.index(title) + 1 for name, title in zip(names, french_names if french else names, strict=True)
        }
        for line in range(2, sheet.max_row + 1):
            column, value = EDITS[sheet.cell(line, at["person"]).value]
            sheet.cell(line, at[column]).value = value
        for name, value in ADDED.items():
            sheet.cell(sheet.max_row + (name == "document"), at[name]).value = value
        book.save(to / "relu.xlsx")
        return to / "relu.xlsx"

    return edit


def saved_by_libreoffice(edit: Callable[[Path], Path], suffix: str) -> Callable[[Path], Path]:
    def save(to: Path) -> Path:
        if not shutil.which("soffice"):
            pytest.skip("LibreOffice is not installed")
        profile = f"-env:UserInstallation=file://{to}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(to / "saved"),
            str(edit(to)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return to / "saved" / f"relu.{suffix}"

    return save


SAVED = {
    "csv": lambda run: edited_csv(run / "standard/officials.csv", ","),
    "semicolons, Windows-1252": lambda run: edited_csv(run / "excel-fr/officials.csv", ";", "cp1252"),
    "tabs": lambda run: edited_csv(run / "excel-fr/officials.csv", "\t"),
    "xlsx": lambda run: edited_xlsx(run / "standard/tables.xlsx", french=False),
    "xlsx, French": lambda run: edited_xlsx(run / "excel-fr/tables.xlsx", french=True),
    "LibreOffice, xlsx": lambda run: saved_by_libreoffice(
        edited_xlsx(run / "excel-fr/tables.xlsx", french=True), "xlsx"
    ),
    "LibreOffice, ods": lambda run: saved_by_libreoffice(edited_xlsx(run / "excel-fr/tables.xlsx", french=True), "ods"),
    "LibreOffice, csv": lambda run: saved_by_libreoffice(edited_csv(run / "standard/officials.csv", ","), "csv"),
}


def officials(out: Path) -> list[tuple[Any, ...]]:
    with (out / "officials.csv").open(encoding="utf-8-sig", newline="") as handle:
        names = ("document", "person", "role", "country", "review")
        return [tuple(line[name] or None for name in names) for line in csv.DictReader(handle)]


@pytest.mark.parametrize("saved", SAVED)
def test_a_review_survives(run: Path, tmp_path: Path, saved: str) -> None:
    table, corrections = SAVED[saved](run)(tmp_path), tmp_path / "corrections.csv"
    out = run / (
        "excel-fr" if "French" in saved or "Libre" in saved or "tabs" in saved or "semi" in saved else "standard"
    )
    for _ in range(2):  # who imports twice says it once
        found = flow.import_corrections(table, corrections, out)
        assert (found.counts, found.kept, found.problems) == (
            {"ok": 1, "corrected": 1, "wrong": 1, "added": 1}, 4, [],
        )  # fmt: skip
    for texts in (FIRST, LATER):
        report = flow.run([put(tmp_path / "in", texts)], tmp_path / "out", corrections=corrections)
        assert officials(tmp_path / "out") == EXPECTED
        assert (report.reviewed, report.rows["officials"], report.unused) == (
            {"ok": 1, "corrected": 1, "added": 1, "removed": 1}, 3, (),
        )  # fmt: skip
    assert flow.verify(tmp_path / "out").findings == []
    scores = {s.measure: (s.annotated, s.rows, s.right) for s in flow.evaluate(tmp_path / "out", corrections).scores}
    assert scores == {"strict": (3, 3, 1), "fuzzy": (3, 3, 2)}


# What a line can say, and what it cannot

#: the cells of the line of Awa Diop that are edited, the corrections that come of it, what is said of the line
COPY = "person=Awa Diop; role=juge; role_category=justice; status=current"
LINES: list[tuple[dict[str, str], list[tuple[str, str]], str]] = [
    ({}, [], ""),
    ({"review": "OK"}, [("ok", "")], ""),
    ({"review": " Juste "}, [("ok", "")], ""),
    ({"review": "Wrong"}, [("wrong", "")], ""),
    ({"review": "wrong", "country": "TG"}, [("wrong", "")], ""),
    ({"review": "ok", "country": "TG"}, [("corrected", "country=TG")], ""),
    ({"review": "country=TG; statut=former"}, [("corrected", "country=TG; status=former")], ""),
    ({"review": "Pays = TG"}, [("corrected", "country=TG")], ""),
    ({"review": "pays=TG", "status": "former"}, [("corrected", "status=former; country=TG")], ""),
    ({"role": ""}, [("corrected", "role=")], ""),
    ({"review": "corrected"}, [], ""),
    ({"review": "TG"}, [], "review: ok, wrong or new values: expected column=value; column=value, with columns of off"),
    ({"review": "colour=red"}, [], "review: ok, wrong or new values: expected column=value; column=value, with col"),
    ({"person_id": "per:x"}, [], "person_id is not corrected (greffier run --identities says who is who): 'per:awa-d"),
    ({"text": "juge"}, [], "text is not corrected (its cells are Greffier's own): 'juge Awa Diop' stays"),
    ({"start_char": "", "end_char": ""}, [("added", COPY)], ""),
    (
        {"start_char": "4"},
        [],
        "no such row was written there; if it is a fact that is missing, write « added » under review",
    ),
    ({"start_char": "", "review": "faux"}, [], "no such row was written, so that it cannot be wrong"),
    (
        {"start_char": "", "end_char": "", "text": "maire Awa"},
        [],
        "« maire Awa » does not stand in a.txt; expected its w",
    ),
    ({"start_char": "", "end_char": "", "text": ""}, [], "«  » does not stand in a.txt; expected its words under text"),
    ({"start_char": "-5", "end_char": "9", "review": "ok"}, [], "« juge Awa Diop » does not stand in a.txt; expected"),
    ({"document": "x.txt"}, [], "there is no document 'x.txt' in the run"),
    (
        {"end_char": "9", "review": "ajout", "text": "juge"},
        [("added", COPY)],
        "",
    ),
]


@pytest.mark.parametrize(("cells", "expected", "problem"), LINES, ids=lambda value: str(value)[:40])
def test_what_a_line_says(
    run: Path, tmp_path: Path, cells: dict[str, str], expected: list[tuple[str, str]], problem: str
) -> None:
    with (run / "standard" / "officials.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = [line for line in csv.DictReader(handle) if line["person"] == "Awa Diop"]
    with (tmp_path / "officials.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerow(rows[0] | cells)
    found = flow.import_corrections(tmp_path / "officials.csv", tmp_path / "c.csv", run / "standard")
    kept = [(one.review, cells_text(one.changes)) for one in read_corrections(tmp_path / "c.csv")]
    assert (kept, found.kept) == (expected, len(expected))
    start = f"{tmp_path}/officials.csv, line 2: "
    assert [told.removeprefix(start)[: len(problem)] for told in found.problems] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("table", "column", "cell", "problem"),
    [
        ("dates", "date_start", "mardi", "date_start: expected a day such as 2025-03-28 or 28/03/2025, got 'mardi'"),
        ("dates", "date_start", "4/5/2024", ""),
    ],
)
def test_values_are_those_of_their_column(
    run: Path, tmp_path: Path, table: str, column: str, cell: str, problem: str
) -> None:
    with (run / "standard" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    with (tmp_path / "edited.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(row))
        writer.writeheader()
        writer.writerow(row | {column: cell})
    found = flow.import_corrections(tmp_path / "edited.csv", tmp_path / "c.csv", run / "standard")
    assert [told.partition("line 2: ")[2] for told in found.problems] == ([problem] if problem else [])
    assert [one.changes for one in read_corrections(tmp_path / "c.csv")] == (
        [] if problem else [{column: "2024-05-04"}]
    )


def reviewed_again(tmp_path: Path, cells: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Review the table of `tmp_path`/out once more, run again, and give the corrections that there are then."""
    with (tmp_path / "out" / "officials.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with (tmp_path / "out" / "officials.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | cells.get(row["person"], {}) for row in [*rows, *([cells["+"]] if "+" in cells else [])])
    flow.import_corrections(tmp_path / "out" / "officials.csv", tmp_path / "c.csv")
    flow.run([tmp_path / "in"], tmp_path / "out", corrections=tmp_path / "c.csv")
    return [(one.review, cells_text(one.changes)) for one in read_corrections(tmp_path / "c.csv")]


def test_reviews_follow_one_another(tmp_path: Path) -> None:
    flow.run([put(tmp_path / "in", {"a.txt": FIRST["a.txt"]})], tmp_path / "out")
    steps: list[tuple[dict[str, dict[str, str]], list[tuple[str, str]]]] = [
        (
            {"Awa Diop": {"country": "GH"}, "+": ADDED},
            [("corrected", "country=GH"), ("added", "person=Kofi Sarr; role=trésorier")],
        ),
        ({}, [("corrected", "country=GH"), ("added", "person=Kofi Sarr; role=trésorier")]),
        (
            {"Awa Diop": {"status": "former"}, "Kofi Sarr": {"country": "GH"}},
            [("corrected", "country=GH; status=former"), ("added", "person=Kofi Sarr; role=trésorier; country=GH")],
        ),
        (
            {"Awa Diop": {"country": "", "status": "current"}, "Kofi Sarr": {"review": "ok"}},
            [("ok", ""), ("added", "person=Kofi Sarr; role=trésorier; country=GH")],
        ),
        ({"Awa Diop": {"review": "faux"}, "Kofi Sarr": {"review": "faux"}}, [("wrong", "")]),
    ]
    for cells, expected in steps:
        assert reviewed_again(tmp_path, cells) == expected
    assert officials(tmp_path / "out") == []


def test_a_table_that_was_edited_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "in" / "out"
    flow.run([put(tmp_path / "in", {"a.txt": FIRST["a.txt"]})], out)
    written = (out / "officials.csv").read_bytes()
    kept = []
    for _ in range(2):
        (out / "officials.csv").write_bytes(written.replace(b"juge,juge", b"maire,juge"))
        (out / "dates.csv").touch()
        report = flow.run([tmp_path / "in"], out)
        kept += [path.name for path in report.kept]
        assert (report.documents, (out / "officials.csv").read_bytes()) == (0, written)
    assert kept == ["officials.edited.csv", "officials.edited-2.csv"]
    found = flow.import_corrections(out / "officials.edited-2.csv", tmp_path / "c.csv")
    assert (found.counts, found.problems) == ({"corrected": 1}, [])
    assert flow.run([tmp_path / "in"], out).kept == ()


def test_what_is_no_table_to_review_is_named(run: Path, tmp_path: Path) -> None:
    for name, text, message in (
        ("a.csv", "x,y\n1,2\n", r"a\.csv: no sheet has the header of a table"),
        ("a.txt", "", r"expected a table that was saved as \.csv, \.xlsx or \.ods"),
        ("a.xlsx", "x", "is no spreadsheet, or is damaged or encrypted"),
        (
            "officials.csv",
            "document,person,role,country\na,b,c,d\n",
            "the column text is missing; expected document, text",
        ),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(UsageError, match=message):
            flow.import_corrections(tmp_path / name, tmp_path / "c.csv", run / "standard")
    with pytest.raises(UsageError, match="only rows with words of a document are reviewed"):
        flow.import_corrections(run / "standard" / "documents.csv", tmp_path / "c.csv")
    with pytest.raises(
        UsageError, match=r"has no greffier\.sqlite; say with --run which run officials\.csv is a table of"
    ):
        flow.import_corrections(tmp_path / "officials.csv", tmp_path / "c.csv")
    with pytest.raises(UsageError, match="cannot be read"):
        flow.import_corrections(tmp_path / "none.csv", tmp_path / "c.csv", run / "standard")


def test_corrections_of_other_documents(run: Path, tmp_path: Path) -> None:
    one = Correction("officials", "x.txt", Evidence("juge"), "ok")
    write_corrections([one], tmp_path / "c.csv")
    report = flow.run(
        [put(tmp_path / "in", {"a.txt": FIRST["a.txt"]})], tmp_path / "out", corrections=tmp_path / "c.csv"
    )
    assert report.unused == (f"{tmp_path}/c.csv, line 2: officials, x.txt, « juge »: there is no such document",)
    with pytest.raises(UsageError, match="has no corrections of documents of"):
        flow.evaluate(tmp_path / "out", tmp_path / "c.csv")


def test_a_table_that_had_no_rows_may_get_some(tmp_path: Path) -> None:
    write_corrections(
        [Correction("treaties", n, Evidence("pacte"), "added", {"treaty": "pacte"}) for n in ("a.txt", "b.txt")],
        tmp_path / "c.csv",
    )
    texts = dict.fromkeys(("a.txt", "b.txt", "c.txt"), "Un pacte les lie.")
    report = flow.run([put(tmp_path / "in", texts)], tmp_path / "out", corrections=tmp_path / "c.csv")
    with (tmp_path / "out" / "treaties.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = [(line["document"], line["treaty"], line["sentence"]) for line in csv.DictReader(handle)]
    assert (rows, report.rows["treaties"]) == ([("a.txt", "pacte", "1"), ("b.txt", "pacte", "1")], 2)
