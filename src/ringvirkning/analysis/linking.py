"""Proposing which case a notice belongs to, in the tables (``casematch.py`` does the thinking)."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from ringvirkning.analysis.casematch import METHOD, PROPOSED, NoticeSide, proposal
from ringvirkning.analysis.models import CaseLink
from ringvirkning.analysis.sides import Cases, notice_sides, with_words
from ringvirkning.analysis.terms import Proposal
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.terms import PartyRole
from ringvirkning.catalogue.operations import record_changes
from ringvirkning.catalogue.queries import case_file_of
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.sources.notices.record import Notice as Record

Pair = tuple[str, int]  # case id, notice row


class Seen(NamedTuple):
    """A notice that has been looked at, with what it says and how likely it is about innovation."""

    notice: Notice
    record: Record
    likelihood: float


def propose(seen: Sequence[Seen], *, cases: Cases, at: datetime, only: str | None = None) -> None:
    """Write the links of these notices anew, to all cases or to ``only`` one."""
    found: dict[Pair, Proposal] = {}
    for one, side in zip(seen, notice_sides(seen), strict=True):
        if candidates := _candidates(one.notice, side, cases, only):
            found |= _proposals(one, with_words(side, one.record), cases, candidates)
    before = CaseLink.objects.filter(notice__in=[one.notice.pk for one in seen]).select_related("case")
    if only is not None:
        before = before.filter(case__case_id=only)
    changed = _write(before, found)
    keys = sorted(one.notice.key for one in seen if one.notice.pk in changed)
    record_changes(kind=ChangeKind.NOTICE, keys=keys, at=at)


def _proposals(one: Seen, side: NoticeSide, cases: Cases, candidates: set[str]) -> dict[Pair, Proposal]:
    pairs = {(case_id, one.notice.pk): proposal(cases.sides[case_id], side, cases.rarity) for case_id in candidates}
    return {pair: proposed for pair, proposed in pairs.items() if proposed.likelihood >= PROPOSED}


def _candidates(notice: Notice, side: NoticeSide, cases: Cases, only: str | None) -> set[str]:
    """Return the cases to compare a notice with. A notice that another took the place of belongs to none."""
    if notice.replaced_by:
        return set()
    return cases.candidates(side) if only is None else {only} & cases.sides.keys()


def _write(before: QuerySet[CaseLink], found: dict[Pair, Proposal]) -> set[int]:
    """Replace the links that differ; return the notices whose links did."""
    had = {(link.case.case_id, link.notice_id): link for link in before}
    had_said = {pair: (link.method, link.likelihood, link.reasons) for pair, link in had.items()}
    now_said = {pair: (METHOD, one.likelihood, _plain(one)) for pair, one in found.items()}
    differs = {pair for pair in had.keys() | found.keys() if had_said.get(pair) != now_said.get(pair)}
    if not differs:
        return set()
    CaseLink.objects.filter(pk__in=[had[pair].pk for pair in differs & had.keys()]).delete()
    rows = dict(Case.objects.filter(case_id__in={case_id for case_id, _ in differs}).values_list("case_id", "pk"))
    new = [pair for pair in sorted(differs & found.keys()) if pair[0] in rows]
    CaseLink.objects.bulk_create(
        CaseLink(case_id=rows[pair[0]], notice_id=pair[1], method=METHOD, likelihood=likelihood, reasons=reasons)
        for pair, (_, likelihood, reasons) in ((pair, now_said[pair]) for pair in new)
    )
    return {pk for _, pk in differs}


def _plain(one: Proposal) -> list[dict[str, object]]:
    """Return the reasons as they are after a turn through the tables, where tuples become lists."""
    return [{**asdict(reason), "words": list(reason.words)} for reason in one.reasons]


def notices_for(case: Case, cases: Cases, *, most: int, at_once: int) -> Iterator[list[Notice]]:
    """Yield the notices a case could be about, the newest first: of its buyers, won by its supplier, or named in it.

    Notices it is linked to already are among them, so that a link that no longer holds is taken away.
    """
    ways = Q(case_links__case=case)
    if side := cases.sides.get(case.case_id):
        ways |= Q(parties__role=PartyRole.BUYER, parties__organisation__in=side.buyers)
        ways |= Q(parties__role=PartyRole.WINNER, parties__name__in=_written(case))
        ways |= Q(versions__number__in=side.numbers)
    pks = list(Notice.objects.filter(ways).order_by("-published", "-pk").values_list("pk", flat=True).distinct()[:most])
    for start in range(0, len(pks), at_once):
        yield list(Notice.objects.filter(pk__in=pks[start : start + at_once]))


def _written(case: Case) -> list[str]:
    """Return the names of a case's suppliers as registers and people write them."""
    names = [one.organisation.name for one in case_file_of(case).suppliers]
    return sorted({form for name in names for form in (name, name.upper(), f"{name} AS", f"{name} AS".upper())})
