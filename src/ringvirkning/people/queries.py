"""Named reads about people."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from ringvirkning.people.models import Invitation, Letter, Membership, Person
from ringvirkning.people.terms import MemberRole, MembershipState, ProgrammeRole, Role

Somebody = Person | AnonymousUser


def role_of(somebody: Somebody) -> Role:
    """Return the highest role somebody has."""
    if not isinstance(somebody, Person) or not somebody.is_active:
        return Role.VISITOR
    if somebody.demonstration and settings.PUBLIC_URL:  # never where others can reach us
        return Role.VISITOR
    if somebody.programme_role:
        return Role(somebody.programme_role)
    roles = set(active_memberships(somebody).values_list("role", flat=True))
    if MemberRole.ADMINISTRATOR in roles:
        return Role.ORGANISATION_ADMINISTRATOR
    return Role.CONTRIBUTOR if roles else Role.SIGNED_IN


def active_memberships(person: Person) -> QuerySet[Membership]:
    """Return what the person is for which organisations today."""
    return person.memberships.filter(state=MembershipState.ACTIVE).order_by("organisation")


def organisations_of(person: Person) -> set[str]:
    """Return the slugs of the organisations the person may speak for."""
    return set(active_memberships(person).values_list("organisation", flat=True))


def administered_by(person: Person) -> set[str]:
    """Return the slugs of the organisations whose people this person looks after."""
    return set(active_memberships(person).filter(role=MemberRole.ADMINISTRATOR).values_list("organisation", flat=True))


def is_editor(somebody: Somebody) -> bool:
    """Tell whether somebody edits the library: editors, and administrators who may do what editors may."""
    return isinstance(somebody, Person) and somebody.is_active and bool(somebody.programme_role)


def is_administrator(somebody: Somebody) -> bool:
    """Tell whether somebody runs the installation."""
    return is_editor(somebody) and somebody.programme_role == ProgrammeRole.ADMINISTRATOR  # type: ignore[union-attr]


def members_of(organisation: str) -> QuerySet[Membership]:
    """Return an organisation's memberships, ended ones left out, with their people."""
    shown = Membership.objects.filter(organisation=organisation).exclude(state=MembershipState.ENDED)
    return shown.select_related("person").order_by("person__name")


def editors() -> QuerySet[Person]:
    """Return everybody who edits the library."""
    return Person.objects.filter(is_active=True).exclude(programme_role="")


def administrators() -> QuerySet[Person]:
    """Return everybody who runs the installation."""
    return editors().filter(programme_role=ProgrammeRole.ADMINISTRATOR)


def keepers_of(organisation: str) -> QuerySet[Person]:
    """Return who says yes or no to new members: the organisation's administrators, or the editors when it has none."""
    active = Q(memberships__organisation=organisation, memberships__state=MembershipState.ACTIVE)
    own = Person.objects.filter(active, memberships__role=MemberRole.ADMINISTRATOR, is_active=True)
    return own if own.exists() else editors()


def may_keep(somebody: Somebody, organisation: str) -> bool:
    """Tell whether somebody looks after an organisation's people."""
    return is_editor(somebody) or (isinstance(somebody, Person) and organisation in administered_by(somebody))


def person_by_email(email: str) -> Person | None:
    """Return the account with this address, if there is one."""
    return Person.objects.filter(email=email.strip().lower()).first()


def has_verified(person: Person, email: str) -> bool:
    """Tell whether an address is the person's, and we have seen that it is."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())


def proven_addresses(person: Person) -> list[str]:
    """Return the addresses we have seen to be the person's, in small letters."""
    known = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in known})


def letters_to(addresses: Collection[str]) -> QuerySet[Letter]:
    """Return the letters to these addresses. Their text may hold secrets, and is emptied when they have gone."""
    return Letter.objects.alias(small=Lower("to")).filter(small__in=addresses).order_by("pk")


def invitations_to(addresses: Collection[str]) -> QuerySet[Invitation]:
    """Return every invitation to these addresses, answered or not."""
    return Invitation.objects.alias(small=Lower("email")).filter(small__in=addresses).order_by("pk")


def open_invitations(organisation: str, *, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations somebody may still answer."""
    waiting = Invitation.objects.filter(organisation=organisation, accepted=None, withdrawn=None, expires__gt=at)
    return waiting.order_by("email")


def invitation_by_digest(digest: str) -> Invitation | None:
    """Return an invitation, answered or not."""
    return Invitation.objects.select_related("invited_by").filter(digest=digest).first()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Return what the person is or has asked to be for which organisations."""
    return person.memberships.exclude(state=MembershipState.ENDED).order_by("organisation")


def demonstration_exists() -> bool:
    """Tell whether this installation has people made for demonstration."""
    return Person.objects.filter(demonstration=True, is_active=True).exists()


def everybody() -> QuerySet[Person]:
    """Return every account that is open, with what its person may do."""
    return Person.objects.filter(is_active=True).prefetch_related("memberships")
