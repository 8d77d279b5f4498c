"""The yearly question: who is asked, when, what an answer does, and that the tables tell what is fresh."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.evidence import Grade
from ringvirkning.catalogue.models import Case, Change
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import ChangeKind, Origin, Standing
from ringvirkning.ledger.queries import history_of
from ringvirkning.people.models import Letter
from ringvirkning.people.terms import Role
from ringvirkning.publishing.models import Confirmation, Draft
from ringvirkning.publishing.terms import DraftState
from ringvirkning.publishing.upkeep import confirmations
from ringvirkning.publishing.upkeep.freshness import corrections, evidence_of, freshness_of, stale_cases

YEAR = timedelta(days=365)
POST = "prosjekt@larvik.eksempel.no"
CONTACT = {"organisation": {"name": "Larvik kommune"}, "role": {"nb": "Prosjektet"}, "email": POST}
PARTY = {"organisation": {"name": "Larvik kommune"}, "role": "lead", "sources": ["s1"]}


@pytest.fixture
def publish(a_case: Callable[..., Any], now: datetime) -> Callable[..., Case]:
    def call(case_id: str = "varme", origin: Origin = Origin.SHARED, at: datetime = now, **fields: Any) -> Case:
        given = {"parties": [PARTY], "contacts": [CONTACT], **fields}
        publish_case(case_file=a_case(id=case_id, **given), origin=origin, at=at)
        case = queries.case_by_id(case_id)
        assert case
        return case

    return call


@pytest.fixture
def case(empty_catalogue: None, publish: Callable[..., Case]) -> Case:
    return publish()


def token_in(letter: Letter) -> str:
    found = re.search(r"/bekreft/([\w-]+)/", letter.text)
    assert found
    return found[1]


def ask(at: datetime) -> tuple[Confirmation, str]:
    assert confirmations.ask_due(at=at) == 1
    token = token_in(Letter.objects.latest("pk"))
    question = confirmations.confirmation_by_token(token)
    assert question
    return question, token


def test_the_contact_is_asked_after_a_year_and_only_once(case: Case, now: datetime) -> None:
    assert confirmations.ask_due(at=now + YEAR - timedelta(hours=1)) == 0
    question, token = ask(now + YEAR)
    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == (POST, "trust_confirm")
    assert question.case == case and question.digest != token and token not in question.digest
    assert confirmations.ask_due(at=now + YEAR + timedelta(days=1)) == 0


def test_the_librarys_own_cases_write_to_nobody(
    empty_catalogue: None, publish: Callable[..., Case], now: datetime
) -> None:
    """An installation somebody tries out must not send letters to municipalities."""
    publish(origin=Origin.SEED)
    publish("fra-fil", origin=Origin.FILE)
    assert confirmations.ask_due(at=now + 2 * YEAR) == 0
    assert Letter.objects.count() == 0


def test_without_an_address_the_administrators_are_asked(
    empty_catalogue: None, publish: Callable[..., Case], somebody: Callable[..., Any], now: datetime
) -> None:
    case = publish(contacts=[], origin=Origin.SEED)
    slug = case.parties.get().organisation.slug
    keeper = somebody(Role.ORGANISATION_ADMINISTRATOR, organisation=slug, language="nn")
    gone = somebody(Role.ORGANISATION_ADMINISTRATOR, organisation=slug, is_active=False)
    writer = somebody(Role.CONTRIBUTOR, organisation=slug)
    assert confirmations.ask_due(at=now + YEAR) == 1
    letter = Letter.objects.get()
    assert letter.to == keeper.email and letter.to not in (gone.email, writer.email)
    assert "/nn/bekreft/" in letter.text


def test_one_reminder_after_a_month_and_the_old_link_dies(case: Case, now: datetime) -> None:
    question, first = ask(now + YEAR)
    assert confirmations.ask_due(at=now + YEAR + timedelta(days=29)) == 0
    again, second = ask(now + YEAR + timedelta(days=30))
    assert again.pk == question.pk and second != first
    assert Letter.objects.latest("pk").kind == "trust_confirm_again"
    assert confirmations.confirmation_by_token(first) is None
    assert confirmations.ask_due(at=now + YEAR + timedelta(days=200)) == 0


def test_whoever_answers_is_not_reminded_and_is_asked_in_a_year(case: Case, now: datetime) -> None:
    question, _ = ask(now + YEAR)
    answered = now + YEAR + timedelta(days=5)
    assert confirmations.confirm(confirmation=question, at=answered)
    assert confirmations.ask_due(at=answered + timedelta(days=100)) == 0
    assert confirmations.ask_due(at=answered + YEAR) == 1


def test_a_yes_is_seen_by_readers_at_once(case: Case, now: datetime) -> None:
    question, _ = ask(now + YEAR)
    before = Change.objects.count()
    confirmations.confirm(confirmation=question, at=now + YEAR)
    assert freshness_of(case, date(2027, 11, 24)).confirmed == date(2027, 11, 23)
    newest = Change.objects.latest("seq")
    assert (newest.kind, newest.key, Change.objects.count()) == (ChangeKind.FRESHNESS, "varme", before + 1)
    assert [entry.verb for entry in history_of("case", "varme")] == ["asked_to_confirm", "confirmed"]
    assert Confirmation.objects.get().email == "", "whom we asked is not kept"


def test_a_link_is_good_for_one_answer(case: Case, now: datetime) -> None:
    question, _ = ask(now + YEAR)
    assert confirmations.confirm(confirmation=question, at=now + YEAR)
    assert not confirmations.report_wrong(confirmation=question, note="Feil", at=now + YEAR)
    assert not confirmations.confirm(confirmation=question, at=now + YEAR)
    assert Confirmation.objects.get().still_right is True


def test_a_link_is_good_for_120_days(case: Case, now: datetime) -> None:
    question, _ = ask(now + YEAR)
    assert not confirmations.confirm(confirmation=question, at=now + YEAR + timedelta(days=120))
    assert confirmations.confirm(confirmation=question, at=now + YEAR + timedelta(days=119))


def test_something_wrong_is_told_to_readers_until_it_is_mended(
    case: Case, publish: Callable[..., Case], now: datetime
) -> None:
    question, _ = ask(now + YEAR)
    at = now + YEAR
    assert confirmations.report_wrong(confirmation=question, note="  Avtalen er avsluttet. ", at=at)
    assert freshness_of(case).told_wrong == at.date()
    assert [one.note for one in corrections()] == ["Avtalen er avsluttet."]
    assert [one.case_id for one, _ in stale_cases(at.date())] == ["varme"]
    assert "avsluttet" not in str([entry.detail for entry in history_of("case", "varme")])
    mended = publish(at=at + timedelta(days=3), title={"nb": "Varme, avsluttet"})
    assert freshness_of(mended).told_wrong is None
    assert corrections() == []


def test_it_grows_stale_by_itself(case: Case, now: datetime) -> None:
    """Nobody answers: 365 days, a reminder after 30, and 60 more."""

    def stale(days: int) -> bool:
        return freshness_of(case, (now + timedelta(days=days)).date()).stale

    confirmations.ask_due(at=now + YEAR)
    confirmations.ask_due(at=now + YEAR + timedelta(days=30))
    assert not stale(454) and stale(455)
    assert freshness_of(case, (now + timedelta(days=400)).date()).asked == (now + YEAR).date()


def test_whoever_was_asked_late_has_the_same_time_to_answer(case: Case, now: datetime) -> None:
    late = now + timedelta(days=450)
    confirmations.ask_due(at=late)
    assert not freshness_of(case, (late + timedelta(days=89)).date()).stale
    assert freshness_of(case, (late + timedelta(days=90)).date()).stale


def test_sharing_it_is_a_confirmation(case: Case, somebody: Callable[..., Any], now: datetime) -> None:
    """The buyer's own people handed it in; what an editor publishes for the programme is nobody's word but ours."""
    person, later = somebody(), now + timedelta(days=100)
    made = {"case": case, "made": now, "made_by": person, "changed": now, "submitted": later}
    Draft.objects.create(state=DraftState.PUBLISHED, organisation="", **made)
    assert freshness_of(case).confirmed is None
    Draft.objects.create(state=DraftState.PUBLISHED, organisation="larvik", **made)
    assert freshness_of(case).confirmed == later.date()
    assert confirmations.ask_due(at=later + YEAR - timedelta(days=1)) == 0
    assert confirmations.ask_due(at=later + YEAR) == 1


def test_the_highest_grade_needs_the_buyers_yes(
    empty_catalogue: None, publish: Callable[..., Case], now: datetime
) -> None:
    figure = {
        "id": "spart",
        "kind": "realised",
        "effect": "time_saved",
        "label": {"nb": "Spart tid"},
        "value": 5,
        "unit": "hours",
        "basis": {"nb": "Talt"},
        "date": "2025",
        "sources": ["s1"],
    }
    case = publish(figures=[figure])
    day = (now + YEAR).date()
    assert evidence_of(case, freshness_of(case, day), day).grade == Grade.MEASURED
    confirmations.confirm(confirmation=ask(now + YEAR)[0], at=now + YEAR)
    assert evidence_of(case, freshness_of(case, day), day).grade == Grade.MEASURED_AND_CONFIRMED


def test_a_withdrawn_case_is_not_asked_about(case: Case, now: datetime) -> None:
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="", at=now)
    assert confirmations.ask_due(at=now + 2 * YEAR) == 0


def test_addresses_of_closed_questions_are_let_go(case: Case, now: datetime) -> None:
    ask(now + YEAR)
    confirmations.forget_addresses(at=now + YEAR + timedelta(days=149))
    assert Confirmation.objects.get().email == POST
    confirmations.forget_addresses(at=now + YEAR + timedelta(days=151))
    assert Confirmation.objects.get().email == ""
