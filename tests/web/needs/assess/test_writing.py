"""Writing in an assessment: saved with and without a script, refused with a sentence, and two people at once."""

from typing import Any

import pytest
from assess_pages import at, fresh, text
from django.test import Client

from ringvirkning.needs import operations
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.sections import fingerprint
from ringvirkning.needs.terms import Section
from ringvirkning.people.models import Person

UNDERWAY = {"X-Lagring": "underveis"}
IDENTITY_NUMBER = "01010014871"


def base(row: AssessmentRow, section: Section) -> str:
    return fingerprint(fresh(row).content, section)


def need(row: AssessmentRow, **typed: str) -> dict[str, str]:
    return {"version": base(row, Section.NEED), "title": "Fall om natten", "need": "Beboere faller.", **typed}


def test_a_part_is_saved_by_its_button_and_says_when(row: AssessmentRow, hers: Client) -> None:
    told = need(
        row, **{"told.often": "Hver natt", "timing.size_kroner.low": "500 000", "timing.size_kroner.high": "1,5 mill."}
    )
    answer = hers.post(at(row, "behovet/"), {**told, "do": "next"}, follow=True)
    assert answer.redirect_chain[-1][0] == at(row, "lesning/")
    assert "Lagret kl." in text(answer)
    content = fresh(row).content
    assert content["told"] == {"often": "Hver natt"}
    assert content["timing"] == {"size_kroner": {"low": "500000", "high": "1500000"}}
    assert "500 000" in text(hers.get(at(row, "behovet/")))


def test_a_script_saves_while_somebody_types(row: AssessmentRow, hers: Client) -> None:
    answer = hers.post(
        at(row, "konklusjon/"), {"version": base(row, Section.CONCLUSION), "conclusion": "Vent."}, headers=UNDERWAY
    )
    assert answer.json()["outcome"] == "saved"
    again = {"version": answer.json()["version"], "conclusion": "Vent litt."}
    assert hers.post(at(row, "konklusjon/"), again, headers=UNDERWAY).json()["outcome"] == "saved"
    assert fresh(row).content["conclusion"] == "Vent litt."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Behovsutredningen mangler tittel"),
        ({"need": ""}, "Behovet mangler"),
        ({"need": f"Beboer {IDENTITY_NUMBER} faller."}, "fødselsnummer"),
        ({"told.whom": f"Gjelder {IDENTITY_NUMBER}"}, "fødselsnummer"),
        ({"timing.size_kroner.low": "mange"}, "Tallet kan ikke leses"),
        ({"timing.size_kroner.low": "-5"}, "Tallet kan ikke leses"),
        ({"title": "x" * 301}, "Grensen er 300"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_stays_on_the_page(
    typed: dict[str, str], said: str, row: AssessmentRow, hers: Client
) -> None:
    before = fresh(row).content
    told = need(row, **{"told.better": "Færre fall", **typed})
    answer = hers.post(at(row, "behovet/"), told)
    assert answer.status_code == 422
    assert said in text(answer) and "Færre fall" in text(answer)
    underway = hers.post(at(row, "behovet/"), told, headers=UNDERWAY)
    assert underway.status_code == 409 and said in underway.json()["said"]
    assert fresh(row).content == before


def test_a_number_that_cannot_be_read_is_told_at_its_box(row: AssessmentRow, hers: Client) -> None:
    typed = {"version": base(row, Section.VALUE), "zero.value.wage_an_hour.low": "mye"}
    shown = text(hers.post(at(row, "nullalternativ/"), typed))
    assert 'value="mye" inputmode="decimal" autocomplete="off" maxlength="100" aria-invalid="true"' in shown


def test_the_rough_sum_is_shown_and_sent_to_the_script(row: AssessmentRow, hers: Client) -> None:
    numbers = {"times_a_year": "3 000", "minutes_each": "20", "people_each": "1", "wage_an_hour": "450"}
    typed = {f"zero.value.{name}.likely": number for name, number in numbers.items()}
    typed |= {"zero.value.times_a_year.low": "2 000", "zero.value.times_a_year.high": "5 000"}
    saved = hers.post(at(row, "nullalternativ/"), {"version": base(row, Section.VALUE), **typed}, headers=UNDERWAY)
    told = saved.json()["sentences"]
    assert (told["hours-low"], told["hours-likely"]) == ("670", "1\xa0000")
    shown = text(hers.get(at(row, "nullalternativ/")))
    assert "Grovt anslag" in shown and "450 000" in shown and "grove anslag" in shown


def test_two_people_in_the_same_field_see_both_texts_and_choose(
    shared: AssessmentRow, hers: Client, his: Client
) -> None:
    page, old = at(shared, "konklusjon/"), base(shared, Section.CONCLUSION)
    his.post(page, {"version": old, "conclusion": "Ola vil vente."})
    hers.post(page, {"version": old, "conclusion": "Kari vil begynne."})
    assert fresh(shared).content["conclusion"] == "Ola vil vente."
    shown = text(hers.get(page))
    assert "Ola vil vente." in shown and "Kari vil begynne." in shown and "Du og Ola Eksempel skrev her" in shown
    choice = {"settle": "1", "version": base(shared, Section.CONCLUSION), "choose-conclusion": "both"}
    hers.post(page, choice)
    assert fresh(shared).content["conclusion"] == "Ola vil vente.\n\nKari vil begynne."
    assert "Velg hva som skal stå" not in text(hers.get(page)).partition("<form")[0]


@pytest.mark.parametrize(("answer", "stands"), [("mine", "Kari"), ("theirs", "Ola")])
def test_a_choice_stands(answer: str, stands: str, shared: AssessmentRow, hers: Client, his: Client) -> None:
    page, old = at(shared, "konklusjon/"), base(shared, Section.CONCLUSION)
    his.post(page, {"version": old, "conclusion": "Ola"})
    conflict = hers.post(page, {"version": old, "conclusion": "Kari"}, headers=UNDERWAY)
    assert conflict.json()["outcome"] == "conflict"
    hers.post(page, {"settle": "1", "version": base(shared, Section.CONCLUSION), "choose-conclusion": answer})
    assert fresh(shared).content["conclusion"] == stands
    assert not shared.set_aside.exists()


def test_a_choice_made_while_another_writes_is_asked_again(shared: AssessmentRow, hers: Client, his: Client) -> None:
    page, old = at(shared, "konklusjon/"), base(shared, Section.CONCLUSION)
    his.post(page, {"version": old, "conclusion": "Ola"})
    hers.post(page, {"version": old, "conclusion": "Kari"})
    seen = base(shared, Section.CONCLUSION)
    his.post(page, {"version": seen, "conclusion": "Ola igjen"})
    hers.post(page, {"settle": "1", "version": seen, "choose-conclusion": "mine"})
    assert fresh(shared).content["conclusion"] == "Ola igjen"
    assert "Kari" in text(hers.get(page))


def test_questions_are_kept_in_order_and_an_emptied_one_goes(row: AssessmentRow, hers: Client) -> None:
    page = at(row, "sporsmal/")
    typed = {"q-0-to": "Tønsberg kommune", "q-0-text": "Virker det?", "q-1-to": "Oslo", "q-1-text": "Hva kostet det?"}
    hers.post(page, {"version": base(row, Section.QUESTIONS), **typed})
    stored = fresh(row).content["questions"]
    assert [one["text"] for one in stored] == ["Virker det?", "Hva kostet det?"]
    assert stored[0]["organisation"] == "tonsberg"
    hers.post(page, {"version": base(row, Section.QUESTIONS), **typed, "q-0-text": "", "q-1-answer": "Lite."})
    assert [one.get("answer") for one in fresh(row).content["questions"]] == ["Lite."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"q-0-text": "Virker det?"}, "hvem spørsmålet går til"),
        ({"q-0-to": "Oslo", "q-0-answer": "Ja"}, "Skriv spørsmålet"),
    ],
)
def test_a_question_that_lacks_something_says_what(
    typed: dict[str, str], said: str, row: AssessmentRow, hers: Client
) -> None:
    answer = hers.post(at(row, "sporsmal/"), {"version": base(row, Section.QUESTIONS), **typed})
    assert answer.status_code == 422 and said in text(answer)


