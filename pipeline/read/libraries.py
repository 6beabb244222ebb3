"""Libraries that read a format, and are installed with an extra."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pipeline.errors import ReadError

#: extra -> the packages whose versions what is read depends on
EXTRAS = {
    "html": ("trafilatura", "htmldate", "lxml", "lxml-html-clean"),
    "pdf": ("pypdfium2",),
    "office": ("python-docx", "odfdo", "striprtf"),
}


def library(module: str, extra: str, what: str) -> Any:
    """The module, imported. Raises ReadError, to be tried again, where `extra`, which it comes with, is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        missing = getattr(error, "name", None) or module
        raise ReadError(f"reading {what} needs {missing}: pip install 'greffier[{extra}]'", again=True) from error


def versions() -> Iterator[str]:
    """The versions of all packages of the extras, empty for those that are not installed."""
    for packages in EXTRAS.values():
        for package in packages:
            try:
                yield version(package)
            except PackageNotFoundError:
                yield ""
