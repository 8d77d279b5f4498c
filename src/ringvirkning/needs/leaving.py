"""When people leave: whose their needs assessments become. Pulled from the tables, so that nothing is forgotten.

What we have decided, and why:

- **Whoever leaves an organisation has no access any more**, to what is shared or to what they kept to themselves: needs
  are their organisation's. It takes effect at once, since ``permissions`` asks for the membership of today.
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

from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.queries import readers_of
from ringvirkning.needs.sharing import close_orphan, hand_over
from ringvirkning.needs.terms import Visibility
from ringvirkning.needs.writing import note
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.queries import members_of, organisations_of
from ringvirkning.people.terms import MemberRole, MembershipState


def tidy_after_people(*, at: datetime) -> int:
    """Delete private assessments of deleted accounts, and hand over what its owner has left; return how many."""
    due = [*_private_of_nobody(), *_left_behind()]
    return sum(_tidied(row, at) for row in due)


@transaction.atomic
def forget_assessments_of(*, person: Person, at: datetime) -> None:
    """Do at once what is due when an account is deleted. Call in the same transaction, after the account is shut."""
    for row in AssessmentRow.objects.filter(owner=person).order_by("pk"):
        _tidied(row, at)
    for row in AssessmentRow.objects.filter(readers__person=person):
        row.readers.filter(person=person).delete()


def _private_of_nobody() -> QuerySet[AssessmentRow]:
    return AssessmentRow.objects.filter(visibility=Visibility.PRIVATE, owner__is_active=False)


def _left_behind() -> QuerySet[AssessmentRow]:
    """Return what is shared or open, and whose owner is no longer in the organisation."""
    there = Membership.objects.filter(
        person=OuterRef("owner"), organisation=OuterRef("organisation"), state=MembershipState.ACTIVE
    )
    found = AssessmentRow.objects.exclude(visibility=Visibility.PRIVATE)
    return found.filter(~Exists(there) | Q(owner__is_active=False))


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
        hand_over(row=row, to=heir, at=at)
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
