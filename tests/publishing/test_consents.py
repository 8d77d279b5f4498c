"""Consent of contacts: asked, published only after a yes, and afterwards nowhere to be found."""

import json
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, CaseRevision, StoredFile
from ringvirkning.catalogue.operations import digest_of, publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Letter, Person
from ringvirkning.people.terms import Role
from ringvirkning.publishing import drafts, jobs, moves
from ringvirkning.publishing.models import Comment, Confirmation, Consent, Draft, DraftPart, LinkVisit, SetAside
from ringvirkning.publishing.terms import ConsentState, DraftState, Step
from ringvirkning.publishing.upkeep import consents
from ringvirkning.publishing.upkeep.redact import Redactor
from ringvirkning.search.index import ensure, index

NAME, EMAIL, PHONE = "Kari Anne Løvlund", "kari.lovlund@larvik.eksempel.no", "912 34 567"
CONTACT = {
    "organisation": {"name": "Larvik kommune"},
    "role": {"nb": "Prosjektleder"},
    "email": EMAIL,
    "phone": PHONE,
    "person": {"name": NAME},
}
MENTION = f"Spør {NAME} ({EMAIL}, +47 91234567). Kari Løvlunds råd: begynn i det små."
TRACES = re.compile(r"lo?øvlund|l\\u00f8vlund|lovlund|912\s?34\s?567|kari anne", re.IGNORECASE)


@pytest.fixture
def draft(empty_catalogue: None, somebody: Callable[..., Any], now: Any) -> Draft:
    """A draft that names a person."""
    writer = somebody()
    made = Draft.objects.create(organisation="larvik", made=now, made_by=writer, changed=now, languages="nb")
    parts = {Step.NEED: {"title": {"nb": "Varme i grunnen"}}, Step.CONTACTS: {"contacts": [CONTACT]}}
    for step, content in parts.items():
        DraftPart.objects.create(draft=made, step=step, content=content, saved=now, saved_by=writer, version=3)
    return made


@pytest.fixture
def asked(draft: Draft, now: Any) -> tuple[Consent, str]:
    """The question to the person, and the secret in their letter."""
    assert consents.ask_for_consents(draft=draft, person=draft.made_by, at=now) == 1
    return Consent.objects.get(), token_in(Letter.objects.latest("pk"))


def token_in(letter: Letter) -> str:
    found = re.search(r"/(?:samtykke|bekreft)/([\w-]+)/", letter.text)
    assert found
    return found[1]


def published(draft: Draft, document: dict[str, Any], at: Any) -> Case:
    """Publish as the move does, with what it calls."""
    told = consents.only_consented(document, draft)
    publish_case(case_file=queries.read_case(told), origin=Origin.SHARED, at=at)
    case = queries.case_by_id(document["id"])
    assert case
    draft.state, draft.case = DraftState.PUBLISHED, case
    draft.save()
    consents.bind_consents(draft=draft, case=case)
    return case


def test_the_person_is_asked_by_a_letter_only_they_get(asked: tuple[Consent, str], draft: Draft) -> None:
    consent, token = asked
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, consent.state) == (EMAIL, "trust_consent", ConsentState.ASKED)
    assert "Varme i grunnen" in letter.text and "Prosjektleder" in letter.text and "Larvik kommune" in letter.text
    assert consents.consent_by_token(token) == consent
    # The tables do not hold the secret itself.
    assert token not in json.dumps([list(map(str, row)) for row in Consent.objects.values_list()])
    assert consents.consent_by_token(token + "x") is None
    assert consents.consent_by_token("\udcff") is None
    assert consents.standing_of(draft) == [(NAME, "asked")]


def test_nobody_is_asked_twice_for_the_same(asked: tuple[Consent, str], draft: Draft, now: Any) -> None:
    assert consents.ask_for_consents(draft=draft, person=draft.made_by, at=now) == 0
    consents.give_consent(consent=asked[0], at=now)
    assert consents.ask_for_consents(draft=draft, person=draft.made_by, at=now) == 0


def test_another_number_is_another_question_and_the_old_link_dies(
    asked: tuple[Consent, str], draft: Draft, now: Any
) -> None:
    rewrite(draft, {**CONTACT, "phone": "999 88 777"})
    assert consents.ask_for_consents(draft=draft, person=draft.made_by, at=now) == 1
    assert consents.consent_by_token(asked[1]) is None
    assert Consent.objects.get().phone == "999 88 777"


def rewrite(draft: Draft, *contacts: dict[str, Any]) -> None:
    draft.parts.filter(step=Step.CONTACTS).update(content={"contacts": list(contacts)})


