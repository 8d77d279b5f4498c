"""Verbs of needs assessments: begin, save, restore, delete, look. Each is one transaction; time is handed in.

The shortlist's verbs stand in ``shortlist``, those about who sees it in ``sharing``. Typed content that cannot be kept
raises ``Refused`` with a sentence, and nothing is changed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ringvirkning.catalogue.queries import last_change
from ringvirkning.needs.models import AssessmentRow, SectionSetAside
from ringvirkning.needs.permissions import may_share
from ringvirkning.needs.queries import SAME_LOOK, last_to_change, seen_by, version_of
from ringvirkning.needs.refusals import Refused
from ringvirkning.needs.sections import OWNS, content_of, fingerprint, meet, section_of
from ringvirkning.needs.sharing import belong_to, close, open_up, pass_on, share_with, stop_sharing
from ringvirkning.needs.shortlist import ask_question, judge_solution, keep_solution, order_solutions, take_out_solution
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.needs.typed import read_typed
from ringvirkning.needs.writing import Act, Conflict, Saved, Warned, locked, note, replaced, tell_of_need, write
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of

__all__ = [
    "Conflict", "Refused", "Saved", "Warned", "ask_question", "begin", "belong_to", "close", "delete",
    "judge_solution", "keep_solution", "let_go", "look", "open_up", "order_solutions", "pass_on", "restore",
    "save_section", "share_with", "stop_sharing", "take_out_solution",
]  # fmt: skip


@transaction.atomic
def begin(*, content: Mapping[str, Any], organisation: str, person: Person, at: datetime) -> AssessmentRow:
    """Begin an assessment of a need, private to whoever makes it.

    ``content`` is in the shape of ``assessment.Assessment``: at least ``title`` and ``need``; ``told`` and ``adjusted``
    as the need was read. ``organisation`` is a slug, or "" for somebody who works alone.
    """
    if organisation and organisation not in organisations_of(person):
        raise Refused("not_your_organisation")
    made = read_typed({**content, "organisation": organisation})
    row = AssessmentRow.objects.create(
        organisation=organisation,
        title=made.title,
        language=made.language,
        content=content_of(made),
        made=at,
        made_by=person,
        made_change=last_change(),
        owner=person,
        changed=at,
        changed_by=person,
        began=at,
    )
    note(row, "began", person, at, organisation=organisation)
    return row


@transaction.atomic
def save_section(
    *,
    assessment: AssessmentRow,
    section: Section,
    base: str,
    content: Mapping[str, Any],
    person: Person,
    at: datetime,
    seen_warnings: bool = False,
) -> Saved | Conflict:
    """Save a section as typed over ``base`` (``sections.fingerprint``). Fields that are left out are emptied.

    What another has changed meanwhile is never overwritten: other fields than mine stand, and where both have changed
    the same the answer is a ``Conflict``, with mine set aside until I have saved or let it go. Raises ``Warned`` when
    the need is open and what I write seems private, unless ``seen_warnings``.
    """
    row = locked(assessment, person)
    if not set(content) <= set(OWNS[section]):
        raise Refused("not_of_this_section")
    # As the model writes it: a number typed otherwise is the same number.
    typed = section_of(content_of(replaced(row, content, OWNS[section])), section)
    met = meet(row.content, typed, section, base)
    if met.clashes:
        return _set_aside(row, section, typed, met.clashes, Act(person, at))
    write(row, replaced(row, met.content, OWNS[section]), Act(person, at, "saved", section, False, seen_warnings))
    row.set_aside.filter(section=section, person=person).delete()
    return Saved(row.version, section_of(row.content, section), fingerprint(row.content, section))


def _set_aside(
    row: AssessmentRow, section: Section, typed: Mapping[str, Any], clashes: tuple[str, ...], act: Act
) -> Conflict:
    kept = {"content": dict(typed), "at": act.at}
    SectionSetAside.objects.update_or_create(assessment=row, section=section, person=act.person, defaults=kept)
    theirs, base = section_of(row.content, section), fingerprint(row.content, section)
    wrote = last_to_change(row, clashes)
    return Conflict(theirs, dict(typed), clashes, wrote.saved_by, wrote.saved, base)


@transaction.atomic
def let_go(*, assessment: AssessmentRow, section: Section, person: Person) -> None:
    """Let go of what a person has set aside in a section: they have chosen the other's."""
    locked(assessment, person).set_aside.filter(section=section, person=person).delete()


@transaction.atomic
def restore(
    *, assessment: AssessmentRow, version: int, person: Person, at: datetime, seen_warnings: bool = False
) -> AssessmentRow:
    """Let an earlier version be the newest, as a version of its own. Raises ``Warned`` as saving does."""
    row = locked(assessment, person)
    earlier = version_of(row, version)
    if earlier is None:
        raise Refused("no_such_version")
    made = read_typed({**earlier.content, "organisation": row.organisation})
    write(row, made, Act(person, at, "restored", None, True, seen_warnings))
    return row


@transaction.atomic
def delete(*, assessment: AssessmentRow, person: Person, at: datetime) -> None:
    """Delete an assessment with everything in it, earlier versions too. Faces ask first: there is no way back."""
    row = locked(assessment, person, may_share, "not_yours_to_share")
    note(row, "deleted", person, at)
    if row.visibility == Visibility.OPEN:
        tell_of_need(row, at)
    row.delete()


@transaction.atomic
def look(*, assessment: AssessmentRow, person: Person, at: datetime) -> int:
    """Note that somebody looks at the answers now. Returns the change number after which everything is news to them.

    Looking again within half an hour tells the same news: whoever loads the page again has not read it yet.
    """
    row = locked(assessment, person)
    seen = seen_by(row, person)
    if seen.pk is None or at - seen.at >= SAME_LOOK:
        seen.since = seen.newest
    seen.newest, seen.at = last_change(), at
    seen.save()
    return seen.since
