"""The reference says what the program does, all of it and nothing else."""

import ast
import importlib
import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest
import yaml

from ringvirkning.analysis import terms as analysis_terms
from ringvirkning.catalogue import terms as catalogue_terms
from ringvirkning.cli.main import COMMANDS, main
from ringvirkning.foundation.version import __version__
from ringvirkning.people import terms as people_terms
from ringvirkning.publishing import terms as publishing_terms
from ringvirkning.search.casedoc import CASES
from ringvirkning.sources.casefile import terms as case_terms
from ringvirkning.sources.casefile.check import check_bytes
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.schema import schema

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "ringvirkning"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


# Settings.


def variables_read() -> set[str]:
    """Every environment variable whose name stands as a string in the settings."""
    found = set()
    for path in (SOURCE / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(r"^(RINGVIRKNING_[A-Z_]+|[A-Z]+_URL)$", node.value))
    return found - {"STATIC_URL"}


def variables_described() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/reference/settings.md"), re.MULTILINE))


def test_every_setting_is_described_and_no_other() -> None:
    of_scripts = {"PYTHON", "CHROMIUM"}
    assert variables_read() >= {"RINGVIRKNING_HOME", "DATABASE_URL"}
    assert variables_described() - of_scripts == variables_read()


def test_no_variable_is_read_outside_the_settings() -> None:
    # One is set for a moment where a process is started: it tells the C library, and nobody of ours reads it.
    tells_the_system = SOURCE / "foundation" / "memory.py"
    for path in SOURCE.rglob("*.py"):
        if path.is_relative_to(SOURCE / "config") or path == tells_the_system:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"os\.(getenv|environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\"))", text), path.name