@pytest.mark.parametrize("email", ["", "kari", "kari@x\nBcc: alle@eksempel.no", None])
def test_whoever_cannot_be_asked_is_not_published(
    draft: Draft, now: Any, case_data: Callable[..., Any], email: str | None
) -> None:
    rewrite(draft, {**CONTACT, "email": email})
    assert consents.ask_for_consents(draft=draft, person=draft.made_by, at=now) == 0
    assert Letter.objects.count() == 0
    made = consents.only_consented(case_data(contacts=[{**CONTACT, "email": email}]), draft)
    assert made["contacts"] == [{"organisation": CONTACT["organisation"], "role": CONTACT["role"]}]


def test_a_writer_who_names_themself_has_said_yes_and_gets_the_way_back(draft: Draft, now: Any) -> None:
    rewrite(draft, {**CONTACT, "email": draft.made_by.email.upper()})
    consents.ask_for_consents(draft=draft, person=draft.made_by, at=now)
    assert Consent.objects.get().state == ConsentState.GIVEN
    letter = Letter.objects.get()
    assert letter.kind == "trust_consent_given"
    assert consents.consent_by_token(token_in(letter)) is not None


def test_only_those_who_said_yes_are_published(
    asked: tuple[Consent, str], draft: Draft, now: Any, case_data: Callable[..., Any]
) -> None:
    nobody = {"organisation": {"name": "Larvik kommune"}, "role": {"nb": "Innkjøp"}, "email": "innkjop@eksempel.no"}
    document = case_data(contacts=[CONTACT, nobody])
    before = consents.only_consented(document, draft)
    assert before["contacts"] == [{"organisation": CONTACT["organisation"], "role": CONTACT["role"]}, nobody]
    queries.read_case(before)
    consents.give_consent(consent=asked[0], at=now)
    after = consents.only_consented(document, draft)
    assert after["contacts"][0]["person"] == {"name": NAME, "consented": "2026-11-23"}
    assert after["contacts"][0]["email"] == EMAIL
    queries.read_case(after)
    assert document["contacts"][0] == CONTACT, "what was handed in is not changed"


def test_a_number_they_have_not_seen_is_left_out(
    asked: tuple[Consent, str], draft: Draft, now: Any, case_data: Callable[..., Any]
) -> None:
    consents.give_consent(consent=asked[0], at=now)
    made = consents.only_consented(case_data(contacts=[{**CONTACT, "phone": "111 22 333"}]), draft)
    assert "phone" not in made["contacts"][0] and made["contacts"][0]["person"]["name"] == NAME


def test_a_yes_after_publishing_makes_a_version_with_the_person(
    asked: tuple[Consent, str], draft: Draft, now: Any, case_data: Callable[..., Any]
) -> None:
    case = published(draft, case_data(contacts=[CONTACT]), now)
    assert not TRACES.search(json.dumps(case.revision.document, ensure_ascii=False))
    consents.give_consent(consent=Consent.objects.get(), at=now + timedelta(days=1))
    case.refresh_from_db()
    assert case.revision.number == 2
    contact = queries.case_file_of(case).contacts[0]
    assert (contact.person.name, contact.email, contact.phone) == (NAME, EMAIL, PHONE)
    consents.give_consent(consent=Consent.objects.get(), at=now + timedelta(days=2))
    case.refresh_from_db()
    assert case.revision.number == 2, "a second press changes nothing"


def every_row() -> str:
    """Everything in every table, as text."""
    told = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values_list():
            told.append(f"{model._meta.label}: " + json.dumps([*row], ensure_ascii=False, default=str))
    return "\n".join(told)


def traces(text: str) -> list[str]:
    return [line[:200] for line in text.split("\n") if TRACES.search(line)]


