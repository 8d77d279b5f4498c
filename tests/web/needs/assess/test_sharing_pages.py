"""Beginning, sharing, opening, closing, versions and the list of assessments."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from assess_pages import at, fresh, text
from django.test import Client

from ringvirkning.needs import operations
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.sections import fingerprint
from ringvirkning.needs.terms import Section, Visibility
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role

NEED = "Beboere faller om natten, og ingen ser det før om morgenen. Vi vil vite det med en gang."


def test_a_need_from_the_answers_page_is_asked_for_a_title_and_begun(hers: Client) -> None:
    shown = text(hers.get("/behov/ny/", {"q": NEED, "struck": "=fall", "added": ["alarm"], "cpv": "33196200"}))
    assert "Beboere faller om natten, og ingen ser det før om morgenen." in shown
    sent = {
        "need": NEED,
        "title": "Fall",
        "organisation": "larvik",
        "struck": "=fall",
        "added": ["alarm"],
        "today": "Runder",
    }
    answer = hers.post("/behov/ny/", sent)
    row = AssessmentRow.objects.get()
    assert answer["Location"] == at(row)
    assert row.organisation == "larvik" and row.visibility == Visibility.PRIVATE
    assert row.content["told"] == {"today": "Runder"}
    assert row.content["adjusted"] == {"struck": ["=fall"], "added": ["alarm"], "cpv": []}


def test_who_only_answered_the_questions_begins_with_the_first_answer(hers: Client) -> None:
    shown = text(hers.get("/behov/ny/", {"today": "Rørene lekker om natta", "often": "Hver uke"}))
    assert re.search(r"Rørene lekker om natta\s*</textarea>", shown)
    assert 'name="today"' not in shown, "nothing is said twice"
    assert 'name="often" value="Hver uke"' in shown


def test_the_form_of_the_answers_page_is_understood_with_what_it_struck_and_added(hers: Client) -> None:
    sent = {"q": NEED, "uten": ["=fall", "natt"], "med": "alarm", "tilbake": "natt", "better": "Færre fall"}
    answer = hers.post("/behov/ny/", sent)
    assert answer.status_code == 200
    shown = text(answer)
    hidden = [("struck", "=fall"), ("added", "alarm"), ("better", "Færre fall")]
    assert all(f'<input type="hidden" name="{name}" value="{value}">' in shown for name, value in hidden)
    assert 'value="natt"' not in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"need": ""}, "Behovet mangler"),
        ({"organisation": "tonsberg"}, "hører ikke til denne virksomheten"),
        ({"need": "Gjelder 01010014871"}, "fødselsnummer"),
        ({"cpv": "tull"}, "kan ikke lagres"),
    ],
)
def test_what_cannot_be_begun_is_said(typed: dict[str, str], said: str, hers: Client) -> None:
    answer = hers.post("/behov/ny/", {"need": NEED, "title": "Fall", "organisation": "larvik", **typed})
    assert answer.status_code == 422 and said in text(answer)
    assert not AssessmentRow.objects.exists()


def test_somebody_without_an_organisation_works_alone_and_moves_it_when_they_join(
    places: None, somebody: Any, coming_as: Any, now: datetime
) -> None:
    alone = somebody(Role.SIGNED_IN)
    browser = coming_as(alone)
    browser.post("/behov/ny/", {"need": NEED, "title": "Fall", "organisation": ""})
    row = AssessmentRow.objects.get()
    assert row.organisation == ""
    assert "med i en virksomhet for å dele" in text(browser.get(at(row, "deling/")))
    assert "ikke til noen virksomhet" in text(browser.get(at(row, "apne/")))
    assert browser.post(at(row, "apne/")).status_code == 422


def test_a_colleague_is_let_in_and_out(row: AssessmentRow, ola: Person, hers: Client, his: Client) -> None:
    assert his.get(at(row)).status_code == 404
    hers.post(at(row, "deling/"), {"do": "share", "colleague": str(ola.pk)})
    assert his.get(at(row)).status_code == 200
    assert "Delt med deg" in text(his.get("/behov/mine/"))
    hers.post(at(row, "deling/"), {"do": f"stop:{ola.pk}"})
    assert his.get(at(row)).status_code == 404


def test_a_colleague_may_leave_but_not_let_others_in(
    shared: AssessmentRow, ola: Person, kari: Person, his: Client, somebody: Any
) -> None:
    other = somebody(Role.CONTRIBUTOR)
    his.post(at(shared, "deling/"), {"do": "share", "colleague": str(other.pk)})
    his.post(at(shared, "deling/"), {"do": f"stop:{kari.pk}"})
    assert [one.person for one in shared.readers.all()] == [ola]
    assert his.post(at(shared, "deling/"), {"do": f"stop:{ola.pk}"})["Location"] == "/behov/mine/"
    assert his.get(at(shared)).status_code == 404


@pytest.mark.parametrize("colleague", ["", "0", "tull", "-1", "9" * 30])
def test_somebody_who_is_no_colleague_is_not_let_in(colleague: str, row: AssessmentRow, hers: Client) -> None:
    answer = hers.post(at(row, "deling/"), {"do": "share", "colleague": colleague}, follow=True)
    assert "kolleger som er medlem" in text(answer)
    assert hers.post(at(row, "deling/"), {"do": f"stop:{colleague}"}).status_code == 302
    assert fresh(row).visibility == Visibility.PRIVATE


def test_a_stranger_of_another_organisation_is_not_let_in(row: AssessmentRow, stranger: Person, hers: Client) -> None:
    hers.post(at(row, "deling/"), {"do": "share", "colleague": str(stranger.pk)})
    assert not row.readers.exists()


def test_the_need_is_checked_opened_found_by_others_and_closed(
    row: AssessmentRow, begun: Any, hers: Client, stranger: Person, coming_as: Any, client: Client
) -> None:
    theirs = begun(stranger, organisation="tonsberg", timing={"wanted": "høsten 2027"})
    operations.open_up(assessment=theirs, person=stranger, at=theirs.made, seen_warnings=False)
    assert "Vi fant ingen" in text(hers.get(at(row, "apne/")))
    shown = text(hers.post(at(row, "apne/"), follow=True))
    assert fresh(row).visibility == Visibility.OPEN
    assert "Tønsberg kommune" in shown and " km" in shown and "høsten 2027" in shown
    beginning = text(coming_as(stranger).get("/behov/ny/", {"fra": str(row.key)}))
    assert "Beboere faller om natten" in beginning
    hers.post(at(row, "lukk/"))
    assert client.get(f"/behov/apne/{row.key}/").status_code == 404
    assert "Beboere faller" not in text(coming_as(stranger).get("/behov/ny/", {"fra": str(row.key)}))


def test_what_seems_private_is_shown_and_must_be_seen_before_it_is_opened(
    kari: Person, begun: Callable[..., AssessmentRow], hers: Client
) -> None:
    row = begun(kari, need="Ring Kari på kari@eksempel.no om fallene på sykehjemmet.")
    assert "kari@eksempel.no" in text(hers.get(at(row, "apne/")))
    assert hers.post(at(row, "apne/")).status_code == 422
    assert fresh(row).visibility == Visibility.PRIVATE
    hers.post(at(row, "apne/"), {"seen_warnings": "1"})
    assert fresh(row).visibility == Visibility.OPEN


def test_versions_are_compared_by_part_and_brought_back(
    row: AssessmentRow, kari: Person, hers: Client, now: datetime
) -> None:
    for hour, conclusion in enumerate(("Vent til våren.", "Begynn til våren."), start=1):
        operations.save_section(
            assessment=row,
            section=Section.CONCLUSION,
            base=fingerprint(fresh(row).content, Section.CONCLUSION),
            content={"conclusion": conclusion},
            person=kari,
            at=now + timedelta(hours=hour),
        )
    listed = hers.get(at(row, "versjoner/"), {"fra": "3", "til": "2"})
    assert listed["Location"] == at(row, "versjoner/2/3/")
    compared = text(hers.get(listed["Location"]))
    assert "Konklusjonen" in compared and "<ins>" in compared and "Begynn" in compared
    assert hers.get(at(row, "versjoner/1/9/")).status_code == 404
    assert hers.post(at(row, "versjoner/9/gjenopprett/")).status_code == 404
    hers.post(at(row, "versjoner/2/gjenopprett/"))
    assert fresh(row).content["conclusion"] == "Vent til våren."


def test_it_is_deleted_by_its_owner(row: AssessmentRow, hers: Client) -> None:
    assert "Vil du slette" in text(hers.get(at(row, "slett/")))
    hers.post(at(row, "slett/"))
    assert not AssessmentRow.objects.exists()


def test_the_list_says_how_much_is_new_until_it_is_looked_at(
    row: AssessmentRow, begun: Any, stranger: Person, hers: Client, now: datetime
) -> None:
    theirs = begun(stranger, organisation="tonsberg")
    operations.open_up(assessment=theirs, person=stranger, at=now + timedelta(hours=1), seen_warnings=False)
    assert "1 ny ting siden sist" in text(hers.get("/behov/mine/"))
    assert "Nytt siden sist" in text(hers.get(at(row)))
    assert "siden sist" not in text(hers.get("/behov/mine/"))
    assert "Nytt siden sist" in text(hers.get(at(row))), "loaded again, it tells the same news"
