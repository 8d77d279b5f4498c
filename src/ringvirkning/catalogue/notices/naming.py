"""Which notice a record is about, and which names it bears and mentions. Pure: no database."""

import hashlib
import re
from collections.abc import Iterator

from ringvirkning.catalogue.notices.terms import NameRole
from ringvirkning.sources.notices.numbers import ted_number
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Reference
from ringvirkning.sources.notices.terms import Format, Source

LONGEST_KEY = 100
_UUID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-[0-9]{1,4})?")
_DOFFIN = re.compile(r"[0-9]{4}-[0-9]{5,7}")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9._~-]*")
_NOBODY = re.compile(r"[0-]*")  # 00000000-0000-0000-0000-000000000000 and the like name nothing


def key_of(record: Record, *, raw: str, place: int) -> str:
    """Return the key of the notice: its UUID, else its number where it was published, else its bytes.

    The key is part of the notice's address, so what cannot stand in one is known by its fingerprint.
    """
    own = _told(record.notice_uuid)
    if own:
        return _in_address(own)
    if record.publication_number:
        return _in_address(f"{record.source}-{number_of(record)}".lower())
    return f"file-{raw}" + (f"-{place}" if place else "")


def number_of(record: Record) -> str | None:
    """Return the number a record was published under, in one form."""
    given = record.publication_number
    return (ted_number(given) or given) if given and record.source is Source.TED else given


def names_of(record: Record) -> dict[str, NameRole]:
    """Return every name in a record with what it is to the notice. What is its own is never somebody else's."""
    found: dict[str, NameRole] = {}
    for role, name in _all_names(record):
        if name:
            found.setdefault(_short(name, 120), role)
    return found


def _all_names(record: Record) -> Iterator[tuple[NameRole, str | None]]:
    own = _told(record.notice_uuid)
    yield NameRole.OWN, f"notice/{own}" if own else None
    yield NameRole.OWN, _published_name(record)
    yield NameRole.OWN, _number_name(record.doffin_number)
    yield NameRole.OWN, _number_name(record.ted_number)
    changed = NameRole.CHANGED if record.format is Format.EFORMS else NameRole.MENTIONED
    if record.change:
        yield changed, name_given(record.change.notice)
    for reference in record.references:
        for name in _referred(reference):
            yield (changed if reference.relation == "changed" else NameRole.MENTIONED), name
    procedure = _told(record.procedure_id)
    yield NameRole.PROCEDURE, f"procedure/{procedure}" if procedure else None


def _published_name(record: Record) -> str | None:
    number = number_of(record)
    return (_number_name(number) or f"{record.source}/{number}".lower()) if number else None


def _referred(reference: Reference) -> Iterator[str | None]:
    yield name_given(reference.notice_uuid)
    yield name_given(reference.publication_number)


def name_given(text: str | None) -> str | None:
    """Return the name of the notice that somebody points at with a UUID (with or without version) or a number."""
    told = _told(text)
    uuid = _UUID.fullmatch(told) if told else None
    return f"notice/{uuid[1]}" if uuid else _number_name(text)


def _number_name(text: str | None) -> str | None:
    """Return the name of a number in Doffin or in TED: the two write year and number in opposite order."""
    bare = (text or "").strip()
    if _DOFFIN.fullmatch(bare):
        return f"doffin/{bare}"
    number = ted_number(bare)
    return f"ted/{number}" if number else None


def _told(text: str | None) -> str | None:
    bare = (text or "").strip().lower()
    return None if _NOBODY.fullmatch(bare) else bare


def _in_address(key: str) -> str:
    plain = _short(key)
    return plain if _PLAIN.fullmatch(plain) else f"odd-{hashlib.sha256(plain.encode()).hexdigest()}"


def _short(name: str, most: int = LONGEST_KEY) -> str:
    """Return the name, or its fingerprint where it is longer than any real name."""
    plain = name.replace("\x00", "")
    return plain if len(plain) <= most else f"long-{hashlib.sha256(plain.encode()).hexdigest()}"
