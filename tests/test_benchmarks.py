"""The benchmark of dates: its columns, on cases whose counts are known, without any peer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "dates.py"
CASES = [
    # text, expressions: words, first day, last day
    ("Reçue à Riga du 3 au 6 mai 2021.", [("3 au 6 mai 2021", "2021-05-03", "2021-05-05")]),  # a day later is right
    ("M. Diallo a été élu le 5 mai 2021.", [("5 mai 2021", "2021-05-06", "2021-05-06")]),
    ("Rentrée à Hanoï le 7 mai 2021.", []),
    ("Mme Haddad parle à Oran.", [("parle", "2021-05-07", "2021-05-07")]),
]


def line(text: str, expressions: list[tuple[str, str, str]]) -> str:
    """A case as a line of JSON."""
    expected = [
        {
            "start_char": text.index(words),
            "end_char": text.index(words) + len(words),
            "accepted": [{"date_start": first, "date_end": last}],
        }
        for words, first, last in expressions
    ]
    return json.dumps({"suite": "own", "text": text, "reference": None, "expected": expected})


def test_counts_and_skips(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text("\n".join(line(*case) for case in CASES), "utf-8")
    (tmp_path / "no_dates.toml").write_text('sentences = ["Le 9 mai 2021.", "Le greffe."]', "utf-8")
    (tmp_path / "edsnlp.py").write_text("raise ImportError('not here')", "utf-8")
    (tmp_path / "loguru.py").write_text("raise ImportError('not here')", "utf-8")
    command = [sys.executable, str(BENCHMARK), "--peers", "edsnlp", "--cases", "cases.jsonl"]
    ended = subprocess.run(
        [*command, "--no-dates", "no_dates.toml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in ended.stdout.splitlines() if "|" in row]
    assert rows[2][:6] == ["greffier", "3", "0.667", "0.333", "0.667", "1"]
    assert "edsnlp skipped (not here). To install it: pip install edsnlp" in ended.stdout
