"""Comments on parts of a draft: what somebody should look at, until it is done."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Person
from ringvirkning.publishing.models import Comment, Draft
from ringvirkning.publishing.permissions import OPEN, may_see
from ringvirkning.publishing.remarks import MOST_IN_COMMENT, cleaned
from ringvirkning.publishing.terms import OWNS, Step

PLACE = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)*")
MOST_PLACE = 100


class NotHere(Exception):
    """The comment is on something that is not there, or not for this person."""


@transaction.atomic
def add_comment(*, draft: Draft, step: Step, place: str, text: str, person: Person, at: datetime) -> Comment:
    """Remark on a part: ``place`` is a path such as ``figures.0``, or "" for the whole step."""
    words = cleaned(text, MOST_IN_COMMENT)
    if not (is_place_in(step, place) and _may_comment(person, draft)):
        raise NotHere
    comment = Comment.objects.create(draft=draft, step=step, place=place, text=words, author=person, at=at)
    _record(draft, "commented", person, at, step)
    return comment


@transaction.atomic
def mark_done(*, comment: Comment, person: Person, at: datetime) -> None:
    """Say that what the comment asks for is done. Saying it twice changes nothing."""
    if not _may_comment(person, comment.draft):
        raise NotHere
    changed = Comment.objects.filter(pk=comment.pk, done=None).update(done=at, done_by=person)
    comment.refresh_from_db()
    if changed:
        _record(comment.draft, "comment_done", person, at, comment.step)


def open_comments(draft: Draft) -> QuerySet[Comment]:
    """Return the comments that are not done, oldest first."""
    return comments_on(draft).filter(done=None)


def comments_on(draft: Draft) -> QuerySet[Comment]:
    """Return every comment, oldest first, with who wrote it and who saw to it."""
    return draft.comments.select_related("author", "done_by").order_by("at", "pk")


def comment_of(draft: Draft, number: int) -> Comment | None:
    """Return one comment of this draft and of no other."""
    return draft.comments.select_related("draft").filter(pk=number).first()


def is_place_in(step: str, place: str) -> bool:
    """Tell whether a place belongs to the step: its first part is one that the step owns."""
    if step not in set(Step) or len(place) > MOST_PLACE:
        return False
    return place == "" or (bool(PLACE.fullmatch(place)) and place.split(".", maxsplit=1)[0] in OWNS[Step(step)])


def _may_comment(person: Person, draft: Draft) -> bool:
    return draft.state in OPEN and may_see(person, draft)


def _record(draft: Draft, verb: str, person: Person, at: datetime, step: str) -> None:
    record(verb=verb, subject_kind="draft", subject=str(draft.key), person=person, at=at, step=str(step))
