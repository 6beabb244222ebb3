"""The view for matching is the same for a character wherever it stands, and has the length of its text."""

from pipeline.lexicon import fold

LONG = "é" * 41
CHARACTERS = [chr(code) for code in (*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFB00, 0x10010))]


def test_a_character_folds_in_a_long_text_as_alone() -> None:
    assert [c for c in CHARACTERS if fold(f"{LONG}{c}Ž") != f"{fold(LONG)}{fold(c)}z"] == []


def test_letters_of_all_scripts_in_one_text() -> None:
    text = f"{LONG} « Nguyễn’s » İzmir, Þór, Öß 東京 œuvre\u202f: `ﬁn\ud800"
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)
