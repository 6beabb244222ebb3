"""What several test files share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from spacy.language import Language

# what takes long on a busy machine is no failure
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole spaCy pipeline, loaded once; tests that need no model do not pay for it."""
    from pipeline.tokenize import load  # noqa: PLC0415

    return load()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: packed ones may hold the second they were packed in, and each worker must
    find the same names."""
    return argname if isinstance(val, bytes) else None
