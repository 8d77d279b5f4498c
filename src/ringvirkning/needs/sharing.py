"""Verbs about who sees a needs assessment: share with colleagues, publish the need, take it back, hand over."""

from datetime import datetime

from django.db import transaction

from ringvirkning.foundation.personal import holds_identity_number
from ringvirkning.needs.models import AssessmentReader, AssessmentRow
from ringvirkning.needs.permissions import may_close, may_open, may_see, may_share
from ringvirkning.needs.refusals import Refused
from ringvirkning.needs.sections import content_of, public_texts
from ringvirkning.needs.terms import Visibility
from ringvirkning.needs.typed import read_typed
from ringvirkning.needs.writing import locked, note, refuse_private, tell_of_need
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of

MOST_READERS = 50


@transaction.atomic
def belong_to(*, assessment: AssessmentRow, organisation: str, person: Person, at: datetime) -> None:
    """Let an assessment somebody made alone belong to an organisation they have joined. Once: then it is theirs."""
    row = locked(assessment, person, may_share, "not_yours_to_share")
    if row.organisation:
        raise Refused("moved_already")
    if organisation not in organisations_of(person):
        raise Refused("not_your_organisation")
    row.organisation = organisation
    row.content = content_of(read_typed({**row.content, "organisation": organisation}))
    row.save(update_fields=["organisation", "content"])
    note(row, "moved", person, at, organisation=organisation)


@transaction.atomic
def share_with(*, assessment: AssessmentRow, colleague: Person, person: Person, at: datetime) -> None:
    """Let a colleague of the same organisation work on an assessment. Sharing with the same again changes nothing."""
    row = locked(assessment, person, may_share, "not_yours_to_share")
    if not row.organisation:
        raise Refused("no_organisation")
    if not colleague.is_active or row.organisation not in organisations_of(colleague):
        raise Refused("not_a_colleague")
    if colleague == person or row.readers.filter(person=colleague).exists():
        return
    if row.readers.count() >= MOST_READERS:
        raise Refused("too_many_readers", most=MOST_READERS)
    AssessmentReader.objects.create(assessment=row, person=colleague, since=at, by=person)
    if row.visibility == Visibility.PRIVATE:
        _become(row, Visibility.SHARED)
    note(row, "shared", person, at, member=colleague.pk)


@transaction.atomic
def stop_sharing(*, assessment: AssessmentRow, colleague: Person, person: Person, at: datetime) -> None:
    """Take a colleague's access away, or one's own. What they wrote stays."""
    may = may_see if colleague == person else may_share
    row = locked(assessment, person, may, "not_yours_to_share")
    take_reader_out(row=row, colleague=colleague, by=person, at=at)


def take_reader_out(*, row: AssessmentRow, colleague: Person, by: Person | None, at: datetime) -> None:
    """Let somebody be a reader no more, with what they had set aside. Call under its lock, inside a transaction."""
    gone, _ = row.readers.filter(person=colleague).delete()
    if not gone:
        return
    row.set_aside.filter(person=colleague).delete()
    row.seen.filter(person=colleague).delete()
    if row.visibility == Visibility.SHARED:
        _become(row, _when_not_open(row))
    note(row, "stopped_sharing", by, at, member=colleague.pk)


@transaction.atomic
def open_up(*, assessment: AssessmentRow, person: Person, at: datetime, seen_warnings: bool) -> None:
    """Publish the need in its organisation's name, so that others with the same one find it.

    Only ``sections.PUBLIC`` is published. Raises ``Warned`` when that seems to hold something private, unless the
    person has seen so; an identity number is refused always.
    """
    row = locked(assessment, person, may_share, "not_yours_to_share")
    if not may_open(person, row):
        raise Refused("no_organisation")
    if any(map(holds_identity_number, public_texts(row.content).values())):
        raise Refused("identity_number")
    if row.visibility == Visibility.OPEN:
        return
    if not seen_warnings:
        refuse_private(row.content, {})
    row.opened, row.closed = at, None
    _become(row, Visibility.OPEN)
    tell_of_need(row, at)
    note(row, "opened", person, at, warned=seen_warnings)


@transaction.atomic
def close(*, assessment: AssessmentRow, person: Person, at: datetime) -> None:
    """Take an open need back: it is met, given up, or should not have been open. The work on it goes on as before."""
    row = AssessmentRow.objects.select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if row is None:
        raise Refused("gone")
    if not may_close(person, row):
        raise Refused("not_open" if may_see(person, row) else "not_yours")
    row.closed = at
    _become(row, _when_not_open(row))
    tell_of_need(row, at)
    note(row, "closed", person, at)


@transaction.atomic
def pass_on(*, assessment: AssessmentRow, colleague: Person, person: Person, at: datetime) -> None:
    """Let a colleague it is shared with answer for it from now on; whoever passes it on works on it still."""
    row = locked(assessment, person, may_share, "not_yours_to_share")
    if not row.readers.filter(person=colleague).exists() or not may_see(colleague, row):
        raise Refused("not_a_colleague")
    AssessmentReader.objects.create(assessment=row, person=person, since=at, by=person)
    hand_over(row=row, to=colleague, by=person, at=at)


def close_orphan(*, row: AssessmentRow, at: datetime) -> None:
    """Take an open need back that nobody answers for. It stays the organisation's, for whoever comes there next.

    Call under its lock, inside a transaction (``leaving``).
    """
    row.closed = at
    _become(row, Visibility.SHARED)
    tell_of_need(row, at)
    note(row, "closed", None, at)


def hand_over(*, row: AssessmentRow, to: Person, by: Person | None, at: datetime) -> None:
    """Let another answer for an assessment. Call under its lock, inside a transaction (``leaving``)."""
    row.owner = to
    row.readers.filter(person=to).delete()
    row.save(update_fields=["owner"])
    if row.visibility == Visibility.SHARED:
        _become(row, _when_not_open(row))
    note(row, "handed_over", by, at, member=to.pk)


def _when_not_open(row: AssessmentRow) -> Visibility:
    return Visibility.SHARED if row.readers.exists() else Visibility.PRIVATE


def _become(row: AssessmentRow, visibility: Visibility) -> None:
    row.visibility = visibility
    row.save(update_fields=["visibility", "opened", "closed"])
