"""Named reads of needs assessments. Ask ``permissions`` before showing one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ringvirkning.catalogue.models import Change
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.models import (
    AssessmentReader,
    AssessmentRow,
    AssessmentVersion,
    OrganisationLogo,
    SectionSetAside,
    SeenAnswers,
)
from ringvirkning.needs.sections import changed_sections
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.people.models import Person
from ringvirkning.people.queries import members_of, organisations_of
from ringvirkning.people.terms import MembershipState

SAME_LOOK = timedelta(minutes=30)


def assessment_by_key(key: object) -> AssessmentRow | None:
    """Return one assessment by the key in its address, or None."""
    try:
        wanted = UUID(str(key))
    except ValueError:
        return None
    return AssessmentRow.objects.select_related("owner", "changed_by").filter(key=wanted).first()


def read(row: AssessmentRow | AssessmentVersion) -> Assessment:
    """Return what an assessment, or an earlier version of one, holds."""
    return Assessment.model_validate(row.content)


def assessments_of(person: Person) -> QuerySet[AssessmentRow]:
    """Return the assessments a person works on, their own and those shared with them, the last changed first.

    Those of organisations they have left are not among them. What they hold is not fetched: lists need it not.
    """
    where = Q(organisation__in=organisations_of(person))
    own, read_along = Q(owner=person), Q(readers__person=person) & ~Q(visibility=Visibility.PRIVATE)
    theirs = (own & (where | Q(organisation=""))) | (read_along & where)
    found = AssessmentRow.objects.filter(theirs).distinct().defer("content")
    return found.select_related("owner", "changed_by").order_by("-changed", "pk")


def assessments_owned(person: Person) -> QuerySet[AssessmentRow]:
    """Return every assessment a person answers for, those of organisations they have left too."""
    return AssessmentRow.objects.filter(owner=person).order_by("pk")


def readers_of(row: AssessmentRow) -> QuerySet[AssessmentReader]:
    """Return the colleagues an assessment is shared with, who came first first."""
    return row.readers.select_related("person").order_by("since", "pk")


def colleagues_to_share_with(row: AssessmentRow) -> list[Person]:
    """Return the members of the organisation it is not shared with yet, by name."""
    if not row.organisation:
        return []
    already = {row.owner_id, *row.readers.values_list("person_id", flat=True)}
    active = members_of(row.organisation).filter(state=MembershipState.ACTIVE, person__is_active=True)
    return [one.person for one in active if one.person_id not in already]


def versions_of(row: AssessmentRow) -> list[AssessmentVersion]:
    """Return every version of an assessment, the newest first. The newest is made of the row, and not stored itself."""
    return [_newest(row), *row.earlier.select_related("saved_by").order_by("-version")]


def version_of(row: AssessmentRow, version: int) -> AssessmentVersion | None:
    """Return one version of an assessment."""
    if version == row.version:
        return _newest(row)
    return row.earlier.select_related("saved_by").filter(version=version).first()


def _newest(row: AssessmentRow) -> AssessmentVersion:
    told = {"content": row.content, "saved": row.changed, "saved_by": row.changed_by}
    return AssessmentVersion(assessment=row, version=row.version, **told)


def last_to_change(row: AssessmentRow, fields: Collection[str]) -> AssessmentVersion:
    """Return the version in which any of these fields got what it holds now: who wrote it, and when."""
    newer = _newest(row)
    for older in row.earlier.select_related("saved_by").order_by("-version").iterator(chunk_size=20):
        if any(newer.content.get(name) != older.content.get(name) for name in fields):
            break
        newer = older
    return newer


def differences(before: AssessmentVersion, after: AssessmentVersion) -> dict[Section, tuple[str, ...]]:
    """Return the sections that differ between two versions, each with the fields that do."""
    return changed_sections(before.content, after.content)


def set_aside_of(row: AssessmentRow, section: Section, person: Person) -> SectionSetAside | None:
    """Return what a person typed in a section while another changed it, and has not chosen about yet."""
    return row.set_aside.filter(section=section, person=person).first()


def seen_by(row: AssessmentRow, person: Person) -> SeenAnswers:
    """Return how far somebody has seen the answers; for whoever has not looked: as far as when it was made."""
    found = row.seen.filter(person=person).first()
    at, change = row.made, row.made_change
    return found or SeenAnswers(assessment=row, person=person, since=change, newest=change, at=at)


def kept_about(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return what needs keep of a person: what they answer for, with what is in it, and what they work on with others.

    What colleagues have written in it is the organisation's; the person may see it where they see the rest.
    """
    own = AssessmentRow.objects.filter(owner=person)
    aside = SectionSetAside.objects.filter(person=person)
    read_along = AssessmentReader.objects.filter(person=person)
    return {
        "assessments": _plain(own, "key", "organisation", "visibility", "made", "changed", "content"),
        "assessments_set_aside": _plain(aside, "assessment__key", "section", "content", "at"),
        "assessments_shared_with_me": _plain(read_along, "assessment__key", "since"),
        "logos": _plain(OrganisationLogo.objects.filter(kept_by=person), "organisation", "said", "at"),
    }


def _plain(rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*fields))


def open_needs() -> QuerySet[AssessmentRow]:
    """Return the needs that are open to everybody, the last opened first. Show only ``sections.public_part``."""
    return AssessmentRow.objects.filter(visibility=Visibility.OPEN).order_by("-opened", "pk")


def opened_after(moment: datetime) -> QuerySet[AssessmentRow]:
    """Return the open needs that were opened after a moment."""
    return open_needs().filter(opened__gt=moment)


def newest_need_change() -> tuple[int, str]:
    """Return the number of the newest change of an open need, and whose it is; (0, "") when there is none.

    Together they name a state of all open needs.
    """
    newest = Change.objects.filter(kind=ChangeKind.NEED).order_by("-seq").values_list("seq", "key").first()
    return newest or (0, "")


def changed_needs(after: int, until: int) -> list[str]:
    """Return the keys of needs opened, changed or closed in (after, until], each once."""
    rows = Change.objects.filter(kind=ChangeKind.NEED, seq__gt=after, seq__lte=until)
    return sorted(set(rows.values_list("key", flat=True)))
