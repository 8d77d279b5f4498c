"""Verbs about who speaks for an organisation: invite, accept, ask, decide, leave."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ringvirkning.people import rules
from ringvirkning.people.letters import write_letter
from ringvirkning.people.models import Invitation, Membership, Person
from ringvirkning.people.operations import LastAdministrator, add_person
from ringvirkning.people.pen import Pen
from ringvirkning.people.queries import (
    has_verified,
    keepers_of,
    open_invitations,
    person_by_email,
)
from ringvirkning.people.terms import MemberRole, MembershipState

# Language → full address of a page, in that language.
Address = Callable[[str], str]
# Secret and language → full address of the page the letter leads to.
SecretAddress = Callable[[str, str], str]


class NotOpen(Exception):
    """The invitation is used, withdrawn or too old."""


class NotTheirs(Exception):
    """The invitation went to another address."""


class TooMany(Exception):
    """The organisation has more open invitations than anybody needs."""


class AlreadyMember(Exception):
    """The person speaks for the organisation already."""


def digest_of(secret: str) -> str:
    """Return what we keep of a secret in a letter."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    email: str,
    organisation: str,
    organisation_name: str,
    role: MemberRole,
    by: Person,
    address: SecretAddress,
    at: datetime,
    record: Pen,
) -> Invitation:
    """Ask a colleague to join, by a letter with a link that works once. An older open invitation is replaced."""
    email = email.strip().lower()
    person = person_by_email(email)
    if person and person.memberships.filter(organisation=organisation, state=MembershipState.ACTIVE).exists():
        raise AlreadyMember
    waiting = open_invitations(organisation, at=at)
    waiting.filter(email=email).update(withdrawn=at)
    if waiting.count() >= rules.MOST_OPEN_INVITATIONS:
        raise TooMany
    secret, language = secrets.token_urlsafe(32), person.language if person else by.language
    invitation = Invitation.objects.create(
        digest=digest_of(secret),
        email=email,
        organisation=organisation,
        role=role,
        invited_by=by,
        made=at,
        expires=at + rules.INVITATION_LASTS,
    )
    told = {"name": by.name, "organisation": organisation_name, "expires": invitation.expires.date()}
    write_letter(
        to=email, kind="account_invitation", language=language, at=at, link=address(secret, language), role=role, **told
    )
    record(
        verb="invited", subject_kind="organisation", subject=organisation, person=by, at=at, invitation=invitation.pk
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person, at: datetime, record: Pen) -> None:
    """Take an invitation back, unless it is used."""
    _close(invitation, withdrawn=at)
    _note("withdrew_invitation", invitation.organisation, by, at, record, invitation=invitation.pk)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, person: Person, at: datetime, record: Pen) -> Membership:
    """Let somebody with an account join. Only whom the letter was written to, and only once."""
    if not has_verified(person, invitation.email):
        raise NotTheirs
    return _accept(invitation, person, at, record)


@transaction.atomic
def accept_as_new(
    *, invitation: Invitation, name: str, password: str, language: str, at: datetime, record: Pen
) -> Person:
    """Let somebody without an account join. Whoever has the letter's link has the address, so it counts as verified."""
    person = add_person(
        email=invitation.email,
        name=name,
        password=password,
        language=language,
        by=invitation.invited_by,
        at=at,
        record=record,
    )
    _accept(invitation, person, at, record)
    return person


def _accept(invitation: Invitation, person: Person, at: datetime, record: Pen) -> Membership:
    if invitation.expires <= at:
        raise NotOpen
    _close(invitation, accepted=at)
    return _join(person, invitation.organisation, MemberRole(invitation.role), invitation.invited_by, at, record)


def _close(invitation: Invitation, **how: datetime) -> None:
    """Use an invitation up. The row decides, not what we read of it: two who come at once are not both let in."""
    open_row = Invitation.objects.filter(pk=invitation.pk, accepted=None, withdrawn=None)
    if open_row.update(**how) != 1:
        raise NotOpen


@transaction.atomic
def add_member(
    *, person: Person, organisation: str, role: MemberRole, by: Person | None, at: datetime, record: Pen
) -> Membership:
    """Let a person speak for an organisation because somebody who may says so."""
    return _join(person, organisation, role, by, at, record)


