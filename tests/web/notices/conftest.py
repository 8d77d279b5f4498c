"""Notices in the tables, as a load would have put them there."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.record import to_json


@pytest.fixture
def put_in(library: Any, now: datetime) -> Callable[..., list[Notice]]:
    """Return a function that stores notices beside the seed library, and gives their rows back in the same order."""
    from ringvirkning.catalogue.notices import operations, queries
    from ringvirkning.catalogue.notices.naming import key_of
    from ringvirkning.catalogue.notices.terms import Loadable

    def call(*records: Record) -> list[Notice]:
        raws = [hashlib.sha256(to_json(one)).hexdigest() for one in records]
        operations.store([Loadable(raw, one.file, "1", (one,)) for raw, one in zip(raws, records, strict=True)], at=now)
        keys = [key_of(one, raw=raw, place=0) for raw, one in zip(raws, records, strict=True)]
        found = [queries.notice_by_key(key) for key in keys]
        return [one for one in found if one]

    return call
