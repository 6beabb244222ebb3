"""What the documents for people say holds: their commands and code are run, and print what they show."""

from __future__ import annotations

import csv
import doctest
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
from typer.main import get_command

from pipeline.cli import app
from pipeline.normalise.dates import find_dates

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
LEXICON = ROOT / "pipeline" / "lexicon"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a Markdown text in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a Markdown text, each a list of rows of cells, its header first."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    lines = [[line for line in table.splitlines() if not re.fullmatch(r"[|\s:-]+", line)] for table in found]
    return [[[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table] for table in lines]


def sessions(block: str) -> list[tuple[str, str]]:
    """A console block as (command, what it prints)."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    return [(command, output) for command, output in found]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a newcomer has it: the seeds are there, and nothing else."""
    folder = tmp_path_factory.mktemp("workplace")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A shell command, with this environment's `greffier` and `python`."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "COLUMNS": "120", "NO_COLOR": "1"}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_readme_shows_what_its_commands_and_code_print(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    wrong: list[str] = []
    names: dict[str, object] = {}
    for language, block in re.findall(r"^```(console|pycon)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        wrong += (
            commands_that_print_else(block, workplace) if language == "console" else code_that_gives_else(block, names)
        )
    assert wrong == []


def commands_that_print_else(block: str, folder: Path) -> list[str]:
    """The commands of a console block that fail, or print what the block does not show, with what they print."""
    done = [(run(command, folder), expected) for command, expected in sessions(block)]
    agree = doctest.OutputChecker().check_output
    return [
        f"{ended.args[-1]}: {ended.returncode}\n{ended.stdout}{ended.stderr}"
        for ended, expected in done
        if ended.returncode or (expected and not agree(expected, ended.stdout, doctest.ELLIPSIS))
    ]


def code_that_gives_else(block: str, names: dict[str, object]) -> list[str]:
    """What doctest says against a block of Python; `names` are those of the blocks before."""
    example = doctest.DocTestParser().get_doctest(block, names, "README", "README.md", 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append, clear_globs=False)
    names.update(example.globs)
    return report


def test_first_table_is_what_a_run_over_the_seeds_writes(workplace: Path) -> None:
    assert run("greffier run seeds --out first --quiet", workplace).returncode == 0
    header, *shown = tables(README)[0]
    with (workplace / "first" / "officials.csv").open(encoding="utf-8-sig", newline="") as handle:
        written = [[line[name] for name in header] for line in csv.DictReader(handle)]
    assert shown == written


def test_readme_shows_every_command() -> None:
    commands = set(getattr(get_command(app), "commands", {}))
    assert commands - set(re.findall(r"greffier (\w+)", README)) == set()


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(blocks(README + CONTRIBUTING, "sh")))) <= targets


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "pipeline/lexicon/README.md"])
def test_links_and_paths_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    paths = re.findall(r"`((?:pipeline|tests|scripts|seeds|notebooks|benchmarks)/[\w/.]*)`", text)
    lost = [p for p in links if not (ROOT / name).parent.joinpath(p).exists()] + [
        p for p in paths if not (ROOT / p).exists()
    ]
    assert lost == []


def test_the_map_shows_what_is_there() -> None:
    (tree,) = [block for block in blocks(README, "text") if "pipeline/" in block]
    folder, lost = ROOT, []
    for line in tree.splitlines():
        name = line.split()[0] if line.strip() else ""
        here = folder if line.startswith(" ") else ROOT
        if name and not (here / name).exists():
            lost.append(line)
        if name.endswith("/") and not line.startswith(" "):
            folder = ROOT / name
    assert lost == []


def test_lexicon_readme_names_lists_and_rules_that_exist() -> None:
    text = (LEXICON / "README.md").read_text("utf-8")
    there = {
        path.name for path in [*LEXICON.glob("*.csv"), *LEXICON.glob("words/*.csv"), *LEXICON.glob("rules/*.toml")]
    }
    assert set(re.findall(r"`(\w+\.(?:csv|toml))`", text)) - there == set()


@pytest.mark.parametrize("path", [*LEXICON.glob("words/*.csv"), *LEXICON.glob("rules/*.toml")], ids=lambda p: p.name)
def test_a_file_of_the_lexicon_begins_with_what_it_is(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert re.match(r"# .{10,}", first), first


def dependencies() -> list[str]:
    project = SETTINGS["project"]
    listed = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    named = [re.match(r"[\w-]+", requirement)[0] for requirement in listed]  # type: ignore[index]
    return [name for name in named if name != SETTINGS["project"]["name"]]  # an extra of extras


def test_third_party_names_every_dependency_once() -> None:
    named = [row[0] for table in tables((ROOT / "THIRD_PARTY.md").read_text("utf-8")) if table[0][0] == "package"
             for row in table[1:]]  # fmt: skip
    assert sorted(named) == sorted(dependencies())


def test_readme_understands_the_dates_that_it_says() -> None:
    said = [
        row for table in tables(README) if table[0][1:] in (["text", "EDTF"], ["text", "TIMEX3"]) for row in table[1:]
    ]
    read = [(find_dates(text, "2025-03-28", undated=True), text) for _, text, _ in said]
    assert [[row.edtf or row.value for row in rows] for rows, _ in read] == [[value] for _, _, value in said]


def test_third_party_licences_are_those_of_the_packages() -> None:
    rows = [row for table in tables((ROOT / "THIRD_PARTY.md").read_text("utf-8")) for row in table[1:]]
    said = {row[0]: row[1] for row in rows if row[0] in dependencies()}
    wrong = {name: (licence, stated(name)) for name, licence in said.items() if not same(licence, stated(name))}
    assert wrong == {}


def stated(package: str) -> str:
    """The licence in a package's own metadata; empty where it is not installed (the extra `gazetteer`)."""
    try:
        about = metadata(package)
    except ModuleNotFoundError:
        return ""
    classifiers = [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
    return " ".join([about.get("License-Expression") or about.get("License") or "", *classifiers])


def same(licence: str, whole: str) -> bool:
    """Whether all parts of `BSD-2-Clause` stand in `BSD 2-Clause License`, or nothing is known."""
    return not whole or all(part.lower() in whole.lower() for part in re.split(r"-Clause|-", licence) if part)
