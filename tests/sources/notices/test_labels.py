"""Words for codes: complete, and made as the script makes them."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringvirkning.sources.notices import labels
from ringvirkning.sources.tables import data_folder, table

ROOT = Path(__file__).resolve().parents[3]
CODELISTS = ROOT.parent / "shared" / "data" / "reference" / "eforms_codelists_en_nb.json"
OWN: dict[str, dict[str, dict[str, str]]] = yaml.safe_load((data_folder() / "eforms_words.yaml").read_text("utf-8"))
GROUPS = list(table("eforms_labels.json")["groups"])


@pytest.mark.parametrize("group", GROUPS)
def test_every_code_has_words_in_three_languages(group: str) -> None:
    official = table("eforms_labels.json")["groups"][group]
    assert set(official) <= set(OWN[group])
    for language in ("nb", "nn", "en"):
        found = labels.words(group, language)
        assert set(official) <= set(found)
        assert [code for code, word in found.items() if not word] == []
    assert [code for code, row in OWN[group].items() if not row.get("nn")] == []


@pytest.mark.parametrize("group", GROUPS)
def test_words_stand_alone_and_within_a_list(group: str) -> None:
    for code, row in OWN[group].items():
        assert set(row) <= {"nb", "nn", "en"}, code
        for text in row.values():
            assert text == text.strip() and not text.endswith("."), code


@pytest.mark.parametrize("group", GROUPS)
def test_two_codes_of_a_group_are_not_said_alike(group: str) -> None:
    for language in ("nb", "nn", "en"):
        told = list(labels.words(group, language).values())
        assert sorted({one for one in told if told.count(one) > 1}) == []


def test_our_own_words_are_for_codes_there_are() -> None:
    official = table("eforms_labels.json")
    for group in GROUPS:
        # The directives of before 2016 stand in older notices, and not in the list of eForms.
        extra = {"32004L0018", "32004L0017"} if group == "legal_basis" else set()
        assert set(OWN[group]) - extra <= set(official["groups"][group]), group


def test_a_code_is_said_in_the_language_asked_for() -> None:
    assert labels.label("procedure", "innovation", "nb") == "Innovasjonspartnerskap"
    assert labels.label("procedure", "innovation", "nn") == "Innovasjonspartnarskap"
    assert labels.label("procedure", "innovation", "en") == "Innovation partnership"


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert labels.label("procedure", "unpublished") == "unpublished"
    assert labels.label("no-such-group", "x") == "x"


def test_regions_have_names_also_when_they_are_gone() -> None:
    told = [labels.region(code) for code in ("NO081", "NO082", "NO052", "NO0", "SE110", "DE300")]
    assert told == ["Oslo", "Viken", "Sogn og Fjordane", "Norge", "Stockholms län", ""]
    assert labels.region("NO07", "nn") == "Nord-Noreg"
    assert labels.region("NO0A9") == "Vestlandet"


def test_countries_are_known_by_three_letters() -> None:
    assert {code: labels.short_country(code) for code in ("NOR", "swe", "CZE", "1A0", "FRO", "QQQ")} == {
        "NOR": "NO",
        "swe": "SE",
        "CZE": "CZ",
        "1A0": "XK",
        "FRO": "FO",
        "QQQ": "",
    }


def test_the_file_is_what_the_script_makes() -> None:
    if not CODELISTS.exists():
        pytest.skip("the code lists are not here (../shared/data/reference)")
    made = _script().make(CODELISTS)
    assert made == json.loads((data_folder() / "eforms_labels.json").read_text("utf-8"))


def _script() -> Any:
    path = ROOT / "script" / "make-eforms-labels.py"
    spec = importlib.util.spec_from_file_location("make_eforms_labels", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
