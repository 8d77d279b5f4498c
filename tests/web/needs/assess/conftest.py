"""People of two municipalities, and an assessment that Kari of Larvik works on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.operations import add_name
from ringvirkning.needs import operations
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role

NEED = "Beboere faller om natten, og ingen ser det før om morgenen."
PLACES = {"larvik": ("Larvik kommune", 59.05, 10.03), "tonsberg": ("Tønsberg kommune", 59.27, 10.41)}


@pytest.fixture
def places(empty_catalogue: None) -> None:
    from ringvirkning.search.index import rebuild
    from ringvirkning.search.notices.index import ensure_notices

    for slug, (name, lat, lon) in PLACES.items():
        given = {"name": name, "kind": "municipality", "lat": lat, "lon": lon}
        organisation, _new = Organisation.objects.update_or_create(slug=slug, defaults=given)
        add_name(organisation, name)
    rebuild()
    ensure_notices()


@pytest.fixture
def kari(places: None, somebody: Callable[..., Person]) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Kari Eksempel")


@pytest.fixture
def ola(places: None, somebody: Callable[..., Person]) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Ola Eksempel")


@pytest.fixture
def stranger(places: None, somebody: Callable[..., Person]) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Per Eksempel", organisation="tonsberg")


@pytest.fixture
def begun(now: datetime) -> Callable[..., AssessmentRow]:
    def begin(person: Person, organisation: str = "larvik", **content: Any) -> AssessmentRow:
        told = {"title": "Fall om natten", "need": NEED, **content}
        return operations.begin(content=told, organisation=organisation, person=person, at=now)

    return begin


@pytest.fixture
def row(kari: Person, begun: Callable[..., AssessmentRow]) -> AssessmentRow:
    return begun(kari)


@pytest.fixture
def shared(row: AssessmentRow, kari: Person, ola: Person, now: datetime) -> AssessmentRow:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    return row


@pytest.fixture
def hers(kari: Person, coming_as: Callable[..., Client]) -> Client:
    return coming_as(kari)


@pytest.fixture
def his(ola: Person, coming_as: Callable[..., Client]) -> Client:
    return coming_as(ola)
