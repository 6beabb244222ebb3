"""The line: from paths to tables. The only package that knows all the rooms.

The names below are loaded when they are first used: a run that finds nothing new needs neither spaCy nor the lexicon.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.flow.checks import check_lexicon
    from pipeline.flow.comparison import diff
    from pipeline.flow.corpus import RunReport, run
    from pipeline.flow.document import Tables, extract, facts_of, load
    from pipeline.flow.evaluation import Evaluation, evaluate, save, save_json
    from pipeline.flow.imports import Imports, import_corrections
    from pipeline.flow.reporting import report
    from pipeline.flow.verification import Verification, verify
    from pipeline.read.options import ReadOptions

__all__ = [
    "Evaluation",
    "Imports",
    "ReadOptions",
    "RunReport",
    "Tables",
    "Verification",
    "check_lexicon",
    "diff",
    "evaluate",
    "extract",
    "facts_of",
    "import_corrections",
    "load",
    "report",
    "run",
    "save",
    "save_json",
    "verify",
]

_HOMES = {
    "check_lexicon": "pipeline.flow.checks",
    "diff": "pipeline.flow.comparison",
    **dict.fromkeys(("RunReport", "run"), "pipeline.flow.corpus"),
    **dict.fromkeys(("Tables", "extract", "facts_of", "load"), "pipeline.flow.document"),
    **dict.fromkeys(("Evaluation", "evaluate", "save", "save_json"), "pipeline.flow.evaluation"),
    "report": "pipeline.flow.reporting",
    **dict.fromkeys(("Imports", "import_corrections"), "pipeline.flow.imports"),
    **dict.fromkeys(("Verification", "verify"), "pipeline.flow.verification"),
    "ReadOptions": "pipeline.read.options",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline.flow' has no attribute {name!r}; there are: {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
