"""What each open need is about, kept beside it, so that nobody waits while thousands of needs are read.

A need is read when it is opened or changed, in the same transaction. When the vocabulary or the reading has become
another, the old readings are used until the worker has read them again (``read_again``).
"""

from datetime import datetime

from django.db import transaction

from ringvirkning.catalogue.operations import record_changes
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.needs.models import AssessmentRow, OpenNeedTerms
from ringvirkning.needs.open.likeness import terms_of
from ringvirkning.needs.terms import Visibility
from ringvirkning.search.own_words import own_vocabulary
from ringvirkning.search.text.vocabulary import Vocabulary, digest, reading_with

LAYOUT = "1"  # raise it when ``likeness`` weighs otherwise
AT_A_TIME = 100


def keep_terms(row: AssessmentRow) -> None:
    """Keep what an open need is about; of one that is not open nothing is kept. Call in the transaction of the act."""
    if row.visibility != Visibility.OPEN:
        OpenNeedTerms.objects.filter(assessment=row).delete()
        return
    words = own_vocabulary()
    read = {"terms": _read(row, words), "reading": reading_name(words)}
    OpenNeedTerms.objects.update_or_create(assessment=row, defaults=read)


def reading_name(words: Vocabulary) -> str:
    """Return a name for how needs are read now: others than this are to be read again."""
    return f"{LAYOUT}-{digest()}-{words.name}"


def _read(row: AssessmentRow, words: Vocabulary) -> dict[str, float]:
    with reading_with(words):
        return terms_of(f"{row.title}\n{row.content['need']}")


@transaction.atomic
def read_again(*, at: datetime) -> int:
    """Read some of the needs that were read with other words than today's; return how many."""
    words = own_vocabulary()
    old = OpenNeedTerms.objects.exclude(reading=reading_name(words)).select_related("assessment")
    some = list(old.select_for_update(of=("self",)).order_by("pk")[:AT_A_TIME])
    for kept in some:
        kept.terms, kept.reading = _read(kept.assessment, words), reading_name(words)
    OpenNeedTerms.objects.bulk_update(some, ["terms", "reading"])
    if some:
        record_changes(kind=ChangeKind.NEED, keys=[str(kept.assessment.key) for kept in some], at=at)
    return len(some)
