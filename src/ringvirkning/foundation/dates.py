"""Dates as exact as they are known: a year, a month or a day."""

import re
from datetime import date

PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def parse_partial(text: str) -> tuple[date, int]:
    """Return the first day of "2019", "2019-06" or "2019-06-14", and how many parts were given (1–3).

    Raises ``ValueError`` for anything else.
    """
    match = PARTIAL.fullmatch(text)
    if not match:
        raise ValueError("a date is written YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    return date(year or 0, month or 1, day or 1), 1 + (month is not None) + (day is not None)
