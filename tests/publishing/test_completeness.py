"""What a reader will miss, told to writer and reader by one set of rules."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from ringvirkning.catalogue.seed import seed_files
from ringvirkning.publishing.terms import OWNS
from ringvirkning.publishing.typed.completeness import QUESTIONS, TOLD, asked_of, fullness, gaps
from ringvirkning.publishing.typed.compose import composed, presentable
from ringvirkning.publishing.typed.ownword import OwnWord
from ringvirkning.sources.casefile.check import check_files
from ringvirkning.sources.casefile.model import CaseFile

ACase = Callable[..., CaseFile]


def shown(raw: dict[str, Any]) -> CaseFile:
    return presentable(composed(raw, case_id="x", revised=date(2026, 1, 1), own=OwnWord("egen", "Larvik kommune")))


def test_each_question_has_its_own_code_and_a_place_in_its_step() -> None:
    assert len(TOLD) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.place.split(".", maxsplit=1)[0] in OWNS[question.step]
        assert question.weight > 0


def test_a_blank_draft_lacks_everything_and_the_weightiest_is_told_first() -> None:
    blank = presentable({})
    assert fullness(blank) == 0
    assert {gap.code for gap in gaps(blank)} == set(TOLD)
    assert all(one.weight >= other.weight for one, other in pairwise(gaps(blank)))
    assert {gap.code for gap in gaps(blank)[:4]} == {"title", "summary", "need", "themes"}


def test_what_is_written_is_no_longer_missed() -> None:
    raw: dict[str, Any] = {}
    before = fullness(shown(raw))
    for key, value, code in (
        ("title", {"nb": "Varme"}, "title"),
        ("summary", {"text": {"nb": "Vi hentet varme."}}, "summary"),
        ("themes", ["energi"], "themes"),
        ("lessons", [{"kind": "advice", "text": {"nb": "Begynn tidlig."}}], "lessons"),
        ("procurement", {"contract": {"value": {"amount": "3 mill"}}}, "cost"),
    ):
        raw[key] = value
        case = shown(raw)
        assert code not in {gap.code for gap in gaps(case)}
        assert fullness(case) > before
        before = fullness(case)


def test_an_expected_gain_is_not_a_measured_one(a_case: ACase) -> None:
    codes = {gap.code for gap in gaps(a_case())}
    assert "gain" in codes and "effect" not in codes


def test_what_reached_far_or_cost_much_is_no_gain(a_case: ACase, case_data: Callable[..., dict[str, Any]]) -> None:
    figure = case_data()["figures"][0] | {"kind": "realised", "date": "2020"}
    assert "gain" not in {gap.code for gap in gaps(a_case(figures=[figure]))}
    for effect in ("reach", "cost"):
        assert "gain" in {gap.code for gap in gaps(a_case(figures=[figure | {"effect": effect}]))}


def test_nobody_asks_what_came_of_a_procurement_that_was_called_off(a_case: ACase) -> None:
    cancelled = a_case(state={"status": "cancelled"})
    assert not {"supplier", "availability", "gain", "effect", "reuse", "solution"} & {
        gap.code for gap in gaps(cancelled)
    }
    assert len(asked_of(cancelled)) < len(QUESTIONS)


def test_the_library_is_spread_out() -> None:
    """A measure on which all cases stand alike would help nobody."""
    cases = [checked.case_file for checked in check_files(seed_files()) if checked.case_file]
    fulls = sorted(fullness(case) for case in cases)
    assert 0 < fulls[0] < fulls[-1] <= 100
    assert fulls[-1] - fulls[0] >= 30


def test_the_case_page_asks_by_these_rules() -> None:
    from ringvirkning.web.case_page import GAPS

    assert len(GAPS) == 12
    assert all(gap.told in TOLD.values() for gap in GAPS)
