"""PDF files for tests, written by hand: text where it is wanted on a page, in any script."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842
#: of each character, in thousandths of the size
_ADVANCE = 500


class Word(NamedTuple):
    """Text at a place, in points from the lower left."""

    x: float
    y: float
    text: str
    size: float = 10


def pdf(pages: Sequence[Sequence[Word]], about: Mapping[str, str] | None = None) -> bytes:
    """A PDF with these words on its pages, and `about` in its document information."""
    characters = sorted({char for page in pages for word in page for char in word.text})
    codes = {char: code for code, char in enumerate(characters, 33)}
    assert len(codes) < 220
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", _pages(len(pages)), _font(len(codes)), _stream(_to_unicode(codes))]
    objects += [b"<<" + b"".join(b"/" + k.encode() + _string(v) for k, v in (about or {}).items()) + b">>"]
    for number, page in enumerate(pages):
        content = 7 + 2 * number
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (WIDTH, HEIGHT, content)
        )
        objects.append(_stream(b"\n".join(_shown(word, codes) for word in page)))
    return assembled(objects)


def assembled(objects: Sequence[bytes], trailer: bytes = b"/Info 5 0 R") -> bytes:
    """The objects, numbered from 1, as a file; the first is the catalog."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(count))
    return b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)


def _font(count: int) -> bytes:
    widths = b" ".join([b"%d" % _ADVANCE] * 223)
    return (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 33/LastChar 255/Widths[%s]/ToUnicode 4 0 R>>" % widths
    )


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    listed = b"\n".join(
        b"<%02X> <%s>" % (code, char.encode("utf-16-be").hex().encode()) for char, code in codes.items()
    )
    head = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
    space = b"1 begincodespacerange <00> <FF> endcodespacerange\n"
    chunks = listed.split(b"\n")
    parts = [chunks[at : at + 100] for at in range(0, len(chunks), 100)]
    made = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part)) for part in parts)
    return head + space + made + b"endcmap CMapName currentdict /CMap defineresource pop end end"


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)


def _string(text: str) -> bytes:
    return b"<" + b"\xfe\xff".hex().encode() + text.encode("utf-16-be").hex().encode() + b">"


def _shown(word: Word, codes: Mapping[str, int]) -> bytes:
    codes_of = "".join(f"{codes[char]:02X}" for char in word.text)
    return f"BT /F {word.size:g} Tf {word.x:g} {word.y:g} Td <{codes_of}> Tj ET".encode()


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of so many characters at most, words whole."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def column(texts: Sequence[str], x: float = 60, top: float = 700, width: int = 90, step: float = 12) -> list[Word]:
    """Paragraphs as lines below each other, an empty line between them."""
    words, y = [], top
    for text in texts:
        for line in wrapped(text, width):
            words.append(Word(x, y, line))
            y -= step
        y -= step
    return words
