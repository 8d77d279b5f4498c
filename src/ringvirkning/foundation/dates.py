"""Dates as exact as they are known: a year, a month or a day."""

from datetime import date


def parse_partial(text: str) -> tuple[date, int]:
    """Return the first day of "2019", "2019-06" or "2019-06-14", and how many parts were given (1–3).

    Raises ``ValueError`` for anything else.
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) > 3:
        raise ValueError("a date has at most three parts")
    whole = [*parts, 1, 1][:3]
    return date(*whole), len(parts)