@transaction.atomic
def ask_to_join(
    *,
    person: Person,
    organisation: str,
    organisation_name: str,
    web: str,
    address: Address,
    people_address: Address,
    at: datetime,
    record: Pen,
) -> Membership:
    """Join at once by a verified address in the organisation's own domain; else ask those who may say yes."""
    current = person.memberships.filter(organisation=organisation).exclude(state=MembershipState.ENDED).first()
    if current:
        return current
    if has_verified(person, person.email) and rules.belongs(person.email, web):
        return _join(person, organisation, MemberRole.CONTRIBUTOR, None, at, record)
    values = {"role": MemberRole.CONTRIBUTOR, "state": MembershipState.ASKED, "since": at, "decided_by": None}
    asked, _ = Membership.objects.update_or_create(person=person, organisation=organisation, defaults=values)
    for keeper in keepers_of(organisation):
        _tell(keeper, "account_join_asked", at, organisation_name, people_address, name=person.name, email=person.email)
    _tell(person, "account_join_received", at, organisation_name, address)
    _note("asked_to_join", organisation, person, at, record)
    return asked


@transaction.atomic
def decide(
    *,
    membership: Membership,
    yes: bool,
    by: Person,
    organisation_name: str,
    address: Address,
    at: datetime,
    record: Pen,
) -> None:
    """Say yes or no to somebody who asked, and tell them."""
    state = MembershipState.ACTIVE if yes else MembershipState.ENDED
    asked = Membership.objects.filter(pk=membership.pk, state=MembershipState.ASKED)
    if not asked.update(state=state, since=at, decided_by=by):
        return  # somebody else answered first
    _tell(membership.person, "account_join_yes" if yes else "account_join_no", at, organisation_name, address)
    _note("let_in" if yes else "turned_away", membership.organisation, by, at, record, member=membership.person_id)


@transaction.atomic
def change_role(*, membership: Membership, role: MemberRole, by: Person, at: datetime, record: Pen) -> None:
    """Make a member an administrator, or a contributor again."""
    if role != MemberRole.ADMINISTRATOR:
        _refuse_if_last(membership, by)
    membership.role = role
    membership.save(update_fields=["role"])
    detail = {"member": membership.person_id, "role": role.value}
    _note("changed_member_role", membership.organisation, by, at, record, **detail)


@transaction.atomic
def end_membership(*, membership: Membership, by: Person, at: datetime, record: Pen) -> None:
    """End a membership. The last administrator cannot leave the others alone; an editor can still remove them."""
    _refuse_if_last(membership, by)
    membership.state, membership.since, membership.decided_by = MembershipState.ENDED, at, by
    membership.save(update_fields=["state", "since", "decided_by"])
    _note("ended_membership", membership.organisation, by, at, record, member=membership.person_id)


def _refuse_if_last(membership: Membership, by: Person) -> None:
    # The rows are locked, so that two administrators who leave at the same moment do not both find the other there.
    rows = Membership.objects.select_for_update().filter(organisation=membership.organisation)
    members = [(row.person_id, row.role, row.state) for row in rows]
    if membership.person_id == by.pk and rules.is_last_administrator(members, by.pk):
        raise LastAdministrator


def _join(  # noqa: PLR0917 - all six, always
    person: Person, organisation: str, role: MemberRole, by: Person | None, at: datetime, record: Pen
) -> Membership:
    now = Membership.objects.filter(person=person, organisation=organisation, state=MembershipState.ACTIVE).first()
    if now and now.role == MemberRole.ADMINISTRATOR:
        role = MemberRole.ADMINISTRATOR  # an invitation never takes anything away
    values = {"role": role, "state": MembershipState.ACTIVE, "since": at, "decided_by": by}
    membership, _ = Membership.objects.update_or_create(person=person, organisation=organisation, defaults=values)
    _note("joined", organisation, person, at, record, role=role.value)
    return membership


def _tell(person: Person, kind: str, at: datetime, organisation: str, address: Address, **more: str) -> None:
    told = {"organisation": organisation, "link": address(person.language), **more}
    write_letter(to=person.email, kind=kind, language=person.language, at=at, **told)


def _note(verb: str, organisation: str, person: Person, at: datetime, record: Pen, **detail: object) -> None:
    record(verb=verb, subject_kind="organisation", subject=organisation, person=person, at=at, **detail)
