"""Cases and notices as these pages show them: title, who, how far, and what came of it; and as they are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.urls import reverse

from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.catalogue.queries import cases_by_id, read_cases
from ringvirkning.needs.answering.items import did_not_succeed
from ringvirkning.needs.answers import Item
from ringvirkning.needs.assessment import Solution
from ringvirkning.needs.terms import AnswerKind
from ringvirkning.search.approaches import approaches
from ringvirkning.sources.casefile.model import CaseFile, Figure
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.web import saying, words
from ringvirkning.web.approach_words import approach_label
from ringvirkning.web.context import public_url
from ringvirkning.web.needs.assess.traces import NO_TRACE, Trace, trace_of_case, traces_of_notices
from ringvirkning.web.notices.cards import Card
from ringvirkning.web.notices.words import PHASES
from ringvirkning.web.templatetags.rv import plain

Key = tuple[AnswerKind, str]
LONGEST = 300  # characters of a line in an assessment
MOST_FIGURES = 3


@dataclass(frozen=True)
class Thing:
    """A case or notice in words."""

    kind: AnswerKind
    key: str
    title: str
    buyer: str
    address: str
    far: str  # how far it has come
    summary: str = ""
    failed: bool = False
    figures: tuple[Figure, ...] = ()
    trace: Trace = NO_TRACE  # of those found in a search it is not asked


def thing_of_case(case: Case, case_file: CaseFile) -> Thing:
    """Return a case in words."""
    return Thing(
        AnswerKind.CASE,
        case.case_id,
        plain(case_file.title),
        " ".join(one for one in saying.buyers(case_file) if one),
        reverse("web:case", args=[case.case_id]),
        str(words.STATUSES.get(str(case_file.state.status), "")),
        saying.opening(plain(case_file.summary.text)),
        did_not_succeed(case_file),
        tuple(saying.measured_benefits(case_file)[:MOST_FIGURES]),
        trace_of_case(case_file),
    )


def thing_of_notice(notice: Notice, record: Record) -> Thing:
    """Return a notice in words."""
    card = Card(notice, record, date.today())
    address = reverse("web:notice", args=[notice.key])
    return Thing(
        AnswerKind.NOTICE, notice.key, card.title.text, card.buyers, address, str(PHASES.get(notice.phase, ""))
    )


def thing_of(item: Item) -> Thing:
    """Return what an answer is about, in words."""
    if item.case is not None and item.case_file is not None:
        return thing_of_case(item.case, item.case_file)
    if item.notice is None or item.record is None:
        raise TypeError("an answer is a case or a notice")
    return thing_of_notice(item.notice, item.record)


def things(keys: Iterable[Key]) -> Mapping[Key, Thing]:
    """Return those of some cases and notices that are still there, fetched together."""
    wanted = list(keys)
    cases = cases_by_id([key for kind, key in wanted if kind is AnswerKind.CASE])
    notices = Notice.objects.filter(key__in=[key for kind, key in wanted if kind is AnswerKind.NOTICE])
    found = [thing_of_case(case, case_file) for case, case_file in read_cases(cases.values())]
    traces = traces_of_notices([one.key for one in notices])
    found += [
        replace(thing_of_notice(notice, record_of(notice)), trace=traces.get(notice.key, NO_TRACE))
        for notice in notices
    ]
    return {(one.kind, one.key): one for one in found}


def solution_of(thing: Thing, request: HttpRequest, day: date, approach: str = "") -> Solution:
    """Return a thing as it is put on a shortlist, so that the document can be read alone."""
    return Solution(
        kind=thing.kind,
        key=thing.key,
        title=thing.title[:LONGEST] or thing.key,
        buyer=thing.buyer[:LONGEST] or None,
        address=public_url(request, thing.address),
        source=thing.trace.source[:LONGEST] or None,
        checked=thing.trace.checked or None,
        approach=approach if approach in approaches() else None,
        added=day,
    )


def approach_said(approach: str | None) -> str:
    """Return what a kind of solution is called; "" when it is none that we know."""
    known = approaches().get(approach or "")
    return approach_label(known) if known else ""
