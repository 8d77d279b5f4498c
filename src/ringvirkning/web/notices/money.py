"""Sums in words: always with the currency, and never two kinds of sums as if they were one."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal, get_currency_name
from django.utils.translation import ngettext

from ringvirkning.sources.notices.record import Money
from ringvirkning.web.templatetags.rv import BILLION, MILLION, locale, number

HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")


def exactly(money: Money) -> str:
    """Return the whole sum: "25 millioner kroner", "12 345 678 kroner", "3 500,50 euro"."""
    amount = _amount(money)
    for size in (BILLION, MILLION):
        in_it = amount / size
        if amount >= size and in_it == in_it.quantize(HUNDREDTH):
            return _large(in_it, size, money.currency)
    whole = amount == amount.to_integral_value()
    told = number(amount) if whole else format_decimal(amount, "#,##0.00", locale=locale())
    return f"{told} {currency(money.currency, amount)}"


def about(money: Money) -> str:
    """Return the sum rounded, for lists: "12,3 millioner kroner"."""
    amount = _amount(money)
    for size in (BILLION, MILLION):
        if amount >= size:
            return _large((amount / size).quantize(TENTH, ROUND_HALF_UP), size, money.currency)
    whole = amount.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{number(whole)} {currency(money.currency, whole)}"


def currency(code: str, amount: Decimal = Decimal(2)) -> str:
    """Return the name of a currency: "kroner" for Norwegian ones, "svenske kroner", "euro"."""
    if code == "NOK":
        return ngettext("krone", "kroner", 1 if amount == 1 else 2)
    return str(get_currency_name(code, float(amount), locale()))


def _large(in_it: Decimal, size: Decimal, code: str) -> str:
    """Return so many millions or billions in words."""
    count = 1 if in_it == 1 else 2
    if size == BILLION:
        told = ngettext("%(amount)s milliard %(currency)s", "%(amount)s milliarder %(currency)s", count)
    else:
        told = ngettext("%(amount)s million %(currency)s", "%(amount)s millioner %(currency)s", count)
    return told % {"amount": number(in_it.normalize()), "currency": currency(code)}


def _amount(money: Money) -> Decimal:
    """Return the amount in whole and hundredths; what a float adds beyond that nobody wrote."""
    amount = Decimal(str(money.amount)).quantize(HUNDREDTH, ROUND_HALF_UP)
    whole = amount.to_integral_value()
    return whole if amount == whole else amount
