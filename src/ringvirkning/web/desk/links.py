"""Having a broken link tried again at once."""

from datetime import datetime

from django.db import transaction

from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Person
from ringvirkning.publishing.models import LinkVisit


@transaction.atomic
def try_again(*, url: str, person: Person, at: datetime) -> bool:
    """Let a link be visited in the worker's next round; False when no case refers to it any more."""
    tried = LinkVisit.objects.filter(url=url).update(due=at)
    visit = LinkVisit.objects.filter(url=url).first() if tried else None
    if visit:
        record(verb="link_again", subject_kind="link", subject=str(visit.pk), person=person, at=at)
    return visit is not None
