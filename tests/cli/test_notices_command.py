"""``ringvirkning notices read``: every key always, what cannot be read is named, the rest is printed."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import Home
from eforms_xml import document, lot, notice, project
from ringvirkning.cli.main import main
from ringvirkning.cli.notice_lines import as_line, as_object, value_of
from ringvirkning.sources.notices.terms import ValueKind

KEYS = (
    "file source notice_uuid version publication_number publication_date subtype kind phase language titles "
    "descriptions buyers winners cpv nuts procedure lots estimated_value awarded_value deadline innovation oddities"
).split()
ASKED = (
    '<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="NOK">2500000'
    "</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
)
NOVEL = (
    '<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="innovative-acquisition">rd-act'
    "</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>"
)


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, ["notices", "read", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two sound notices, one damaged and one that is something else."""
    (tmp_path / "a.xml").write_bytes(document(project=project(ASKED), lots=lot(inner=NOVEL)))
    (tmp_path / "b.xml").write_bytes(document()[:-100])
    (tmp_path / "c.html").write_text("<html><body>Hei</body></html>", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as packed:
        packed.writestr("2026-101219.xml", document())
    return tmp_path


def test_what_cannot_be_read_is_named_and_the_rest_is_printed(folder: Path) -> None:
    result = run(folder, "--jsonl")
    assert result.exit_code == 3
    first, second = objects(result)
    assert first["file"].endswith("a.xml")
    assert (second["file"].endswith("d.zip/2026-101219.xml"), second["publication_number"]) == (True, "2026-101219")
    broken, page, told = result.stderr.splitlines()
    assert "b.xml: XML-en er ødelagt ved linje" in broken
    assert "c.html: " in page
    assert told == "2 kunngjøringer lest. 1 fil er utelatt. 1 fil kunne ikke leses."


def test_all_is_well_when_all_can_be_read(folder: Path) -> None:
    result = run(folder / "a.xml", folder / "d.zip")
    assert (result.exit_code, result.stderr) == (0, "2 kunngjøringer lest.\n")
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == ["a.xml", "d.zip/2026-101219.xml"]


def test_what_is_never_a_notice_is_left_out_and_nothing_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(document())
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "les-meg.txt").write_text("Les dette først.", encoding="utf-8")
    result = run(tmp_path)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    picture, read_me, told = result.stderr.splitlines()
    assert "b.png: Bilder er aldri kunngjøringer." in picture
    assert "les-meg.txt: Ren tekst er ikke en kunngjøring." in read_me
    assert told == "1 kunngjøring lest. 2 filer er utelatt."


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "borte.xml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "borte.xml" in result.stderr


def test_every_key_is_there_also_when_nothing_is_known() -> None:
    bare = as_object(notice(project="", lots="", buyer="", process="", language="", issued="", version=""))
    assert set(KEYS) <= bare.keys()
    for key in ("version", "publication_number", "publication_date", "language", "procedure", "deadline"):
        assert bare[key] is None, key
    assert (bare["estimated_value"], bare["awarded_value"]) == (None, None)
    assert (bare["titles"], bare["buyers"], bare["winners"], bare["cpv"], bare["lots"]) == ({}, [], [], [], [])


def test_an_object_has_what_was_read() -> None:
    found = as_object(notice(project=project(ASKED), lots=lot(inner=NOVEL)))
    assert found["titles"] == {"nb": "Trygg natt"}
    assert (
        found["buyers"][0] | {"name": "Larvik kommune", "identifier": "918082956", "country": "NOR"}
        == found["buyers"][0]
    )
    assert found["estimated_value"] == {
        "amount": 2_500_000.0,
        "currency": "NOK",
        "kind": "estimated",
        "field": "BT-27-Procedure",
    }
    assert found["innovation"]["codes"] == ["rd-act"]
    assert found["innovation"]["signals"][0]["code"]
    assert 0 < found["innovation"]["likelihood"] <= 1
    assert found["lots"][0]["result"] is None
    assert json.loads(json.dumps(found)) == found


def test_oddities_are_told_with_code_and_sentence() -> None:
    (odd,) = as_object(notice(subtype=""))["oddities"]
    assert (odd["code"], odd["sentence"][-1]) == ("subtype-missing", ".")


def test_the_value_of_the_only_lot_stands_for_the_whole_and_those_of_several_do_not() -> None:
    one, two = notice(lots=lot(inner=ASKED)), notice(lots=lot(inner=ASKED) + lot(2, inner=ASKED))
    found = value_of(one, ValueKind.ESTIMATED)
    assert found is not None and (found.amount, found.field) == (2_500_000, "BT-27-Lot")
    assert value_of(two, ValueKind.ESTIMATED) is None
    assert value_of(one, ValueKind.AWARDED) is None


def test_a_line_for_people() -> None:
    assert as_line(notice(project=project(ASKED))) == (
        "invented.xml: Kunngjøring av konkurranse · Trygg natt · Larvik kommune · 2 500 000 NOK"
    )
    long = as_line(notice(project=project(title="Trygg natt " * 50)))
    assert "…" in long and "\n" not in long and len(long) < 200


def test_it_needs_neither_home_nor_database(fresh_home: Home, folder: Path) -> None:
    done = fresh_home.run("notices", "read", str(folder / "a.xml"), "--jsonl")
    assert (done.returncode, json.loads(done.stdout)["kind"]) == (0, "cn-standard")
    assert not fresh_home.path.exists()
