"""Looking whether the addresses that cases refer to still answer: seldom, gently, and never inside our own network."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.operations import record_change
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Person
from ringvirkning.publishing.models import LinkVisit
from ringvirkning.publishing.terms import LinkState
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.webpage import Fetched, fetch
from ringvirkning.sources.wire import Unfetchable

WEEK = timedelta(days=7)
PAUSE = timedelta(seconds=10)  # between two visits to one host
CLAIM_HOLDS = timedelta(minutes=10)
# How long after each failure in a row we come back. The third is at least three days after the first.
BACK_OFF = (timedelta(days=1), timedelta(days=2), timedelta(days=4), WEEK)
FAILURES_TO_BE_BROKEN = 3
MOST_BYTES = 200_000
SECONDS = 10.0
# The page is there; it is only not for programs, or not for us.
TURNED_AWAY = {401, 403, 429, 451}


def addresses(case_file: CaseFile) -> set[str]:
    """Return every web address a case refers to."""
    return set(_addresses(case_file))


def _addresses(case_file: CaseFile) -> Iterator[str]:
    yield from (source.url for source in case_file.sources if source.url)
    yield from (document.url for document in case_file.documents if document.url)
    yield from (contact.url for contact in case_file.contacts if contact.url)
    yield from (solution.link for solution in case_file.solutions if solution.link)
    yield from (talk.invitation for talk in case_file.dialogue if talk.invitation)
    yield from case_file.procurement.notices if case_file.procurement else ()


def cases_by_address() -> dict[str, list[str]]:
    """Return address → the ids of the published cases that refer to it."""
    found: dict[str, list[str]] = {}
    for case, case_file in queries.read_cases(queries.all_cases()):
        for url in sorted(addresses(case_file)):
            found.setdefault(url, []).append(case.case_id)
    return found


@transaction.atomic
def note_addresses(*, at: datetime) -> None:
    """Let the table hold each address in use and no other. New ones are visited in the course of the first day."""
    used = set(cases_by_address())
    known = set(LinkVisit.objects.values_list("url", flat=True))
    LinkVisit.objects.filter(url__in=known - used).delete()
    new = [LinkVisit(url=url, due=at + _somewhere_in(timedelta(days=1))) for url in sorted(used - known)]
    LinkVisit.objects.bulk_create(new, ignore_conflicts=True)


def visit_due(*, at: datetime, most: int = 1) -> int:
    """Visit addresses whose time has come, a few at a time; return how many. One per host in ten seconds."""
    resting = {_host(url) for url in LinkVisit.objects.filter(visited__gt=at - PAUSE).values_list("url", flat=True)}
    visited = 0
    for visit in LinkVisit.objects.filter(due__lte=at).order_by("due")[:200]:
        if visited == most:
            break
        host = _host(visit.url)
        if host not in resting and _claim(visit, at):
            resting.add(host)
            _record(visit, look(visit.url), at)
            visited += 1
    return visited


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _claim(visit: LinkVisit, at: datetime) -> bool:
    """Take a visit, unless another worker has. A worker that dies on the way leaves it due again after a while."""
    same = LinkVisit.objects.filter(pk=visit.pk, due=visit.due)
    return same.update(due=at + CLAIM_HOLDS, visited=at) == 1


def look(url: str) -> tuple[LinkState, int | None]:
    """Return how an address is. The head is asked for first; servers that dislike that are asked for the page."""
    state, status = _ask(url, "HEAD")
    return (state, status) if state is LinkState.WORKS else _ask(url, "GET")


def _ask(url: str, method: str) -> tuple[LinkState, int | None]:
    local = bool(getattr(settings, "LINKS_MAY_BE_LOCAL", False))  # only tests set it
    try:
        answer: Fetched = fetch(
            url,
            method="HEAD" if method == "HEAD" else "GET",
            most_bytes=MOST_BYTES,
            timeout=SECONDS,
            allow_local=local,
            contact=settings.CONTACT or settings.PUBLIC_URL,
        )
    except Unfetchable as fault:
        # Larger than we care to read is there; where we will not go says nothing about the page.
        told = {"too_large": LinkState.WORKS, "port": LinkState.REFUSED, "certificate": LinkState.REFUSED}
        return told.get(fault.code, LinkState.FAILS), fault.status
    if answer.status in TURNED_AWAY:
        return LinkState.REFUSED, answer.status
    return (LinkState.WORKS if answer.status < 400 else LinkState.FAILS), answer.status


@transaction.atomic
def _record(visit: LinkVisit, seen: tuple[LinkState, int | None], at: datetime) -> None:
    """Write down what we saw. Readers are told that a link is broken only after several failures over days."""
    state, visit.status = seen
    was_broken = visit.state == LinkState.FAILS
    if state is LinkState.FAILS:
        visit.failures += 1
        visit.due = at + BACK_OFF[min(visit.failures, len(BACK_OFF)) - 1]
        visit.state = LinkState.FAILS if visit.failures >= FAILURES_TO_BE_BROKEN else visit.state
    else:
        visit.state, visit.failures = state, 0
        visit.due = at + WEEK
    visit.due += _somewhere_in(timedelta(hours=12))
    visit.last_worked = at if state is LinkState.WORKS else visit.last_worked
    LinkVisit.objects.filter(pk=visit.pk).update(
        status=visit.status, failures=visit.failures, state=visit.state, due=visit.due, last_worked=visit.last_worked
    )
    if was_broken != (visit.state == LinkState.FAILS):
        for case_id in cases_by_address().get(visit.url, []):
            record_change(kind=ChangeKind.FRESHNESS, key=case_id, at=at)


@transaction.atomic
def try_again(*, url: str, person: Person, at: datetime) -> bool:
    """Let a link be visited in the worker's next round; False when no case refers to it any more."""
    tried = LinkVisit.objects.filter(url=url).update(due=at)
    visit = LinkVisit.objects.filter(url=url).first() if tried else None
    if visit:
        record(verb="link_again", subject_kind="link", subject=str(visit.pk), person=person, at=at)
    return visit is not None


def _somewhere_in(span: timedelta) -> timedelta:
    """Return a chance part of a span, so that visits to one host do not come in a crowd."""
    return span * random.random()  # noqa: S311 - spreading, not secrecy
