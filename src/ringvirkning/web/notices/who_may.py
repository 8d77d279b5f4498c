"""Who may say what a notice is: editors, and those who speak for the buyer."""

from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.terms import Certainty, PartyRole
from ringvirkning.people.models import Person
from ringvirkning.people.queries import is_editor, organisations_of
from ringvirkning.publishing.hats import hats_towards_case


def may_judge(person: Person | None, notice: Notice) -> bool:
    """Tell whether somebody may say if a notice is innovative. A buyer known by its name alone is not sure enough."""
    if person is None or not person.is_active:
        return False
    return is_editor(person) or bool(_buyers(notice) & organisations_of(person))


def may_link(person: Person | None, notice: Notice, case: Case) -> bool:
    """Tell whether somebody may say if a notice and a case belong together: whoever speaks for either of them."""
    if person is None or not person.is_active:
        return False
    return may_judge(person, notice) or bool(hats_towards_case(person, case))


def _buyers(notice: Notice) -> set[str]:
    certain = notice.parties.filter(role=PartyRole.BUYER, certainty=Certainty.NUMBER, organisation__isnull=False)
    return set(certain.values_list("organisation__slug", flat=True))
