import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.foundation.orgnumber import WEIGHTS, check_digit, clean_organisation_number

SOUND = "964965870"
eight_digits = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize(
    "written",
    [
        "964965870",
        "NO 964 965 870 MVA",
        "no964965870mva",
        "  964 965 870  ",
        "964\u00a0965\u00a0870",
        "964\u202f965\u202f870",
        "964.965.870",
        "964-965-870",
        "NO964965870",
        "964965870 MVA",
    ],
)
def test_a_number_is_understood_however_people_write_it(written: str) -> None:
    assert clean_organisation_number(written) == SOUND


@pytest.mark.parametrize(
    "written",
    [
        "",
        "964965871",
        "964956870",
        "96496587",
        "9649658700",
        "ABCDEFGHI",
        "96496587O",
        "NO",
        "NO MVA",
        "٩٦٤٩٦٥٨٧٠",
        "９６４９６５８７０",
        "964965870\x00",
        "SE964965870",
        "964965870 MVA MVA",
    ],
)
def test_anything_else_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="digit"):
        clean_organisation_number(written)


@given(eight_digits)
def test_the_check_digit_makes_the_weighted_sum_divide_by_eleven(first: str) -> None:
    digit = check_digit(first)
    if digit is None:
        return
    total = sum(int(one) * weight for one, weight in zip(first + str(digit), (*WEIGHTS, 1), strict=True))
    assert total % 11 == 0
    assert clean_organisation_number(first + str(digit)) == first + str(digit)


@given(eight_digits)
def test_at_most_one_last_digit_is_right(first: str) -> None:
    right = [last for last in "0123456789" if _is_sound(first + last)]
    digit = check_digit(first)
    assert right == ([] if digit is None else [str(digit)])


@given(eight_digits, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first: str, place: int, more: int) -> None:
    digit = check_digit(first)
    if digit is None:
        return
    sound = first + str(digit)
    wrong = sound[:place] + str((int(sound[place]) + more) % 10) + sound[place + 1 :]
    assert not _is_sound(wrong)


@given(eight_digits, st.integers(0, 6))
def test_two_neighbouring_digits_changed_about_are_always_noticed(first: str, place: int) -> None:
    digit = check_digit(first)
    if digit is None or first[place] == first[place + 1]:
        return
    turned = first[:place] + first[place + 1] + first[place] + first[place + 2 :] + str(digit)
    assert not _is_sound(turned)


@given(st.text())
def test_any_text_gives_nine_digits_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert len(clean_organisation_number(text)) == 9


def _is_sound(number: str) -> bool:
    try:
        return clean_organisation_number(number) == number
    except ValueError:
        return False
