"""The report in a browser: it does what readers ask of it, without a complaint and without a network."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from report_corpus import TEXTS, page_of, tables

from pipeline.records import TABLES, DateMention, Document

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium with a profile of its own; the tests are skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: apt install chromium")
    profile = tmp_path_factory.mktemp("profile")
    with api.sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, headless=True, args=SWITCHES
        )
        yield context
        context.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The page over the three documents, shown; at the end nothing was complained of, nothing asked of a network."""
    path = tmp_path / "report.html"
    path.write_text(page_of(tables()), "utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or complaints.append(asked.url))
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    yield page
    assert complaints == []
    assert page.evaluate("window.hacked") is None
    page.close()


def go(page: Any, view: str) -> None:
    page.evaluate("view => { location.hash = view }", view)
    page.wait_for_timeout(50)
    page.wait_for_selector("#main:not([aria-busy])")


def texts(page: Any, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).all_text_contents()
    return found


#: clicks one row after the other; what each lights up
LIGHT_ALL = """() => [...document.querySelectorAll(".fact")].map((fact) => {
    fact.click();
    return [...document.querySelectorAll(".text .lit")].map((run) => run.textContent).join("");
})"""
#: what stands in each view
VIEWS = {
    "#/overview": "Documents non utilisés",
    "#/officials": "gouvernement",
    "#/officials?country=FR": "Rien",
    "#/timeline": "Toutes les époques",
    "#/timeline?in=2024-03": "3 mars 2024",
    "#/map": "Hanoï",
    **dict.fromkeys((f"#/table/{table}" for table in TABLES), ""),
    "#/table/facts": "Cette table est vide",
    "#/document/2": "the file is empty",
    "#/document/99": "n'existe pas",
    "#/table/none": "n'existe pas",
}


def test_every_view_is_shown(opened: Any) -> None:
    missing = {}
    for view, said in VIEWS.items():
        go(opened, view)
        shown = opened.locator("#main").text_content()
        if said not in shown:
            missing[view] = shown
    assert missing == {}


def test_a_table_is_searched_filtered_and_sorted(opened: Any) -> None:
    go(opened, "#/table/mentions")
    column = "tbody tr td.words"
    opened.get_by_role("searchbox", name="Chercher dans cette table").fill("nguyen thi")
    opened.locator(".found", has_text="1 ligne sur 5").wait_for()
    assert texts(opened, column) == ["Nguyễn Thị Hà"]
    opened.get_by_role("button", name="Tout afficher").click()
    opened.get_by_label("Filtrer par Étiquette").select_option("=DATE")
    opened.locator(".found", has_text="2 lignes sur 5").wait_for()
    assert texts(opened, column) == ["3 mars 2024", "5 mai 2023"]
    opened.locator("th[data-column=text] button").click()
    opened.locator("th[data-column=text] button").click()
    assert opened.locator("th[data-column=text]").get_attribute("aria-sort") == "descending"
    assert texts(opened, column) == ["5 mai 2023", "3 mars 2024"]
    assert "f.label=%3DDATE" in opened.evaluate("location.hash")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2024..", ["3 mars 2024"]),
        ("..2023", ["5 mai 2023"]),
        (">2023-05-05", ["3 mars 2024"]),
        ("2023-05", ["5 mai 2023"]),
    ],
)
def test_days_are_filtered_by_bounds(opened: Any, asked: str, found: list[str]) -> None:
    go(opened, f"#/table/dates?f.date_end={asked}")
    assert texts(opened, "tbody tr td.words") == found


def test_a_row_of_a_table_leads_to_its_words(opened: Any) -> None:
    go(opened, "#/table/locations")
    opened.locator("tbody tr td.words").click()
    opened.wait_for_selector(".text .lit")
    assert "".join(texts(opened, ".text .lit")) == "Hanoï"
    assert texts(opened, ".fact.lit b") == ["Hanoï"]


def test_rows_light_exactly_their_words_behind_characters_of_two_units(opened: Any) -> None:
    go(opened, "#/document/0")
    lit = []
    for fact in opened.locator(".fact").all():
        fact.click()
        lit.append("".join(texts(opened, ".text .lit")))
    assert lit == ["La ministre Nguyễn Thị Hà", "3 mars 2024", "Hanoï"]


