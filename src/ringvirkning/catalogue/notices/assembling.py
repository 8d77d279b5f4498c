"""Putting one notice together from what each source said of it. Pure: the same publications give the same notice,
whatever order they came in.

The newest version is the notice. Where Doffin and TED both have that version, Doffin's is taken, since it has the words
the buyer wrote; TED adds the languages and the facts that Doffin's lacks. Nothing is taken from older versions but the
numbers, which are addresses and still lead to the notice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from ringvirkning.sources.notices.record import Lot, Texts
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Source

NORWEGIAN = frozenset({"no", "nb", "nn"})
CANCEL = "cancel"  # BT-140, "the procedure is cancelled"
_PREFERRED = (Source.OCDS, Source.TED, Source.DOFFIN)
_LONG_AGO = date(1, 1, 1)
_TEXTS = ("titles", "descriptions")
# What is said of the bytes and not of the notice; addresses are gathered from all versions.
_NOT_FILLED = frozenset({"file", "source", "format", "sdk", "oddities", "lots", *_TEXTS})


@dataclass(frozen=True)
class Publication:
    """A record and where it was read."""

    record: Record
    raw: str
    place: int = 0


def assembled(publications: Iterable[Publication]) -> Record:
    """Return the notice that these publications are, at least one."""
    ordered = sorted(publications, key=rank, reverse=True)
    newest = ordered[0].record
    if len(ordered) == 1:
        return newest
    twins = [one.record for one in ordered[1:] if _version(one.record) == _version(newest)]
    for twin in twins:
        newest = _with(newest, twin)
    return msgspec.structs.replace(
        newest,
        doffin_number=_first(one.record.doffin_number for one in ordered),
        ted_number=_first(one.record.ted_number for one in ordered),
    )


def rank(one: Publication) -> tuple[int, int, date, float, str, int]:
    """Return what publications of one notice are ordered by: the version, the source, the time, and last the bytes."""
    record = one.record
    sent = record.dispatched.timestamp() if record.dispatched else 0.0
    published = record.publication_date or _LONG_AGO
    return _version(record), _PREFERRED.index(record.source), published, sent, one.raw, one.place


def published_on(record: Record) -> date | None:
    """Return the day a notice was published, or sent where only that is known."""
    return record.publication_date or (record.dispatched.date() if record.dispatched else None)


def deadline_of(record: Record) -> datetime | None:
    """Return the deadline, if it has a zone: a time without one says nothing certain."""
    return record.deadline if record.deadline and record.deadline.tzinfo else None


def calls_off(record: Record) -> bool:
    """Tell whether a notice says that what it is about is called off."""
    return record.change is not None and record.change.reason == CANCEL


def country_of(record: Record) -> str:
    """Return the country of the first buyer, empty when nobody says."""
    return _first([*record.countries, *(buyer.country for buyer in record.buyers)]) or ""


def _version(record: Record) -> int:
    text = record.version or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _with(base: Record, twin: Record) -> Record:
    """Return the base with what the twin knows besides."""
    missing = {
        name: getattr(twin, name)
        for name in base.__struct_fields__
        if name not in _NOT_FILLED and getattr(base, name) in (None, ())
    }
    texts = {name: with_languages(getattr(base, name), getattr(twin, name)) for name in _TEXTS}
    return msgspec.structs.replace(base, **missing, **texts, lots=_with_lots(base.lots, twin.lots))


def _with_lots(base: Sequence[Lot], twin: Sequence[Lot]) -> tuple[Lot, ...]:
    if not base:
        return tuple(twin)
    others = {lot.lot_id: lot for lot in twin}
    return tuple(_with_lot(lot, others[lot.lot_id]) if lot.lot_id in others else lot for lot in base)


def _with_lot(base: Lot, twin: Lot) -> Lot:
    texts = {name: with_languages(getattr(base, name), getattr(twin, name)) for name in _TEXTS}
    return msgspec.structs.replace(base, **texts)


def with_languages(base: Texts, other: Texts) -> Texts:
    """Return the texts with the other's languages added. Norwegian in one form is not joined by another's Norwegian."""
    has_norwegian = not NORWEGIAN.isdisjoint(base)
    added = {
        language: text
        for language, text in other.items()
        if language not in base and not (has_norwegian and language in NORWEGIAN)
    }
    return {**base, **added}


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
