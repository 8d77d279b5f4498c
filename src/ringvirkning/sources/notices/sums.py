"""Sums of money as notices write them."""

import re

from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Money
from ringvirkning.sources.notices.terms import ValueKind

_PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_CURRENCY = re.compile("[A-Z]{3}")
# Where a sum has one sign that can be thousands or decimals: three digits after it are thousands.
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{3})+")
IMPROBABLE = 1e12
ENDLESS = 1e18
WITHHELD = ("-1", "-1.0", "-1.00")  # what TED writes for a sum that is withheld (BT-195)


def money(text: str | None, currency: str | None, kind: ValueKind, field: str, noted: Noted) -> Money | None:
    """Return a sum, or None when it cannot be told; what was odd about it is noted."""
    given = (text or "").strip()
    if not given:
        return None
    if given in WITHHELD or currency == "unpublished":
        noted("withheld", field=field)
        return None
    amount = number(given, noted)
    if amount is None:
        return None
    if amount < 0:
        noted("amount-negative", given=given)
        return None
    code = _currency(currency, field, noted)
    if code is None:
        return None
    _note_size(amount, field, noted)
    return Money(amount=round(amount, 2), currency=code, kind=kind, field=field)


def finite(text: str) -> float | None:
    """Return a number that is neither endless nor no number at all; what JSON cannot say, we do not keep."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < ENDLESS else None


def number(given: str, noted: Noted) -> float | None:
    """Return a number that may be written in any common way: "1 000,50", "1.000.000", "1,000.5"."""
    if _PLAIN.fullmatch(given):
        return float(given)
    plain = _as_plain(given)
    if not _PLAIN.fullmatch(plain):
        noted("amount-unreadable", given=given)
        return None
    noted("amount-written-oddly", given=given, amount=plain)
    return float(plain)


def _as_plain(given: str) -> str:
    bare = _SPACES.sub("", given).removesuffix(",-").removesuffix(".-").removeprefix("+")
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:  # the last of the two begins the decimals
        thousands, decimals = (",", ".") if point > comma else (".", ",")
        return bare.replace(thousands, "").replace(decimals, ".")
    if _THOUSANDS.fullmatch(bare):
        return bare.replace(",", "").replace(".", "")
    return bare.replace(",", ".")


def _currency(given: str | None, field: str, noted: Noted) -> str | None:
    code = (given or "").strip().upper()
    if not code:
        noted("currency-missing", field=field)
        return None
    if not _CURRENCY.fullmatch(code):
        noted("currency-unknown", code=code)
        return None
    return code


def _note_size(amount: float, field: str, noted: Noted) -> None:
    if amount == 0:
        noted("amount-zero", field=field)
    elif amount >= IMPROBABLE:
        noted("amount-improbable", amount=f"{amount:.0f}", field=field)
