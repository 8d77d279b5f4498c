"""A needs assessment somebody has opened: who they are to it, and what its pages ask of it again and again."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import organisation_by_slug
from ringvirkning.needs import permissions, queries
from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.sections import OWNS, fingerprint
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.people.models import Person
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.needs.assess import words

EMPTY: tuple[object, ...] = (None, "", {}, [])


@dataclass(frozen=True)
class Stop:
    """One part of the work, as the list beside the pages shows it."""

    section: Section
    heading: str | Promise
    address: str
    begun: bool


@dataclass(frozen=True)
class Work:
    """An assessment, whoever works on it now, and when."""

    row: AssessmentRow
    person: Person
    now: datetime

    @cached_property
    def content(self) -> Assessment:
        """What it holds."""
        return queries.read(self.row)

    @cached_property
    def organisation(self) -> Organisation | None:
        """The organisation it is made for."""
        return organisation_by_slug(self.row.organisation) if self.row.organisation else None

    @property
    def owns(self) -> bool:
        """Tell whether the person decides who sees it."""
        return permissions.may_share(self.person, self.row)

    @property
    def is_open(self) -> bool:
        """Tell whether the need is open to everybody."""
        return self.row.visibility == Visibility.OPEN

    @property
    def stops(self) -> list[Stop]:
        """Return the parts of the work in order, and whether anything stands in each."""
        return [Stop(one, guide.heading, self.address(one), self.begun(one)) for one, guide in words.GUIDES.items()]

    def begun(self, section: Section) -> bool:
        """Tell whether anything is written in a part."""
        return any(_holds(self.row.content.get(name)) for name in OWNS[section])

    def address(self, section: Section) -> str:
        """Return the address of a part's page."""
        return reverse(f"web:{words.GUIDES[section].name}", args=[self.row.key])

    def base(self, section: Section) -> str:
        """Return the fingerprint of a part as it stands."""
        return fingerprint(self.row.content, section)


def _holds(value: Any) -> bool:
    """Tell whether a stored value says anything, however deep."""
    if isinstance(value, dict):
        return any(_holds(one) for one in value.values())
    return value not in EMPTY


def opened(request: HttpRequest, key: UUID) -> Work:
    """Return the assessment for somebody who works on it. To all others it does not exist."""
    person = signed_in_person(request)
    row = queries.assessment_by_key(key)
    if row is None or not permissions.may_see(person, row):
        raise Http404
    return Work(row, person, timezone.now())
