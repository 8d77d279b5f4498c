"""Who sees an assessment's pages: every role at every visibility, and strangers as if nothing were there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ringvirkning.needs import operations
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.terms import Visibility
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role
from ringvirkning.web.needs.assess.addresses import PUBLIC, WHO_MAY

SENT_TO = {"web:assessment-keep", "web:assessment-restore", "web:assessment-close"}
ALONE = {"web:assessments", "web:assessment-begin", "web:open-needs"}
MORE: dict[str, dict[str, Any]] = {
    "web:assessment-compare": {"a": 1, "b": 1},
    "web:assessment-restore": {"number": 1},
    "web:assessment-download": {"form": "json"},
}
OF_ONE = sorted(set(WHO_MAY) - ALONE - set(PUBLIC))


def address(name: str, row: AssessmentRow) -> str:
    return reverse(name, kwargs={"key": row.key, **MORE.get(name, {})})


@pytest.fixture
def at_visibility(row: AssessmentRow, kari: Person, ola: Person, now: datetime) -> Callable[[Visibility], None]:
    def become(visibility: Visibility) -> None:
        if visibility != Visibility.PRIVATE:
            operations.share_with(assessment=row, colleague=ola, person=kari, at=now)
        if visibility == Visibility.OPEN:
            operations.open_up(assessment=row, person=kari, at=now, seen_warnings=False)

    return become


@pytest.mark.parametrize("visibility", Visibility)
def test_the_owner_opens_every_page(
    visibility: Visibility, at_visibility: Any, row: AssessmentRow, hers: Client
) -> None:
    at_visibility(visibility)
    for name in OF_ONE:
        answer = hers.get(address(name, row))
        assert answer.status_code == (405 if name in SENT_TO else 200), name
        assert "no-store" in answer["Cache-Control"] or name in SENT_TO, name


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize("role", [one for one in Role if one is not Role.VISITOR])
def test_to_strangers_the_work_does_not_exist(
    role: Role, visibility: Visibility, at_visibility: Any, row: AssessmentRow, somebody: Any, coming_as: Any
) -> None:
    """Editors, administrators and colleagues who are not named are strangers too; only closing is open to some."""
    at_visibility(visibility)
    for organisation in ("larvik", "tonsberg"):
        browser = coming_as(somebody(role, organisation=organisation))
        for name in OF_ONE:
            for method in (browser.get, browser.post):
                if name == "web:assessment-close":
                    continue
                answer = method(address(name, row))
                assert answer.status_code in (404, 405), (name, role, organisation, method.__name__)
    row.refresh_from_db()
    assert row.visibility == visibility


def test_a_visitor_is_asked_to_sign_in(row: AssessmentRow, client: Client) -> None:
    for name in OF_ONE:
        answer = client.get(address(name, row))
        assert answer.status_code == 302 and "/logg-inn/" in answer["Location"], name


@pytest.mark.parametrize("visibility", Visibility)
def test_a_named_colleague_works_on_it_but_does_not_decide_who_sees_it(
    visibility: Visibility, at_visibility: Any, row: AssessmentRow, his: Client
) -> None:
    at_visibility(visibility)
    may = visibility != Visibility.PRIVATE
    for name in OF_ONE:
        answer = his.get(address(name, row))
        expected = 405 if name in SENT_TO else 200 if may and name != "web:assessment-open" else 404
        assert answer.status_code == expected, name
    his.post(address("web:assessment-delete", row))
    assert AssessmentRow.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("visibility", Visibility)
def test_the_need_itself_is_read_by_everybody_only_when_it_is_open(
    visibility: Visibility, at_visibility: Any, row: AssessmentRow, client: Client, hers: Client
) -> None:
    at_visibility(visibility)
    for browser in (client, hers):
        answer = browser.get(reverse("web:open-need", args=[row.key]))
        assert answer.status_code == (200 if visibility == Visibility.OPEN else 404)
        listed = browser.get(reverse("web:open-needs")).content.decode()
        assert ("Fall om natten" in listed) is (visibility == Visibility.OPEN)


def test_an_open_need_shows_nothing_of_the_work(
    row: AssessmentRow, kari: Person, hers: Client, client: Client, now: datetime
) -> None:
    hers.post(f"/behov/{row.key}/behovet/", {"version": "", "title": "Fall om natten", "need": "Beboere faller."})
    hers.post(f"/behov/{row.key}/konklusjon/", {"version": "", "conclusion": "Hemmelig konklusjon"})
    row.refresh_from_db()
    operations.save_section(
        assessment=row, section="conclusion", base="", content={"conclusion": "Hemmelig"}, person=kari, at=now
    )
    operations.open_up(assessment=row, person=kari, at=now, seen_warnings=False)
    shown = client.get(reverse("web:open-need", args=[row.key])).content.decode()
    assert "Hemmelig" not in shown
    assert "Kari" not in shown


@pytest.mark.parametrize(
    ("role", "organisation", "may"),
    [
        (Role.EDITOR, "tonsberg", True),
        (Role.ADMINISTRATOR, "tonsberg", True),
        (Role.ORGANISATION_ADMINISTRATOR, "larvik", True),
        (Role.ORGANISATION_ADMINISTRATOR, "tonsberg", False),
        (Role.CONTRIBUTOR, "larvik", False),
    ],
)
def test_an_open_need_is_closed_by_those_who_may(
    role: Role, organisation: str, may: bool, at_visibility: Any, row: AssessmentRow, somebody: Any, coming_as: Any
) -> None:
    at_visibility(Visibility.OPEN)
    browser = coming_as(somebody(role, organisation=organisation))
    answer = browser.post(address("web:assessment-close", row))
    assert answer.status_code == (302 if may else 404)
    row.refresh_from_db()
    assert (row.visibility == Visibility.OPEN) is not may
