"""Numbers, kroner and dates as the language of the document writes them."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from ringvirkning.needs.assessment import Range
from ringvirkning.needs.value import LOCALES

DAYS = {"en": "d MMMM y"}


def number(value: Decimal | float, language: str) -> str:
    """Return a number: "1 400 000", "2,5"."""
    return format_decimal(value, locale=LOCALES[language])


def day(value: date, language: str) -> str:
    """Return a date: "27. november 2026"."""
    return format_date(value, DAYS.get(language, "d. MMMM y"), locale=LOCALES[language])


def partial_day(value: str, language: str) -> str:
    """Return a date of which the day, or the month too, may be unknown: "2. oktober 2026", "oktober 2026", "2026"."""
    known = [int(part) for part in value.split("-")]
    if len(known) == len(("year", "month", "day")):
        return day(date(*known), language)
    first = date(*(*known, 1, 1)[:3])
    return format_date(first, "MMMM y" if len(known) > 1 else "y", locale=LOCALES[language])


def guess(value: Range | None, language: str) -> str:
    """Return a guessed amount of kroner with its ends, or "" when nothing is guessed."""
    low, likely, high = _ends(value, language)
    if low and high and low != high:
        told = _("{low}–{high} kroner").format(low=low, high=high)
        return _("{range}, trolig {likely}").format(range=told, likely=likely) if likely else told
    if likely or (low and low == high):
        return _("omtrent {likely} kroner").format(likely=likely or low)
    if low:
        return _("minst {low} kroner").format(low=low)
    return _("høyst {high} kroner").format(high=high) if high else ""


def _ends(value: Range | None, language: str) -> tuple[str, str, str]:
    if value is None:
        return "", "", ""
    told = ["" if one is None else number(one, language) for one in (value.low, value.likely, value.high)]
    return told[0], told[1], told[2]
