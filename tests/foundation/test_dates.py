from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.foundation.dates import parse_partial


@given(st.dates())
def test_a_date_is_read_as_exactly_as_it_is_known(day: date) -> None:
    year, month = f"{day.year:04}", f"{day.month:02}"
    assert parse_partial(year) == (date(day.year, 1, 1), 1)
    assert parse_partial(f"{year}-{month}") == (day.replace(day=1), 2)
    assert parse_partial(day.isoformat()) == (day, 3)


@pytest.mark.parametrize(
    "text", ["", "-", "2019-", "2019-13", "2019-02-29", "2019-06-14-1", "i fjor", "2019-06-14T10:00", "-2019", "0000"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_partial(text)


@pytest.mark.parametrize("text", ["2_019", " 2019", "+2019", "2019-6", "٢٠١٩"])
def test_numbers_that_only_python_would_write_so_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_partial(text)
