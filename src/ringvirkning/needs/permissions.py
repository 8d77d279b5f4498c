"""Who may do what with this needs assessment. Pure questions; faces answer a stranger as if it did not exist.

- Private: its owner. Shared: named colleagues too, who work on it as the owner does. Open: everybody may read the need
  itself (``may_read_need``); the work on it stays with those above.
- The owner decides who sees it. Nobody may do any of this who is no longer in its organisation.
- Editors of the library get no right to what is not open. What is open they may close, as may the organisation's
  administrators: somebody must be able to take down what should not have been published.
"""

from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.terms import Visibility
from ringvirkning.people.models import Person
from ringvirkning.people.queries import Somebody, administered_by, is_editor, organisations_of


def may_see(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody may read the whole work: notes, judgements, value and questions too."""
    return _belongs(somebody, row) and (_owns(somebody, row) or _is_reader(somebody, row))


def may_edit(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody may write in it: whoever may see the work."""
    return may_see(somebody, row)


def may_read_need(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody may read the need itself: everybody when it is open."""
    return row.visibility == Visibility.OPEN or may_see(somebody, row)


def may_share(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody may decide who sees it, hand it over or delete it."""
    return _belongs(somebody, row) and _owns(somebody, row)


def may_open(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody may publish the need in its organisation's name."""
    return bool(row.organisation) and may_share(somebody, row)


def may_close(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody may take an open need down."""
    if row.visibility != Visibility.OPEN:
        return False
    return may_share(somebody, row) or is_editor(somebody) or _administers(somebody, row)


def _belongs(somebody: Somebody, row: AssessmentRow) -> bool:
    """Tell whether somebody is in the organisation today; one without an organisation asks nothing of its owner."""
    if not isinstance(somebody, Person) or not somebody.is_active:
        return False
    return not row.organisation or row.organisation in organisations_of(somebody)


def _owns(somebody: Somebody, row: AssessmentRow) -> bool:
    return row.owner_id == somebody.pk


def _is_reader(somebody: Somebody, row: AssessmentRow) -> bool:
    if not isinstance(somebody, Person) or not row.organisation or row.visibility == Visibility.PRIVATE:
        return False
    return row.readers.filter(person=somebody).exists()


def _administers(somebody: Somebody, row: AssessmentRow) -> bool:
    if not isinstance(somebody, Person) or not somebody.is_active:
        return False
    return row.organisation in administered_by(somebody)
