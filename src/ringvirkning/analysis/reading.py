"""Reading notices for innovation and remembering the readings."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from ringvirkning.analysis.innovation import read_innovation
from ringvirkning.analysis.models import InnovationReading
from ringvirkning.analysis.queries import is_current, standing_of_likelihood
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.operations import record_changes
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.sources.notices.record import Notice as Record

_AT_ONCE = 500
_COLUMNS = ["method", "read", "likelihood", "suggested", "signals"]


def remember(notices: Sequence[Notice], records: dict[int, Record], *, at: datetime) -> dict[int, float]:
    """Write the readings that are not there or not of today, and return notice → likelihood.

    A change is recorded where a notice now stands otherwise than before, so that what follows the changes shows it. A
    notice that had no reading stood as "no".
    """
    stored = {one.notice_id: one for one in InnovationReading.objects.filter(notice__in=list(records))}
    likelihoods = {pk: one.likelihood for pk, one in stored.items()}
    old = [one for one in notices if one.pk not in stored or not is_current(stored[one.pk], one)]
    rows = [_row(notice, records[notice.pk]) for notice in old]
    InnovationReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["notice"], update_fields=_COLUMNS, batch_size=_AT_ONCE
    )
    moved = [
        row.notice.key
        for row in rows
        if standing_of_likelihood(row.likelihood) != standing_of_likelihood(likelihoods.get(row.notice_id, 0.0))
    ]
    record_changes(kind=ChangeKind.NOTICE, keys=sorted(moved), at=at)
    return likelihoods | {row.notice_id: row.likelihood for row in rows}


def _row(notice: Notice, record: Record) -> InnovationReading:
    reading = read_innovation(record)
    return InnovationReading(
        notice=notice,
        method=reading.method,
        read=notice.digest,
        likelihood=reading.likelihood,
        suggested=reading.suggested or "",
        signals=msgspec.to_builtins(reading.signals),
    )
