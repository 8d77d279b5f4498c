"""What people say of our readings is kept, goes before them, and outlives them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.analysis.made import a_notice, stored
from tests.conftest import NOW

from ringvirkning.analysis import operations, queries
from ringvirkning.analysis.models import InnovationReading, InnovationVerdict
from ringvirkning.analysis.signals.terms import Reading
from ringvirkning.analysis.terms import InnovationStanding, Verdict
from ringvirkning.analysis.working import forget_conclusions, work_out, work_out_all
from ringvirkning.catalogue.models import Change
from ringvirkning.catalogue.notices.models import LoadedFile, Notice
from ringvirkning.catalogue.queries import last_change
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.ledger.queries import history_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
PILOT = ("Pilot for nye løsninger", "En slik løsning finnes ikke i markedet.")
PAPER = ("Kopipapir", "Rammeavtale om kopipapir.")


def test_a_reading_is_the_same_remembered_or_not(empty_catalogue: None) -> None:
    notice = stored(a_notice(*PILOT))
    on_the_spot = queries.reading_of(notice)
    assert work_out(at=NOW) > 0
    remembered = queries.reading_of(notice)
    assert InnovationReading.objects.get().likelihood == on_the_spot.likelihood
    assert remembered == on_the_spot


def test_an_old_reading_is_not_believed(empty_catalogue: None) -> None:
    notice = stored(a_notice(*PILOT))
    work_out_all(at=NOW)
    for old in ({"method": "0"}, {"read": "another record"}):
        InnovationReading.objects.update(likelihood=0.0, **old)
        assert queries.standing(notice) is InnovationStanding.LIKELY
        assert queries.reading_of(notice).likelihood > 0


@pytest.mark.parametrize(
    ("likelihood", "standing"), [(0.0, "no"), (0.19, "no"), (0.2, "possible"), (0.5, "likely"), (1.0, "likely")]
)
def test_likelihood_becomes_a_standing(likelihood: float, standing: str) -> None:
    reading = Reading(likelihood=likelihood, signals=(), suggested="rd-act", method="1")
    assert queries.concluded(reading, None).standing == standing


def test_a_persons_word_goes_before_the_reading(empty_catalogue: None, somebody: Callable[..., Any]) -> None:
    pilot, paper = stored(a_notice(*PILOT), a_notice(*PAPER))
    person = somebody()
    assert operations.reject_innovation(notice_key=pilot.key, person=person, at=NOW)
    assert operations.confirm_innovation(notice_key=paper.key, code="prod-innov", person=person, at=NOW)
    found = queries.conclusions_of([pilot, paper])
    assert (found[pilot.key].standing, found[pilot.key].code) == (InnovationStanding.REJECTED, None)
    assert (found[paper.key].standing, found[paper.key].code) == (InnovationStanding.CONFIRMED, "prod-innov")
    assert found[pilot.key].reading.signals  # the reading is still there to be looked at


def test_verdicts_outlive_readings_and_even_the_rows_they_were_about(
    empty_catalogue: None, somebody: Callable[..., Any]
) -> None:
    record = a_notice(*PILOT)
    notice = stored(record)
    work_out_all(at=NOW)
    operations.reject_innovation(notice_key=notice.key, person=somebody(), at=NOW)
    forget_conclusions()
    assert work_out_all(at=LATER) > 0
    assert InnovationReading.objects.get().likelihood > 0.5
    assert queries.standing(notice) is InnovationStanding.REJECTED
    Notice.objects.all().delete()
    LoadedFile.objects.all().delete()
    assert queries.standing(stored(record)) is InnovationStanding.REJECTED


def test_each_verb_writes_one_line_and_tells_followers(empty_catalogue: None, somebody: Callable[..., Any]) -> None:
    person, key = somebody(), stored(a_notice(*PILOT)).key
    told = last_change()
    operations.confirm_innovation(notice_key=key, code="mar-nov", person=person, at=NOW)
    operations.confirm_innovation(notice_key=key, code="rd-act", person=person, at=NOW)
    operations.reject_innovation(notice_key=key, person=person, at=NOW)
    assert operations.take_back(notice_key=key, person=person, at=NOW)
    verbs = [(line.verb, line.detail, line.person) for line in history_of("notice", key)]
    assert verbs == [
        ("confirm_innovation", {"code": "mar-nov"}, person),
        ("confirm_innovation", {"code": "rd-act"}, person),
        ("reject_innovation", {}, person),
        ("take_back_innovation", {}, person),
    ]
    assert list(Change.objects.filter(seq__gt=told).values_list("kind", "key")) == [(ChangeKind.NOTICE, key)] * 4
    assert queries.verdict_of(key) is None


def test_saying_the_same_again_is_no_news(empty_catalogue: None, somebody: Callable[..., Any]) -> None:
    person, key = somebody(), stored(a_notice(*PILOT)).key
    assert not operations.take_back(notice_key=key, person=person, at=NOW)
    assert operations.confirm_innovation(notice_key=key, person=person, at=NOW)
    told = last_change()
    assert not operations.confirm_innovation(notice_key=key, person=person, at=LATER)
    assert last_change() == told and history_of("notice", key).count() == 1


@pytest.mark.parametrize("code", ["other", "fp-requ", "MAR-NOV", "x"])
def test_only_the_codes_of_the_guidance_can_be_confirmed(empty_catalogue: None, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        operations.confirm_innovation(notice_key="k", code=code, person=None, at=NOW)
    assert not InnovationVerdict.objects.exists()


def test_a_confirmation_without_a_code_shows_the_suggested_one(empty_catalogue: None) -> None:
    notice = stored(a_notice(*PILOT))
    operations.confirm_innovation(notice_key=notice.key, person=None, at=NOW)
    assert queries.conclusion_of(notice).code == queries.reading_of(notice).suggested == "mar-nov"


def test_what_waits_for_a_person_is_what_is_likely_and_not_judged(empty_catalogue: None) -> None:
    pilot, judged, _ = stored(a_notice(*PILOT), a_notice("Innovasjonspartnerskap"), a_notice(*PAPER))
    work_out_all(at=NOW)
    operations.confirm_innovation(notice_key=judged.key, person=None, at=NOW)
    assert [one.key for one in queries.waiting_for_verdict()] == [pilot.key]


def test_many_are_concluded_with_few_questions(
    empty_catalogue: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    notices = stored(*(a_notice(f"Pilot {number}") for number in range(30)))
    work_out_all(at=NOW)
    with django_assert_num_queries(2):
        queries.conclusions_of(notices)


def test_verdicts_know_only_two_words() -> None:
    assert {Verdict.CONFIRMED, Verdict.REJECTED, Verdict.MADE} == set(Verdict)
