"""Named reads about people."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from ringvirkning.people.models import Membership, Person
from ringvirkning.people.terms import MemberRole, MembershipState, ProgrammeRole, Role

Somebody = Person | AnonymousUser


def role_of(somebody: Somebody) -> Role:
    """Return the highest role somebody has."""
    if not isinstance(somebody, Person) or not somebody.is_active:
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
