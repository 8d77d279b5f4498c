"""Made records for tests of notices: small, sound, and with whatever fields a test wants."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from ringvirkning.catalogue.notices.terms import Loadable
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation
from ringvirkning.sources.notices.terms import Format, Phase, Source

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
READER = "1"


def uuid(number: int) -> str:
    """Return a UUID of that number."""
    return f"{number:08x}-0000-4000-8000-000000000000"


def a_record(number: int = 1, **fields: Any) -> Record:
    """Return a record of the notice with that number, from TED unless said otherwise."""
    given: dict[str, Any] = {
        "file": f"{number}.xml",
        "source": Source.TED,
        "format": Format.EFORMS,
        "notice_uuid": uuid(number),
        "version": "01",
        "publication_date": date(2024, 3, 1),
        "phase": Phase.COMPETITION,
        "kind": "cn-standard",
        "titles": {"en": f"Notice {number}"},
        "buyers": (Organisation(name="Larvik kommune", country="NOR"),),
        "countries": ("NOR",),
    }
    return Record(**{**given, **fields})


def a_file(*records: Record, name: str = "", reader: str = READER, refusal: str = "") -> Loadable:
    """Return some bytes that were read into these records. Different records are different bytes."""
    raw = hashlib.sha256(repr((records, name if not records else "", refusal)).encode()).hexdigest()
    return Loadable(raw, name or f"{raw[:8]}.xml", reader, records, refusal)
