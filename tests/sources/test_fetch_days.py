"""Days in a row: sums of them are what the same sums of single days are."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.fetching.days import Days, joined, without
from ringvirkning.sources.fetching.state import State

FIRST = date(2024, 1, 1)
LENGTHS = st.tuples(st.integers(0, 60), st.integers(0, 12))
SOME = st.lists(LENGTHS.map(lambda one: stretch(*one)), max_size=6)


def stretch(start: int, more: int) -> Days:
    first = FIRST + timedelta(days=start)
    return Days(first, first + timedelta(days=more))


def each(all_days: list[Days]) -> set[date]:
    return {day for days in all_days for day in days.each()}


@given(SOME)
def test_joined_days_are_the_same_days_in_as_few_rows_as_can_be(some: list[Days]) -> None:
    rows = joined(some)
    assert each(rows) == each(some)
    assert all((later.first - sooner.last).days > 1 for sooner, later in pairwise(rows))


@given(SOME, SOME)
def test_days_without_others_are_what_is_left_day_by_day(some: list[Days], others: list[Days]) -> None:
    left = without(some, others)
    assert each(left) == each(some) - each(others)
    assert sum(map(len, left)) == len(each(left))


@given(LENGTHS, st.integers(1, 9))
def test_pieces_and_halves_are_the_days_once_each(length: tuple[int, int], most: int) -> None:
    days = stretch(*length)
    pieces = list(days.pieces(most))
    assert [day for one in pieces for day in one.each()] == list(days.each())
    assert all(len(one) <= most for one in pieces)
    if len(days) > 1:
        assert [day for half in days.halves() for day in half.each()] == list(days.each())
        assert abs(len(days.halves()[0]) - len(days.halves()[1])) <= 1


def test_a_single_day_has_no_halves_and_nothing_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before"):
        Days(FIRST, FIRST).halves()
    with pytest.raises(ValueError, match="before"):
        Days(FIRST, FIRST - timedelta(days=1))


@given(st.lists(st.tuples(SOME, st.booleans()), max_size=4), st.integers(0, 80))
def test_nothing_that_was_asked_for_is_passed_over(runs: list[tuple[list[Days], bool]], until: int) -> None:
    """Whatever was asked for and done in whatever order, what is asked for and not done is wanted."""
    state, last = State(), FIRST + timedelta(days=until)
    for some, is_done in runs:
        for days in some:
            state.ask(days)
            if is_done:
                state.mark(days)
    asked, done = each(state.days_asked()), each(state.days_done())
    wanted = each(state.wanted(None, last))
    assert wanted >= {day for day in asked - done if day <= last}
    assert not wanted & done and all(day <= last for day in wanted)
    if asked:
        assert wanted >= {day for day in Days(FIRST, last).each() if day > max(asked)}
