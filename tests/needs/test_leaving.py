"""When people leave: what is private goes with them, what is shared stays with the organisation."""

from collections.abc import Callable
from datetime import datetime

import pytest
from tests.needs.conftest import fresh

from ringvirkning.ledger.operations import record
from ringvirkning.needs import operations
from ringvirkning.needs.leaving import forget_assessments_of, tidy_after_people
from ringvirkning.needs.models import AssessmentRow, AssessmentVersion
from ringvirkning.needs.permissions import may_see
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.operations import delete_account
from ringvirkning.people.terms import MembershipState, Role


def leave(person: Person) -> None:
    Membership.objects.filter(person=person).update(state=MembershipState.ENDED)


@pytest.fixture
def keeper(kari: Person, somebody: Callable[..., Person]) -> Person:
    return somebody(Role.ORGANISATION_ADMINISTRATOR, name="Nina Eksempel")


def gone(person: Person, now: datetime) -> None:
    delete_account(person=person, at=now, record=record)
    forget_assessments_of(person=person, at=now)


def test_what_is_private_is_deleted_with_its_owners_account(
    row: AssessmentRow, kari: Person, keeper: Person, now: datetime
) -> None:
    operations.save_section(assessment=row, section=Section.CONCLUSION, base="x", content={}, person=kari, at=now)
    AssessmentVersion.objects.create(assessment=row, version=9, content={}, saved=now, saved_by=kari)
    gone(kari, now)
    assert not AssessmentRow.objects.exists()
    assert not AssessmentVersion.objects.exists()


def test_what_is_private_waits_for_whoever_only_left(
    row: AssessmentRow, kari: Person, keeper: Person, now: datetime
) -> None:
    leave(kari)
    assert tidy_after_people(at=now) == 0
    assert fresh(row).owner == kari
    assert not may_see(kari, fresh(row))


@pytest.mark.parametrize("how", [gone, lambda person, now: leave(person)])
def test_what_is_shared_is_handed_to_whoever_has_had_it_longest(
    row: AssessmentRow, kari: Person, ola: Person, keeper: Person, now: datetime, how: Callable[..., None]
) -> None:
    for colleague in (ola, keeper):
        operations.share_with(assessment=row, colleague=colleague, person=kari, at=now)
    how(kari, now)
    tidy_after_people(at=now)
    found = fresh(row)
    assert (found.owner, found.made_by, found.visibility) == (ola, kari, Visibility.SHARED)
    assert [one.person for one in found.readers.all()] == [keeper]
    assert tidy_after_people(at=now) == 0, "once is enough"


def test_the_last_reader_who_takes_over_has_it_alone(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    leave(kari)
    assert tidy_after_people(at=now) == 1
    assert (fresh(row).owner, fresh(row).visibility) == (ola, Visibility.PRIVATE)


def test_an_open_need_goes_to_an_administrator_when_nobody_else_has_it(
    row: AssessmentRow, kari: Person, keeper: Person, now: datetime
) -> None:
    operations.open_up(assessment=row, person=kari, at=now, seen_warnings=False)
    gone(kari, now)
    assert (fresh(row).owner, fresh(row).visibility) == (keeper, Visibility.OPEN)


def test_an_open_need_of_nobody_is_closed_and_waits_for_somebody(
    row: AssessmentRow, kari: Person, somebody: Callable[..., Person], now: datetime
) -> None:
    operations.open_up(assessment=row, person=kari, at=now, seen_warnings=False)
    gone(kari, now)
    assert (fresh(row).visibility, fresh(row).closed) == (Visibility.SHARED, now)
    assert tidy_after_people(at=now) == 0
    nina = somebody(Role.ORGANISATION_ADMINISTRATOR)
    assert tidy_after_people(at=now) == 1
    assert (fresh(row).owner, may_see(nina, fresh(row))) == (nina, True)


def test_a_reader_whose_account_is_deleted_is_no_reader(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    gone(ola, now)
    assert not row.readers.exists()
    assert fresh(row).visibility == Visibility.PRIVATE
    assert fresh(row).owner == kari


def test_a_reader_who_left_is_no_reader_when_they_come_back(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    leave(ola)
    assert tidy_after_people(at=now) == 1
    Membership.objects.filter(person=ola).update(state=MembershipState.ACTIVE)
    assert not may_see(ola, fresh(row))
