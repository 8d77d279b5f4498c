"""The command line, in this process: shapes, exit codes, sentences."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from ringvirkning.cli.main import COMMANDS, main
from ringvirkning.cli.show import as_json, table
from ringvirkning.foundation.version import __version__
from ringvirkning.sources.casefile.schema import schema

CASES = Path(__file__).resolve().parents[2] / "src" / "ringvirkning" / "data" / "cases"


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    inside = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    return [leaf for name, one in inside if one for leaf in leaves(one, (*path, name))]


# Help.


@pytest.mark.parametrize("path", leaves(main), ids=" ".join)
def test_every_command_has_an_example_in_its_help(path: tuple[str, ...]) -> None:
    shown = run(*path, "--help")
    assert shown.exit_code == 0
    assert f"Eksempel: ringvirkning {' '.join(path)}" in " ".join(shown.output.split())


def test_the_program_lists_every_command_and_its_version() -> None:
    shown = run("--help").output
    assert all(name in shown for name in COMMANDS)
    assert all(told in " ".join(shown.split()) for _, _, told in COMMANDS.values())
    assert __version__ in run("--version").output


def test_an_unknown_command_is_told_so() -> None:
    assert run("flyg").exit_code == 2


# Finding.


@pytest.mark.usefixtures("library")
def test_find_gives_titles_and_addresses() -> None:
    result = run("find", "eldre som faller hjemme", "--limit", "3")
    assert result.exit_code == 0
    assert "treff for «eldre som faller hjemme»" in result.output
    assert result.output.count("/biblioteket/") == 3


@pytest.mark.usefixtures("library")
def test_find_as_json_keeps_its_shape() -> None:
    found = json.loads(run("find", "brøytebilen kommer aldri", "--json", "--limit", "4").output)
    assert list(found) == ["query", "total", "hits", "facets"]
    assert found["query"] == "brøytebilen kommer aldri"
    assert found["total"] >= len(found["hits"]) == 4 or found["total"] == len(found["hits"])
    for hit in found["hits"]:
        assert list(hit) == ["kind", "id", "title", "score", "url", "why"]
        assert hit["kind"] == "case"
        assert hit["url"] == f"/biblioteket/{hit['id']}/"
        assert hit["score"] > 0
        for reason in hit["why"]:
            assert {"part", "text", "marks", "words"} <= set(reason)
            assert all(len(mark) == 2 for mark in reason["marks"])
    assert "smart-vinterveg" in {hit["id"] for hit in found["hits"]}
    assert found["facets"]["theme"]
    assert all(isinstance(count, int) for counts in found["facets"].values() for count in counts.values())


@pytest.mark.usefixtures("library")
def test_find_ends_with_one_when_there_is_nothing() -> None:
    plain, as_data = run("find", "qqqqzzzz"), run("find", "qqqqzzzz", "--json")
    assert plain.exit_code == as_data.exit_code == 1
    assert "Ingen treff for «qqqqzzzz»" in plain.output
    assert json.loads(as_data.output)["hits"] == []


@pytest.mark.usefixtures("library")
def test_each_line_gives_one_line_of_json_in_the_same_order(tmp_path: Path) -> None:
    needs = ["eldre som faller", "", "qqqqzzzz", "   ", "ferge uten utslipp", 'æøå «sitat» \\ "', "", "{'x': 1}"]
    path = tmp_path / "behov.txt"
    path.write_text("\n".join(needs) + "\n", encoding="utf-8")
    result = run("find", "--each-line", str(path), "--json", "--limit", "2")
    lines = result.output.removesuffix("\n").split("\n")
    assert result.exit_code == 0
    assert [json.loads(line)["query"] for line in lines] == needs


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("content", "count"),
    [(b"", 0), (b"\n", 1), (b"eldre", 1), (b"a\r\nb\r\n", 2), (b"\xff\xfe eldre\n", 1), ("a\u2028b\n".encode(), 1)],
    ids=["empty", "one blank", "no end", "windows", "not text", "line separator"],
)
def test_each_line_counts_lines_as_files_do(content: bytes, count: int, tmp_path: Path) -> None:
    path = tmp_path / "behov.txt"
    path.write_bytes(content)
    result = run("find", "--each-line", str(path), "--json", "--limit", "1")
    assert result.exit_code == 0
    assert len(result.output.split("\n")) - 1 == count
    assert all(json.loads(line) for line in result.output.split("\n")[:-1])


@pytest.mark.parametrize("words", [(), ("",), ("eldre", "--each-line", __file__), ("eldre", "--limit", "0")])
def test_find_needs_one_need_or_one_file(words: tuple[str, ...]) -> None:
    assert run("find", *words).exit_code == 2


@pytest.mark.usefixtures("library")
def test_measure_search_gives_numbers_between_none_and_one(tmp_path: Path) -> None:
    rows = json.loads((CASES.parent / "judged" / "needs.json").read_text(encoding="utf-8"))["needs"][:6]
    (tmp_path / "behov.json").write_text(json.dumps({"needs": rows}), encoding="utf-8")
    words = ("measure-search", "--no-peers", "--file", str(tmp_path / "behov.json"))
    groups = json.loads(run(*words, "--json").output)["needs"]["groups"]
    assert all(list(one["scores"]) == ["Ringvirkning"] for one in groups.values())
    assert all(0 <= value <= 1 for one in groups.values() for value in one["scores"]["Ringvirkning"].values())
    assert {"ndcg", "recall", "mrr"} == set(groups["all"]["scores"]["Ringvirkning"])
    assert "ndcg" in run(*words).output


# Case files.


@pytest.fixture
def write(tmp_path: Path, case_data: Any) -> Callable[..., Path]:
    """Return a function that writes the small case to a file, with fields replaced."""

    def call(name: str, **fields: object) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(case_data(**fields), ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    return call


def test_check_of_a_sound_file_is_in_order(write: Any) -> None:
    path = write("god.json")
    result = run("cases", "check", str(path))
    assert (result.exit_code, result.output) == (0, f"{path}: i orden\n")


def test_check_tells_each_fault_with_place_line_and_mending_and_ends_with_three(write: Any) -> None:
    path = write("feil.json", themes=["romfart"])
    result = run("cases", "check", str(path))
    assert result.exit_code == 3
    line = path.read_text(encoding="utf-8").split("\n").index('  "romfart"') + 1
    assert f"linje {line}, themes[0]: Temaet «romfart» finnes ikke. Velg blant:" in result.output


def test_check_as_json_tells_the_same(write: Any) -> None:
    good, bad = write("god.json"), write("feil.json", id="annen", licence="")
    result = run("cases", "check", str(good), str(bad), "--json")
    first, second = json.loads(result.output)
    assert result.exit_code == 3
    assert first == {"file": str(good), "id": "varme-i-grunnen", "faults": []}
    assert second["id"] is None
    assert list(second["faults"][0]) == ["code", "place", "line", "what", "mend"]


def test_check_takes_a_folder_and_a_file_that_is_not_there(write: Any, tmp_path: Path) -> None:
    write("b.json"), write("a.json", id="a")
    result = run("cases", "check", str(tmp_path), str(tmp_path / "borte.json"))
    assert result.exit_code == 3
    assert [line.split(":")[0].rsplit("/", 1)[-1] for line in result.output.splitlines()[:3]] == [
        "a.json",
        "b.json",
        "borte.json",
    ]
    assert "Filen kan ikke leses." in result.output


def test_the_whole_seed_library_is_in_order() -> None:
    result = run("cases", "check", str(CASES))
    assert result.exit_code == 0
    assert result.output.count(": i orden") == 71


@pytest.mark.usefixtures("library")
def test_load_refuses_one_and_loads_the_rest(write: Any) -> None:
    paths = [write("1.json", id="en"), write("2.json", id="to", themes=["romfart"]), write("3.json", id="tre")]
    result = run("cases", "load", *map(str, paths))
    assert result.exit_code == 3
    assert "en: ny" in result.output
    assert "tre: ny" in result.output
    assert "Temaet «romfart» finnes ikke." in result.output
    found = json.loads(run("find", "Kommunen henter varme fra grunnen", "--json").output)
    assert {"en", "tre"} <= {hit["id"] for hit in found["hits"]}
    assert "to" not in {hit["id"] for hit in found["hits"]}


@pytest.mark.usefixtures("library")
def test_load_says_what_became_of_each(write: Any) -> None:
    path = str(write("1.json"))
    assert run("cases", "load", path).output == "varme-i-grunnen: ny\n"
    assert run("cases", "load", path).output == "varme-i-grunnen: uendret\n"
    write("1.json", title={"nb": "Ny tittel"})
    result = run("cases", "load", path, "--json")
    assert json.loads(result.output) == {"loaded": [{"id": "varme-i-grunnen", "outcome": "revised"}], "refused": []}
    assert result.exit_code == 0


def test_the_schema_is_printed_whole() -> None:
    assert json.loads(run("cases", "schema").output) == schema()


# How it talks.


def test_json_keeps_norwegian_letters() -> None:
    assert as_json({"å": "æ"}, indent=None) == '{"å": "æ"}'


def test_a_table_lines_up() -> None:
    assert table(["", "a"], [["navn", "1"], ["x", "100"]]) == "        a\nnavn    1\nx     100"
