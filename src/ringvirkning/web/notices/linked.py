"""Cases and notices that belong together, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ringvirkning.analysis import queries
from ringvirkning.analysis.terms import Link, Verdict
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.queries import cases_by_id, read_cases
from ringvirkning.people.models import Person
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.web.notices.cards import Card, cards_of_notices
from ringvirkning.web.notices.reasons import link_said
from ringvirkning.web.notices.who_may import may_link

MOST_PROPOSED = 10


@dataclass(frozen=True)
class Linked:
    """A link with what stands at its other end, and what this reader may say of it."""

    link: Link
    case: Case | None = None
    case_file: CaseFile | None = None
    card: Card | None = None
    may_judge: bool = False

    @property
    def sure(self) -> bool:
        """Return whether a person has said so."""
        return self.link.verdict in (Verdict.CONFIRMED, Verdict.MADE)

    @property
    def percent(self) -> int | None:
        """Return the likelihood in a hundred, when we would have proposed it."""
        return None if self.link.likelihood is None else round(self.link.likelihood * 100)

    @property
    def reasons(self) -> list[str]:
        """Return why we propose it."""
        return [told for reason in self.link.reasons if reason.weight > 0 and (told := link_said(reason))]


def cases_of(notice: Notice, person: Person | None) -> list[Linked]:
    """Return the cases of a notice: those people have said, and to whoever may say, those we propose."""
    links = _some(queries.links_of_notice(notice))
    cases = {
        case.case_id: (case, read) for case, read in read_cases(cases_by_id(link.case_id for link in links).values())
    }
    found = []
    for link in links:
        if link.case_id in cases:
            case, case_file = cases[link.case_id]
            found.append(Linked(link, case, case_file, may_judge=may_link(person, notice, case)))
    return [one for one in found if one.sure or one.may_judge]


def notices_of(case: Case, person: Person | None, today: date) -> list[Linked]:
    """Return the notices of a case, in the same way."""
    links = _some(queries.links_of_case(case.case_id))
    notices = {one.key: one for one in Notice.objects.filter(key__in=[link.notice_key for link in links])}
    cards = {card.notice.key: card for card in cards_of_notices(notices.values(), today)}
    found = []
    for link in links:
        if link.notice_key in cards:
            may = may_link(person, notices[link.notice_key], case)
            found.append(Linked(link, card=cards[link.notice_key], may_judge=may))
    return [one for one in found if one.sure or one.may_judge]


def _some(links: Iterable[Link]) -> list[Link]:
    """Return every link a person has made, and the likeliest of the rest."""
    held = list(links)
    said = [link for link in held if link.verdict is not None]
    return said + [link for link in held if link.verdict is None][:MOST_PROPOSED]
