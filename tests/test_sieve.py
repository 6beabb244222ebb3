"""The sieve never holds back a pattern that matches, and does hold back most of the others."""

import re
from importlib import import_module
from itertools import accumulate

import pytest

from pipeline.lexicon import Sieve, alternatives, branching, fold, load_rules, rows, sieve
from pipeline.lexicon.compiled import compiled
from pipeline.lexicon.lists import WORDS
from pipeline.lexicon.rules import RULES

FILES = sorted(path.stem for path in RULES.glob("*.toml"))
LISTS = sorted(path.stem for path in WORDS.glob("*.csv"))
FORMS = 300  #: of the longest forms of a list are tried
TEXTS = [fold(example["text"]) for file in FILES for rule in load_rules(file) for example in rule.examples]


@pytest.mark.parametrize("file", FILES)
def test_what_matches_passes(file: str) -> None:
    for text in TEXTS:
        matching = {rule.id for rule in load_rules(file) if rule.regex.search(text)}
        assert matching <= sieve(file).passing(text)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("kind", "letters"), [("number", "0-9"), ("letters", "a-z")])
def test_the_sign_behind_the_first_word_is_known(file: str, kind: str, letters: str) -> None:
    first = re.compile(rf"(?<![{letters}])[{letters}]+[ \n]*([^ \n]?)")
    for rule in load_rules(file):
        for text in TEXTS if rule.second[kind] is not None else ():
            signs = {word[1] for word in first.finditer(text) if rule.regex.match(text, word.start())}
            assert signs <= rule.second[kind]


@pytest.mark.parametrize(
    ("pattern", "number", "letters"),
    [
        (r"[0-9]{1,2}[ \n]+mars", {"m"}, set("0123456789")),
        (r"(?:lundi|mardi),?[ \n]+[12][0-9]*(?:h|$)", set("lm"), set(",12")),
        (r"jours?(?:[ \n]an|(?=x)!)", {"j"}, {"!", "a"}),
        (r"mois[ ]?an[ \n]+[12]", {"m"}, {"1", "2", "a"}),
        (r"[0-9]+(?:[ \n]%)?", None, set("0123456789")),
        (r"[0-9]+[^,]", None, set("0123456789")),
        (r"(?:a[ \n]){2,}b", {"a"}, {"a", "b"}),
    ],
)
def test_signs_behind(pattern: str, number: set[str] | None, letters: set[str] | None) -> None:
    assert compiled(pattern).second == {"number": number, "letters": letters}


def test_a_tree_of_letters_finds_what_its_words_do() -> None:
    words = ["an", "annee", "annees", "ans", "avant", "d", "dans", "debut"]
    found = re.compile(rf"(?<![a-z]){branching(words)}(?![a-z])").findall(f"{' '.join(words)} anne antan ansd da")
    assert found == words


@pytest.mark.parametrize("name", LISTS)
def test_a_tree_finds_the_longest_form_of_a_list(name: str) -> None:
    forms = sorted({fold(entry[next(iter(entry))]) for entry in rows(name)}, key=len, reverse=True)[:FORMS]
    tree = re.compile(alternatives(forms))
    each = re.compile("|".join(re.escape(form).replace("\\ ", r"[ \n]+") for form in forms))
    for form in forms:
        for text in (form, f"{form}s", form[:-1], f"x {form.replace(' ', chr(10))} x"):
            assert tree.findall(text) == each.findall(text)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("accord", {"accord"}),
        (r"(?<!\w)(?:a|ont)[ \n]+(?:sign|paraph)ee?(?!\w)", {"signe", "signee", "paraphe", "paraphee"}),
        (r"(?:tres )?court", {"court", "tres court"}),
        (r"(?:un|deux)+ traites?", {" traite", " traites"}),
        (r"(?P<kind>visite|sommet)s?[ \n]+\w+", {"visite", "visites", "sommet", "sommets"}),
        (r"lun(?:di)?|\d+", None),
        (r"\w+", None),
        (r"(?i:accord)", None),
        (r"(?i)accord", None),
        (r"ab*", None),
        (r"(?:accord)*", None),
    ],
)
def test_required_words(pattern: str, words: set[str] | None) -> None:
    assert compiled(pattern).words == words


@pytest.mark.parametrize("file", FILES)
def test_many_stretches_pass_as_each_does(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("pipeline.lexicon.sieve"), "_TOGETHER", 10)
    texts = TEXTS[::7]
    ends = list(accumulate(len(text) + 1 for text in texts))
    spans = [(end - len(text) - 1, end - 1) for text, end in zip(texts, ends, strict=True)]
    assert sieve(file).passing_each("t".join(texts), spans) == [sieve(file).passing(text) for text in texts]


def test_nothing_is_tried_without_its_words() -> None:
    patterns: Sieve[str] = Sieve([("treaty", frozenset(["traite"])), ("number", None)])
    assert patterns.passing("trois traites") == {"treaty", "number"}
    assert patterns.passing("trois lois") == {"number"}
    assert Sieve([("number", None)]).passing("") == {"number"}
    assert Sieve([("number", None)]).passing_each("a b", [(0, 1), (2, 3)]) == [{"number"}, {"number"}]
