"""Verbs of the analysis: what people say of our conclusions. Each is one transaction with one line in the ledger."""

from datetime import datetime

from django.db import transaction

from ringvirkning.analysis.models import CaseLinkVerdict, InnovationVerdict
from ringvirkning.analysis.terms import CODES, Verdict
from ringvirkning.catalogue.operations import record_change, record_changes, writers_turn
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Person

NOTICE, LINK = "notice", "case-notice"
MOST_OF_SUBJECT = 100  # characters in the ledger


@transaction.atomic
def confirm_innovation(*, notice_key: str, code: str = "", person: Person | None, at: datetime) -> bool:
    """Say that a notice is about innovation, and of which kind (a BT-776 code, "" when that is not known).

    Returns whether that was news. Raises ``ValueError`` for a code that DFØ's guidance does not have.
    """
    if code and code not in CODES:
        raise ValueError(f"{code!r} is not one of {', '.join(CODES)}")
    return _judge(notice_key, Verdict.CONFIRMED, code, person, at)


@transaction.atomic
def reject_innovation(*, notice_key: str, person: Person | None, at: datetime) -> bool:
    """Say that a notice is not about innovation, whatever our reading thinks. Returns whether that was news."""
    return _judge(notice_key, Verdict.REJECTED, "", person, at)


@transaction.atomic
def take_back(*, notice_key: str, person: Person | None, at: datetime) -> bool:
    """Let our reading stand for itself again. Returns False when nobody had said anything."""
    writers_turn()
    gone, _ = InnovationVerdict.objects.filter(notice_key=notice_key).delete()
    if gone:
        record(verb="take_back_innovation", subject_kind=NOTICE, subject=notice_key, person=person, at=at)
        record_change(kind=ChangeKind.NOTICE, key=notice_key, at=at)
    return bool(gone)


def _judge(notice_key: str, verdict: Verdict, code: str, person: Person | None, at: datetime) -> bool:
    writers_turn()
    if InnovationVerdict.objects.filter(notice_key=notice_key, verdict=verdict, code=code).exists():
        return False
    said = {"verdict": verdict, "code": code, "by": person, "at": at}
    InnovationVerdict.objects.update_or_create(notice_key=notice_key, defaults=said)
    verb = "confirm_innovation" if verdict is Verdict.CONFIRMED else "reject_innovation"
    more = {"code": code} if code else {}
    record(verb=verb, subject_kind=NOTICE, subject=notice_key, person=person, at=at, **more)
    record_change(kind=ChangeKind.NOTICE, key=notice_key, at=at)
    return True


@transaction.atomic
def confirm_link(*, case_id: str, notice_key: str, person: Person | None, at: datetime) -> bool:
    """Say that a case and a notice, as we proposed, are about the same procurement. Returns whether that was news."""
    return _judge_link(case_id, notice_key, Verdict.CONFIRMED, person, at)


@transaction.atomic
def reject_link(*, case_id: str, notice_key: str, person: Person | None, at: datetime) -> bool:
    """Say that a case and a notice have nothing to do with each other. Returns whether that was news."""
    return _judge_link(case_id, notice_key, Verdict.REJECTED, person, at)


@transaction.atomic
def make_link(*, case_id: str, notice_key: str, person: Person | None, at: datetime) -> bool:
    """Say that a case and a notice belong together, without having been asked. Returns whether that was news."""
    return _judge_link(case_id, notice_key, Verdict.MADE, person, at)


@transaction.atomic
def take_back_link(*, case_id: str, notice_key: str, person: Person | None, at: datetime) -> bool:
    """Let our proposal stand for itself again, if there is one. Returns False when nobody had said anything."""
    writers_turn()
    gone, _ = CaseLinkVerdict.objects.filter(case_slug=case_id, notice_key=notice_key).delete()
    if gone:
        _told("take_back_link", case_id, notice_key, person, at)
    return bool(gone)


def _judge_link(case_id: str, notice_key: str, verdict: Verdict, person: Person | None, at: datetime) -> bool:
    writers_turn()
    same = CaseLinkVerdict.objects.filter(case_slug=case_id, notice_key=notice_key, verdict=verdict)
    if same.exists():
        return False
    said = {"verdict": verdict, "by": person, "at": at}
    CaseLinkVerdict.objects.update_or_create(case_slug=case_id, notice_key=notice_key, defaults=said)
    verbs = {Verdict.CONFIRMED: "confirm_link", Verdict.REJECTED: "reject_link", Verdict.MADE: "make_link"}
    _told(verbs[verdict], case_id, notice_key, person, at)
    return True


def _told(verb: str, case_id: str, notice_key: str, person: Person | None, at: datetime) -> None:
    """Write the line in the ledger, and record that the pages of both are different now."""
    record(verb=verb, subject_kind=LINK, subject=case_id, person=person, at=at, notice=notice_key)
    record_changes(kind=ChangeKind.NOTICE, keys=[notice_key], at=at)
    record_changes(kind=ChangeKind.CASE, keys=[case_id], at=at)
