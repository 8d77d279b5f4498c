"""Reading the ledger."""

from django.db.models import QuerySet

from ringvirkning.ledger.models import Entry


def history_of(subject_kind: str, subject: str) -> QuerySet[Entry]:
    """Return what happened to something, oldest first, with who did it."""
    return Entry.objects.filter(subject_kind=subject_kind, subject=subject).select_related("person").order_by("pk")
