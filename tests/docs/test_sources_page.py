"""The page about sources says what the declarations say, and the declarations say what the program does."""

from pathlib import Path

import pytest

from ringvirkning.config import settings
from ringvirkning.sources.declaration import Declaration
from ringvirkning.sources.declarations import DECLARATIONS, page
from ringvirkning.sources.doffin.source import DOFFIN
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.ted.source import TED

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "kilder.md"


def test_the_page_is_the_one_the_declarations_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run script/make-sources-page.py"


def test_every_source_is_declared_once() -> None:
    assert sorted(one.source for one in DECLARATIONS) == sorted(Source)


@pytest.mark.parametrize("one", DECLARATIONS, ids=lambda one: one.name)
def test_a_declaration_says_all_that_is_asked_of_it(one: Declaration) -> None:
    assert all(
        (one.publisher, one.about, one.access, one.licence, one.formats, one.addresses, one.caveats, one.checked_by)
    )


def test_the_addresses_told_are_those_that_are_asked() -> None:
    assert DOFFIN.addresses["tjenesten"] == settings.DOFFIN_URL
    assert TED.addresses["søk"].startswith(settings.TED_API_URL)
    assert all(TED.addresses[what].startswith(settings.TED_URL) for what in ("nedlasting", "dagspakke"))
