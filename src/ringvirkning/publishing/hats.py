"""Which hats somebody wears towards one draft or one published case."""

from ringvirkning.catalogue.models import Case
from ringvirkning.people.models import Person
from ringvirkning.people.queries import Somebody, administered_by, is_administrator, is_editor, organisations_of
from ringvirkning.publishing.life import Hat
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.terms import DraftState
from ringvirkning.sources.casefile.terms import BUYERS


def hats_towards_draft(somebody: Somebody, draft: Draft) -> set[Hat]:
    """Return what somebody is towards a draft."""
    return _hats(somebody, {draft.organisation})


def hats_towards_case(somebody: Somebody, case: Case) -> set[Hat]:
    """Return what somebody is towards a published case."""
    return _hats(somebody, organisations_behind(case))


def organisations_behind(case: Case) -> set[str]:
    """Return the slugs of those whose case it is: those who bought, and those who shared it."""
    buyers = case.parties.filter(role__in=BUYERS).values_list("organisation__slug", flat=True)
    sharers = case.drafts.filter(state=DraftState.PUBLISHED).values_list("organisation", flat=True)
    return {*buyers, *sharers} - {""}


def _hats(somebody: Somebody, organisations: set[str]) -> set[Hat]:
    if not isinstance(somebody, Person) or not somebody.is_active:
        return set()
    owned = organisations - {""}
    worn = {
        Hat.WRITER: owned & organisations_of(somebody),
        Hat.KEEPER: owned & administered_by(somebody),
        Hat.EDITOR: is_editor(somebody),
        Hat.ADMINISTRATOR: is_administrator(somebody),
    }
    return {hat for hat, wears in worn.items() if wears}
