"""Reading notices for innovation and remembering the readings."""

from collections.abc import Sequence

import msgspec

from ringvirkning.analysis.innovation import read_innovation
from ringvirkning.analysis.models import InnovationReading
from ringvirkning.analysis.queries import is_current
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.sources.notices.record import Notice as Record

_AT_ONCE = 500
_COLUMNS = ["method", "read", "likelihood", "suggested", "signals"]


def remember(notices: Sequence[Notice], records: dict[int, Record]) -> dict[int, float]:
    """Write the readings that are not there or not of today, and return notice → likelihood."""
    stored = {one.notice_id: one for one in InnovationReading.objects.filter(notice__in=list(records))}
    likelihoods = {pk: one.likelihood for pk, one in stored.items()}
    old = [one for one in notices if one.pk not in stored or not is_current(stored[one.pk], one)]
    rows = [_row(notice, records[notice.pk]) for notice in old]
    InnovationReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["notice"], update_fields=_COLUMNS, batch_size=_AT_ONCE
    )
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