def test_an_open_need_warns_before_something_private_is_saved(
    row: AssessmentRow, kari: Person, hers: Client, now: Any
) -> None:
    operations.open_up(assessment=row, person=kari, at=now, seen_warnings=False)
    private = need(row, need="Ring kari@eksempel.no om fallene.")
    answer = hers.post(at(row, "behovet/"), private)
    assert answer.status_code == 422 and "kari@eksempel.no" in text(answer)
    assert "kari@" not in fresh(row).content["need"]
    assert hers.post(at(row, "behovet/"), private, headers=UNDERWAY).json()["outcome"] == "closed"
    hers.post(at(row, "behovet/"), {**private, "seen_warnings": "1"})
    assert "kari@" in fresh(row).content["need"]


def test_the_reading_is_struck_added_to_and_put_back(row: AssessmentRow, hers: Client) -> None:
    page = at(row, "lesning/")
    hers.post(page, {"do": "add:", "word": "trygghetsalarm"})
    hers.post(page, {"do": "strike:faller"})
    hers.post(page, {"do": "code:33196200"})
    adjusted = fresh(row).content["adjusted"]
    assert adjusted == {"struck": ["faller"], "added": ["trygghetsalarm"], "cpv": ["33196200"]}
    assert "trygghetsalarm" in text(hers.get(page))
    for undo in ("restore:faller", "remove:trygghetsalarm", "uncode:33196200", "tull:", "strike:"):
        hers.post(page, {"do": undo})
    assert fresh(row).content["adjusted"] == {"struck": [], "added": [], "cpv": []}
    refused = hers.post(page, {"do": "add:", "word": IDENTITY_NUMBER}, follow=True)
    assert "fødselsnummer" in text(refused)
