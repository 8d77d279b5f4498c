"""People of two municipalities, and an assessment that Kari of Larvik has made."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ringvirkning.catalogue.models import Organisation
from ringvirkning.needs import operations
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role

Somebody = Callable[..., Person]
NEED = "Beboere faller om natten, og ingen ser det før om morgenen."
PLACES = {"larvik": ("Larvik kommune", 59.05, 10.03, 48_000), "tonsberg": ("Tønsberg kommune", 59.27, 10.41, 58_000)}


def organisations() -> None:
    """Put the two municipalities in the catalogue."""
    for slug, (name, lat, lon, population) in PLACES.items():
        given = {"name": name, "kind": "municipality", "lat": lat, "lon": lon, "population": population}
        Organisation.objects.update_or_create(slug=slug, defaults=given)


@pytest.fixture
def kari(db: None, somebody: Somebody) -> Person:
    organisations()
    return somebody(Role.CONTRIBUTOR, name="Kari Eksempel")


@pytest.fixture
def ola(kari: Person, somebody: Somebody) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Ola Eksempel")


@pytest.fixture
def stranger(kari: Person, somebody: Somebody) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Per Eksempel", organisation="tonsberg")


@pytest.fixture
def begun(now: datetime) -> Callable[..., AssessmentRow]:
    """Return a maker of assessments: ``begun(person, need=…, organisation=…)``."""

    def begin(person: Person, organisation: str = "larvik", at: datetime = now, **content: Any) -> AssessmentRow:
        told = {"title": "Fall om natten", "need": NEED, **content}
        return operations.begin(content=told, organisation=organisation, person=person, at=at)

    return begin


@pytest.fixture
def row(kari: Person, begun: Callable[..., AssessmentRow]) -> AssessmentRow:
    return begun(kari)


def fresh(row: AssessmentRow) -> AssessmentRow:
    """Return the assessment as it is in the table now."""
    return AssessmentRow.objects.get(pk=row.pk)
