"""The rough value of a problem: what is reckoned, what is told, and what is asked about."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.needs.assessment import ProblemValue, Range
from ringvirkning.needs.value import ENDS, doubts_about, rounded, told, worth_of

WHOLE = {
    "times_a_year": {"low": 1000, "likely": 2000, "high": 3000},
    "minutes_each": {"low": 10, "likely": 15, "high": 30},
    "people_each": {"likely": 2},
    "wage_an_hour": {"low": 400, "likely": 450, "high": 500},
}


def value(**parts: Any) -> ProblemValue:
    return ProblemValue.model_validate(parts)


def sentences(problem: ProblemValue) -> list[str]:
    return [one.in_bokmal.replace("\u00a0", " ") for one in told(problem)]


def test_low_with_low_and_high_with_high() -> None:
    worth = worth_of(value(**WHOLE))
    hours = Decimal(1000 * 10 * 2) / 60, Decimal(1000), Decimal(3000)
    assert (worth.hours.low, worth.hours.likely, worth.hours.high) == hours
    assert (worth.kroner.likely, worth.kroner.high) == (450_000, 1_500_000)
    assert round(worth.kroner.low or 0) == 133_333
    assert worth.missing == ()
    assert sentences(value(**WHOLE)) == [
        "Problemet tar mellom 330 og 3 000 timer i året, sannsynligvis 1 000.",
        "Det koster mellom 130 000 og 1 500 000 kroner i året, sannsynligvis 450 000.",
        "Laveste anslag er regnet av bare lave tall og høyeste av bare høye. Derfor er spennet trolig større enn i"
        " virkeligheten.",
        "Tallene er grove anslag, rundet av til to gjeldende siffer.",
    ]


def test_other_costs_are_added_to_each_end() -> None:
    worth = worth_of(value(**WHOLE, other_kroner_a_year={"low": 1, "likely": 2, "high": 3}))
    assert (worth.kroner.likely, worth.kroner.high) == (450_002, 1_500_003)


def test_what_is_absent_is_absent_and_no_wage_is_guessed() -> None:
    problem = value(**{name: part for name, part in WHOLE.items() if name != "wage_an_hour"})
    worth = worth_of(problem)
    assert worth.hours.known
    assert not worth.kroner.known
    assert worth.missing == ("wage_an_hour",)
    assert "Tiden det tar, er ikke regnet med i kronene. Det mangler: hva en time koster." in sentences(problem)
    without_people = worth_of(value(**{**WHOLE, "people_each": None}))
    assert not without_people.hours.known, "nothing is set to one"


def test_nothing_told_nothing_said() -> None:
    assert told(value()) == []
    assert told(value(assumptions="Vi vet lite")) == []
    assert doubts_about(value()) == []


def test_other_costs_alone_are_what_is_known_and_say_what_they_leave_out() -> None:
    problem = value(other_kroner_a_year={"likely": 1_437_500}, times_a_year={"likely": 10})
    assert worth_of(problem).kroner.likely == 1_437_500
    assert sentences(problem) == [
        "Det koster omtrent 1 400 000 kroner i året.",
        "Tiden det tar, er ikke regnet med i kronene. Det mangler: hvor mange minutter det tar, hvor mange det gjelder"
        " hver gang, hva en time koster.",
        "Tallene er grove anslag, rundet av til to gjeldende siffer.",
    ]


def test_an_end_that_somebody_left_out_is_left_out_of_the_product() -> None:
    problem = value(**{**WHOLE, "minutes_each": {"low": 10, "high": 30}})
    worth = worth_of(problem)
    assert worth.hours.likely is None
    assert worth.hours.low
    assert sentences(problem)[0] == "Problemet tar mellom 330 og 3 000 timer i året."


def test_two_costs_where_one_lacks_an_end() -> None:
    worth = worth_of(value(**WHOLE, other_kroner_a_year={"low": 1, "likely": 2}))
    assert (worth.kroner.likely, worth.kroner.high) == (450_002, None)


@pytest.mark.parametrize(
    ("part", "numbers", "says"),
    [
        ("minutes_each", {"likely": 50_000}, "minutter"),
        ("times_a_year", {"likely": 10**9}, "per år"),
        ("people_each", {"likely": 10**6}, "personer"),
        ("wage_an_hour", {"likely": 600_000}, "kroner per time"),
        ("wage_an_hour", {"likely": 4}, "kroner per time"),
        ("minutes_each", {"low": 30, "high": 10}, "Bytt om"),
        ("minutes_each", {"low": 10, "likely": 40, "high": 30}, "Bytt om"),
        ("other_kroner_a_year", {"low": 2, "likely": 1}, "Bytt om"),
    ],
)
def test_what_is_hardly_meant_is_asked_about(part: str, numbers: dict[str, int], says: str) -> None:
    [doubt] = doubts_about(value(**{part: numbers}))
    assert (doubt.part, says in doubt.sentence) == (part, True)


def test_more_hours_than_there_are() -> None:
    problem = value(times_a_year={"likely": 10**8}, minutes_each={"likely": 10_000}, people_each={"likely": 1000})
    assert [(one.part, "et helt år" in one.sentence) for one in doubts_about(problem)] == [("", True)]


def test_a_sound_problem_raises_no_doubt() -> None:
    assert doubts_about(value(**WHOLE)) == []


def test_numbers_are_written_as_the_language_does() -> None:
    [kroner] = [one for one in told(value(other_kroner_a_year={"likely": 1_437_500})) if "kroner i" in one.sentence]
    assert (
        kroner.filled("It costs about {likely} kroner a year.", (), "en") == "It costs about 1,400,000 kroner a year."
    )


@pytest.mark.parametrize(
    ("number", "told_as"),
    [
        ("0", "0"),
        ("7", "7"),
        ("99.6", "100"),
        ("145", "150"),
        ("1437500", "1400000"),
        ("0.0456", "0.046"),
        ("10", "10"),
    ],
)
def test_two_significant_digits(number: str, told_as: str) -> None:
    assert rounded(Decimal(number)) == Decimal(told_as)


numbers = st.decimals(0, 10**11, places=2)
ranges = st.lists(numbers, min_size=3, max_size=3).map(sorted)


@given(st.lists(ranges, min_size=5, max_size=5))
def test_the_ends_never_cross_and_nothing_fails(drawn: list[list[Decimal]]) -> None:
    parts = (*WHOLE, "other_kroner_a_year")
    told_of = {part: Range(**dict(zip(ENDS, one, strict=True))) for part, one in zip(parts, drawn, strict=True)}
    problem = ProblemValue(**told_of)
    kroner = worth_of(problem).kroner
    assert kroner.low is not None
    assert kroner.low <= (kroner.likely or 0) <= (kroner.high or 0)
    assert told(problem)
    doubts_about(problem)
