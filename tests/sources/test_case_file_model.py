"""The rules of the format, one by one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ringvirkning.sources.casefile.model import CaseFile, Figure, OrganisationRef
from ringvirkning.sources.casefile.schema import schema
from ringvirkning.sources.casefile.terms import SCHEMA_PATH

ROOT = Path(__file__).resolve().parents[2]
FIGURE = {
    "id": "f",
    "kind": "expected",
    "effect": "cost_saved",
    "label": {"nb": "Spart"},
    "unit": "NOK",
    "sources": ["s1"],
}


def faults_of(make: Callable[[], object]) -> set[str]:
    try:
        make()
    except ValidationError as error:
        return {one["type"] for one in error.errors()}
    return set()


def figure_faults(**fields: object) -> set[str]:
    return faults_of(lambda: Figure.model_validate({**FIGURE, **fields}))


@pytest.mark.parametrize(
    "number",
    [{"value": 1}, {"low": 1}, {"high": 1}, {"low": 1, "high": 2}, {"value": "12.5"}, {"value": 0}, {"value": -3}],
)
def test_a_figure_is_one_number_or_a_span(number: dict[str, object]) -> None:
    assert figure_faults(**number) == set()


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ({}, "figure_without_number"),
        ({"value": 1, "low": 1}, "figure_value_and_range"),
        ({"value": 1, "high": 2}, "figure_value_and_range"),
        ({"low": 2, "high": 1}, "figure_range"),
        ({"low": 2, "high": 2}, "figure_range"),
        ({"value": "NaN"}, "finite_number"),
    ],
)
def test_a_figure_that_is_neither_is_refused(number: dict[str, object], fault: str) -> None:
    assert figure_faults(**number) == {fault}


def test_a_potential_must_say_its_if() -> None:
    assert figure_faults(kind="potential", value=1) == {"potential_without_if"}
    assert figure_faults(kind="potential", value=1, assumption={"nb": "hvis alle gjør det"}) == set()


@pytest.mark.parametrize("kind", ["expected", "realised"])
def test_other_figures_may_leave_the_if_out(kind: str) -> None:
    assert figure_faults(kind=kind, value=1) == set()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>fet</b>",
        "</p>",
        "< img src=x>",
        "<!-- skjult -->",
        "se javascript:alert(1)",
        "JaVaScRiPt:x",
    ],
)
def test_markup_in_any_text_is_refused(text: str, case_data: Any) -> None:
    data = case_data(title={"nb": text})
    assert faults_of(lambda: CaseFile.model_validate(data)) == {"markup"}
    assert "markup" in faults_of(lambda: OrganisationRef(name=text))


@pytest.mark.parametrize("text", ["5 < 7 og 7 > 5", "<3", "a & b", "«sitat» – tankestrek", "java: et språk", "100 %"])
def test_plain_text_may_hold_signs_that_look_like_markup(text: str, case_data: Any) -> None:
    assert faults_of(lambda: CaseFile.model_validate(case_data(title={"nb": text}))) == set()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u2066"])
def test_invisible_control_signs_are_refused(sign: str, case_data: Any) -> None:
    data = case_data(title={"nb": f"Tryg{sign}ghet"})
    assert faults_of(lambda: CaseFile.model_validate(data)) == {"control_characters"}


def test_line_breaks_and_tabs_are_text(case_data: Any) -> None:
    data = case_data()
    data["summary"]["text"]["nb"] = "Første linje\n\nAndre\tlinje\r\n"
    assert CaseFile.model_validate(data).summary.text["nb"] == "Første linje\n\nAndre\tlinje"


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e"])
def test_invisible_control_signs_in_addresses_are_refused(sign: str, case_data: Any) -> None:
    source = {**case_data()["sources"][0], "url": f"https://eksempel.no/{sign}"}
    assert faults_of(lambda: CaseFile.model_validate(case_data(sources=[source])))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://eksempel.no", "eksempel.no", "https://a b", 'https://"'])
def test_only_web_addresses_are_addresses(url: str, case_data: Any) -> None:
    source = {**case_data()["sources"][0], "url": url}
    assert faults_of(lambda: CaseFile.model_validate(case_data(sources=[source]))) == {"string_pattern_mismatch"}


def test_an_organisation_number_is_stored_as_nine_digits() -> None:
    assert OrganisationRef(name="Oslo kommune", number="NO 958 935 420 MVA").number == "958935420"
    assert faults_of(lambda: OrganisationRef(name="Oslo kommune", number="958935421")) == {"organisation_number"}


def test_a_part_is_somebody_named_or_somebody_counted(case_data: Any) -> None:
    named = {"organisation": {"name": "Oslo kommune"}}
    counted = {"group": {"description": {"nb": "kommuner i Viken"}, "count": 7}}
    rest = {"role": "follower", "sources": ["s1"]}

    def faults(*who: dict[str, object]) -> set[str]:
        party = {**rest, **{key: value for one in who for key, value in one.items()}}
        return faults_of(lambda: CaseFile.model_validate(case_data(parties=[party])))

    assert faults(named) == faults(counted) == set()
    assert faults() == faults(named, counted) == {"organisation_or_group"}


@pytest.mark.parametrize(
    "place", ["summary", "need", "parties", "approach", "figures", "procurement", "contract", "state", "effects"]
)
def test_a_statement_cannot_rest_on_a_source_that_is_not_there(place: str, case_data: Any) -> None:
    data = case_data()
    unknown = {"text": {"nb": "Noe"}, "sources": ["borte"]}
    if place == "state":
        data["state"]["note"] = unknown
    elif place == "effects":
        data["effects"] = [unknown]
    else:
        spots = {"need": data["need"]["description"], "contract": data["procurement"]["contract"]}
        spot = spots.get(place, data.get(place))
        (spot[0] if isinstance(spot, list) else spot)["sources"] = ["s1", "borte"]
    assert faults_of(lambda: CaseFile.model_validate(data)) == {"unknown_source"}


def test_ids_are_used_once_and_infographics_show_figures_that_are_there(case_data: Any) -> None:
    data = case_data()
    twice = {**data, "sources": data["sources"] * 2}
    figures_twice = {**data, "figures": data["figures"] * 2}
    stray = {**data, "infographic": {"headline": {"nb": "Varmt"}, "figures": ["spart", "borte"]}}
    assert faults_of(lambda: CaseFile.model_validate(twice)) == {"repeated_id"}
    assert faults_of(lambda: CaseFile.model_validate(figures_twice)) == {"repeated_id"}
    assert faults_of(lambda: CaseFile.model_validate(stray)) == {"unknown_figure"}


@pytest.mark.parametrize("day", ["2019", "2019-06", "2019-06-14", "2020-02-29", "1999"])
def test_a_date_is_as_exact_as_it_is_known(day: str, case_data: Any) -> None:
    assert CaseFile.model_validate(case_data(start=day)).start == day


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2019-02-29", "partial_date"),
        ("2019-13", "partial_date"),
        ("2019-00", "partial_date"),
        ("19", "string_pattern_mismatch"),
        ("2019-6", "string_pattern_mismatch"),
        ("14.06.2019", "string_pattern_mismatch"),
        ("1850", "string_pattern_mismatch"),
    ],
)
def test_a_date_that_is_none_is_refused(day: str, fault: str, case_data: Any) -> None:
    assert faults_of(lambda: CaseFile.model_validate(case_data(start=day))) == {fault}


@pytest.mark.parametrize(
    "fields", [{"start": "20١٩"}, {"place": {"name": "Her", "municipality": "٣٢٠٥"}}], ids=["date", "municipality"]
)
def test_digits_are_the_ones_we_write(fields: dict[str, Any], case_data: Any) -> None:
    assert faults_of(lambda: CaseFile.model_validate(case_data(**fields)))


@pytest.mark.parametrize(
    ("start", "end", "sound"),
    [
        ("2019", "2020", True),
        ("2019", "2019", True),
        ("2019-06", "2019", True),
        ("2019", "2019-01", True),
        ("2019-06-14", "2019-06", True),
        ("2020", "2019", False),
        ("2019-06", "2019-05", False),
        ("2019-06-14", "2019-06-13", False),
        ("2020", "2019-12-31", False),
    ],
)
def test_a_case_ends_after_it_began_as_far_as_we_know(start: str, end: str, sound: bool, case_data: Any) -> None:
    found = faults_of(lambda: CaseFile.model_validate(case_data(start=start, end=end)))
    assert found == (set() if sound else {"end_before_start"})


def test_a_step_ends_after_it_began(case_data: Any) -> None:
    step = {**case_data()["approach"][0], "start": "2022", "end": "2021"}
    assert faults_of(lambda: CaseFile.model_validate(case_data(approach=[step])))


@pytest.mark.parametrize("themes", [[], ["vei"] * 5])
def test_a_case_has_one_to_four_themes(themes: list[str], case_data: Any) -> None:
    assert faults_of(lambda: CaseFile.model_validate(case_data(themes=themes))) <= {"too_short", "too_long"}
    assert faults_of(lambda: CaseFile.model_validate(case_data(themes=themes)))


def test_nothing_in_a_case_file_can_be_changed_after_reading(a_case: Any) -> None:
    with pytest.raises(ValidationError):
        a_case().title = {}


@given(st.text(max_size=400))
def test_any_text_is_kept_whole_or_refused(text: str) -> None:
    try:
        kept = OrganisationRef(name=text).name
    except ValidationError:
        return
    assert kept == text.strip()


def test_the_published_schema_is_the_one_the_model_makes() -> None:
    published = (ROOT / "docs" / "reference" / "case-file-1.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(), "Write it anew: ringvirkning cases schema > docs/reference/…"


def test_the_schema_says_where_it_lives_and_forbids_unknown_fields() -> None:
    made = schema("https://bibliotek.eksempel.no")
    assert made["$id"] == "https://bibliotek.eksempel.no" + SCHEMA_PATH
    parts = [made, *made["$defs"].values()]
    assert all(part["additionalProperties"] is False for part in parts if part.get("type") == "object")
    assert {"title", "summary", "need", "sources", "licence"} <= set(made["required"])
