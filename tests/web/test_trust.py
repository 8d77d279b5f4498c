"""Pages that letters lead to, and what a case page says about how far it can be trusted."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.foundation.tokens import new_token
from ringvirkning.people.models import Letter
from ringvirkning.people.terms import Role
from ringvirkning.publishing.models import Confirmation, Consent, Draft, DraftPart, LinkVisit
from ringvirkning.publishing.terms import ConsentState, LinkState, Step
from ringvirkning.publishing.upkeep import confirmations, consents

NAME, EMAIL = "Ola Eksempelsen", "ola@larvik.eksempel.no"
PARTY = {"organisation": {"name": "Larvik kommune"}, "role": "lead", "sources": ["s1"]}


@pytest.fixture
def case(empty_catalogue: None, a_case: Callable[..., Any]) -> Case:
    yesterday = timezone.now() - timedelta(days=1)
    publish_case(case_file=a_case(parties=[PARTY]), origin=Origin.SHARED, at=yesterday)
    case = queries.case_by_id("varme-i-grunnen")
    assert case
    return case


@pytest.fixture
def asked(case: Case) -> tuple[Confirmation, str]:
    """A question asked today, and its link."""
    token, digest = new_token()
    return Confirmation.objects.create(case=case, digest=digest, asked=timezone.now()), f"/bekreft/{token}/"


@pytest.fixture
def person(case: Case, somebody: Callable[..., Any]) -> str:
    """Somebody named as contact in a draft, asked; the link in their letter."""
    writer, at = somebody(), timezone.now()
    draft = Draft.objects.create(organisation="larvik", made=at, made_by=writer, changed=at)
    contact = {
        "organisation": {"name": "Larvik kommune"},
        "role": {"nb": "Prosjektleder"},
        "email": EMAIL,
        "phone": "900 00 001",
        "person": {"name": NAME},
    }
    for step, content in {Step.NEED: {"title": {"nb": "Varme"}}, Step.CONTACTS: {"contacts": [contact]}}.items():
        DraftPart.objects.create(draft=draft, step=step, content=content, saved=at, saved_by=writer)
    consents.ask_for_consents(draft=draft, person=writer, at=at)
    found = re.search(r"/samtykke/[\w-]+/", Letter.objects.get().text)
    assert found
    return found[0]


def test_opening_the_links_in_a_letter_changes_nothing(
    client: Client, asked: tuple[Confirmation, str], person: str
) -> None:
    """Programs that look for viruses open every link in a letter, some with a HEAD and some with a GET."""
    for address in (asked[1], person, f"{person}?answer=yes", f"{asked[1]}?answer=yes"):
        for ask in (client.get, client.head):
            answer = ask(address)
            assert answer.status_code == 200
            assert "no-store" in answer["Cache-Control"]
        assert 'name="robots" content="noindex"' in client.get(address).content.decode()
    assert Confirmation.objects.get().answered is None
    assert Consent.objects.get().state == ConsentState.ASKED


def test_one_press_confirms(client: Client, asked: tuple[Confirmation, str], visit: Any) -> None:
    assert "Ja, det stemmer" in client.get(asked[1]).content.decode()
    answer = client.post(asked[1], {"answer": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, asked[1])
    assert "Takk for svaret" in client.get(asked[1]).content.decode()
    assert Confirmation.objects.get().still_right is True
    assert "Bekreftet av oppdragsgiveren" in visit("/biblioteket/varme-i-grunnen/").html
    # The link has done its work.
    client.post(asked[1], {"answer": "wrong", "note": "Nei"})
    assert Confirmation.objects.get().still_right is True


def test_something_wrong_needs_words_and_keeps_readers_informed(
    client: Client, asked: tuple[Confirmation, str], visit: Any
) -> None:
    for data in ({"answer": "wrong", "note": "  "}, {}, {"answer": "whatever"}):
        answer = client.post(asked[1], data)
        assert answer.status_code == 422
        assert "Skriv hva som må rettes." in answer.content.decode()
    assert Confirmation.objects.get().answered is None
    client.post(asked[1], {"answer": "wrong", "note": "Avtalen er <b>avsluttet</b>"})
    assert Confirmation.objects.get().note == "Avtalen er <b>avsluttet</b>"
    page = visit("/biblioteket/varme-i-grunnen/").html
    assert "Oppdragsgiveren sier at noe her er feil" in page
    assert "avsluttet" not in page, "the note is for the editors"


def test_only_those_behind_the_case_are_offered_to_mend_it(
    coming_as: Callable[..., Any], somebody: Callable[..., Any], case: Case, asked: tuple[Confirmation, str]
) -> None:
    slug = case.parties.get().organisation.slug
    own, stranger = somebody(organisation=slug), somebody(organisation="et-annet-sted")
    shown = {who: "Rett saken selv" in coming_as(who).get(asked[1]).content.decode() for who in (own, stranger)}
    assert shown == {own: True, stranger: False}
    assert "Rett saken selv" in coming_as(Role.EDITOR).get(asked[1]).content.decode()
    assert "Rett saken selv" not in Client().get(asked[1]).content.decode()


def test_a_question_grown_old_or_a_withdrawn_case_says_so(
    client: Client, case: Case, asked: tuple[Confirmation, str]
) -> None:
    Confirmation.objects.update(asked=timezone.now() - timedelta(days=121))
    assert "Spørsmålet er lukket" in client.get(asked[1]).content.decode()
    client.post(asked[1], {"answer": "yes"})
    assert Confirmation.objects.get().answered is None
    Confirmation.objects.update(asked=timezone.now())
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="Feil", at=timezone.now())
    page = client.get(asked[1])
    assert page.status_code == 200 and "ikke lenger i biblioteket" in page.content.decode()


@pytest.mark.parametrize("word", ["x", "a" * 43, "a" * 3_000, "%00", "%ed%b3%bf", "..", "a%2Fb"])
@pytest.mark.parametrize("area", ["bekreft", "samtykke"])
def test_a_made_up_link_is_answered_in_words(client: Client, db: None, area: str, word: str) -> None:
    for ask in (client.get, client.post):
        answer = ask(f"/{area}/{word}/", follow=True)
        assert answer.status_code in (400, 404)


def test_a_forged_form_is_refused(asked: tuple[Confirmation, str], person: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in (asked[1], person):
        assert strict.post(address, {"answer": "yes"}).status_code == 403
    assert Consent.objects.get().state == ConsentState.ASKED


def test_a_person_sees_what_will_be_shown_says_yes_and_changes_their_mind(client: Client, person: str) -> None:
    page = client.get(person).content.decode()
    for told in (NAME, EMAIL, "900 00 001", "Prosjektleder", "Larvik kommune", "Ja, vis det", "Nei, ta meg ut"):
        assert told in page
    assert client.post(person, {"answer": "yes"}).status_code == 302
    page = client.get(person).content.decode()
    assert "Du står som kontakt" in page and "Ta meg ut" in page and "Ja, vis det" not in page
    client.post(person, {"answer": "no"})
    page = client.get(person).content.decode()
    assert "Du er tatt ut" in page and NAME not in page and EMAIL not in page
    # And the link cannot put them back.
    client.post(person, {"answer": "yes"})
    assert Consent.objects.get().state == ConsentState.WITHDRAWN


def test_an_answer_we_do_not_know_changes_nothing(client: Client, person: str) -> None:
    assert client.post(person, {"answer": "perhaps"}).status_code == 404
    assert Consent.objects.get().state == ConsentState.ASKED


def test_a_case_says_its_grade_and_what_would_lift_it(case: Case, visit: Any) -> None:
    page = visit("/biblioteket/varme-i-grunnen/").html
    assert "Kan du stole på dette?" in page
    assert "Dette mangler for at saken skal bli «Målt»:" in page
    assert "Ikke bekreftet" in page and "Ikke kontrollert ennå" in page
    assert "Hvem sier det:" in page and "En rapport" in page


def test_broken_links_are_marked_where_they_stand(case: Case, visit: Any, now: datetime) -> None:
    LinkVisit.objects.create(url="https://eksempel.no/a", state=LinkState.FAILS, visited=now, due=now)
    page = visit("/biblioteket/varme-i-grunnen/").html
    assert "Lenken svarer ikke lenger." in page
    assert "1 lenke svarer ikke. Sist kontrollert 23. november 2026." in page


def test_a_case_nobody_confirms_says_so(case: Case, visit: Any) -> None:
    case.revisions.update(made=timezone.now() - timedelta(days=456))
    assert "Saken kan være utdatert" in visit("/biblioteket/varme-i-grunnen/").html


def test_a_kept_page_gives_way_to_an_answer(library: Any, client: Client, now: datetime) -> None:
    """Visitors are given pages made before: a new yes must not wait behind one."""
    case = queries.case_by_id("smart-vinterveg")
    assert case
    address = "/biblioteket/smart-vinterveg/"
    assert "Ikke bekreftet" in Client().get(address).content.decode()
    question = Confirmation.objects.create(case=case, digest="d", asked=timezone.now())
    confirmations.confirm(confirmation=question, at=timezone.now())
    assert "Ikke bekreftet" not in Client().get(address).content.decode()


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_grades_are_explained(client: Client, db: None, language: str) -> None:
    answer = client.get(f"{language}/om/dokumentasjon/")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
