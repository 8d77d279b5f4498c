"""The moves of a case: what each changes, who may make it, who is told, and what happens when two press at once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, CaseRevision, Change
from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Letter, Person
from ringvirkning.people.terms import Role
from ringvirkning.publishing import drafts, moves
from ringvirkning.publishing.comments import add_comment
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.moves import MovedOn, NotAllowed, NotReady, Outdated
from ringvirkning.publishing.remarks import NotARemark
from ringvirkning.publishing.terms import DraftState, Step

HOME = "lillestrom"


@pytest.fixture
def people(empty_catalogue: None, somebody: Any) -> dict[str, Person]:
    return {
        "writer": somebody(Role.CONTRIBUTOR, organisation=HOME, email="skriver@eksempel.no"),
        "keeper": somebody(Role.ORGANISATION_ADMINISTRATOR, organisation=HOME, email="leder@eksempel.no"),
        "stranger": somebody(Role.CONTRIBUTOR, organisation="oslo", email="fremmed@eksempel.no"),
        "editor": somebody(Role.EDITOR, email="redaktor@eksempel.no"),
    }


@pytest.fixture
def begin(people: dict[str, Person], case_data: Any, now: Any) -> Callable[..., Draft]:
    def call(**fields: Any) -> Draft:
        document = case_data(**{"figures": [], "procurement": {"procedure": "tender", "sources": ["s1"]}, **fields})
        document["contacts"] = [{**document["contacts"][0], "email": "post@eksempel.no"}]
        return drafts.start_draft(organisation=HOME, person=people["writer"], at=now, document=document)

    return call


@pytest.fixture
def published(begin: Any, people: dict[str, Person], now: Any) -> Case:
    return moves.publish(draft=begin(), person=people["editor"], at=now)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("kind", "to"))


# Submitting and sending back.


def test_submitting_tells_the_editors(begin: Any, people: Any, now: Any) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted, draft.submitted_by) == (DraftState.SUBMITTED, now, people["writer"])
    assert verbs()[-1] == "submitted"
    assert ("life_submitted", "redaktor@eksempel.no") in letters()
    letter = Letter.objects.get(kind="life_submitted")
    assert "Varme i grunnen" in letter.subject
    assert f"/del/{draft.key}/vurder/" in letter.text
    assert f"/del/{draft.key}/vurder/" in letter.html


def test_a_case_that_lacks_something_is_not_submitted_and_says_what(begin: Any, people: Any, now: Any) -> None:
    draft = begin(themes=[], figures=[{"label": {"nb": "Spart"}, "kind": "realised", "unit": "NOK"}])
    with pytest.raises(NotReady) as refusal:
        moves.submit(draft=draft, person=people["writer"], at=now)
    assert {fault.step for fault in refusal.value.faults} >= {Step.NEED, Step.FIGURES}
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT
    assert letters() == []
    assert "submitted" not in verbs()


def test_sending_back_says_why_and_lists_what_is_open(begin: Any, people: Any, now: Any) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    add_comment(draft=draft, step=Step.NEED, place="", text="Hvem har <behovet>?", person=people["editor"], at=now)
    moves.send_back(draft=draft, person=people["editor"], reason="Fortell om gevinsten & prisen.", at=now)
    draft.refresh_from_db()
    assert (draft.state, draft.sent_back_because) == (DraftState.DRAFT, "Fortell om gevinsten & prisen.")
    letter = Letter.objects.get(kind="life_sent_back")
    assert letter.to == "skriver@eksempel.no"
    assert "Fortell om gevinsten & prisen." in letter.text
    assert "- Hvem har <behovet>?" in letter.text
    assert "Hvem har &lt;behovet&gt;?" in letter.html
    moves.submit(draft=draft, person=people["writer"], at=now)
    draft.refresh_from_db()
    assert draft.sent_back_because == ""


@pytest.mark.parametrize("reason", ["", "   \n ", "x" * 501])
def test_a_reason_is_words_of_a_sensible_length(begin: Any, people: Any, now: Any, reason: str) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    with pytest.raises(NotARemark):
        moves.send_back(draft=draft, person=people["editor"], reason=reason, at=now)
    draft.refresh_from_db()
    assert draft.state == DraftState.SUBMITTED


def test_invisible_characters_in_a_reason_are_taken_out(begin: Any, people: Any, now: Any) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    moves.send_back(draft=draft, person=people["editor"], reason="Mangler\x00 pris\u202e.\r\nOg mål.", at=now)
    draft.refresh_from_db()
    assert draft.sent_back_because == "Mangler pris.\nOg mål."


# Publishing.


def test_publishing_makes_a_version_with_a_change_number_and_one_line(begin: Any, people: Any, now: Any) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    before, lines = queries.last_change(), len(verbs())
    case = moves.publish(draft=draft, person=people["editor"], at=now)
    draft.refresh_from_db()
    assert (draft.state, draft.case) == (DraftState.PUBLISHED, case)
    assert case.case_id == "varme-i-grunnen"
    assert case.revision is not None
    assert (case.revision.number, case.revision.origin) == (1, Origin.SHARED)
    assert case.revision.document["id"] == case.case_id
    assert queries.last_change() == before + 1
    assert verbs()[lines:] == ["published"]
    line = Entry.objects.get(verb="published")
    assert (line.subject_kind, line.subject, line.person) == ("case", case.case_id, people["editor"])
    assert line.detail == {"draft": str(draft.key), "revision": 1, "organisation": HOME}
    assert ("life_published", "skriver@eksempel.no") in letters()


def test_two_cases_of_one_title_get_each_their_address(begin: Any, people: Any, now: Any) -> None:
    first = moves.publish(draft=begin(), person=people["editor"], at=now)
    second = moves.publish(draft=begin(), person=people["editor"], at=now)
    assert [first.case_id, second.case_id] == ["varme-i-grunnen", "varme-i-grunnen-2"]


def test_a_new_version_keeps_the_address_and_the_old_version(published: Case, people: Any, now: Any) -> None:
    draft = drafts.start_revision(case=published, person=people["writer"], organisation=HOME, at=now)
    content = {**draft.parts.get(step=Step.NEED).content, "title": {"nb": "Et helt annet navn"}}
    saved = drafts.save_step(
        draft=draft, step=Step.NEED, content=content, base_version=1, page="p", page_clock=1,
        person=people["writer"], at=now,
    )  # fmt: skip
    assert isinstance(saved, drafts.Saved)
    case = moves.publish(draft=draft, person=people["editor"], at=now)
    assert (case.pk, case.case_id, case.title) == (published.pk, "varme-i-grunnen", "Et helt annet navn")
    assert list(CaseRevision.objects.filter(case=case).values_list("number", flat=True)) == [1, 2]


def test_an_editor_may_publish_what_nobody_submitted(begin: Any, people: Any, now: Any) -> None:
    assert moves.publish(draft=begin(), person=people["editor"], at=now).standing == Standing.PUBLISHED


def test_what_lacks_something_is_not_published_either(begin: Any, people: Any, now: Any) -> None:
    draft = begin(themes=[])
    with pytest.raises(NotReady):
        moves.publish(draft=draft, person=people["editor"], at=now)
    assert not Case.objects.exists()
    assert not Change.objects.exists()


def test_a_draft_that_began_on_an_older_version_is_refused_until_somebody_has_looked(
    published: Case, people: Any, a_case: Any, now: Any
) -> None:
    draft = drafts.start_revision(case=published, person=people["writer"], organisation=HOME, at=now)
    assert not moves.is_outdated(draft)
    publish_case(case_file=a_case(title={"nb": "Fra en fil"}), origin=Origin.FILE, at=now)
    assert moves.is_outdated(draft)
    with pytest.raises(Outdated):
        moves.publish(draft=draft, person=people["editor"], at=now)
    assert Case.objects.get().title == "Fra en fil"
    moves.accept_newer(draft=draft, person=people["writer"], at=now)
    case = moves.publish(draft=draft, person=people["editor"], at=now)
    assert case.revision is not None
    assert (case.revision.number, case.title) == (3, "Varme i grunnen")


def test_a_new_version_of_a_withdrawn_case_does_not_bring_it_back(published: Case, people: Any, now: Any) -> None:
    draft = drafts.start_revision(case=published, person=people["writer"], organisation=HOME, at=now)
    moves.withdraw(case=published, person=people["keeper"], reason="Feil tall", at=now)
    later = now + timedelta(days=1)
    case = moves.publish(draft=draft, person=people["editor"], at=later)
    assert case.standing == Standing.WITHDRAWN
    moves.restore(case=case, person=people["editor"], at=later)
    assert queries.case_to_read(case.case_id) == case


def test_a_person_who_has_not_answered_is_not_published(begin: Any, people: Any, case_data: Any, now: Any) -> None:
    contact = {
        "organisation": {"name": "Lillestrøm kommune"},
        "role": {"nb": "Prosjektleder"},
        "email": "kari.eksempel@eksempel.no",
        "person": {"name": "Kari Eksempel"},
        "url": "https://eksempel.no/kontakt",
    }
    draft = begin()
    drafts.save_step(
        draft=draft, step=Step.CONTACTS, content={"contacts": [contact]}, base_version=1, page="p", page_clock=1,
        person=people["writer"], at=now,
    )  # fmt: skip
    moves.submit(draft=draft, person=people["writer"], at=now)
    case = moves.publish(draft=draft, person=people["editor"], at=now)
    assert case.revision is not None
    assert "Kari" not in str(case.revision.document)
    assert draft.consents.get().case == case


# Who may.


@pytest.mark.parametrize("who", ["writer", "keeper", "stranger"])
def test_only_editors_publish_and_send_back(begin: Any, people: Any, now: Any, who: str) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    with pytest.raises(NotAllowed):
        moves.publish(draft=draft, person=people[who], at=now)
    with pytest.raises(NotAllowed):
        moves.send_back(draft=draft, person=people[who], reason="Fordi", at=now)
    assert not Case.objects.exists()


def test_a_stranger_may_do_nothing(begin: Any, people: Any, published: Case, now: Any) -> None:
    draft, stranger = begin(), people["stranger"]
    for move in (moves.submit, moves.discard, moves.publish, moves.accept_newer):
        with pytest.raises(NotAllowed):
            move(draft=draft, person=stranger, at=now)
    for withdraw in (moves.withdraw, moves.archive):
        with pytest.raises(NotAllowed):
            withdraw(case=published, person=stranger, reason="Fordi", at=now)
    with pytest.raises(NotAllowed):
        moves.restore(case=published, person=stranger, at=now)


def test_somebody_whose_account_is_closed_may_do_nothing(begin: Any, people: Any, now: Any) -> None:
    people["editor"].is_active = False
    with pytest.raises(NotAllowed):
        moves.publish(draft=begin(), person=people["editor"], at=now)


# Withdrawing, archiving, restoring.


def test_withdrawing_archiving_and_restoring(published: Case, people: Any, now: Any) -> None:
    moves.archive(case=published, person=people["keeper"], reason="Gammel", at=now)
    assert (published.standing, published.standing_reason) == (Standing.ARCHIVED, "Gammel")
    moves.withdraw(case=published, person=people["editor"], reason="Feil", at=now)
    assert (published.standing, published.standing_reason) == (Standing.WITHDRAWN, "Feil")
    with pytest.raises(NotAllowed):
        moves.restore(case=published, person=people["keeper"], at=now)
    moves.restore(case=published, person=people["editor"], at=now)
    published.refresh_from_db()
    assert (published.standing, published.standing_reason) == (Standing.PUBLISHED, "")
    assert verbs()[-3:] == ["archived", "withdrawn", "restored"]
    told = [to for kind, to in letters() if kind == "life_standing"]
    # The one who moves it gets no letter; the editors are told when an organisation moves it.
    assert told[:2] == ["skriver@eksempel.no", "redaktor@eksempel.no"]
    assert sorted(told[2:]) == ["leder@eksempel.no"] * 2 + ["skriver@eksempel.no"] * 2


def test_one_who_only_writes_may_not_withdraw(published: Case, people: Any, now: Any) -> None:
    with pytest.raises(NotAllowed):
        moves.withdraw(case=published, person=people["writer"], reason="Fordi", at=now)


def test_the_buyer_of_a_case_from_elsewhere_may_withdraw_it(
    empty_catalogue: None, somebody: Any, a_case: Any, now: Any
) -> None:
    publish_case(case_file=a_case(), origin=Origin.SEED, at=now)
    case = Case.objects.get()
    buyer = case.parties.get().organisation.slug
    keeper = somebody(Role.ORGANISATION_ADMINISTRATOR, organisation=buyer)
    moves.withdraw(case=case, person=keeper, reason="Vi vil ikke", at=now)
    assert queries.case_to_read(case.case_id) is None


# Two at once.


def test_the_second_to_press_is_told_that_it_has_moved(begin: Any, people: Any, now: Any) -> None:
    draft = begin()
    moves.submit(draft=draft, person=people["writer"], at=now)
    mine, theirs = Draft.objects.get(), Draft.objects.get()
    moves.publish(draft=mine, person=people["editor"], at=now)
    with pytest.raises(MovedOn):
        moves.publish(draft=theirs, person=people["editor"], at=now)
    with pytest.raises(MovedOn):
        moves.send_back(draft=theirs, person=people["editor"], reason="Fordi", at=now)
    assert CaseRevision.objects.count() == 1


def test_a_failure_in_the_middle_leaves_nothing_behind(
    begin: Any, people: Any, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begin()
    before = verbs()

    def fail(**given: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("ringvirkning.publishing.upkeep.consents.bind_consents", fail)
    with pytest.raises(RuntimeError):
        moves.publish(draft=draft, person=people["editor"], at=now)
    draft.refresh_from_db()
    assert (draft.state, draft.case) == (DraftState.DRAFT, None)
    assert not Case.objects.exists()
    assert not Change.objects.exists()
    assert verbs() == before
    assert letters() == []


def test_of_many_editors_at_once_exactly_one_publishes(
    empty_for_real: None, somebody: Any, case_data: Any, now: Any
) -> None:
    writer = somebody(Role.CONTRIBUTOR, organisation=HOME)
    crowd = [somebody(Role.EDITOR) for _ in range(4)]
    document = case_data(figures=[])
    document["contacts"][0]["email"] = "post@eksempel.no"
    draft = drafts.start_draft(organisation=HOME, person=writer, at=now, document=document)
    moves.submit(draft=draft, person=writer, at=now)
    outcomes: list[str] = []
    ready = threading.Barrier(len(crowd))

    def press(editor: Person) -> None:
        mine = Draft.objects.get(pk=draft.pk)
        ready.wait()
        try:
            moves.publish(draft=mine, person=editor, at=now)
            outcomes.append("published")
        except MovedOn:
            outcomes.append("moved on")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(editor,)) for editor in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["moved on"] * 3 + ["published"]
    assert CaseRevision.objects.count() == 1
    assert Entry.objects.filter(verb="published").count() == 1
