"""The notebook runs, and shows what its cells give. `make golden` brings it up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "tour.ipynb"


def shown(notebook: Any) -> list[tuple[str, list[Any]]]:
    """Each code cell with what it shows, without the numbers that a kernel gives and the dots of pictures."""
    return [
        (cell.source, [output.get("text") or {**output.data, "image/png": ...} for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_notebook_shows_what_its_cells_give() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    expected = shown(notebook)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": NOTEBOOK.parent}}).execute()
    assert shown(notebook) == expected
