"""Every case file that comes with the program keeps the rules it asks of others."""

import json
from pathlib import Path

import pytest

from ringvirkning.catalogue.operations import document_of
from ringvirkning.sources.casefile.check import check_file, check_files
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.tables import data_folder

FILES = sorted((data_folder() / "cases").glob("*.json"))


def test_there_are_seventy_one_cases() -> None:
    assert len(FILES) == 71


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_case_is_sound(path: Path) -> None:
    checked = check_file(path)
    assert [(one.place, one.line, one.sentence) for one in checked.faults] == []
    assert checked.case_file
    assert checked.case_file.id == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_case_comes_through_storage_unchanged(path: Path) -> None:
    case_file = CaseFile.model_validate_json(path.read_bytes())
    again = CaseFile.model_validate(json.loads(json.dumps(document_of(case_file))))
    assert again == case_file


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_case_says_nothing_where_it_knows_nothing(path: Path) -> None:
    def holes(value: object) -> bool:
        if isinstance(value, dict):
            return any(holes(one) for one in value.values())
        if isinstance(value, list):
            return any(holes(one) for one in value)
        return value is None or (isinstance(value, str) and value.strip() in {"", "-", "–", "?", "ukjent", "N/A"})

    assert not holes(json.loads(path.read_text(encoding="utf-8")))


def test_no_two_shipped_cases_share_an_id() -> None:
    assert not [fault for checked in check_files(FILES) for fault in checked.faults]
