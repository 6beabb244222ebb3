"""Word processors' formats: what stands in them and in which order, what is struck out, notes, tables, metadata."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from bad_files import docx_with
from samples import odt, rtf

from pipeline.read import docx as docx_format
from pipeline.read import odt as odt_format
from pipeline.read import rtf as rtf_format
from pipeline.read.office import day


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('Un ')}{run('mot.')}</w:p><w:p/><w:p>{run('Deux.')}</w:p>", "Un mot.\n\nDeux."),
        (f"<w:sdt><w:sdtContent><w:p>{run('Contenu.')}</w:p></w:sdtContent></w:sdt>", "Contenu."),
        (
            f"<w:p>{run('Il ')}<w:ins>{run('signe')}</w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>",
            "Il signe",
        ),
        (
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
            "a\tb\nc-d",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('Juge')}</w:p></w:tc><w:tc><w:p>{run('Li Wei')}</w:p></w:tc></w:tr></w:tbl>",
            "Juge\tLi Wei",
        ),
        (
            f"<w:p>{run('en 2022')}{run('3', '<w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>')}</w:p>",
            "en 2022³",
        ),
        (f"<w:p><w:hyperlink>{run('un lien')}</w:hyperlink></w:p>", "un lien"),
    ],
)
def test_docx(body: str, text: str) -> None:
    assert docx_format.read(docx_with(body)).text == text


def test_docx_of_a_program_that_says_nothing() -> None:
    out = io.BytesIO()
    document: Any = docx.Document()
    document.add_paragraph("Un mot.")
    document.core_properties.title = "Word Document"
    document.save(out)
    found = docx_format.read(out.getvalue())
    assert (found.text, found.title) == ("Un mot.", None)


STYLE = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:h>Titre</text:h><text:p>Un <text:span>mot</text:span>.</text:p>", "Titre\n\nUn mot."),
        ('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>', "a  b\tc\nd"),
        ("<text:tracked-changes><text:p>Rayé.</text:p></text:tracked-changes><text:p>Là.</text:p>", "Là."),
        ("<text:p>Un<office:annotation><text:p>Note</text:p></office:annotation> mot.</text:p>", "Un mot."),
        (
            "<text:p>Un mot<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>La note."
            "</text:p></text:note-body></text:note>.</text:p><text:p>Fin.</text:p>",
            "Un mot.\n\nFin.\n\nLa note.",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>Juge</text:p></table:table-cell>"
            "<table:table-cell><text:p>Li Wei</text:p></table:table-cell></table:table-row></table:table>",
            "Juge\tLi Wei",
        ),
        (f'{STYLE}<text:p>en 2022<text:span text:style-name="T1">3</text:span></text:p>', "en 2022³"),
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>Cadre.</text:p></draw:text-box></draw:frame></text:p>",
            "a\n\nCadre.",
        ),
    ],
)
def test_odt(body: str, text: str) -> None:
    assert odt_format.read(odt(body)).text == text


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        (r"{\rtf1\ansi d\'e9j\'e0 l\u224?\par Deux.}", "déjà là\n\nDeux.", None),
        (r"{\rtf1\ansicpg1251 \'ec\'e8\'f0}", "мир", None),
        (r"{\rtf1{\info{\title L\u8217?\'e9t\'e9}{\creatim\yr0\mo0\dy0}}Un mot.}", "Un mot.", "L’été"),
        (r"{\rtf1{\pict " + "0a" * 9000 + "}Un mot.}", "Un mot.", None),
        (r"{\rtf1\trowd Juge\cell Li Wei\cell\row Fin.}", "Juge\tLi Wei\n\nFin.", None),
    ],
)
def test_rtf(code: str, text: str, title: str | None) -> None:
    found = rtf_format.read(code.encode())
    assert (found.text, found.title, found.created) == (text, title, None)
    assert rtf_format.read(rtf()).created == "2024-05-03"


@pytest.mark.parametrize(("said", "expected"), [("2024-05-03T10:00:00Z", "2024-05-03"), ("hier", None), (None, None)])
def test_days(said: str | None, expected: str | None) -> None:
    assert day(said) == expected
