"""Codes of places, goods and countries, checked against our tables."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.tables import cpv_labels, table

CPV_DIGITS = 8
_CPV = re.compile(r"([0-9]{2,8})(?:-[0-9])?")
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
EU_NAMES = {"UK": "GBR", "EL": "GRC"}  # what the EU calls two countries that ISO calls GB and GR


def cpv(given: Iterable[str | None], noted: Noted) -> tuple[str, ...]:
    """Return the CPV codes that exist, eight digits each, in their order and once."""
    known = cpv_labels()
    codes = [code if code in known else _eight_digits((code or "").strip(), noted) for code in given]
    return tuple(dict.fromkeys(filter(None, codes)))


def _eight_digits(given: str, noted: Noted) -> str:
    """Return a code written with its check digit, or shortened to division or group; "" when it does not exist."""
    match = _CPV.fullmatch(given)
    code = match[1].ljust(CPV_DIGITS, "0") if match else ""
    if given in cpv_labels():
        return given
    if given and code not in cpv_labels():
        noted("cpv-unknown", code=given)
        return ""
    return code


def nuts(given: Iterable[str | None], noted: Noted) -> tuple[str, ...]:
    """Return the codes of places as given, once each; old ones are noted."""
    found = dict.fromkeys(code for text in given if (code := _place(text)))
    for code in found:
        if code[:2] == "NO" and code not in _norwegian_places():
            noted("nuts-old", code=code)
    return tuple(found)


@lru_cache(maxsize=4096)
def _place(text: str | None) -> str:
    code = (text or "").strip().upper()
    return code if _NUTS.fullmatch(code) else ""


@cache
def _norwegian_places() -> frozenset[str]:
    """Return today's codes: regions and the larger ones around them. Source: NUTS 2024, as in our labels."""
    return frozenset({"NO", "NO0", "NOZ", "NOZZ", "NOZZZ", *_today()})


def _today() -> set[str]:
    whole = {
        "NO020", "NO060", "NO071", "NO072", "NO073", "NO081", "NO083", "NO084", "NO085", "NO092", "NO093", "NO094",
        "NO0A1", "NO0A2", "NO0A3", "NO0B1", "NO0B2",
    }  # fmt: skip
    return whole | {code[:4] for code in whole}


@cache
def _short() -> dict[str, str]:
    """Return two letters → three letters."""
    longer: dict[str, str] = table("eforms_labels.json")["countries"]
    return {short: long for long, short in longer.items()} | EU_NAMES


def country(given: str | None, noted: Noted) -> str | None:
    """Return the three-letter code of a country given with three letters or two."""
    code = (given or "").strip().upper()
    if not code:
        return None
    if code in table("eforms_labels.json")["countries"]:
        return code
    if code not in _short():
        noted("country", code=code)
    return _short().get(code)
