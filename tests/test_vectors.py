"""Static vectors that stay in their files are those that spaCy loads."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vectors import Vectors

from pipeline.tokenize.vectors import Rows, map_vectors

WORDS = ["Đặng", "Ouagadougou", "l’ambassadrice", "3,5", ""]
DATA = np.arange(12, dtype=np.float32).reshape(4, 3)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "greffier"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The folder of vectors on disk; two words share a row."""
    vectors = Vectors(data=DATA)
    for row, word in enumerate(WORDS):
        vectors.add(word, row=row % len(DATA))
    vectors.to_disk(tmp_path / "vocab")
    return tmp_path / "vocab"


def mapped(folder: Path) -> Vectors:
    vectors = Vectors()
    map_vectors(vectors, folder)
    return vectors


def rows(vectors: Vectors) -> list[int]:
    found: list[int] = vectors.find(keys=[*WORDS, "inconnu"]).tolist()
    return found


def same(one: Vectors, other: Vectors) -> bool:
    return dict(one.key2row) == dict(other.key2row) and bool((one.data == other.data).all())


@pytest.mark.usefixtures("cache")
def test_the_rows_are_those_that_were_saved(saved: Path) -> None:
    for vectors in (mapped(saved), mapped(saved)):  # the second one finds the file that the first has made
        assert isinstance(vectors.key2row, Rows)
        assert rows(vectors) == [0, 1, 2, 3, 0, -1]
        assert vectors["Ouagadougou"].tolist() == DATA[1].tolist()
        assert (len(vectors), vectors.n_keys, vectors.shape) == (4, 5, (4, 3))


@pytest.mark.usefixtures("cache")
def test_a_pickled_copy_has_the_same(saved: Path) -> None:
    assert same(pickle.loads(pickle.dumps(mapped(saved))), Vectors().from_disk(saved))


@pytest.mark.usefixtures("cache")
def test_saved_again_they_are_the_same(saved: Path, tmp_path: Path) -> None:
    mapped(saved).to_disk(tmp_path / "again")
    assert same(Vectors().from_disk(tmp_path / "again"), Vectors().from_disk(saved))


def test_a_damaged_file_is_made_anew(saved: Path, cache: Path) -> None:
    mapped(saved)
    (kept,) = cache.glob("vectors-*")
    whole = kept.read_bytes()
    for content in (b"", b"x", whole[:-8]):
        kept.write_bytes(content)
        assert rows(mapped(saved)) == [0, 1, 2, 3, 0, -1]
        assert kept.read_bytes() == whole


def test_other_vectors_have_a_file_of_their_own(saved: Path, cache: Path) -> None:
    mapped(saved)
    other = Vectors(data=DATA[:1])
    other.add("Đặng", row=0)
    other.to_disk(saved)
    assert rows(mapped(saved)) == [0, -1, -1, -1, -1, -1]
    assert len(list(cache.glob("vectors-*"))) == 2


def test_without_a_folder_spacy_loads_them(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    vectors = mapped(saved)
    assert (type(vectors.key2row), rows(vectors)) == (dict, [0, 1, 2, 3, 0, -1])


@pytest.mark.usefixtures("cache")
def test_vectors_of_parts_of_words_are_loaded_by_spacy(tmp_path: Path) -> None:
    vectors = Vectors(data=DATA, mode="floret", minn=2, maxn=3)
    vectors.to_disk(tmp_path / "vocab")
    assert mapped(tmp_path / "vocab")["Đặng"].tolist() == vectors["Đặng"].tolist()


def test_a_model_without_vectors(tmp_path: Path) -> None:
    Vectors().to_disk(tmp_path / "vocab")
    assert mapped(tmp_path / "vocab").shape == (0, 0)


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.integers(0, 2**31)), st.integers(0, 2**64 - 1))
def test_rows_are_a_mapping(pairs: dict[int, int], key: int) -> None:
    found = Rows(np.array(sorted(pairs.items()), np.uint64).reshape(-1, 2).T.copy())
    assert (dict(found), len(found)) == (pairs, len(pairs))
    assert [found.get(k, -1) for k in (*pairs, key)] == [pairs.get(k, -1) for k in (*pairs, key)]
