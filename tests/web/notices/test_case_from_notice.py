"""Making a case of a published procurement."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ringvirkning.people.terms import Role
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.queries import part_of
from ringvirkning.publishing.terms import Step
from some_notices import UNKNOWN_BUYER, a_life, a_notice, an_odd_one

Come = Callable[..., Client]
FIND = "/del/fra-kunngjoring/"


def make(notice: Any) -> str:
    return f"/kunngjoringer/{notice.key}/lag-sak/"


@pytest.fixture
def life(put_in: Any) -> list[Any]:
    """Give the notices of one procurement of Larvik's."""
    rows: list[Any] = put_in(*a_life())
    return rows


def test_a_draft_is_filled_from_the_whole_life(life: list[Any], coming_as: Come) -> None:
    browser = coming_as(Role.CONTRIBUTOR)
    page = browser.get(make(life[2])).content.decode()
    assert "Fra disse 5 kunngjøringene" in page and "Du deler for <strong>Larvik kommune</strong>" in page
    answer = browser.post(make(life[2]))
    draft = Draft.objects.get()
    assert answer["Location"] == f"/del/{draft.key}/behov/"
    need, who, how = (part_of(draft, step) for step in (Step.NEED, Step.WHO, Step.HOW))
    assert need.content["title"] == {"nb": "Bedre nattilsyn for eldre 12"}
    assert who.content["parties"][0]["organisation"]["number"] == "918082956"
    assert how.content["procurement"]["procedure"] == "innovation_partnership"
    assert how.content["procurement"]["contract"]["value"]["amount"].replace("\xa0", " ") == "11 250 000"
    assert len(how.content["approach"]) == 5
    assert "11. oktober 2024" in how.content["approach"][1]["text"]["nb"]
    assert part_of(draft, Step.FIGURES).content == {}
    sources = part_of(draft, Step.SOURCES).content["sources"]
    assert [one["url"] for one in sources] == [f"https://www.doffin.no/notices/2026-10001{n}" for n in range(1, 6)]


def test_everything_is_asked_about(life: list[Any], coming_as: Come) -> None:
    browser = coming_as(Role.CONTRIBUTOR)
    browser.post(make(life[1]))
    draft = Draft.objects.get()
    assert "title" in part_of(draft, Step.NEED).unconfirmed
    shown = browser.get(f"/del/{draft.key}/behov/", follow=True).content.decode()
    assert "Bedre nattilsyn for eldre 12" in shown and "stemmer" in shown
    assert "Utkastet er fylt ut fra kunngjøringene" in shown


@pytest.mark.parametrize(
    "step", ["behov", "hvem", "hvordan", "resultat", "tall", "dokumenter", "kontakter", "lerdom", "kilder"]
)
def test_every_step_of_it_opens(step: str, put_in: Any, coming_as: Come) -> None:
    browser = coming_as(Role.EDITOR)
    for record in (a_life()[1], an_odd_one(), a_notice(9, titles={}, descriptions={}, buyers=(UNKNOWN_BUYER,))):
        (one,) = put_in(record)
        browser.post(make(one), {"organisation": ""})
    for draft in Draft.objects.all():
        assert browser.get(f"/del/{draft.key}/{step}/").status_code == 200


def test_an_editor_says_for_whom(life: list[Any], coming_as: Come) -> None:
    browser = coming_as(Role.EDITOR)
    assert "finner ikke" in browser.post(make(life[1]), {"organisation": "Finnes ikke"}).content.decode()
    assert not Draft.objects.exists()
    browser.post(make(life[1]), {"organisation": "Larvik kommune"})
    assert Draft.objects.get().organisation == "larvik"


def test_only_those_who_share_may(life: list[Any], coming_as: Come, client: Client) -> None:
    for address in (FIND, make(life[1])):
        assert coming_as(Role.SIGNED_IN).get(address).status_code == 403
        assert "/konto/" in client.get(address)["Location"]
    assert "Lag en sak av denne" not in client.get(f"/kunngjoringer/{life[1].key}/").content.decode()
    assert "Lag en sak av denne" in coming_as(Role.CONTRIBUTOR).get(f"/kunngjoringer/{life[1].key}/").content.decode()
    assert coming_as(Role.EDITOR, enforce_csrf_checks=True).post(make(life[1])).status_code == 403
    assert not Draft.objects.exists()


def test_ones_own_notices_are_offered_first(life: list[Any], put_in: Any, coming_as: Come) -> None:
    put_in(a_notice(50, buyers=(UNKNOWN_BUYER,), titles={"nb": "Andres kjøp"}))
    page = coming_as(Role.CONTRIBUTOR).get(FIND).content.decode()
    assert "De nyeste fra dere" in page and "Bedre nattilsyn" in page and "Andres kjøp" not in page
    assert FIND in coming_as(Role.CONTRIBUTOR).get("/del/").content.decode()


def test_a_number_leads_straight_there_and_words_find(life: list[Any], coming_as: Come) -> None:
    browser = coming_as(Role.CONTRIBUTOR)
    assert browser.get(FIND, {"q": "2026-100012"})["Location"] == make(life[1])
    assert browser.get(FIND, {"q": "https://www.doffin.no/notices/2026-100012"})["Location"] == make(life[1])
    assert make(life[0]) in browser.get(FIND, {"q": "dialogkonferanse nattilsyn"}).content.decode()
    assert "Vi fant ingen kunngjøring" in browser.get(FIND, {"q": "qqqqzzzz"}).content.decode()
