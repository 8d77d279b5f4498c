"""Identifiers of organisations as notices write them, and the Norwegian organisation number in them."""

import re

from ringvirkning.foundation.identity import is_identity_number
from ringvirkning.foundation.orgnumber import clean_organisation_number
from ringvirkning.sources.notices.oddities import Noted

NORWAY = "NOR"
LONGEST = 100
# Identity numbers of persons, which one-person firms use as their own in some countries.
PERSONAL = {
    "SWE": re.compile(r"(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[-+]?[0-9]{4}"),
    "DNK": re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}-[0-9]{4}"),
    "FIN": re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[-+A-FYXWVU][0-9]{3}[0-9A-Z]"),
}
_NOTHING = frozenset({"", "-", "n/a", "n.a.", "na", "ukjent", "unknown", "ingen", "none", "unpublished"})
_DIGIT = re.compile(r"[0-9]")
_SPACES = re.compile(r"[\s\u00a0]+")


def read_identifier(given: str | None, country: str | None, noted: Noted) -> tuple[str | None, str | None]:
    """Return an organisation's identifier as given, trimmed, and its nine digits when it is a Norwegian number.

    A name, an e-mail address or a person's identity number in its place is left out and noted.
    """
    text = _SPACES.sub(" ", given or "").strip()
    if text.lower() in _NOTHING:
        return None, None
    if not _DIGIT.search(text) or "@" in text or len(text) > LONGEST:
        noted("identifier-is-a-name")
        return None, None
    if _is_persons(text.replace(" ", ""), country):
        noted("identity-number")
        return None, None
    return text, _norwegian(text, noted) if country in {NORWAY, None} else None


def _is_persons(bare: str, country: str | None) -> bool:
    if country in {NORWAY, None} and is_identity_number(bare):
        return True
    return country in PERSONAL and bool(PERSONAL[country].fullmatch(bare))


def _norwegian(text: str, noted: Noted) -> str | None:
    try:
        number = clean_organisation_number(text)
    except ValueError:
        noted("identifier-not-valid", given=text)
        return None
    if number != text:
        noted("identifier-written-oddly", given=text, number=number)
    return number
