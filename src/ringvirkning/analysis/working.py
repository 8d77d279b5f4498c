"""Going through notices that are new or changed: reading each for innovation, and looking for the case it belongs to.

Nobody tells us that there is work: it is worked out from the change sequence and our own ``Progress``. Each call does
one stretch in one transaction, so it can be killed at any instant, and two workers take turns.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ringvirkning.analysis import casematch, innovation
from ringvirkning.analysis.linking import Seen, notices_for, propose
from ringvirkning.analysis.models import CaseLink, InnovationReading, Progress
from ringvirkning.analysis.reading import remember
from ringvirkning.analysis.sides import Cases, cases_now
from ringvirkning.catalogue.models import Case, Change
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.catalogue.queries import last_change
from ringvirkning.catalogue.terms import ChangeKind

NAME = "notices"
METHOD = f"{innovation.METHOD}+{casematch.METHOD}"
MOST = 500  # notices in one stretch
MOST_FOR_A_CASE = 5_000  # notices a changed case is compared with, the newest


def work_out(*, at: datetime, most: int = MOST) -> int:
    """Go through one stretch of what is due; return how many notices and changes that was, 0 when nothing is due."""
    return _one_stretch(at, most) if _is_due() else 0


def work_out_all(*, at: datetime, most: int = MOST) -> int:
    """Go on until nothing is due, a stretch at a time; return how many notices and changes were gone through."""
    done = 0
    while some := work_out(at=at, most=most):
        done += some
    return done


@transaction.atomic
def forget_conclusions() -> None:
    """Empty everything we concluded, so that it is worked out again. What people said stays."""
    InnovationReading.objects.all().delete()
    CaseLink.objects.all().delete()
    Progress.objects.all().delete()


def _is_due() -> bool:
    """Tell whether there is anything to do, without keeping others from writing."""
    progress = Progress.objects.filter(name=NAME, method=METHOD, row=None).first()
    return progress is None or _changes_after(progress.change).exists()


def _changes_after(number: int) -> QuerySet[Change]:
    return Change.objects.filter(seq__gt=number, kind__in=(ChangeKind.NOTICE, ChangeKind.CASE)).order_by("seq")


@transaction.atomic
def _one_stretch(at: datetime, most: int) -> int:
    progress = _progress()
    done = _next_of_all(progress, at, most) if progress.row is not None else 0
    done = done or _next_changed(progress, at, most)
    progress.save()
    return done


def _progress() -> Progress:
    """Return how far we are, locked. When there is another way to work out, everything is gone through again."""
    Progress.objects.get_or_create(name=NAME, defaults={"method": ""})
    progress = Progress.objects.select_for_update().get(name=NAME)
    if progress.method != METHOD:
        progress.method, progress.row, progress.change = METHOD, 0, last_change()
    return progress


def _next_of_all(progress: Progress, at: datetime, most: int) -> int:
    notices = list(Notice.objects.filter(pk__gt=progress.row or 0).order_by("pk")[:most])
    progress.row = notices[-1].pk if notices else None
    _go_through(notices, cases_now(), at)
    return len(notices)


def _next_changed(progress: Progress, at: datetime, most: int) -> int:
    changes = list(_changes_after(progress.change)[:most])
    if not changes:
        return 0
    progress.change = changes[-1].seq
    cases = cases_now()
    keys = {change.key for change in changes if change.kind == ChangeKind.NOTICE}
    _go_through(list(Notice.objects.filter(key__in=keys)), cases, at)
    for case in _cases({change.key for change in changes if change.kind == ChangeKind.CASE}):
        for notices in notices_for(case, cases, most=MOST_FOR_A_CASE, at_once=MOST):
            _go_through(notices, cases, at, only=case.case_id)
    return len(changes)


def _cases(case_ids: set[str]) -> QuerySet[Case]:
    return Case.objects.filter(case_id__in=case_ids, revision__isnull=False).select_related("revision").order_by("pk")


def _go_through(notices: Sequence[Notice], cases: Cases, at: datetime, *, only: str | None = None) -> None:
    records = {notice.pk: record_of(notice) for notice in notices}
    likelihoods = remember(notices, records, at=at)
    seen = [Seen(notice, records[notice.pk], likelihoods[notice.pk]) for notice in notices]
    propose(seen, cases=cases, at=at, only=only)
