"""PDF: the order of reading, words that go on in the next line, running heads, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Word, column, pdf
from samples import PARAGRAPHS

from pipeline.errors import ReadError
from pipeline.read.pdf import read
from pipeline.read.titles import title

HEADLINE = Word(60, 760, "Un grand titre sur toute la largeur de la page", 16)


def lines(*texts: str, y: float = 700) -> list[Word]:
    return [Word(60, y - 12 * n, text) for n, text in enumerate(texts)]


def blocks(*pages: list[Word]) -> list[str]:
    return read(pdf(pages)).text.split("\n\n")


RIGHT = [f"À droite : {paragraph}" for paragraph in PARAGRAPHS]
LEFT_COLUMN, RIGHT_COLUMN = column(PARAGRAPHS, 60, 720, 44), column(RIGHT, 310, 720, 44)


@pytest.mark.parametrize(
    "page",
    [
        [HEADLINE, *LEFT_COLUMN, *RIGHT_COLUMN],
        [*RIGHT_COLUMN, *LEFT_COLUMN, HEADLINE],
        [
            HEADLINE,
            *(word for pair in zip(LEFT_COLUMN, RIGHT_COLUMN, strict=False) for word in pair),
            *RIGHT_COLUMN[len(LEFT_COLUMN) :],
        ],
    ],
    ids=["columns", "backwards", "line by line"],
)
def test_two_columns(page: list[Word]) -> None:
    assert blocks(page) == [HEADLINE.text, *PARAGRAPHS, *RIGHT]


def test_what_goes_across_the_columns_parts_them() -> None:
    below = [
        Word(60, 380, "Un intertitre qui va d'un bord de la page à l'autre, sans manquer"),
        *column(PARAGRAPHS, 60, 350, 44),
    ]
    page = [HEADLINE, *LEFT_COLUMN, *RIGHT_COLUMN, *below, *column(RIGHT, 310, 350, 44)]
    assert blocks(page) == [HEADLINE.text, *PARAGRAPHS, *RIGHT, below[0].text, *PARAGRAPHS, *RIGHT]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Une coopé-", "ration utile."), "Une coopération utile."),
        (("Le vice-", "président est là."), "Le vice-président est là."),
        (("Sera-t-", "il là ?"), "Sera-t-il là ?"),
        (("Jean-", "Pierre Diop."), "Jean-Pierre Diop."),
        (("Les années 1990-", "2000 ont vu."), "Les années 1990-2000 ont vu."),
        (("Un audio-visuel, ou audio-", "visuel."), "Un audio-visuel, ou audio-visuel."),
        (("La sous-traitance sous-", "traitance."), "La sous-traitance sous-traitance."),
        (("Le Soudan du", "Sud est là."), "Le Soudan du Sud est là."),
    ],
)
def test_words_that_go_on_in_the_next_line(texts: tuple[str, ...], expected: str) -> None:
    assert blocks(lines(*texts)) == [expected]


def test_paragraphs() -> None:
    spaced = [*lines("Premier alinéa,", "qui va plus loin."), *lines("Deuxième alinéa.", y=660)]
    assert blocks(spaced) == ["Premier alinéa, qui va plus loin.", "Deuxième alinéa."]
    listed = lines("Ont signé les accords :", "• le Kenya, à Nairobi", "• le Laos, à Vientiane")
    assert blocks(listed) == [word.text for word in listed]
    table = [Word(60, 700, "Ministre"), Word(260, 700, "Awa Diop"), Word(60, 685, "Juge"), Word(260, 685, "Li Wei")]
    assert blocks(table) == ["Ministre\tAwa Diop", "Juge\tLi Wei"]


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    assert blocks(lines("Le ministre a signé, avec", y=90), lines("son homologue, un accord.")) == [
        "Le ministre a signé, avec son homologue, un accord."
    ]


def test_running_heads_and_page_numbers() -> None:
    pages = [
        [Word(200, 810, f"Bulletin n° {10 + n}"), Word(290, 30, f"Page {n} sur 4"), *lines(f"Texte de la page {n}.")]
        for n in range(1, 5)
    ]
    assert blocks(*pages) == [f"Texte de la page {n}." for n in range(1, 5)]


def test_a_raised_number_is_no_part_of_a_year() -> None:
    assert blocks([Word(60, 700, "Signé en 2022"), Word(125, 705, "1", 6), Word(128.5, 700, ", à Lomé.")]) == [
        "Signé en 2022¹, à Lomé."
    ]


def test_letters_of_another_font_come_later_in_the_file() -> None:
    page = [
        Word(60, 700, "Le juge Đ"),
        Word(110, 700, "ng Th"),
        Word(140, 700, " Mai est là."),
        Word(105, 700, "ặ"),
        Word(135, 700, "ị"),
    ]
    assert blocks(page) == ["Le juge Đặng Thị Mai est là."]


@pytest.mark.parametrize("pages", [[[]], [[], [Word(300, 20, "7")]]])
def test_a_scan_has_no_text(pages: list[list[Word]]) -> None:
    with pytest.raises(ReadError, match=r"a scan; .* ocrmypdf") as caught:
        read(pdf(pages))
    assert caught.value.status == "no_text"


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"Title": "Accord de Lomé", "CreationDate": "D:20240503"}, ("Accord de Lomé", "2024-05-03")),
        ({"Title": "Microsoft Word - note_3.doc", "CreationDate": "hier"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_metadata(about: dict[str, str], expected: tuple[str | None, str | None]) -> None:
    found = read(pdf([lines("Un texte assez long.")], about))
    assert (found.title, found.created) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sans titre 1", None),
        ("Document2", None),
        (" Un\ntitre ", "Un titre"),
        ("C:\\a b.doc", None),
        ("2024", "2024"),
        (None, None),
    ],
)
def test_titles_that_programs_write(said: str | None, expected: str | None) -> None:
    assert title(said) == expected


WORDS = st.builds(
    Word,
    st.integers(-50, 700),
    st.integers(-50, 900),
    st.text("abé- É.\N{COMBINING ACUTE ACCENT}ặ", max_size=30),
    st.integers(1, 40),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=25), min_size=1, max_size=4))
def test_words_anywhere_on_a_page(pages: list[list[Word]]) -> None:
    """No layout breaks the reader, and it makes no character up but spaces."""
    try:
        text = read(pdf(pages)).text
    except ReadError as error:
        assert error.status == "no_text"
    else:
        assert set(text) <= {char for page in pages for word in page for char in word.text} | set(" \n\t-")
