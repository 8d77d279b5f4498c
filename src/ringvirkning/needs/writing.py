"""Writing in a needs assessment: under its lock, with earlier versions kept and the ledger told.

What every verb of ``operations``, ``shortlist`` and ``sharing`` shares. All is done inside the verb's transaction.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ringvirkning.catalogue.operations import record_change
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.ledger.operations import record, record_once_a_sitting
from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.models import AssessmentRow, AssessmentVersion
from ringvirkning.needs.open.keeping import keep_terms
from ringvirkning.needs.permissions import may_edit, may_see
from ringvirkning.needs.private import Private, private_in
from ringvirkning.needs.refusals import Refused
from ringvirkning.needs.sections import content_of, public_part, public_texts
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.needs.typed import read_typed
from ringvirkning.people.models import Person

SITTING = timedelta(minutes=10)  # what one person saves within it is one version
May = Callable[[Person, AssessmentRow], bool]


@dataclass(frozen=True)
class Saved:
    """It is saved. ``content`` is the section as it stands now, others' changes included; ``base`` its fingerprint."""

    version: int
    content: Mapping[str, Any]
    base: str


@dataclass(frozen=True)
class Conflict:
    """Another had changed the same since: nothing was overwritten. Saving again over ``base`` chooses ``mine``."""

    theirs: Mapping[str, Any]
    mine: Mapping[str, Any]
    fields: tuple[str, ...]
    person: Person
    at: datetime
    base: str


class Warned(Exception):
    """A text that everybody will read seems to hold something private. Whoever has seen that may go on."""

    def __init__(self, matters: Iterable[Private]) -> None:
        self.matters = tuple(matters)
        super().__init__(f"{len(self.matters)} private matters")


def locked(row: AssessmentRow, person: Person, may: May = may_edit, code: str = "not_yours") -> AssessmentRow:
    """Return the assessment as it is now, locked until the transaction ends. Raises ``Refused``.

    Who may is asked under the lock: whoever lost their access a moment ago is not let in by an old page.
    """
    found = AssessmentRow.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Refused("gone")
    if not may(person, found):
        raise Refused(code if may_see(person, found) else "not_yours")
    return found


def replaced(row: AssessmentRow, fields: Mapping[str, Any], without: Iterable[str] = ()) -> Assessment:
    """Return the assessment with some fields replaced and some taken out, checked as typed words are."""
    gone = set(without)
    return read_typed({**{name: one for name, one in row.content.items() if name not in gone}, **fields})


@dataclass(frozen=True)
class Act:
    """Who writes, when, and what the ledger is told."""

    person: Person
    at: datetime
    verb: str = "saved"
    section: Section | None = None
    anew: bool = False  # always a version of its own
    seen_warnings: bool = False  # the person has seen that an open need holds something private


def write(row: AssessmentRow, new: Assessment, act: Act) -> None:
    """Give a locked assessment its content. The same content again is nothing new. Raises ``Warned``."""
    content = content_of(new)
    if content == row.content:
        return
    before, is_open = row.content, row.visibility == Visibility.OPEN
    if is_open and public_part(before) != public_part(content) and not act.seen_warnings:
        refuse_private(content, before)
    if act.anew or not _same_sitting(row, act):
        _keep_version(row, act.at)
    row.content, row.title, row.language = content, new.title, new.language
    row.changed, row.changed_by = act.at, act.person
    row.save()
    if is_open and public_part(before) != public_part(content):
        tell_of_need(row, act.at)
    told = {"section": act.section.value} if act.section else {}
    note_once(row, act.verb, act.person, act.at, **told)


def refuse_private(content: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Raise ``Warned`` when what everybody will read holds something private that it did not hold before."""
    known = set(_private_matters(before))
    matters = [one for one in _private_matters(content) if one not in known]
    if matters:
        raise Warned(matters)


def _private_matters(content: Mapping[str, Any]) -> list[Private]:
    return [one for place, text in public_texts(content).items() for one in private_in(text, place)]


def _same_sitting(row: AssessmentRow, act: Act) -> bool:
    return row.changed_by_id == act.person.pk and act.at - row.began < SITTING


def _keep_version(row: AssessmentRow, at: datetime) -> None:
    """Keep the assessment as it was, and begin the next version."""
    AssessmentVersion.objects.create(
        assessment=row, version=row.version, content=row.content, saved=row.changed, saved_by=row.changed_by
    )
    row.version += 1
    row.began = at


def tell_of_need(row: AssessmentRow, at: datetime) -> None:
    """Say in the change sequence that an open need has come, changed or gone, so that pages and comparisons follow."""
    keep_terms(row)
    record_change(kind=ChangeKind.NEED, key=str(row.key), at=at)


def note(row: AssessmentRow, verb: str, person: Person | None, at: datetime, **detail: object) -> None:
    """Write a line in the ledger."""
    record(verb=verb, subject_kind="assessment", subject=str(row.key), person=person, at=at, **detail)


def note_once(row: AssessmentRow, verb: str, person: Person, at: datetime, **detail: object) -> None:
    """Write a line in the ledger, once a sitting: saving comes many times while somebody types."""
    record_once_a_sitting(verb=verb, subject_kind="assessment", subject=str(row.key), person=person, at=at, **detail)
