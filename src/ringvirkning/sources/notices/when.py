"""Days and moments as notices write them: with a zone ("2024-03-01+01:00", "12:00:00Z"), and sometimes without."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from ringvirkning.sources.notices.oddities import Noted

NORWAY = "NOR"
OSLO = ZoneInfo("Europe/Oslo")  # the same clock as Brussels, where TED is
# Country (alpha-3) → the clock of its capital, for countries with another clock than Norway. Source: the tz database.
ELSEWHERE = dict(
    pair.split(":")
    for pair in (
        "FIN:Europe/Helsinki EST:Europe/Tallinn LVA:Europe/Riga LTU:Europe/Vilnius ROU:Europe/Bucharest "
        "BGR:Europe/Sofia GRC:Europe/Athens CYP:Asia/Nicosia GBR:Europe/London IRL:Europe/Dublin PRT:Europe/Lisbon "
        "ISL:Atlantic/Reykjavik FRO:Atlantic/Faroe UKR:Europe/Kyiv MDA:Europe/Chisinau TUR:Europe/Istanbul "
        "GEO:Asia/Tbilisi"
    ).split()
)
# Countries whose capital's clock is Norway's.
SAME = frozenset(
    "SWE DNK DEU NLD BEL LUX FRA ESP ITA MLT AUT CHE LIE POL CZE SVK HUN SVN HRV BIH SRB MNE MKD ALB 1A0 XKX AND MCO "
    "SMR VAT".split()
)
Land = Callable[[], str | None]  # the buyer's country, asked for only when a time has no zone
NEVER = date(1970, 1, 1)  # what TED writes for a date that is withheld
FIRST_YEAR, LAST_YEAR = 1900, 2200  # other years are mistakes, and some cannot be told in every zone
DAY = 10  # characters of a date


def day(text: str | None, noted: Noted) -> date | None:
    """Return the day; its zone says nothing about a day and is left out."""
    given = (text or "").strip()
    if not given:
        return None
    try:
        found = date.fromisoformat(given[:DAY])
    except ValueError:
        noted("date-unreadable", given=given)
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        noted("date-unreadable", given=given)
        return None
    return None if found == NEVER else found


def nowhere() -> None:
    """Return the country of a notice that does not tell."""
    return


def moment(on: str | None, at: str | None, field: str, noted: Noted, land: Land = nowhere) -> datetime | None:
    """Return the moment of a day and a time with its zone; None without a time, for we never guess one.

    Without a zone it is on the clock of the buyer's capital, and Oslo's when we do not know that.
    """
    found, clock = day(on, noted), (at or "").strip()
    if found is None or not clock:
        return None
    try:
        told = datetime.fromisoformat(f"{found.isoformat()}T{clock}")
    except ValueError:
        noted("date-unreadable", given=clock)
        return None
    if told.tzinfo is None:
        told = told.replace(tzinfo=_zone(land(), field, noted))
    return told


def _zone(land: str | None, field: str, noted: Noted) -> ZoneInfo:
    is_known = land in ELSEWHERE or land in SAME
    noted("zone-of-country" if is_known else "zone-missing", field=field)
    return _clock(ELSEWHERE[land]) if land in ELSEWHERE else OSLO


@cache
def _clock(name: str) -> ZoneInfo:
    return ZoneInfo(name)
