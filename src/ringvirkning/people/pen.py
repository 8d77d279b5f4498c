"""The pen of the ledger, as an argument: people stand above the ledger in the river and cannot reach down for it.

Whoever calls a verb about people hands in ``ledger.operations.record``; the verb writes with it in its own transaction.
"""

from datetime import datetime
from typing import Protocol

from ringvirkning.people.models import Person


class Pen(Protocol):
    """Writes one line in the ledger."""

    def __call__(
        self, *, verb: str, subject_kind: str, subject: str, person: Person | None, at: datetime, **detail: object
    ) -> object:
        """Write."""
        ...
