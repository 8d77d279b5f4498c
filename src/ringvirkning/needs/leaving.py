"""When people leave: whose their needs assessments become. Pulled from the tables, so that nothing is forgotten.

What we have decided, and why:

- **Whoever leaves an organisation has no access any more**, to what is shared or to what they kept to themselves: needs
  are their organisation's. It takes effect at once, since ``permissions`` asks for the membership of today.
  Who was a reader is none when they come back: the owner shares again.
- **What is private stays private.** When its owner's account is deleted it is deleted too, with every version: nobody
  else was ever shown it, and without its owner nobody could see to it. While the account lives it is kept, so that a
  person who comes back finds it.
- **What is shared or open is the organisation's work** and outlives its owner's account and membership. It is handed
  over to the colleague who has had it longest and is still there; when there is none, to an administrator of the
  organisation, who may share it further. When there is nobody at all it waits, and is handed over the day somebody
  comes; an open need without anybody who answers for it is closed.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ringvirkning.needs.models import AssessmentReader, AssessmentRow
from ringvirkning.needs.queries import readers_of
from ringvirkning.needs.sharing import close_orphan, hand_over, take_reader_out
from ringvirkning.needs.terms import Visibility
from ringvirkning.needs.writing import note
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.queries import members_of, organisations_of
from ringvirkning.people.terms import MemberRole, MembershipState


def tidy_after_people(*, at: datetime) -> int:
    """Do everything that is due since people have left; return how many assessments it touched.

    Owners go before readers, so that a reader who is still there can take over.
    """
    due = [*_private_of_nobody(), *_left_behind()]
    return sum(_tidied(row, at) for row in due) + sum(_without(reader, at) for reader in _readers_who_left())


@transaction.atomic
def forget_assessments_of(*, person: Person, at: datetime) -> None:
    """Do at once what is due when an account is deleted. Call in the same transaction, after the account is shut."""
    for row in AssessmentRow.objects.filter(owner=person).order_by("pk"):
        _tidied(row, at)
    for reader in _readers_who_left().filter(person=person):
        _without(reader, at)


def _private_of_nobody() -> QuerySet[AssessmentRow]:
    return AssessmentRow.objects.filter(visibility=Visibility.PRIVATE, owner__is_active=False)


def _left_behind() -> QuerySet[AssessmentRow]:
    """Return what is shared or open, and whose owner is no longer in the organisation."""
    found = AssessmentRow.objects.exclude(visibility=Visibility.PRIVATE)
    return found.filter(~Exists(_membership("owner", "organisation")) | Q(owner__is_active=False))


def _readers_who_left() -> QuerySet[AssessmentReader]:
    there = _membership("person", "assessment__organisation")
    found = AssessmentReader.objects.select_related("assessment", "person")
    return found.filter(~Exists(there) | Q(person__is_active=False))


def _membership(person: str, organisation: str) -> QuerySet[Membership]:
    return Membership.objects.filter(
        person=OuterRef(person), organisation=OuterRef(organisation), state=MembershipState.ACTIVE
    )


@transaction.atomic
def _without(reader: AssessmentReader, at: datetime) -> bool:
    row = AssessmentRow.objects.select_for_update(of=("self",)).filter(pk=reader.assessment_id).first()
    if row is not None:
        take_reader_out(row=row, colleague=reader.person, by=None, at=at)
    return row is not None


@transaction.atomic
def _tidied(found: AssessmentRow, at: datetime) -> bool:
    """See to one assessment, read again under its lock: somebody else may have seen to it meanwhile."""
    row = AssessmentRow.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is None or _has_owner(row):
        return False
    if row.visibility == Visibility.PRIVATE:
        return _forgotten(row, at)
    heir = _heir_of(row)
    if heir:
        hand_over(row=row, to=heir, by=None, at=at)
    elif row.visibility == Visibility.OPEN:
        close_orphan(row=row, at=at)
    return heir is not None


def _has_owner(row: AssessmentRow) -> bool:
    return row.owner.is_active and (not row.organisation or row.organisation in organisations_of(row.owner))


def _forgotten(row: AssessmentRow, at: datetime) -> bool:
    """Delete a private assessment when its owner's account is gone; one who only left may come back."""
    if row.owner.is_active:
        return False
    note(row, "deleted", None, at)
    row.delete()
    return True


def _heir_of(row: AssessmentRow) -> Person | None:
    members = [one for one in members_of(row.organisation) if one.state == MembershipState.ACTIVE]
    there = {one.person_id: one.person for one in members if one.person.is_active and one.person_id != row.owner_id}
    for reader in readers_of(row):
        if reader.person_id in there:
            return there[reader.person_id]
    keepers = (one.person_id for one in members if one.role == MemberRole.ADMINISTRATOR)
    return next((there[person] for person in keepers if person in there), None)
