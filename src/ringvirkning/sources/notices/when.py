"""Days and moments as notices write them: with a zone ("2024-03-01+01:00", "12:00:00Z"), and sometimes without."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ringvirkning.sources.notices.oddities import Noted

OSLO = ZoneInfo("Europe/Oslo")  # the same clock as Brussels, where TED is
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


def moment(on: str | None, at: str | None, field: str, noted: Noted) -> datetime | None:
    """Return the moment of a day and a time with its zone; None without a time, for we never guess one."""
    found, clock = day(on, noted), (at or "").strip()
    if found is None or not clock:
        return None
    try:
        told = datetime.fromisoformat(f"{found.isoformat()}T{clock}")
    except ValueError:
        noted("date-unreadable", given=clock)
        return None
    if told.tzinfo is None:
        noted("zone-missing", field=field)
        told = told.replace(tzinfo=OSLO)
    return told
