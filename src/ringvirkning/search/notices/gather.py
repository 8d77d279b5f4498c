"""Fetching what a notice's document is made of, for many notices at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ringvirkning.analysis.queries import conclusions_of
from ringvirkning.analysis.terms import Conclusion, InnovationStanding
from ringvirkning.catalogue.notices.models import Notice, NoticeParty
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.search.notices.noticedoc import Innovation, notice_document
from ringvirkning.search.plan import Document

_SURE = {
    InnovationStanding.CONFIRMED: 1.0,
    InnovationStanding.REJECTED: 0.0,
}  # a person's word, whatever the reading says


def documents_of(notices: Iterable[Notice]) -> Iterator[Document]:
    """Yield the document of each notice. Hold no more notices at a time than memory has room for."""
    held = list(notices)
    parties: dict[int, list[NoticeParty]] = defaultdict(list)
    for party in NoticeParty.objects.filter(notice__in=[one.pk for one in held]).select_related("organisation"):
        parties[party.notice_id].append(party)
    concluded = conclusions_of(held)
    for one in held:
        yield notice_document(one, record_of(one), parties[one.pk], innovation_of(concluded[one.key]))


def innovation_of(concluded: Conclusion) -> Innovation:
    """Return what is known of a notice and innovation, as search needs it."""
    confirmed = concluded.standing is InnovationStanding.CONFIRMED
    return Innovation(
        standing=concluded.standing.value,
        code=concluded.code or "" if confirmed else "",
        likelihood=_SURE.get(concluded.standing, concluded.reading.likelihood),
    )
