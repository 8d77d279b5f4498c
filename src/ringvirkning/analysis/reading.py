"""Reading notices for innovation and remembering the readings."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from ringvirkning.analysis.innovation import read_innovation
from ringvirkning.analysis.models import InnovationReading
from ringvirkning.analysis.queries import is_current, standing_of_likelihood
from ringvirkning.analysis.signals.terms import Reading
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.writing import Row, write_rows
from ringvirkning.catalogue.operations import record_changes
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.sources.notices.record import Notice as Record

_COLUMNS = ["notice", "method", "read", "likelihood", "suggested", "signals"]


def remember(notices: Sequence[Notice], records: dict[int, Record], *, at: datetime) -> dict[int, float]:
    """Write the readings that are not there or not of today, and return notice → likelihood.

    A change is recorded where a notice now stands otherwise than before, so that what follows the changes shows it. A
    notice that had no reading stood as "no".
    """
    stored = {one.notice_id: one for one in InnovationReading.objects.filter(notice__in=list(records))}
    likelihoods = {pk: one.likelihood for pk, one in stored.items()}
    old = [one for one in notices if one.pk not in stored or not is_current(stored[one.pk], one)]
    readings = [(one, read_innovation(records[one.pk])) for one in old]
    write_rows(InnovationReading, _COLUMNS, (_row(one, read) for one, read in readings), known_by="notice")
    moved = [
        one.key
        for one, read in readings
        if standing_of_likelihood(read.likelihood) != standing_of_likelihood(likelihoods.get(one.pk, 0.0))
    ]
    record_changes(kind=ChangeKind.NOTICE, keys=sorted(moved), at=at)
    return likelihoods | {one.pk: read.likelihood for one, read in readings}


def _row(notice: Notice, read: Reading) -> Row:
    """Return the values in the order of the columns."""
    said = (read.method, notice.digest, read.likelihood, read.suggested or "", msgspec.to_builtins(read.signals))
    return (notice.pk, *said)
