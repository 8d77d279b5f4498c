"""Notices in the tables and in the index, for tests of searching them."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import Organisation, to_json
from ringvirkning.sources.notices.terms import Format, Phase, Source


def a_record(number: int = 1, **fields: Any) -> Record:
    """Return the record of the notice with that number, from TED unless said otherwise."""
    given: dict[str, Any] = {
        "file": f"{number}.xml",
        "source": Source.TED,
        "format": Format.EFORMS,
        "notice_uuid": f"{number:08x}-0000-4000-8000-000000000000",
        "version": "01",
        "publication_date": date(2024, 3, 1),
        "phase": Phase.COMPETITION,
        "kind": "cn-standard",
        "language": "nb",
        "titles": {"nb": f"Kunngjøring {number}"},
        "buyers": (Organisation(name="Larvik kommune", country="NOR"),),
        "countries": ("NOR",),
    }
    return Record(**{**given, **fields})


@pytest.fixture
def record() -> Callable[..., Record]:
    """Return the maker of records."""
    return a_record


@pytest.fixture
def load(now: datetime) -> Callable[..., None]:
    """Return a function that takes records into the tables as a load does. The database fixture comes first."""
    from ringvirkning.catalogue.notices.operations import store
    from ringvirkning.catalogue.notices.terms import Loadable

    def call(*records: Record) -> None:
        raws = [hashlib.sha256(to_json(one)).hexdigest() for one in records]
        store([Loadable(raw, one.file, "1", (one,)) for raw, one in zip(raws, records, strict=True)], at=now)

    return call


@pytest.fixture
def titles() -> Callable[..., list[str]]:
    """Return a function that searches notices and gives the titles found, in their order."""
    from ringvirkning.search.notices.find_notices import find_notices

    def call(need: str = "", **asked: Any) -> list[str]:
        return [next(iter(hit.record.titles.values())) for hit in find_notices(need, **asked).hits]

    return call
