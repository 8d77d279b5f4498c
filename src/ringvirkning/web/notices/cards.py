"""Notices in lists: what one must know of each, and what it is thought of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ringvirkning.analysis.queries import conclusions_of
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.search.notices.find_notices import NoticeHit
from ringvirkning.search.notices.noticedoc import awarded, estimated
from ringvirkning.search.why import Reason
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Phase
from ringvirkning.web.notices import telling
from ringvirkning.web.notices.deadlines import Deadline
from ringvirkning.web.notices.parts import Sum
from ringvirkning.web.notices.saying import Said, nearest, page_language

MOST_BUYERS, MOST_PLACES = 2, 2


@dataclass(frozen=True)
class Card:
    """One notice in a list."""

    notice: Notice
    record: Record
    today: date
    standing: str = ""
    why: Sequence[Reason] = field(default_factory=list)

    @property
    def title(self) -> Said:
        """Return the title in the language nearest the reader's."""
        told = nearest(self.record.titles, self.record.language)
        return told if told.text else Said(page_language(), telling.untitled())

    @property
    def buyers(self) -> str:
        """Return who buys, the first of them when they are many."""
        names = [buyer.name for buyer in self.record.buyers if buyer.name]
        return ", ".join(names[:MOST_BUYERS]) + (" …" if len(names) > MOST_BUYERS else "")

    @property
    def where(self) -> str:
        """Return where it happens."""
        places = telling.places_said(self.record.nuts, self.record.countries)
        return ", ".join(places[:MOST_PLACES]) + (" …" if len(places) > MOST_PLACES else "")

    @property
    def deadline(self) -> Deadline | None:
        """Return the deadline, unless what it was for has been called off."""
        deadline = self.notice.deadline
        return Deadline(deadline, self.today) if deadline and not self.notice.cancelled else None

    @property
    def sum(self) -> Sum | None:
        """Return the value: of a result what was awarded, of all else what is estimated."""
        money = awarded(self.record) if self.record.phase is Phase.RESULT else estimated(self.record)
        return Sum(money) if money else None

    @property
    def standing_to_show(self) -> str:
        """Return what it is thought of when that is worth a tag in a list."""
        return self.standing if self.standing in ("confirmed", "likely") else ""


def cards_of(hits: Iterable[NoticeHit], today: date) -> list[Card]:
    """Return the cards of some hits."""
    held = list(hits)
    thought = conclusions_of([hit.notice for hit in held])
    return [Card(hit.notice, hit.record, today, thought[hit.notice.key].standing, hit.why) for hit in held]


def cards_of_notices(notices: Iterable[Notice], today: date) -> list[Card]:
    """Return the cards of some notices."""
    held = list(notices)
    thought = conclusions_of(held)
    return [Card(one, record_of(one), today, thought[one.key].standing) for one in held]
