"""Verbs about people's accounts. Invitations and memberships have theirs in ``joining``."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from ringvirkning.people.models import Invitation, Letter, Membership, Person
from ringvirkning.people.pen import Pen
from ringvirkning.people.queries import administrators, person_by_email
from ringvirkning.people.terms import MembershipState, ProgrammeRole

NAMELESS = "Tidligere bruker"
# A domain that can never receive mail (RFC 2606).
NOWHERE = "slettet.invalid"


class AlreadyThere(Exception):
    """An account has this address already."""


class LastAdministrator(Exception):
    """Nobody would be left to look after the installation or the organisation."""


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    at: datetime,
    record: Pen,
    by: Person | None = None,
    password: str | None = None,
    programme_role: str = ProgrammeRole.NONE,
    language: str = "nb",
    demonstration: bool = False,
) -> Person:
    """Add an account whose address counts as verified: somebody vouches for it, or its owner came by a letter."""
    if person_by_email(email):
        raise AlreadyThere(email)
    person = Person.objects.create_user(
        email=email,
        password=password,
        name=" ".join(name.split()),
        joined=at,
        programme_role=programme_role,
        language=language,
        demonstration=demonstration,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record(verb="added", subject_kind="person", subject=str(person.pk), person=by, at=at, role=programme_role)
    return person


@transaction.atomic
def change_profile(*, person: Person, name: str, language: str, at: datetime, record: Pen) -> None:
    """Change what a person is called and which language our letters have."""
    person.name, person.language = " ".join(name.split()), language
    person.save(update_fields=["name", "language"])
    record(verb="changed_profile", subject_kind="person", subject=str(person.pk), person=person, at=at)


@transaction.atomic
def give_role(*, person: Person, role: ProgrammeRole, by: Person | None, at: datetime, record: Pen) -> None:
    """Give a person a role in running the library, or take it back (``ProgrammeRole.NONE``)."""
    if role != ProgrammeRole.ADMINISTRATOR and _runs_alone(person):
        raise LastAdministrator
    person.programme_role = role
    person.save(update_fields=["programme_role"])
    record(verb="gave_role", subject_kind="person", subject=str(person.pk), person=by, at=at, role=role.value)


@transaction.atomic
def new_password(*, person: Person, at: datetime, record: Pen) -> str:
    """Give a demonstration person a new password and return it: it is shown once and kept nowhere."""
    if not person.demonstration:
        raise ValueError("Only demonstration people are given passwords.")
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    person.set_password(password)
    person.save(update_fields=["password"])
    record(verb="gave_password", subject_kind="person", subject=str(person.pk), person=None, at=at)
    return password


@transaction.atomic
def delete_account(*, person: Person, at: datetime, record: Pen) -> None:
    """Make an account nameless and shut it. The ledger keeps its lines, and they now lead to nobody."""
    if _runs_alone(person):
        raise LastAdministrator
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    Invitation.objects.filter(email__in=addresses).delete()
    Letter.objects.filter(to__in=addresses).delete()
    for table in (EmailAddress, SocialAccount, Authenticator):
        table.objects.filter(user=person).delete()
    Membership.objects.filter(person=person).update(state=MembershipState.ENDED, since=at)
    person.email, person.name = f"slettet-{person.pk}@{NOWHERE}", NAMELESS
    person.programme_role, person.is_active, person.last_login = ProgrammeRole.NONE, False, None
    # A new password, even an unusable one, ends every session of the old.
    person.set_unusable_password()
    person.save()
    record(verb="deleted_account", subject_kind="person", subject=str(person.pk), person=person, at=at)


def _runs_alone(person: Person) -> bool:
    return person.programme_role == ProgrammeRole.ADMINISTRATOR and [*administrators()] == [person]
