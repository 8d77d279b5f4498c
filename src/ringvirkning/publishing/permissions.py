"""Who may do what with this draft. Pure questions; the faces answer a stranger as if the draft did not exist.

- A contributor works on the drafts of the organisations they speak for.
- An editor works on every draft.
"""

from ringvirkning.people.models import Person
from ringvirkning.people.queries import Somebody, is_editor, organisations_of
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.terms import DraftState

OPEN = (DraftState.DRAFT, DraftState.SUBMITTED)


def may_see(somebody: Somebody, draft: Draft) -> bool:
    """Tell whether somebody may read the draft."""
    if is_editor(somebody):
        return True
    return isinstance(somebody, Person) and somebody.is_active and draft.organisation in organisations_of(somebody)


def may_edit(somebody: Somebody, draft: Draft) -> bool:
    """Tell whether somebody may write in the draft: its own people until it is submitted, editors until it is done."""
    if is_editor(somebody):
        return draft.state in OPEN
    return draft.state == DraftState.DRAFT and may_see(somebody, draft)
