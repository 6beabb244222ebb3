"""datapackage.json: valid for those who check such packages, and it says what holds; spreadsheets give cells back."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline import flow
from pipeline.records import TABLES, Document, Entity, Event, Fact, Official, columns
from pipeline.write import Style, write
from pipeline.write.keys import KEYS, constraints, references

TEXT = "Mme Ngozi Đặng, juge, est à Abidjan. Elle y a signé douze accords à 07 h."
PLACE: dict[str, Any] = {"document": "à/a.txt", "sentence": 1, "start_char": 4, "end_char": 14}
RECORDS: dict[str, list[Any]] = {
    "documents": [
        Document(document="à/a.txt", title="007", published="2025-03", text=TEXT, sha256="0" * 64, characters=73,
                 sentence_starts=(0, 37), status="ok"),
    ],
    "officials": [
        Official(**PLACE, person="Ngozi Đặng", person_id="per:x", role="juge", text="Ngozi Đặng", confidence=0.95),
    ],
    "events": [
        Event(**PLACE, event="0012", event_id="event:1", edition=3, date_start="2025-03-24", date_end="2025-03-28",
              participants=("Mali", "Côte d’Ivoire"), text="=SOMME(A1)", confidence=0.5),
    ],
    "facts": [
        Fact(**PLACE, fact_id="fact:1", subject="Été à Hà Nội; « ça »", predicate="has_count", object="1e5", value=12.5,
             unit="accord", date_start="1912-01-01", text='deux\n"lignes", dites'),
        Fact(**PLACE, fact_id="fact:2", subject="007", predicate="signed", object="03/04", value=-1000,
             date_end="2030-12-31"),
    ],
    "entities": [Entity(entity_id="per:x", label="PER", name="Ngozi Đặng", documents=1, mentions=1)],
}  # fmt: skip


def findings(folder: Path) -> list[str]:
    """What frictionless says against a package."""
    frictionless = pytest.importorskip("frictionless")
    with frictionless.system.use_context(trusted=True):
        report = frictionless.validate(str(folder / "datapackage.json"))
    return [*report.errors, *(error.message for task in report.tasks for error in task.errors)]


@pytest.mark.parametrize("dialect", ["standard", "excel-fr"])
def test_it_is_valid(tmp_path: Path, dialect: str) -> None:
    write(RECORDS, tmp_path, ["csv"], Style(dialect))
    assert findings(tmp_path) == []


def test_a_run_gives_a_valid_package(tmp_path: Path) -> None:
    flow.run([Path(__file__).parents[1] / "seeds"], tmp_path, jobs=1)
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("table", "change", "finding"),
    [
        ("officials", {"person_id": "per:y"}, "per:y"),
        ("officials", {"document": "b.txt"}, "b.txt"),
        ("officials", {"confidence": 1.5}, '"maximum" is "1"'),
        ("officials", {"country": "France"}, '"pattern" is "[A-Z]{2}"'),
        ("facts", {"predicate": "said"}, '"enum" is'),
        ("facts", {"fact_id": "fact:2"}, "primary key"),
        ("facts", {"date_start": "2025-02-30"}, 'type is "date/default"'),
        ("events", {"event_id": None}, '"required" is "True"'),
    ],
)
def test_what_does_not_hold_is_found(tmp_path: Path, table: str, change: dict[str, Any], finding: str) -> None:
    first, *others = RECORDS[table]
    wrong = type(first)(**{c.name: getattr(first, c.name) for c in columns(type(first))} | change)
    write({**RECORDS, table: [wrong, *others]}, tmp_path, ["csv"])
    assert any(finding in message for message in findings(tmp_path))


def test_keys_and_references_are_those_of_the_database(tmp_path: Path) -> None:
    write({}, tmp_path, ["csv"])
    described = {
        r["name"]: r["schema"] for r in json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]
    }
    assert {table: schema["primaryKey"][0] for table, schema in described.items() if "primaryKey" in schema} == KEYS
    for table, schema in described.items():
        said = [(key["fields"][0], key["reference"]["resource"]) for key in schema.get("foreignKeys", [])]
        assert said == [(reference.column, reference.table) for reference in references(table)]
        assert {f["name"]: f["constraints"] for f in schema["fields"] if "constraints" in f} == constraints(table)


# What LibreOffice gives back

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
#: how LibreOffice is told what a column is: 1 as it finds it, 2 text, 5 a day with the year first
_AS = {"string": "2", "list": "2", "integer": "1", "number": "1", "date": "5"}


def converted(path: Path, out: Path, *more: str) -> Path:
    """A file that LibreOffice opened and saved as XLSX."""
    home = f"-env:UserInstallation={(out / 'home').as_uri()}"
    call = [str(OFFICE), home, "--headless", *more, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*call, str(path)], check=True, capture_output=True, timeout=180)
    return out / f"{path.stem}.xlsx"


def shown(value: Any) -> Any:
    """A cell as the CSV file has it in its standard dialect: numbers and days as such."""
    return value.date().isoformat() if isinstance(value, datetime) else value


@needs_office
@pytest.mark.parametrize(("dialect", "separator", "language"), [("standard", 44, 1033), ("excel-fr", 59, 1036)])
def test_libreoffice_gives_the_cells_of_csv_back(tmp_path: Path, dialect: str, separator: int, language: int) -> None:
    write(RECORDS, tmp_path / "out", ["csv"], Style(dialect))
    described = columns(TABLES["facts"])
    kinds = "/".join(f"{at}/{_AS[column.type]}" for at, column in enumerate(described, 1))
    read = f"Text - txt - csv (StarCalc):{separator},34,76,1,{kinds},{language},false,false"
    sheet = load_workbook(converted(tmp_path / "out" / "facts.csv", tmp_path / "back", f"--infilter={read}")).active
    with (tmp_path / "out" / "facts.csv").open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle, delimiter=chr(separator)))
    numbers = [column.type in ("integer", "number") for column in described]
    expected = [
        [float(c.replace(",", ".")) if n and c else c or None for n, c in zip(numbers, line, strict=True)]
        for line in lines[1:]
    ]
    assert [[shown(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected
    assert [cell.value for cell in sheet[1]] == [column.name for column in described]


@needs_office
def test_libreoffice_gives_the_cells_of_the_workbook_back(tmp_path: Path) -> None:
    (path,) = write(RECORDS, tmp_path / "out", ["xlsx"], Style(headers="fr", link=lambda name: f"../in/{name}"))
    before, after = load_workbook(path), load_workbook(converted(path, tmp_path / "back"))
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        again = after[sheet.title]
        assert list(again.iter_rows(values_only=True)) == list(sheet.iter_rows(values_only=True))
        assert again.auto_filter.ref == sheet.auto_filter.ref
    assert after["Documents"]["B2"].value == "007"
    assert after["Documents"]["A2"].hyperlink.target.endswith("in/à/a.txt")
    (event,) = after["Événements"].iter_rows(min_row=2, values_only=True)
    assert {"0012", 3, datetime(2025, 3, 24), "Mali; Côte d’Ivoire", "'=SOMME(A1)", 0.5} <= set(event)
