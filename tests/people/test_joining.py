"""Coming into an organisation, and leaving it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from ringvirkning.ledger.models import Entry
from ringvirkning.ledger.operations import record
from ringvirkning.people import joining, operations
from ringvirkning.people.models import Invitation, Letter, Membership, Person
from ringvirkning.people.queries import keepers_of
from ringvirkning.people.terms import MemberRole, MembershipState, Role

pytestmark = pytest.mark.django_db
SECRETS: list[str] = []


def address(secret: str, language: str) -> str:
    SECRETS.append(secret)
    return f"https://eksempel.no/{language}/{secret}"


def invited(by: Person, at: datetime, email: str = "Ny@Eksempel.no", **more: Any) -> Invitation:
    given = {"role": MemberRole.CONTRIBUTOR, "organisation": "larvik", "organisation_name": "Larvik kommune", **more}
    return joining.invite(email=email, by=by, address=address, at=at, record=record, **given)


@pytest.fixture
def keeper(somebody: Callable[..., Person]) -> Person:
    return somebody(Role.ORGANISATION_ADMINISTRATOR, name="Ada Leder")


def test_an_invitation_keeps_a_digest_and_sends_the_secret(keeper: Person, now: datetime) -> None:
    invitation = invited(keeper, now)
    letter = Letter.objects.get()
    assert SECRETS[-1] in letter.text and SECRETS[-1] in letter.html
    assert SECRETS[-1] not in str(Invitation.objects.values().get())
    assert invitation.digest == joining.digest_of(SECRETS[-1])
    assert (letter.to, letter.subject) == ("ny@eksempel.no", "Ada Leder inviterer deg til Ringvirkning")
    assert "7. desember 2026" in letter.text


def test_a_letter_is_in_the_readers_language(keeper: Person, somebody: Callable[..., Person], now: datetime) -> None:
    somebody(Role.SIGNED_IN, email="ny@eksempel.no", language="en")
    invited(keeper, now)
    assert "/en/" in Letter.objects.get().text


def test_it_works_once(keeper: Person, now: datetime) -> None:
    invitation = invited(keeper, now)
    person = joining.accept_as_new(
        invitation=invitation, name="Ny Kollega", password="en lang setning her", language="nb", at=now, record=record
    )
    assert person.memberships.get().state == MembershipState.ACTIVE
    assert person.check_password("en lang setning her")
    with pytest.raises(joining.NotOpen):
        joining.accept_invitation(invitation=invitation, person=person, at=now, record=record)


def test_it_lasts_fourteen_days(keeper: Person, somebody: Callable[..., Person], now: datetime) -> None:
    invitation = invited(keeper, now)
    person = somebody(Role.SIGNED_IN, email="ny@eksempel.no")
    with pytest.raises(joining.NotOpen):
        joining.accept_invitation(invitation=invitation, person=person, at=now + timedelta(days=14), record=record)
    assert not person.memberships.exists()
    joining.accept_invitation(invitation=invitation, person=person, at=now + timedelta(days=13), record=record)
    assert person.memberships.exists()


def test_a_withdrawn_one_is_closed_and_a_new_one_replaces_the_old(keeper: Person, now: datetime) -> None:
    first = invited(keeper, now)
    second = invited(keeper, now)
    with pytest.raises(joining.NotOpen):
        joining.withdraw_invitation(invitation=first, by=keeper, at=now, record=record)
    joining.withdraw_invitation(invitation=second, by=keeper, at=now, record=record)
    with pytest.raises(joining.NotOpen):
        joining.accept_as_new(
            invitation=second, name="Ny", password="en lang setning her", language="nb", at=now, record=record
        )
    assert not Person.objects.filter(email="ny@eksempel.no").exists(), "nothing is half done"


def test_it_is_for_one_address(keeper: Person, somebody: Callable[..., Person], now: datetime) -> None:
    stranger = somebody(Role.SIGNED_IN, email="annen@eksempel.no")
    with pytest.raises(joining.NotTheirs):
        joining.accept_invitation(invitation=invited(keeper, now), person=stranger, at=now, record=record)


def test_nobody_can_write_to_the_whole_country(keeper: Person, now: datetime) -> None:
    for number in range(50):
        invited(keeper, now, email=f"nr{number}@eksempel.no")
    with pytest.raises(joining.TooMany):
        invited(keeper, now)


def test_an_invitation_takes_nothing_away(keeper: Person, now: datetime) -> None:
    with pytest.raises(joining.AlreadyMember):
        invited(keeper, now, email=keeper.email)


def asking(person: Person, at: datetime, web: str = "https://www.larvik.kommune.no") -> Membership:
    return joining.ask_to_join(
        person=person,
        organisation="larvik",
        organisation_name="Larvik kommune",
        web=web,
        address=lambda language: "https://eksempel.no/konto/",
        people_address=lambda language: "https://eksempel.no/brukere/",
        at=at,
        record=record,
    )


def test_an_address_in_the_own_domain_comes_right_in(somebody: Callable[..., Person], now: datetime) -> None:
    person = somebody(Role.SIGNED_IN, email="kari@larvik.kommune.no")
    assert asking(person, now).state == MembershipState.ACTIVE
    assert not Letter.objects.exists()


def test_but_only_when_we_have_seen_that_it_is_theirs(somebody: Callable[..., Person], now: datetime) -> None:
    person = somebody(Role.SIGNED_IN, email="kari@larvik.kommune.no")
    person.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    assert asking(person, now).state == MembershipState.ASKED


def test_others_ask_and_those_who_may_answer_are_told(
    keeper: Person, somebody: Callable[..., Person], now: datetime
) -> None:
    editor = somebody(Role.EDITOR)
    person = somebody(Role.SIGNED_IN, email="kari@eksempel.no")
    membership = asking(person, now)
    asking(person, now)  # once more, by a double click
    assert {one.to for one in Letter.objects.all()} == {keeper.email, person.email}
    assert editor.email not in {one.to for one in Letter.objects.all()}
    told = {"organisation_name": "Larvik kommune", "address": lambda language: "https://eksempel.no/konto/"}
    joining.decide(membership=membership, yes=True, by=keeper, at=now, record=record, **told)
    joining.decide(membership=membership, yes=False, by=editor, at=now, record=record, **told)
    membership.refresh_from_db()
    assert (membership.state, membership.decided_by) == (MembershipState.ACTIVE, keeper), "the first answer stands"
    assert Letter.objects.filter(kind="account_join_yes").count() == 1
    assert not Letter.objects.filter(kind="account_join_no").exists()


def test_editors_answer_where_nobody_looks_after_the_people(somebody: Callable[..., Person]) -> None:
    editor = somebody(Role.EDITOR)
    assert [*keepers_of("larvik")] == [editor]


def test_the_last_administrator_cannot_leave_and_an_editor_can_remove_them(
    keeper: Person, somebody: Callable[..., Person], now: datetime
) -> None:
    membership = keeper.memberships.get()
    with pytest.raises(operations.LastAdministrator):
        joining.end_membership(membership=membership, by=keeper, at=now, record=record)
    with pytest.raises(operations.LastAdministrator):
        joining.change_role(membership=membership, role=MemberRole.CONTRIBUTOR, by=keeper, at=now, record=record)
    joining.end_membership(membership=membership, by=somebody(Role.EDITOR), at=now, record=record)
    assert keeper.memberships.get().state == MembershipState.ENDED


def test_with_another_administrator_one_may_leave(
    keeper: Person, somebody: Callable[..., Person], now: datetime
) -> None:
    somebody(Role.ORGANISATION_ADMINISTRATOR)
    joining.end_membership(membership=keeper.memberships.get(), by=keeper, at=now, record=record)
    assert keeper.memberships.get().state == MembershipState.ENDED


def test_every_act_is_in_the_ledger_without_names(keeper: Person, now: datetime) -> None:
    joining.withdraw_invitation(invitation=invited(keeper, now), by=keeper, at=now, record=record)
    entries = Entry.objects.all()
    assert [one.verb for one in entries] == ["invited", "withdrew_invitation"]
    assert "eksempel" not in str([one.detail for one in entries])
