"""A notice as it is printed: one JSON object with every key, or one line for people."""

from datetime import date
from enum import Enum
from typing import Any

import msgspec

from ringvirkning.analysis.innovation import read_innovation
from ringvirkning.sources.notices import labels
from ringvirkning.sources.notices.oddities import sentence_of
from ringvirkning.sources.notices.record import Money, Notice, Texts
from ringvirkning.sources.notices.terms import ValueKind

LONGEST = 80  # characters of a title in a line
LANGUAGES = ("nb", "nn", "no", "en")  # whose title is shown first


def as_object(notice: Notice) -> dict[str, Any]:
    """Return a notice as plain data: what is unknown is null or empty, and no key is ever left out."""
    return {
        **whole(notice),
        "estimated_value": whole(value_of(notice, ValueKind.ESTIMATED)),
        "awarded_value": whole(value_of(notice, ValueKind.AWARDED)),
        "innovation": _innovation(notice),
        "oddities": [{**whole(one), "sentence": sentence_of(one)} for one in notice.oddities],
    }


def whole(value: Any) -> Any:
    """Return a part of a record as plain data with all its keys; the record's own JSON leaves out what is unknown."""
    if isinstance(value, msgspec.Struct):
        return {name: whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [whole(one) for one in value]
    if isinstance(value, dict):
        return {name: whole(one) for name, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def value_of(notice: Notice, kind: ValueKind) -> Money | None:
    """Return the value of the whole notice; where it states none and has one lot with one, that of the lot."""
    stated = notice.total(kind)
    if stated is not None or len(notice.lots) != 1:
        return stated
    of_lot = [value for value in notice.lots[0].values if value.kind is kind]
    return of_lot[0] if len(of_lot) == 1 else None


def _innovation(notice: Notice) -> dict[str, Any]:
    """Return the codes the buyer stated, and what our own reading comes to."""
    reading = read_innovation(notice)
    return {
        "codes": list(notice.innovation),
        "signals": whole(reading.signals),
        "likelihood": reading.likelihood,
        "suggested": reading.suggested,
    }


def as_line(notice: Notice) -> str:
    """Return a notice as one line: file, kind, title, buyer, value."""
    number = notice.publication_number or ""
    kind = labels.label("kind", notice.kind) if notice.kind else notice.phase.value
    value = value_of(notice, ValueKind.AWARDED) or value_of(notice, ValueKind.ESTIMATED)
    buyer = next((one.name for one in notice.buyers if one.name), "")
    told = (number, kind, _title(notice.titles), buyer, _sum(value))
    return f"{notice.file}: {' · '.join(filter(None, told))}"


def _title(titles: Texts) -> str:
    text = next((titles[code] for code in LANGUAGES if code in titles), next(iter(titles.values()), ""))
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _sum(value: Money | None) -> str:
    return f"{value.amount:,.0f} {value.currency}".replace(",", " ") if value else ""
