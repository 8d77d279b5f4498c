"""Fetching what a notice's document is made of, for many notices at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ringvirkning.analysis.innovation import LIKELY, POSSIBLE
from ringvirkning.analysis.models import InnovationReading, InnovationVerdict
from ringvirkning.analysis.terms import Verdict
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.search.notices.noticedoc import Innovation, notice_document
from ringvirkning.search.plan import Document


def documents_of(notices: Iterable[Notice]) -> Iterator[Document]:
    """Yield the document of each notice. Hold no more notices at a time than memory has room for."""
    held = list(notices)
    parties: dict[int, list[NoticeParty]] = defaultdict(list)
    for party in NoticeParty.objects.filter(notice__in=[one.pk for one in held]).select_related("organisation"):
        parties[party.notice_id].append(party)
    innovation = innovations(held)
    for one in held:
        yield notice_document(one, record_of(one), parties[one.pk], innovation[one.pk])


def innovations(notices: list[Notice]) -> dict[int, Innovation]:
    """Return row → how each notice stands."""
    read = InnovationReading.objects.filter(notice__in=[one.pk for one in notices])
    likelihoods = dict(read.values_list("notice_id", "likelihood"))
    said = InnovationVerdict.objects.filter(notice_key__in=[one.key for one in notices])
    verdicts = {one.notice_key: one for one in said}
    return {one.pk: innovation_of(likelihoods.get(one.pk), verdicts.get(one.key)) for one in notices}


def innovation_of(likelihood: float | None, verdict: InnovationVerdict | None) -> Innovation:
    """Return how a notice stands: what a person has said goes before what we have read."""
    if verdict is not None and verdict.verdict == Verdict.CONFIRMED:
        return Innovation("confirmed", verdict.code, 1.0)
    if verdict is not None:
        return Innovation("no", "", 0.0)
    if likelihood is None:
        return Innovation()
    bands = (("likely", LIKELY), ("possible", POSSIBLE), ("no", 0.0))
    return Innovation(next(name for name, least in bands if likelihood >= least), "", likelihood)
