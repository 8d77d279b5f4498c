"""Named reads of the analysis.

A stored reading is only a reading remembered: where there is none, or it is of another record or method, the notice is
read on the spot, with the same outcome. So pages and the search index never wait for ``work_out``.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from ringvirkning.analysis.innovation import LIKELY, METHOD, POSSIBLE, read_innovation
from ringvirkning.analysis.models import CaseLink, CaseLinkVerdict, InnovationReading, InnovationVerdict
from ringvirkning.analysis.signals.terms import Reading, Signal
from ringvirkning.analysis.terms import Conclusion, InnovationStanding, Link, Reason, Verdict
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.queries import record_of

_AT_ONCE = 500


# Innovation.


def reading_of(notice: Notice) -> Reading:
    """Return how likely a notice is about innovation, and why."""
    return readings_of([notice])[notice.key]


def readings_of(notices: Sequence[Notice]) -> dict[str, Reading]:
    """Return notice key → its reading, for many at once."""
    stored = {one.notice_id: one for some in _portions(notices) for one in _stored(some)}
    return {notice.key: _reading(notice, stored.get(notice.pk)) for notice in notices}


def _stored(notices: Sequence[Notice]) -> QuerySet[InnovationReading]:
    return InnovationReading.objects.filter(notice__in=[notice.pk for notice in notices])


def _reading(notice: Notice, stored: InnovationReading | None) -> Reading:
    if stored is None or not is_current(stored, notice):
        return read_innovation(record_of(notice))
    signals = msgspec.convert(stored.signals, tuple[Signal, ...])
    return Reading(
        likelihood=stored.likelihood, signals=signals, suggested=stored.suggested or None, method=stored.method
    )


def is_current(stored: InnovationReading, notice: Notice) -> bool:
    """Tell whether a stored reading is of what the notice says now, by the way we read now."""
    return stored.method == METHOD and stored.read == notice.digest


def verdict_of(notice_key: str) -> InnovationVerdict | None:
    """Return what a person said of a notice and innovation."""
    return InnovationVerdict.objects.select_related("by").filter(notice_key=notice_key).first()


def conclusion_of(notice: Notice) -> Conclusion:
    """Return what is known of a notice and innovation, all in all."""
    return conclusions_of([notice])[notice.key]


def conclusions_of(notices: Sequence[Notice]) -> dict[str, Conclusion]:
    """Return notice key → conclusion, for many at once: three questions to the tables however many they are."""
    readings = readings_of(notices)
    verdicts = verdicts_of(readings)
    return {key: concluded(reading, verdicts.get(key)) for key, reading in readings.items()}


def verdicts_of(notice_keys: Iterable[str]) -> dict[str, InnovationVerdict]:
    """Return notice key → verdict, for those that have one."""
    keys = list(notice_keys)
    parts = (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
    return {one.notice_key: one for some in parts for one in InnovationVerdict.objects.filter(notice_key__in=some)}


def concluded(reading: Reading, verdict: InnovationVerdict | None) -> Conclusion:
    """Return what a reading and a verdict come to. The verdict decides, however the notice is read."""
    if verdict is not None and verdict.verdict == Verdict.REJECTED:
        return Conclusion(InnovationStanding.REJECTED, None, reading)
    if verdict is not None:
        return Conclusion(InnovationStanding.CONFIRMED, verdict.code or reading.suggested, reading)
    return Conclusion(standing_of_likelihood(reading.likelihood), reading.suggested, reading)


def standing_of_likelihood(likelihood: float) -> InnovationStanding:
    """Return what a likelihood comes to when nobody has said anything."""
    if likelihood >= LIKELY:
        return InnovationStanding.LIKELY
    return InnovationStanding.POSSIBLE if likelihood >= POSSIBLE else InnovationStanding.NO


def standing(notice: Notice) -> InnovationStanding:
    """Return whether a notice asks for something new, all in all."""
    return conclusion_of(notice).standing


def waiting_for_verdict(*, at_least: float = LIKELY) -> QuerySet[Notice]:
    """Return the notices that are likely about innovation and that nobody has judged, the newest first."""
    judged = InnovationVerdict.objects.filter(notice_key=OuterRef("key"))
    likely = Notice.objects.filter(innovation__likelihood__gte=at_least, replaced_by="")
    return likely.exclude(Exists(judged)).order_by("-published", "-pk")


def innovative_notices() -> QuerySet[Notice]:
    """Return the notices a person confirmed, and the likely ones that nobody rejected, the newest first."""
    said = InnovationVerdict.objects.filter(notice_key=OuterRef("key"))
    confirmed, rejected = (Exists(said.filter(verdict=one)) for one in (Verdict.CONFIRMED, Verdict.REJECTED))
    likely = Q(innovation__likelihood__gte=LIKELY) & ~rejected
    return Notice.objects.filter(confirmed | likely, replaced_by="").order_by("-published", "-pk")


# Cases and notices that belong together.


def links_of_notice(notice: Notice) -> list[Link]:
    """Return the cases a notice belongs to or probably belongs to; what a person rejected is left out."""
    proposed = CaseLink.objects.filter(notice=notice).select_related("case", "notice")
    return _links(proposed, CaseLinkVerdict.objects.filter(notice_key=notice.key))


def links_of_case(case_id: str) -> list[Link]:
    """Return the notices a case belongs to or probably belongs to; what a person rejected is left out."""
    proposed = CaseLink.objects.filter(case__case_id=case_id).select_related("case", "notice")
    return _links(proposed, CaseLinkVerdict.objects.filter(case_slug=case_id))


def links_waiting() -> list[Link]:
    """Return every proposed link that nobody has judged, the likeliest first."""
    found = _links(CaseLink.objects.select_related("case", "notice"), CaseLinkVerdict.objects.all())
    return [link for link in found if link.verdict is None]


def link_verdict(case_id: str, notice_key: str) -> CaseLinkVerdict | None:
    """Return what a person said of a case and a notice."""
    return CaseLinkVerdict.objects.filter(case_slug=case_id, notice_key=notice_key).first()


def _links(proposed: Iterable[CaseLink], verdicts: Iterable[CaseLinkVerdict]) -> list[Link]:
    said = {(one.case_slug, one.notice_key): Verdict(one.verdict) for one in verdicts}
    links = {(link.case_id, link.notice_key): link for link in _proposed(proposed, said)}
    for pair in said.keys() - links.keys():
        links[pair] = Link(*pair, said[pair], None)
    kept = [link for link in links.values() if link.verdict is not Verdict.REJECTED]
    return sorted(kept, key=lambda link: (link.verdict is None, -(link.likelihood or 1), link.case_id, link.notice_key))


def _proposed(rows: Iterable[CaseLink], said: dict[tuple[str, str], Verdict]) -> Iterator[Link]:
    for row in rows:
        reasons = tuple(Reason(one["code"], one["weight"], tuple(one["words"])) for one in row.reasons)
        pair = (row.case.case_id, row.notice.key)
        yield Link(*pair, said.get(pair), row.likelihood, reasons)


def _portions(notices: Sequence[Notice]) -> Iterator[Sequence[Notice]]:
    for start in range(0, len(notices), _AT_ONCE):
        yield notices[start : start + _AT_ONCE]
