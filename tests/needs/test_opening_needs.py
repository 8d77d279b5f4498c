"""Opening a need: what is checked, and what the change sequence says."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.needs.conftest import NEED, fresh

from ringvirkning.ledger.queries import history_of
from ringvirkning.needs import operations, queries
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.operations import Refused, Saved, Warned
from ringvirkning.needs.sections import fingerprint
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.people.models import Person

PRIVATE = "Ring Kari på 912 34 567 eller skriv til kari.eksempel@eksempel.no om natten."


def open_up(row: AssessmentRow, person: Person, at: datetime, seen: bool = False) -> None:
    operations.open_up(assessment=row, person=person, at=at, seen_warnings=seen)


def save_need(row: AssessmentRow, person: Person, at: datetime, **content: Any) -> Any:
    told = {"title": "Fall om natten", "need": NEED, "language": "nb", "told": {}, "timing": {}, **content}
    seen = told.pop("seen", False)
    base = fingerprint(fresh(row).content, Section.NEED)
    return operations.save_section(
        assessment=row, section=Section.NEED, base=base, content=told, person=person, at=at, seen_warnings=seen
    )


def changes(row: AssessmentRow) -> int:
    from ringvirkning.catalogue.models import Change

    return Change.objects.filter(kind="need", key=str(row.key)).count()


def test_a_need_is_opened_changed_and_closed_and_each_is_a_change(
    row: AssessmentRow, kari: Person, now: datetime
) -> None:
    open_up(row, kari, now)
    open_up(row, kari, now + timedelta(days=1))
    assert (fresh(row).visibility, fresh(row).opened, changes(row)) == (Visibility.OPEN, now, 1)
    assert list(queries.open_needs()) == [row]
    save_need(row, kari, now, need="Beboere faller også på dagen.")
    assert changes(row) == 2
    operations.save_section(
        assessment=row, section=Section.CONCLUSION, base=fingerprint(fresh(row).content, Section.CONCLUSION),
        content={"conclusion": "Hemmelig"}, person=kari, at=now,
    )  # fmt: skip
    assert changes(row) == 2, "the work behind it is nobody else's"
    operations.close(assessment=row, person=kari, at=now)
    assert (fresh(row).visibility, fresh(row).closed, changes(row)) == (Visibility.PRIVATE, now, 3)
    assert list(queries.open_needs()) == []
    with pytest.raises(Refused, match="not_open"):
        operations.close(assessment=row, person=kari, at=now)
    open_up(row, kari, now + timedelta(days=2))
    assert (fresh(row).opened, fresh(row).closed) == (now + timedelta(days=2), None)
    assert queries.changed_needs(0, 10**9) == [str(row.key)]
    verbs = [one.verb for one in history_of("assessment", str(row.key))]
    assert [verb for verb in verbs if verb not in {"began", "saved"}] == ["opened", "closed", "opened"]


def test_closing_one_that_is_shared_leaves_it_shared(
    row: AssessmentRow, kari: Person, ola: Person, now: datetime
) -> None:
    open_up(row, kari, now)
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    assert fresh(row).visibility == Visibility.OPEN
    operations.stop_sharing(assessment=row, colleague=ola, person=kari, at=now)
    assert fresh(row).visibility == Visibility.OPEN
    operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
    operations.close(assessment=row, person=kari, at=now)
    assert fresh(row).visibility == Visibility.SHARED


def test_what_seems_private_is_warned_of_and_may_be_opened_all_the_same(
    row: AssessmentRow, kari: Person, now: datetime
) -> None:
    save_need(row, kari, now, need=PRIVATE)
    with pytest.raises(Warned) as warned:
        open_up(row, kari, now)
    assert [(one.kind, one.place) for one in warned.value.matters][:2] == [("e-mail", "need"), ("telephone", "need")]
    assert (fresh(row).visibility, changes(row)) == (Visibility.PRIVATE, 0)
    open_up(row, kari, now, seen=True)
    assert fresh(row).visibility == Visibility.OPEN


def test_an_open_need_cannot_become_private_matters_unseen(row: AssessmentRow, kari: Person, now: datetime) -> None:
    open_up(row, kari, now)
    with pytest.raises(Warned):
        save_need(row, kari, now, need=PRIVATE)
    assert queries.read(fresh(row)).need == NEED
    assert isinstance(save_need(row, kari, now, need=PRIVATE, seen=True), Saved)
    assert isinstance(save_need(row, kari, now, need=f"{PRIVATE} Takk."), Saved), "it has been seen already"
    with pytest.raises(Warned):
        save_need(row, kari, now, need=f"{PRIVATE} Eller 987 65 432.")


def test_restoring_an_earlier_text_is_checked_too(row: AssessmentRow, kari: Person, now: datetime) -> None:
    save_need(row, kari, now, need=PRIVATE)
    save_need(row, kari, now + timedelta(hours=1))
    open_up(row, kari, now)
    restore = {"assessment": row, "version": 1, "person": kari, "at": now + timedelta(hours=2)}
    with pytest.raises(Warned):
        operations.restore(**restore)
    operations.restore(**restore, seen_warnings=True)
    assert changes(row) == 2


def test_an_identity_number_is_refused_even_when_seen(row: AssessmentRow, kari: Person, now: datetime) -> None:
    from tests.needs.test_assessments import valid_identity_number

    content = {**row.content, "need": f"Om {valid_identity_number()}"}
    AssessmentRow.objects.filter(pk=row.pk).update(content=content)  # as if stored by another program
    with pytest.raises(Refused, match="identity_number"):
        open_up(row, kari, now, seen=True)


def test_deleting_an_open_need_is_a_change(row: AssessmentRow, kari: Person, now: datetime) -> None:
    open_up(row, kari, now)
    operations.delete(assessment=row, person=kari, at=now)
    assert changes(row) == 2
    assert list(queries.open_needs()) == []
