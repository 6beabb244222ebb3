"""A model's static vectors, left in its files: half a million keys in a dict take 0.2 s and 50 MB at every start.

spaCy looks up a key's row in a mapping and the row's vector in an array. Here the mapping searches sorted keys, which
stay in a file of the user's cache folder, made once a model, and the array is the model's own file; both are mapped
into memory, where processes share them. Without such a folder, the vectors are loaded as spaCy does it.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.vectors import Mode, Vectors

from pipeline.lexicon.compiled import cache_folder


class Rows(Mapping[int, int]):
    """The row of each key's vector; two arrays, the sorted keys and their rows, or a table of both."""

    def __init__(self, table: NDArray[np.uint64]) -> None:
        self.table = table
        self._keys, self._rows = (memoryview(part) for part in table)

    def __getitem__(self, key: int) -> int:
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            raise KeyError(key)
        return self._rows[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@srsly.msgpack_encoders.register("greffier_rows")  # type: ignore[untyped-decorator]
def _encoded(rows: object, chain: object = None) -> object:
    """Pickled (spawned processes) and saved as the dict that spaCy has there."""
    return dict(rows) if isinstance(rows, Rows) else chain(rows) if callable(chain) else rows


def map_vectors(vectors: Vectors, folder: Path) -> None:
    """Give `vectors`, still empty, the content of a model's folder `vocab`. Raises OSError where files are missing."""
    table = _table(folder / "key2row") if _is_plain(folder) else None
    if table is None:
        vectors.from_disk(folder, exclude=["strings"])
    else:
        vectors.key2row = Rows(table)
        vectors.data = np.load(folder / "vectors", mmap_mode="r")


def _is_plain(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("vectors", "key2row", "vectors.cfg")) and (
        srsly.read_json(folder / "vectors.cfg").get("mode") == Mode.default
    )


def _table(path: Path) -> NDArray[np.uint64] | None:
    """Sorted keys and their rows, from the cache folder; None where it cannot be written."""
    kept = cache_folder() / f"vectors-{_mark(path)}.npy"
    with suppress(OSError, ValueError, EOFError):
        return _mapped(kept)
    with suppress(OSError):
        _keep(kept, path)
        return _mapped(kept)
    return None


def _mark(path: Path) -> str:
    state = path.stat()
    return sha256(f"{path.resolve()}\0{state.st_size}\0{state.st_mtime_ns}".encode()).hexdigest()[:16]


def _mapped(kept: Path) -> NDArray[np.uint64]:
    table: NDArray[np.uint64] = np.load(kept, mmap_mode="r")
    return table


def _keep(kept: Path, path: Path) -> None:
    pairs = sorted(srsly.read_msgpack(path).items())
    new = kept.with_name(f".{kept.name}.{os.getpid()}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with new.open("wb") as file:
        np.save(file, np.array(pairs, np.uint64).reshape(-1, 2).T.copy())
    new.replace(kept)