def test_any_characters_keep_their_places(browser: Any, tmp_path: Path) -> None:
    draw = random.Random(7)
    documents, dates, expected = [], [], []
    for number in range(12):
        text = "".join(draw.choices("aé 😀𝔄e\u0301\u200d👩\n\r\t<&\u00a0", k=40))
        documents.append(Document(document=f"{number:02}", status="ok", text=text))
        spans = sorted({(start, start + draw.randint(1, 9)) for start in draw.sample(range(30), 4)})
        dates += [
            DateMention(document=f"{number:02}", start_char=a, end_char=b, text=text[a:b], edtf=f"{a}/{b}")
            for a, b in spans
        ]
        expected.append([text[a:b] for a, b in spans])
    path = tmp_path / "report.html"
    path.write_text(page_of({"documents": documents, "dates": dates}), "utf-8", newline="")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    lit = []
    for number in range(12):
        go(page, f"#/document/{number}")
        lit.append(page.evaluate(LIGHT_ALL))
    page.close()
    assert lit == expected


def test_a_mention_shows_its_rows(opened: Any) -> None:
    go(opened, "#/document/0")
    opened.locator(".text mark", has_text="Nguyễn").click()
    assert texts(opened, ".fact.lit b") == ["Nguyễn Thị Hà"]
    assert texts(opened, ".fact.lit .badge") == ["confirmé"]
    assert "role-name" in opened.locator(".mention-card").text_content()


def test_marks_are_the_mentions_and_can_be_put_out(opened: Any) -> None:
    go(opened, "#/document/0")
    assert texts(opened, ".text mark") == ["Nguyễn Thị Hà", "Kofi Agbéko", "Hanoï", "3 mars 2024"]
    opened.locator(".legend button", has_text="Personne").click()
    background = "getComputedStyle(document.querySelector('.text mark.k-PER')).backgroundColor"
    assert opened.evaluate(background) == "rgba(0, 0, 0, 0)"


def test_columns_are_chosen(opened: Any) -> None:
    go(opened, "#/table/dates")
    opened.locator(".chooser summary").click()
    opened.get_by_label("Règle").check()
    assert opened.locator("th[data-column=rule]").count() == 1
    opened.locator(".chooser").get_by_label("Premier jour").uncheck()
    assert opened.locator("th[data-column=date_start]").count() == 0
    opened.keyboard.press("Escape")
    assert opened.locator(".chooser[open]").count() == 0


def test_a_row_unfolds_to_all_its_columns(opened: Any) -> None:
    go(opened, "#/document/0")
    opened.locator(".facts summary").first.click()
    opened.locator(".facts dl").first.locator("dt", has_text="Catégorie").wait_for()
    cells = dict(zip(texts(opened, ".facts details[open] dt"), texts(opened, ".facts details[open] dd"), strict=True))
    assert (cells["Personne"], cells["Pays"], cells["Début"]) == ("Nguyễn Thị Hà", "Vietnam", "4")


def test_a_document_that_attacks_shows_as_text(opened: Any) -> None:
    go(opened, "#/document/1")
    assert opened.locator(".text").text_content() == TEXTS["b/attaque.txt"]
    assert opened.locator("#main h1").text_content() == "</script><b>gras</b>"
    assert opened.locator(".text img, .text script, #main h1 b").count() == 0


def test_all_texts_are_searched(opened: Any) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("recu Kofi")
    opened.keyboard.press("Enter")
    opened.locator(".found", has_text="1 document trouvé").wait_for()
    assert texts(opened, ".hits a") == ["À Hanoï"]
    assert texts(opened, ".hits mark") == ["reçu", "Kofi"]


def test_keys_lead_through_a_table_and_a_text(opened: Any) -> None:
    go(opened, "#/table/dates")
    opened.locator("tbody tr").first.focus()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    opened.wait_for_selector(".text .lit")
    assert opened.evaluate("location.hash").startswith("#/document/1?")
    opened.go_back()
    go(opened, "#/document/0")
    opened.locator(".text mark").first.focus()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("Enter")
    assert "Kofi Agbéko" in opened.locator(".mention-card").text_content()


def test_rows_found_are_saved_as_csv(opened: Any) -> None:
    go(opened, "#/table/dates?q=mai")
    with opened.expect_download() as download:
        opened.get_by_role("button", name="Enregistrer en CSV").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert (download.value.suggested_filename, len(lines)) == ("dates.csv", 2)
    assert lines[1].startswith("b/attaque.txt,2023-05-05,2023-05-05,")


def test_the_map_leads_to_the_rows_of_a_place(opened: Any) -> None:
    go(opened, "#/map")
    opened.locator(".points a").click()
    opened.locator("h1", has_text="Lieux").wait_for()
    assert texts(opened, "tbody tr td.words") == ["Hanoï"]
