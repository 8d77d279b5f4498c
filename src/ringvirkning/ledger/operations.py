"""Writing in the ledger."""

from datetime import datetime, timedelta

from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Person

SAME_SITTING = timedelta(minutes=30)


def record(
    *, verb: str, subject_kind: str, subject: str, person: Person | None, at: datetime, **detail: object
) -> Entry:
    """Add a line. Call inside the transaction of the act itself."""
    return Entry.objects.create(
        verb=verb, subject_kind=subject_kind, subject=subject, person=person, at=at, detail=detail
    )


def record_once_a_sitting(
    *, verb: str, subject_kind: str, subject: str, person: Person | None, at: datetime, **detail: object
) -> None:
    """Add a line, unless the newest about this subject says the same and is less than half an hour old.

    For acts that come many a minute, such as saving while somebody types.
    """
    newest = Entry.objects.filter(subject_kind=subject_kind, subject=subject).order_by("-pk").first()
    same = newest and (newest.verb, newest.person, newest.detail) == (verb, person, detail)
    if not (same and newest and at - newest.at < SAME_SITTING):
        record(verb=verb, subject_kind=subject_kind, subject=subject, person=person, at=at, **detail)
