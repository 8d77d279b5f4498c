"""Sums and times in forms of TED, of either generation."""

from datetime import date, datetime

from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Money
from ringvirkning.sources.notices.sums import money, number
from ringvirkning.sources.notices.tedforms.tree import Node, everything, told, within
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.notices.when import Land, day, moment

DAYS_IN_MONTH = 365 / 12


def sum_at(element: Node | None, kind: ValueKind, field: str, noted: Noted) -> list[Money]:
    """Return the sum in an element; none when it is withheld or only a range is given, which is noted."""
    if element is None:
        return []
    if element.get("PUBLICATION") == "NO":
        noted("withheld", field=field)
        return []
    exact = element if told(element) else next(within(element, "VALUE_COST"), None)
    if exact is None:
        _note_range(element, field, noted)
        return []
    currency = next((one.get("CURRENCY") for one in (exact, element, *element.kids) if one.get("CURRENCY")), None)
    found = money(exact.get("FMTVAL") or told(exact), currency, kind, field, noted)
    return [found] if found else []


def _note_range(element: Node, field: str, noted: Noted) -> None:
    """A range says what was bid, or what may be bought; neither end is what was agreed."""
    low, high = (next(within(element, *names), None) for names in (("LOW", "LOW_VALUE"), ("HIGH", "HIGH_VALUE")))
    if low is not None and high is not None:
        currency = next((one.get("CURRENCY") for one in everything(element) if one.get("CURRENCY")), "")
        noted("value-is-a-range", field=field, low=_amount(low), high=_amount(high), currency=currency)


def _amount(element: Node) -> str:
    return (element.get("FMTVAL") or told(element) or "").removesuffix(".00")


def months(element: Node | None, noted: Noted) -> float | None:
    """Return a duration in months."""
    given = told(element)
    if element is None or given is None:
        return None
    try:
        length = float(given.replace(",", "."))
    except ValueError:
        length = -1.0
    if not 0 <= length < 10_000:
        noted("duration-unreadable", given=given)
        return None
    unit = element.get("TYPE") or element.name
    if not unit.startswith("DAY"):
        return length
    noted("duration-converted", given=f"{given} DAY")
    return round(length / DAYS_IN_MONTH, 2)


def whole_number(text: str | None, noted: Noted) -> int | None:
    """Return a count."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        noted("count-unreadable", given=text)
        return None
    return int(text)


def weight(text: str | None, noted: Noted) -> float | None:
    """Return the weight of a criterion: "30", "30,00", "30 %"."""
    bare = (text or "").strip().rstrip("%").strip()
    if not bare:
        return None
    found = number(bare, Noted())
    if found is None:
        noted("weight-unreadable", given=text)
    return found


def split_day(element: Node | None, noted: Noted) -> date | None:
    """Return a day given as DAY, MONTH and YEAR."""
    parts = [told(element, name) for name in ("YEAR", "MONTH", "DAY")]
    return day("-".join(part.zfill(2) for part in parts if part), noted) if all(parts) else None


def clock(text: str | None) -> str | None:
    """Return a time as "09:00", also from "9:00"."""
    return text.zfill(5) if text and ":" in text else text


def coded_deadline(text: str | None, noted: Noted, land: Land) -> datetime | None:
    """Return the deadline TED's staff coded: "20211220 12:00"."""
    on, _, at = (text or "").partition(" ")
    return moment(compact_day(on), clock(at), "DT_DATE_FOR_SUBMISSION", noted, land) if at else None


def compact_day(text: str | None) -> str | None:
    """Return "20211220" as "2021-12-20"."""
    given = (text or "").strip()
    return f"{given[:4]}-{given[4:6]}-{given[6:]}" if len(given) == 8 else (given or None)


def start_and_end(element: Node | None, noted: Noted) -> tuple[date | None, date | None]:
    """Return the days a contract begins and ends."""
    start, end = (day(told(element, name), noted) for name in ("DATE_START", "DATE_END"))
    if start and end and end < start:
        noted("ends-before-it-begins")
    return start, end
