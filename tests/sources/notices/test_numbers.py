"""One number in TED is written in one way, however it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.notices.numbers import ted_number


@pytest.mark.parametrize(
    "given_as",
    ["2017/S 039-071501", "071501-2017", "71501-2017", "00071501-2017", " 2017/S039-71501 ", "2017/S 39 - 071501"],
)
def test_every_way_of_writing_a_number_is_the_same_number(given_as: str) -> None:
    assert ted_number(given_as) == "71501-2017"


@pytest.mark.parametrize(
    "given_as", [None, "", "n.a.", "2023-653024", "0-2017", "71501-1200", "71501", "٧١٥٠١-٢٠١٧", "123456789-2017"]
)
def test_what_is_no_number_in_ted_is_none(given_as: str | None) -> None:
    assert ted_number(given_as) is None


@given(st.integers(1, 99_999_999), st.integers(1993, 2099))
def test_the_one_way_is_its_own(number: int, year: int) -> None:
    once = ted_number(f"{number:08d}-{year}")
    assert once == f"{number}-{year}" == ted_number(once) == ted_number(f"{year}/S 001-{number}")


@given(st.text(max_size=30))
def test_no_text_fails(text: str) -> None:
    assert ted_number(text) is None or "-" in text
