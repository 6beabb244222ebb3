"""Run notebooks/tour.ipynb and keep in it what its cells give, without times and versions: same in, same out.

`make golden` runs it; it needs the extra `dev`.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "tour.ipynb"


def main() -> None:
    """Run it in its own folder."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    about = {"metadata": {"path": NOTEBOOK.parent}}
    NotebookClient(notebook, timeout=120, record_timing=False, resources=about).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, NOTEBOOK)


if __name__ == "__main__":
    main()