def test_after_a_change_of_mind_the_person_is_nowhere(
    asked: tuple[Consent, str],
    draft: Draft,
    now: Any,
    case_data: Callable[..., Any],
    somebody: Callable[..., Any],
    own_index_folder: Path,
) -> None:
    consent, token = asked
    consents.give_consent(consent=consent, at=now)
    address = "https://larvik.eksempel.no/ansatte/kari-lovlund"
    document = case_data(
        contacts=[CONTACT],
        lessons=[{"kind": "advice", "text": {"nb": MENTION}, "sources": ["s1"]}],
        solutions=[{"text": {"nb": f"Laget av {NAME.upper()}."}, "link": address, "sources": ["s1"]}],
        documents=[
            {
                "title": f"Notat, {NAME}",
                "kind": "report",
                "language": "nb",
                "file": {"sha256": "a" * 64, "name": f"{NAME}.pdf", "media_type": "application/pdf", "size": 5},
            }
        ],
    )
    case = published(draft, document, now)
    later = {**document, "title": {"nb": "Varme i grunnen, fortsatt"}, "revised": "2026-12-24"}
    published(draft, later, now + timedelta(days=31))
    editor = somebody()
    Comment.objects.create(draft=draft, step=Step.NEED, text=MENTION, author=editor, at=now)
    SetAside.objects.create(
        draft=draft, step=Step.CONTACTS, content={"contacts": [CONTACT]}, base_version=1, person=editor, at=now
    )
    Draft.objects.filter(pk=draft.pk).update(sent_back_because=MENTION)
    Confirmation.objects.create(case=case, digest="d", email=EMAIL, asked=now, note=MENTION)
    Letter.objects.create(to=EMAIL, kind="trust_confirm", subject="Stemmer saken?", text="…", made=now, sent=now)
    LinkVisit.objects.create(url=address, due=now)
    StoredFile.objects.create(
        sha256="a" * 64, media_type="application/pdf", size=5, text=f"Side 1\n{MENTION}\nx", made=now
    )
    ensure()
    assert held_by_index() > 0
    assert len(traces(every_row())) >= 9

    consents.forget_person(consent=consents.consent_by_token(token), at=now + timedelta(days=40))

    assert traces(every_row()) == []
    case.refresh_from_db()
    assert case.revision.number == 3, "a version without the person is the newest"
    assert [revision.redacted is not None for revision in case.revisions.order_by("number")] == [True, True, False]
    for revision in CaseRevision.objects.all():
        queries.read_case(revision.document)
        assert revision.digest == digest_of(revision.document)
    told = queries.case_file_of(case)
    assert told.lessons[0].text["nb"] == (
        "Spør [navn fjernet] ([e-post fjernet], [telefon fjernet]). [navn fjernet]s råd: begynn i det små."
    )
    assert told.contacts[0].role == {"nb": "Prosjektleder"} and told.contacts[0].email is None
    # The link still leads somewhere: to what we have, which is nothing.
    left = consents.consent_by_token(token)
    assert (left.state, left.name, left.email, left.phone) == (ConsentState.WITHDRAWN, "", "", "")
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.subject, entry.detail) == ("was_forgotten", case.case_id, {})
    # A page opened before cannot write the person back unnoticed.
    assert draft.parts.get(step=Step.CONTACTS).version == 4
    assert draft.parts.get(step=Step.NEED).version == 3
    assert_not_in_index(own_index_folder)


def held_by_index() -> float:
    """Return how large a share of the index holds the person's last name."""
    from ringvirkning.search.text.analyser import analyser

    engine = index.engine()
    assert engine
    return max(engine.shares({term for term in analyser().terms("Løvlund") if not term.startswith("c:")}).values())


def assert_not_in_index(folder: Path) -> None:
    """Build anew as the worker does: an index only marks what is replaced as gone."""
    build = (folder / "current").read_text()
    os.utime(folder / "current", (0, 0))  # built long before, as an index in use would be
    assert jobs.clean_index(jobs.datetime.now()) is True
    assert (folder / "current").read_text() != build
    assert [path.name for path in folder.iterdir() if path.is_dir()] == [(folder / "current").read_text()]
    assert held_by_index() == 0


def test_a_no_before_publishing_empties_the_draft(asked: tuple[Consent, str], draft: Draft, now: Any) -> None:
    consents.forget_person(consent=asked[0], at=now)
    assert traces(every_row()) == []
    assert Consent.objects.get().state == ConsentState.REFUSED
    contact = draft.parts.get(step=Step.CONTACTS).content["contacts"][0]
    assert contact == {"organisation": CONTACT["organisation"], "role": CONTACT["role"]}
    before = every_row()
    consents.forget_person(consent=asked[0], at=now)
    assert every_row() == before, "a second press changes nothing"


def test_whoever_never_answers_is_forgotten_after_a_while(asked: tuple[Consent, str], now: Any) -> None:
    assert consents.forget_unanswered(at=now + timedelta(days=89)) == 0
    assert consents.forget_unanswered(at=now + timedelta(days=91)) == 1
    assert traces(every_row()) == []
    assert consents.forget_unanswered(at=now + timedelta(days=91)) == 0


