"""Notices with CPV codes in the tables, for tests of suggesting codes."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count

import pytest

from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Format, Phase, Source


@pytest.fixture
def make_notice(now: datetime, empty_catalogue: None) -> Callable[..., Record]:
    """Return a function that takes a notice with a title and codes into the tables, each a procurement of its own."""
    from ringvirkning.catalogue.notices.operations import store
    from ringvirkning.catalogue.notices.terms import Loadable

    numbers = count(1)

    def call(title: str, *codes: str, language: str = "nb", description: str = "") -> Record:
        number = next(numbers)
        made = Record(
            file=f"{number}.xml",
            source=Source.DOFFIN,
            format=Format.EFORMS,
            notice_uuid=f"{number:08x}-0000-4000-8000-000000000000",
            version="01",
            publication_date=date(2024, 3, 1),
            phase=Phase.COMPETITION,
            language=language,
            titles={language: title},
            descriptions={language: description} if description else {},
            cpv=codes,
        )
        store([Loadable(f"{number:064x}", made.file, "1", (made,))], at=now)
        return made

    return call
