"""The pages of one's account, of an organisation's people, and of an invitation."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ringvirkning.needs import operations as needs
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.people.models import Invitation, Letter, Membership, Person
from ringvirkning.people.terms import MembershipState, Role

pytestmark = pytest.mark.usefixtures("library")
PEOPLE = "/virksomheter/larvik/brukere/"


@pytest.fixture
def keeper(somebody: Callable[..., Person]) -> Person:
    return somebody(Role.ORGANISATION_ADMINISTRATOR, name="Ada Leder")


def invite(coming_as: Callable[..., Client], keeper: Person, email: str = "ny@eksempel.no") -> str:
    """Invite, and return the path in the letter."""
    coming_as(keeper).post(PEOPLE, {"do": "invite", "email": email, "role": "contributor"})
    link = re.search(r"http://127.0.0.1:8000(/konto/invitasjon/\S+)", Letter.objects.get(to=email).text)
    assert link
    return link[1]


def test_from_invitation_to_member(coming_as: Callable[..., Client], keeper: Person) -> None:
    link, visitor = invite(coming_as, keeper), Client()
    page = visitor.get(link).content.decode()
    assert "Ada Leder" in page and "Larvik kommune" in page and "ny@eksempel.no" in page
    refused = visitor.post(link, {"name": "", "password": "kort"})
    assert refused.content.decode().count('aria-invalid="true"') == 2
    answer = visitor.post(link, {"name": "Ny Kollega", "password": "en lang setning om fjorden", "email": "x@y.no"})
    assert answer.status_code == 302
    person = Person.objects.get(name="Ny Kollega")
    assert (person.email, person.programme_role) == ("ny@eksempel.no", "")
    assert visitor.get("/konto/").status_code == 200, "signed in at once"
    assert Client().get(link).status_code == 404, "it worked once"
    assert Client().post(link, {"name": "En til", "password": "en lang setning om fjorden"}).status_code == 404


def test_somebody_with_an_account_signs_in_first(
    coming_as: Callable[..., Client], keeper: Person, somebody: Callable[..., Person]
) -> None:
    person = somebody(Role.SIGNED_IN, email="ny@eksempel.no")
    link = invite(coming_as, keeper)
    assert "?next=/konto/invitasjon/" in Client().get(link).content.decode()
    Client().post(link, {"name": "Tyv", "password": "en lang setning om fjorden"})
    assert not person.memberships.exists() and not Person.objects.filter(name="Tyv").exists()
    stranger = coming_as(somebody(Role.SIGNED_IN, email="annen@eksempel.no"))
    stranger.post(link)
    assert Membership.objects.filter(organisation="larvik").count() == 1
    coming_as(person).post(link)
    assert person.memberships.get().state == MembershipState.ACTIVE


@pytest.mark.parametrize("role", [Role.SIGNED_IN, Role.CONTRIBUTOR])
def test_only_those_who_keep_people_see_them(coming_as: Callable[..., Client], role: Role) -> None:
    assert coming_as(role).get(PEOPLE).status_code == 403
    assert Client().get(PEOPLE).status_code == 302


def test_another_organisations_administrator_is_a_stranger(
    coming_as: Callable[..., Client], somebody: Callable[..., Person], keeper: Person
) -> None:
    other = coming_as(somebody(Role.ORGANISATION_ADMINISTRATOR, organisation="moss"))
    member, invitation = somebody(Role.CONTRIBUTOR).memberships.get(), invite(coming_as, keeper)
    assert other.get(PEOPLE).status_code == 404
    assert other.get("/virksomheter/finnes-ikke/brukere/").status_code == 404
    for page in (PEOPLE, "/virksomheter/moss/brukere/"):
        for do in ("remove", "administrator", "yes"):
            assert other.post(page, {"do": do, "member": member.pk}).status_code == 404
        withdrawn = other.post(page, {"do": "withdraw", "invitation": Invitation.objects.get().pk})
        assert withdrawn.status_code == 404
    member.refresh_from_db()
    assert (member.role, member.state) == ("contributor", "active")
    assert Client().get(invitation).status_code == 200


@pytest.mark.parametrize("number", ["", "x", "-1", "٣", "9" * 30, "1 OR 1=1"])
def test_odd_numbers_are_not_found(coming_as: Callable[..., Client], keeper: Person, number: str) -> None:
    assert coming_as(keeper).post(PEOPLE, {"do": "remove", "member": number}).status_code == 404


def test_looking_after_people(
    coming_as: Callable[..., Client], keeper: Person, somebody: Callable[..., Person]
) -> None:
    browser, member = coming_as(keeper), somebody(Role.CONTRIBUTOR, name="Ola Kollega").memberships.get()
    own = keeper.memberships.get()
    said = browser.post(PEOPLE, {"do": "remove", "member": own.pk}, follow=True).content.decode()
    assert "den eneste administratoren" in said
    browser.post(PEOPLE, {"do": "administrator", "member": member.pk})
    browser.post(PEOPLE, {"do": "contributor", "member": own.pk})
    member.refresh_from_db()
    own.refresh_from_db()
    assert (member.role, own.role) == ("administrator", "contributor")
    assert browser.get(PEOPLE).status_code == 403, "no longer an administrator"
    assert (
        "ikke lenger med"
        in coming_as(member.person).post(PEOPLE, {"do": "remove", "member": own.pk}, follow=True).content.decode()
    )


def test_a_bad_address_is_answered_at_the_field(coming_as: Callable[..., Client], keeper: Person) -> None:
    page = coming_as(keeper).post(PEOPLE, {"do": "invite", "email": "nei", "role": "sjef"}).content.decode()
    assert 'aria-invalid="true"' in page and "rv-error-text" in page and 'href="#id_email"' in page
    assert not Invitation.objects.exists()


def test_joining_and_asking(coming_as: Callable[..., Client], somebody: Callable[..., Person], keeper: Person) -> None:
    own = somebody(Role.SIGNED_IN, email="kari@larvik.kommune.no")
    browser = coming_as(own)
    assert "Passer med adressen din" in browser.get("/konto/bli-med/").content.decode()
    browser.post("/konto/bli-med/", {"organisation": "larvik"})
    assert own.memberships.get().state == MembershipState.ACTIVE
    other = somebody(Role.SIGNED_IN, email="kari@eksempel.no", name="Kari Spør")
    browser = coming_as(other)
    assert "Larvik" in browser.get("/konto/bli-med/", {"q": "larvik"}).content.decode()
    browser.post("/konto/bli-med/", {"organisation": "larvik"})
    assert other.memberships.get().state == MembershipState.ASKED
    assert browser.post("/konto/bli-med/", {"organisation": "finnes-ikke"}).status_code == 404
    assert "Kari Spør" in coming_as(keeper).get(PEOPLE).content.decode()


def test_one_changes_only_what_the_form_shows(
    coming_as: Callable[..., Client], somebody: Callable[..., Person]
) -> None:
    person = somebody(Role.CONTRIBUTOR)
    coming_as(person).post(
        "/konto/",
        {"name": "Nytt Navn", "language": "nn", "programme_role": "administrator", "email": "x@eksempel.no"},
    )
    changed = Person.objects.get(pk=person.pk)
    assert (changed.name, changed.language) == ("Nytt Navn", "nn")
    assert (changed.programme_role, changed.email) == ("", person.email)
    page = coming_as(person).post("/konto/", {"name": "", "language": "xx"}).content.decode()
    assert page.count('aria-invalid="true"') == 2


def test_everything_kept_and_no_secret(coming_as: Callable[..., Client], somebody: Callable[..., Person]) -> None:
    person = somebody(Role.CONTRIBUTOR, name="Kari Eksempel")
    answer = coming_as(person).get("/konto/mine-opplysninger.json")
    kept = json.loads(answer.content)
    assert kept["account"]["email"] == person.email
    assert kept["organisations"][0]["organisation"] == "larvik"
    assert person.password not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"] and "attachment" in answer["Content-Disposition"]


def begun_by(person: Person, at: datetime) -> AssessmentRow:
    told = {"title": "Mitt behov", "need": "Beboere faller om natten, og ingen ser det."}
    return needs.begin(content=told, organisation="", person=person, at=at)


def test_needs_are_among_what_is_kept(
    coming_as: Callable[..., Client], somebody: Callable[..., Person], now: datetime
) -> None:
    person, other = somebody(Role.CONTRIBUTOR), somebody(Role.CONTRIBUTOR)
    mine, theirs = begun_by(person, now), begun_by(other, now)
    needs.belong_to(assessment=theirs, organisation="larvik", person=other, at=now)
    needs.share_with(assessment=theirs, colleague=person, person=other, at=now)
    kept = json.loads(coming_as(person).get("/konto/mine-opplysninger.json").content)
    assert [one["key"] for one in kept["assessments"]] == [str(mine.key)]
    assert kept["assessments"][0]["content"]["title"] == "Mitt behov"
    assert [one["assessment__key"] for one in kept["assessments_shared_with_me"]] == [str(theirs.key)]


def test_private_needs_go_with_the_account_at_once(
    coming_as: Callable[..., Client], somebody: Callable[..., Person], now: datetime
) -> None:
    person = somebody(Role.CONTRIBUTOR)
    begun_by(person, now)
    person.set_password("en lang setning om fjorden")
    person.save()
    asked = {"password": "en lang setning om fjorden", "next": "/konto/slett/"}
    browser = coming_as(person)
    browser.post("/konto/bekreft-deg/", asked)
    browser.post("/konto/slett/")
    person.refresh_from_db()
    assert not person.is_active
    assert not AssessmentRow.objects.exists()


def test_leaving_for_good_asks_for_the_password(
    coming_as: Callable[..., Client], somebody: Callable[..., Person]
) -> None:
    person = somebody(Role.CONTRIBUTOR)
    person.set_password("en lang setning om fjorden")
    person.save()
    browser = coming_as(person)
    assert browser.post("/konto/slett/")["Location"].startswith("/konto/bekreft-deg/")
    person.refresh_from_db()
    assert person.is_active
    browser.post("/konto/bekreft-deg/", {"password": "feil", "next": "/konto/slett/"})
    person.refresh_from_db()
    assert person.is_active
    browser.post("/konto/bekreft-deg/", {"password": "en lang setning om fjorden", "next": "/konto/slett/"})
    person.refresh_from_db()
    assert (person.is_active, person.name) == (False, "Tidligere bruker")
    assert browser.get("/konto/").status_code == 302


def test_markup_in_a_name_is_text(coming_as: Callable[..., Client], somebody: Callable[..., Person]) -> None:
    page: Any = coming_as(somebody(Role.ORGANISATION_ADMINISTRATOR, name="<script>x</script>")).get(PEOPLE)
    assert "<script>x</script>" not in page.content.decode()