def test_forgetting_is_all_or_nothing(asked: tuple[Consent, str], now: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = every_row()

    def fail(*given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(consents, "_forget_letters", fail)
    with pytest.raises(RuntimeError):
        consents.forget_person(consent=asked[0], at=now)
    assert not connection.needs_rollback
    assert every_row() == before


def test_others_of_nearly_the_same_name_stay(asked: tuple[Consent, str], draft: Draft, now: Any) -> None:
    other = {**CONTACT, "email": "kari.lovlunden@eksempel.no", "person": {"name": "Kari Løvlundsen"}, "phone": "55555"}
    rewrite(draft, CONTACT, other)
    consents.forget_person(consent=asked[0], at=now)
    assert draft.parts.get(step=Step.CONTACTS).content["contacts"][1] == other


def test_a_letter_about_another_case_is_still_sent(asked: tuple[Consent, str], draft: Draft, now: Any) -> None:
    second = Draft.objects.create(organisation="larvik", made=now, made_by=draft.made_by, changed=now)
    DraftPart.objects.create(
        draft=second, step=Step.CONTACTS, content={"contacts": [CONTACT]}, saved=now, saved_by=draft.made_by
    )
    consents.ask_for_consents(draft=second, person=draft.made_by, at=now)
    consents.forget_person(consent=asked[0], at=now)
    assert Letter.objects.filter(to=EMAIL, sent=None).exists()
    assert Consent.objects.get(draft=second).name == NAME


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kari  Anne\nLøvlund sa", "[navn fjernet] sa"),
        ("Løvlund, Kari", "[navn fjernet]"),
        ("ring 912.34.567 nå", "ring [telefon fjernet] nå"),
        ("ring 0047 91234567", "ring [telefon fjernet]"),
        ("991234567 er et annet tall", "991234567 er et annet tall"),
        ("Skriv til KARI.LOVLUND@larvik.eksempel.no.", "Skriv til [e-post fjernet]."),
        ("Løvlund kommune", "Løvlund kommune"),
        ("https://eksempel.no/Kari%20Anne%20Løvlund?x=1", "https://eksempel.no/fjernet?x=1"),
    ],
)
def test_how_a_text_is_left(text: str, left: str) -> None:
    assert Redactor((NAME,), (EMAIL,), (PHONE,)).text(text) == left


def test_a_text_never_grows_past_its_room() -> None:
    assert len(Redactor(("Bo Li",)).text("Bo Li " * 50)) <= 300


def test_strange_contents_are_left_in_peace(draft: Draft, now: Any) -> None:
    """A draft holds whatever was sent; nothing there may stop the others from being asked."""
    rewrite(draft, None, "x", [], {"person": "x"}, {"person": {"name": ["a"]}, "email": {}}, {**CONTACT, "role": "x"})  # type: ignore[arg-type]
    assert consents.ask_for_consents(draft=draft, person=draft.made_by, at=now) == 1
    consents.forget_person(consent=Consent.objects.get(), at=now)
    assert traces(every_row()) == []


def test_the_person_may_have_an_account_of_their_own(
    asked: tuple[Consent, str], somebody: Callable[..., Any], now: Any
) -> None:
    somebody(email=EMAIL, name=NAME)
    consents.forget_person(consent=asked[0], at=now)
    assert Person.objects.filter(email=EMAIL).exists(), "an account is closed by its owner, elsewhere"


def test_from_submitting_to_publishing_to_a_change_of_mind(
    empty_catalogue: None, somebody: Callable[..., Any], case_data: Callable[..., Any], now: Any
) -> None:
    """The whole way, by the moves people make."""
    writer, editor = somebody(), somebody(Role.EDITOR)
    document = case_data(contacts=[CONTACT])
    draft = drafts.start_draft(organisation="larvik", person=writer, at=now, document=document)
    moves.submit(draft=draft, person=writer, at=now)
    letter = Letter.objects.get(kind="trust_consent")
    first = moves.publish(draft=draft, person=editor, at=now)
    assert not TRACES.search(json.dumps(first.revision.document, ensure_ascii=False))
    consents.give_consent(consent=consents.consent_by_token(token_in(letter)), at=now + timedelta(hours=1))
    first.refresh_from_db()
    assert queries.case_file_of(first).contacts[0].person.name == NAME

    revision = drafts.start_revision(case=first, person=writer, organisation="larvik", at=now + timedelta(days=1))
    moves.submit(draft=revision, person=writer, at=now + timedelta(days=1))
    assert Letter.objects.filter(kind="trust_consent").count() == 1, "who has said yes is not asked again"
    consents.forget_person(consent=consents.consent_by_token(token_in(letter)), at=now + timedelta(days=2))
    assert traces(every_row()) == []
    # What was begun is not outdated by that; it only needs somebody else to ask.
    assert not moves.is_outdated(Draft.objects.get(pk=revision.pk))
    with pytest.raises(moves.NotReady) as refused:
        moves.publish(draft=revision, person=editor, at=now + timedelta(days=3))
    assert [fault.code for fault in refused.value.faults] == ["contact_out_of_reach"]
