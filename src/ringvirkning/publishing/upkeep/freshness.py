"""How sure a reader can be that a case still holds: confirmed when and by whom, and whether its links answer.

Everything is worked out from the tables and the day, so that nothing has to run for a case to become outdated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.evidence import Evidence, evidence
from ringvirkning.catalogue.models import Case, CaseRevision
from ringvirkning.publishing.models import Confirmation, Draft, LinkVisit
from ringvirkning.publishing.terms import DraftState, LinkState
from ringvirkning.publishing.upkeep.links import addresses

# A year until we ask, a month until we remind, two more until readers are told.
HOLDS = timedelta(days=365)
ASKED_ANEW = timedelta(days=30)
PATIENCE = timedelta(days=60)
STALE = HOLDS + ASKED_ANEW + PATIENCE


@dataclass(frozen=True)
class Freshness:
    """What we know of how true a case is today. ``confirmed`` is the buyer's own word, also when they shared it."""

    confirmed: date | None
    in_library_since: date
    asked: date | None
    stale: bool
    told_wrong: date | None
    contact_confirmed: date | None
    broken: tuple[str, ...]
    links: int
    links_looked_at: date | None

    @property
    def all_work(self) -> bool:
        """Tell whether the links have been looked at and none was found broken."""
        return self.links_looked_at is not None and not self.broken


@dataclass(frozen=True)
class BrokenLink:
    """An address that no longer answers, with the cases that refer to it."""

    visit: LinkVisit
    case_ids: list[str]


def freshness_of(case: Case, today: date | None = None) -> Freshness:
    """Return how sure a reader can be of one case."""
    return freshness_of_all([case], today)[case.pk]


def evidence_of(case: Case, fresh: Freshness, today: date | None = None) -> Evidence:
    """Return how well a case is documented today."""
    day = today or timezone.localdate()
    return evidence(queries.case_file_of(case), confirmed=fresh.confirmed, today=day)


def freshness_of_all(cases: Iterable[Case], today: date | None = None) -> dict[int, Freshness]:
    """Return case number → how sure a reader can be of it."""
    day = today or timezone.localdate()
    shown = queries.read_cases(cases)
    wanted = [case for case, _ in shown]
    answers: dict[int, list[Confirmation]] = {}
    for one in Confirmation.objects.filter(case__in=wanted).order_by("asked"):
        answers.setdefault(one.case_id, []).append(one)
    shared = _shared(wanted)
    since = _newest_by_case(CaseRevision.objects.filter(case__in=wanted).values_list("case_id").annotate(Min("made")))
    used = {case.pk: addresses(case_file) for case, case_file in shown}
    visits = {one.url: one for one in LinkVisit.objects.filter(url__in=set().union(*used.values()))}
    return {
        case.pk: _freshness(
            case,
            answers=answers.get(case.pk, []),
            shared=shared.get(case.pk),
            since=since[case.pk],
            visits=[visits[url] for url in sorted(used[case.pk]) if url in visits],
            contact_confirmed=max((one.confirmed for one in case_file.contacts if one.confirmed), default=None),
            today=day,
        )
        for case, case_file in shown
    }


def _shared(cases: list[Case]) -> dict[int, datetime]:
    """Return when the buyer itself last handed in each case."""
    own = Draft.objects.filter(case__in=cases, state=DraftState.PUBLISHED).exclude(organisation="")
    return _newest_by_case(own.values_list("case_id").annotate(Max("submitted")))


def _newest_by_case(rows: Iterable[tuple[object, ...]]) -> dict[int, datetime]:
    return {int(str(row[0])): row[1] for row in rows if isinstance(row[1], datetime)}


def _freshness(
    case: Case,
    *,
    answers: list[Confirmation],
    shared: datetime | None,
    since: datetime,
    visits: list[LinkVisit],
    contact_confirmed: date | None,
    today: date,
) -> Freshness:
    said_yes = [one.answered for one in answers if one.still_right and one.answered]
    confirmed = max((*said_yes, *([shared] if shared else [])), default=None)
    waiting = [one.asked for one in answers if one.answered is None and (confirmed is None or one.asked > confirmed)]
    asked = timezone.localdate(waiting[-1]) if waiting else None
    last = timezone.localdate(confirmed or since)
    looked_at = max((one.visited for one in visits if one.visited), default=None)
    return Freshness(
        confirmed=timezone.localdate(confirmed) if confirmed else None,
        in_library_since=timezone.localdate(since),
        asked=asked,
        # Whoever was asked late is given the same time to answer.
        stale=today - last >= STALE and not (asked and today - asked < ASKED_ANEW + PATIENCE),
        told_wrong=_told_wrong(case, answers),
        contact_confirmed=contact_confirmed,
        broken=tuple(one.url for one in visits if one.state == LinkState.FAILS),
        links=len(visits),
        links_looked_at=timezone.localdate(looked_at) if looked_at else None,
    )


def _told_wrong(case: Case, answers: list[Confirmation]) -> date | None:
    """Return when the buyer said that something is wrong, until a newer version or a newer yes."""
    answered = sorted((one.answered, bool(one.still_right)) for one in answers if one.answered)
    if not answered or answered[-1][1]:
        return None
    newer = case.revision is not None and case.revision.made > answered[-1][0]
    return None if newer else timezone.localdate(answered[-1][0])


def stale_cases(today: date | None = None) -> list[tuple[Case, Freshness]]:
    """Return the published cases nobody has confirmed in time, or that the buyer says are wrong, worst first."""
    cases = list(queries.all_cases())
    known = freshness_of_all(cases, today)
    doubtful = [(case, known[case.pk]) for case in cases if case.pk in known]
    doubtful = [(case, fresh) for case, fresh in doubtful if fresh.stale or fresh.told_wrong]
    return sorted(doubtful, key=lambda one: (one[1].told_wrong is None, one[1].confirmed or one[1].in_library_since))


def broken_links() -> list[BrokenLink]:
    """Return the addresses in use that no longer answer, the longest broken first."""
    from ringvirkning.publishing.upkeep.links import cases_by_address

    broken = list(LinkVisit.objects.filter(state=LinkState.FAILS).order_by("last_worked", "url"))
    used = cases_by_address() if broken else {}
    return [BrokenLink(visit, used[visit.url]) for visit in broken if visit.url in used]


def corrections() -> list[Confirmation]:
    """Return the notes of buyers who said that something is wrong, where nothing has been done since, newest first."""
    noted = Confirmation.objects.filter(still_right=False).select_related("case__revision").order_by("-answered")
    latest: dict[int, Confirmation] = {}
    for one in noted:
        latest.setdefault(one.case_id, one)
    fresh = freshness_of_all([one.case for one in latest.values()])
    return [one for one in latest.values() if one.case_id in fresh and fresh[one.case_id].told_wrong]
