"""Accounts: made, changed, made nameless."""

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from ringvirkning.ledger.models import Entry
from ringvirkning.ledger.operations import record
from ringvirkning.people import operations
from ringvirkning.people.models import Letter, Membership, Person
from ringvirkning.people.queries import role_of
from ringvirkning.people.terms import MembershipState, ProgrammeRole, Role

pytestmark = pytest.mark.django_db


def test_one_address_one_account(now: datetime) -> None:
    operations.add_person(email="Kari@Eksempel.no", name=" Kari ", at=now, record=record)
    assert Person.objects.get().email == "kari@eksempel.no"
    with pytest.raises(operations.AlreadyThere):
        operations.add_person(email="kari@EKSEMPEL.no", name="Kari", at=now, record=record)


def test_whoever_leaves_is_nameless_and_the_ledger_stays(somebody: Callable[..., Person], now: datetime) -> None:
    person = somebody(name="Kari Eksempel")
    email = person.email
    session = person.get_session_auth_hash()
    Letter.objects.create(to=email, kind="x", subject="x", text="x", made=now)
    record(verb="tried", subject_kind="draft", subject="x", person=person, at=now)
    operations.delete_account(person=person, at=now, record=record)
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.email, left.is_active) == (
        "Tidligere bruker",
        f"slettet-{person.pk}@slettet.invalid",
        False,
    )
    assert left.get_session_auth_hash() != session, "every session has ended"
    assert not EmailAddress.objects.exists() and not Letter.objects.exists()
    assert Membership.objects.get().state == MembershipState.ENDED
    assert Entry.objects.filter(person=left).count() == 2
    assert role_of(left) is Role.VISITOR
    operations.add_person(email=email, name="Kari igjen", at=now, record=record)


def test_the_last_administrator_of_the_library_stays(somebody: Callable[..., Person], now: datetime) -> None:
    person = somebody(Role.ADMINISTRATOR)
    with pytest.raises(operations.LastAdministrator):
        operations.delete_account(person=person, at=now, record=record)
    with pytest.raises(operations.LastAdministrator):
        operations.give_role(person=person, role=ProgrammeRole.EDITOR, by=person, at=now, record=record)
    other = somebody(Role.ADMINISTRATOR)
    operations.delete_account(person=person, at=now, record=record)
    assert role_of(other) is Role.ADMINISTRATOR


def test_only_demonstration_people_are_given_passwords(somebody: Callable[..., Person], now: datetime) -> None:
    with pytest.raises(ValueError, match="demonstration"):
        operations.new_password(person=somebody(Role.CONTRIBUTOR), at=now, record=record)


def test_demonstration_people_are_visitors_where_others_can_reach_us(
    somebody: Callable[..., Person], settings: object
) -> None:
    person = somebody(Role.EDITOR)
    assert role_of(person) is Role.EDITOR
    settings.PUBLIC_URL = "https://ringvirkning.eksempel.no"  # type: ignore[attr-defined]
    assert role_of(person) is Role.VISITOR


@pytest.mark.parametrize("password", ["kort", "passwordpassword1"[:11], "larvikbidragsyter"])
def test_weak_passwords_are_refused_in_norwegian(password: str) -> None:
    person = Person(email="larvikbidragsyter@eksempel.no", name="Kari")
    with override("nb"):
        with pytest.raises(ValidationError) as refused:
            validate_password(password, person)
        sentences = refused.value.messages
    assert all("assordet" in sentence for sentence in sentences), sentences
