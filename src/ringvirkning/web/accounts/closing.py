"""Closing an account for good, by its owner or by an administrator: what it was, and the needs it had."""

from datetime import datetime

from django.db import transaction

from ringvirkning.needs.leaving import forget_assessments_of
from ringvirkning.people.models import Person
from ringvirkning.people.operations import delete_account
from ringvirkning.people.pen import Pen


@transaction.atomic
def close_account(*, person: Person, at: datetime, record: Pen) -> None:
    """Delete an account, and at once the private needs it had; what was shared goes to a colleague.

    Raises ``LastAdministrator`` as ``delete_account`` does, and nothing is changed.
    """
    delete_account(person=person, at=at, record=record)
    forget_assessments_of(person=person, at=at)