def test_variables_named_anywhere_in_the_documents_exist() -> None:
    known = variables_read() | {"RINGVIRKNING_HOME"}
    for path in documents():
        named = set(re.findall(r"\bRINGVIRKNING_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        assert named <= known, (path.name, named - known)


# Commands.


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inside = command.get_command(context, name)
            assert inside
            yield from leaves(inside, (*words, name))
    else:
        yield " ".join(words), command


LEAVES = dict(leaves(main))


def parts_of_commands() -> dict[str, str]:
    """Each heading of the reference with what stands under it, its group's text included."""
    parts = re.split(r"^#+ `ringvirkning ([^`]+)`.*$", read("docs/reference/commands.md"), flags=re.MULTILINE)
    return {heading: text.split("\n## ")[0] for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def described(command: str) -> tuple[str, str]:
    """The heading and the text of one command."""
    found = [(heading, text) for heading, text in parts_of_commands().items() if _words(heading) == command]
    assert len(found) == 1, f"«{command}» has {len(found)} headings in docs/reference/commands.md"
    return found[0]


def _words(heading: str) -> str:
    return " ".join(word for word in heading.split() if re.fullmatch(r"[a-z-]+", word))


@pytest.mark.parametrize("command", LEAVES)
def test_every_command_is_described_with_every_choice_and_its_usual_value(command: str) -> None:
    heading, text = described(command)
    for parameter in LEAVES[command].params:
        if isinstance(parameter, click.Argument):
            assert (parameter.name or "").upper() in heading, f"{command}: {parameter.name}"
            continue
        for name in parameter.opts:
            assert f"`{name}" in text, f"{command} {name}"
        if isinstance(parameter, click.Option) and parameter.show_default:
            row = next(line for line in text.splitlines() if f"`{parameter.opts[0]}" in line)
            assert f"`{parameter.default}`" in row, f"{command} {parameter.opts[0]}"


@pytest.mark.parametrize("command", LEAVES)
def test_no_choice_is_described_that_is_not_there(command: str) -> None:
    _, text = described(command)
    known = {name for parameter in LEAVES[command].params for name in parameter.opts} | {"--help", "-h", "--version"}
    assert set(re.findall(r"`(--[a-z-]+)", text)) <= known


def test_no_command_is_described_that_is_not_there() -> None:
    groups = {name for name in COMMANDS if any(leaf.startswith(f"{name} ") for leaf in LEAVES)}
    assert {_words(heading) for heading in parts_of_commands()} == set(LEAVES) | groups


def test_commands_named_anywhere_in_the_documents_exist() -> None:
    for path in documents():
        text = path.read_text(encoding="utf-8")
        for line in re.findall(r"(?:^ {4}|`|\n)(?:\$ )?(?:\.?/?script/)?ringvirkning ([a-z][a-z-]+)", text):
            assert line in COMMANDS, (path.name, line)


# Words.


def enums(module: object) -> list[type[StrEnum]]:
    own = inspect.getmembers(module, inspect.isclass)
    return [
        one for _, one in own if issubclass(one, StrEnum) and one is not StrEnum and one.__module__ == module.__name__
    ]  # type: ignore[attr-defined]


TERMS = (case_terms, catalogue_terms, analysis_terms, people_terms, publishing_terms)


@pytest.mark.parametrize("listed", [one for terms in TERMS for one in enums(terms)], ids=lambda one: one.__name__)
def test_every_closed_list_and_its_codes_stand_in_the_glossary(listed: type[StrEnum]) -> None:
    glossary = read("docs/glossary.md")
    [row] = [
        line
        for line in glossary.splitlines()
        if re.search(rf"`{listed.__name__}`", line.split("|")[2:3][0] if "|" in line else "")
    ]
    for one in listed:
        assert not one.value or f"`{one.value}`" in row, f"{listed.__name__}.{one.name}"


def test_every_facet_stands_in_the_glossary() -> None:
    [row] = [line for line in read("docs/glossary.md").splitlines() if "| facet |" in line]
    assert all(facet in row for facet in CASES.facets)


def test_names_of_code_in_the_glossary_exist() -> None:
    """A name written as code, with a capital, is a class of ours."""
    named = set(re.findall(r"`([A-Z][a-z]+[A-Za-z]*)`", read("docs/glossary.md")))
    defined = {
        node.name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert named - defined == set()


# The case file.


def example() -> bytes:
    [found] = re.findall(r"^```json\n(.*?)^```$", read("docs/how-to/skrive-en-saksfil.md"), re.MULTILINE | re.DOTALL)
    return found.encode()


def test_the_example_of_a_case_file_is_sound() -> None:
    checked = check_bytes("eksempel.json", example())
    assert not checked.faults
    assert checked.case_file and checked.case_file.id in read("docs/how-to/skrive-en-saksfil.md")


def test_no_smaller_case_file_is_sound() -> None:
    """The example says it is as small as it can be."""
    whole = json.loads(example())
    for name in whole:
        rest = {other: value for other, value in whole.items() if other != name}
        assert check_bytes("mindre.json", json.dumps(rest).encode()).faults, f"{name} could be left out"


def test_the_parts_named_in_the_how_to_exist() -> None:
    _, _, after = read("docs/how-to/skrive-en-saksfil.md").partition("## Så fyller du på")
    rows = [line.split("|")[1] for line in after.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    named = {name.split(".")[0] for row in rows for name in re.findall(r"`([a-z.]+)`", row)}
    assert named <= set(CaseFile.model_fields)
    assert set(CaseFile.model_fields) - named - set(json.loads(example())) - {"infographic"} == set()


def test_the_written_schema_is_the_one_the_model_gives() -> None:
    assert json.loads(read("docs/reference/case-file-1.schema.json")) == schema()


# Links and the map.


def documents() -> list[Path]:
    """Every document that is shared."""
    folders = (DOCS, ROOT / "frontend", ROOT / "src", ROOT / "bench", ROOT / "tests", ROOT / ".github")
    found = [*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*.md"))]
    return sorted(path for path in found if "node_modules" not in path.parts)


def anchors(path: Path) -> set[str]:
    """The places in a document a link can point to, as they are named on the usual code hosts."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    bare = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {one.strip().replace(" ", "-") for one in bare}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\[[^\]]*\]\(([^)\s]+)(?: \"[^\"]*\")?\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(found), target


def test_files_named_as_code_in_the_documents_exist() -> None:
    """A path written as code, from the top of the tree or from the document's own folder, is a file of ours."""
    for path in documents():
        named = re.findall(
            r"`((?:docs|script|src|tests|bench|frontend|requirements)/[\w./-]+)`", path.read_text(encoding="utf-8")
        )
        for one in named:
            built = "built" in one or "node_modules" in one
            there = (ROOT / one).exists() or (path.parent / one).exists()
            assert built or there, (path.name, one)


def test_every_package_is_on_the_map() -> None:
    text = read("ARCHITECTURE.md")
    for folder in sorted(SOURCE.iterdir()):
        if folder.is_dir() and folder.name not in {"__pycache__", "locale"}:
            assert f"src/ringvirkning/{folder.name}" in text or re.search(
                rf"src/ringvirkning/.*\b{folder.name}\b", text
            ), folder.name


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in (DOCS / "decisions").glob("[0-9]*.md")]
    assert sorted(numbers) == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_publiccode_can_be_read_and_says_this_version() -> None:
    told = yaml.safe_load(read("publiccode.yml"))
    assert told["name"] == "Ringvirkning"
    assert str(told["softwareVersion"]) == __version__
    assert told["legal"]["license"] == tomllib.loads(read("pyproject.toml"))["project"]["license"]
    assert set(told["localisation"]["availableLanguages"]) == {"nb", "nn", "en"}
    for words in told["description"].values():
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert len(words["shortDescription"]) <= 150
        assert words["features"]
        for picture in words.get("screenshots", []):
            assert (ROOT / picture).is_file(), picture


def test_every_stage_can_be_imported_by_its_name() -> None:
    for folder in SOURCE.iterdir():
        if (folder / "__init__.py").exists():
            importlib.import_module(f"ringvirkning.{folder.name}")
