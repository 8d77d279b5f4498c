"""The pages of a case's life: reading a draft through, comments, sending in and back, publishing, taking away."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ringvirkning.catalogue.models import Case, CaseRevision, Organisation
from ringvirkning.catalogue.operations import add_name
from ringvirkning.catalogue.terms import OrganisationKind
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role
from ringvirkning.publishing import drafts, moves
from ringvirkning.publishing.comments import add_comment
from ringvirkning.publishing.models import Comment, Draft
from ringvirkning.publishing.terms import DraftState, Step
from ringvirkning.search.index import rebuild

pytestmark = pytest.mark.usefixtures("empty_catalogue", "ready_index")
HOME = "lillestrom"


@pytest.fixture
def ready_index(empty_catalogue: None) -> None:
    """An index that is there, so that no page sets one being built in the background."""
    rebuild()


@pytest.fixture
def writer(empty_catalogue: None, somebody: Any) -> Person:
    home = Organisation.objects.create(slug=HOME, name="Lillestrøm kommune", kind=OrganisationKind.MUNICIPALITY)
    add_name(home, home.name)
    person: Person = somebody(Role.CONTRIBUTOR, organisation=HOME, name="Skriver")
    return person


@pytest.fixture
def keeper(empty_catalogue: None, somebody: Any) -> Person:
    person: Person = somebody(Role.ORGANISATION_ADMINISTRATOR, organisation=HOME)
    return person


@pytest.fixture
def editor(empty_catalogue: None, somebody: Any) -> Person:
    person: Person = somebody(Role.EDITOR, name="Redaktør")
    return person


@pytest.fixture
def stranger(empty_catalogue: None, somebody: Any) -> Person:
    person: Person = somebody(Role.CONTRIBUTOR, organisation="oslo")
    return person


@pytest.fixture
def begin(writer: Person, case_data: Any, now: Any) -> Callable[..., Draft]:
    def call(**fields: Any) -> Draft:
        document = case_data(**{"figures": [], **fields})
        document["contacts"][0]["email"] = "post@eksempel.no"
        return drafts.start_draft(organisation=HOME, person=writer, at=now, document=document)

    return call


@pytest.fixture
def published(begin: Any, editor: Person, now: Any) -> Case:
    return moves.publish(draft=begin(), person=editor, at=now)


def review(draft: Draft) -> str:
    return f"/del/{draft.key}/vurder/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


# Reading it through.


def test_an_editor_reads_every_part_and_the_writer_the_same_without_the_buttons(
    begin: Any, editor: Person, writer: Person, coming_as: Any, now: Any
) -> None:
    draft = begin()
    moves.submit(draft=draft, person=writer, at=now)
    for person, decides in ((editor, True), (writer, False)):
        page = coming_as(person).get(review(draft))
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        told = text(page)
        assert "Skolen bruker for mye strøm." in told
        assert 'name="robots" content="noindex"' in told
        assert all(f'id="{step}"' in told for step in Step)
        assert ("/publiser/" in told, "/send-tilbake/" in told) == (decides, decides)
        assert "Skriver sendte saken inn" in told


@pytest.mark.parametrize(
    "broken",
    [
        {"figures": [{"label": {"nb": "Spart"}, "kind": "realised", "value": "ca en del"}]},
        {"parties": "tull", "themes": [], "title": {}},
        {"state": {"status": "<script>alert(1)</script>"}},
        {"sources": [], "contacts": [{}], "lessons": [{"text": {"nb": ""}}]},
    ],
)
def test_a_draft_with_faults_can_be_read_and_says_what_must_be_mended(
    begin: Any, editor: Person, coming_as: Any, broken: Any
) -> None:
    draft = begin(**{name: value for name, value in broken.items() if name != "contacts"})
    page = coming_as(editor).get(review(draft))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert coming_as(editor).get(f"/del/{draft.key}/publiser/").status_code == 200
    assert coming_as(editor).get(f"/del/{draft.key}/send-inn/").status_code == 200


def test_an_empty_draft_can_be_read(writer: Person, coming_as: Any, now: Any) -> None:
    draft = drafts.start_draft(organisation=HOME, person=writer, at=now)
    assert coming_as(writer).get(review(draft)).status_code == 200
    page = coming_as(writer).get(f"/del/{draft.key}/send-inn/")
    assert "må rettes først" in text(page)
    assert 'name="agreed"' not in text(page)


@pytest.mark.parametrize(
    ("prefix", "unwritten"), [("", "Ikke skrevet ennå."), ("/nn", "Ikkje skrive enno."), ("/en", "Not written yet.")]
)
def test_what_is_not_written_is_said_in_the_readers_language_and_has_no_source(
    writer: Person, coming_as: Any, now: Any, prefix: str, unwritten: str
) -> None:
    draft = drafts.start_draft(organisation=HOME, person=writer, at=now)
    for look in ("vurder", "forhandsvis"):
        page = coming_as(writer).get(f"{prefix}/del/{draft.key}/{look}/")
        assert page.status_code == 200
        assert unwritten in text(page)
        assert 'id="kilde-1"' not in text(page) and 'href="#kilde-1"' not in text(page)
        assert "2000" not in text(page)


PAGES = ["vurder", "send-inn", "forkast", "nyere"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_gets_what_is_not_there(begin: Any, stranger: Person, coming_as: Any, page: str) -> None:
    draft = begin()
    browser = coming_as(stranger)
    there, not_there = browser.get(f"/del/{draft.key}/{page}/"), browser.get(f"/del/{uuid4()}/{page}/")
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert "Varme i grunnen" not in text(there)
    assert browser.post(f"/del/{draft.key}/{page}/").status_code in (404, 405)


def test_a_visitor_is_asked_to_sign_in(begin: Any, client: Client) -> None:
    assert client.get(review(begin())).status_code == 302


# Comments.


def test_a_comment_stands_at_its_part_and_can_be_marked_as_done(
    begin: Any, editor: Person, writer: Person, coming_as: Any
) -> None:
    draft = begin()
    told = {"step": "lessons", "place": "", "text": "Hva <lærte> dere?"}
    answer = coming_as(editor).post(f"/del/{draft.key}/kommentar/", told)
    assert (answer.status_code, answer["Location"]) == (302, f"{review(draft)}#lessons")
    browser = coming_as(writer)
    assert "Hva &lt;lærte&gt; dere?" in text(browser.get(review(draft)))
    comment = Comment.objects.get()
    browser.post(f"/del/{draft.key}/kommentar/{comment.pk}/ferdig/")
    comment.refresh_from_db()
    assert comment.done_by == writer
    assert "Ferdig, sier Skriver" in text(browser.get(review(draft)))


def test_a_blank_comment_is_answered_at_the_field_with_what_was_chosen(
    begin: Any, editor: Person, coming_as: Any
) -> None:
    draft = begin()
    answer = coming_as(editor).post(f"/del/{draft.key}/kommentar/", {"step": "who", "place": "parties.0", "text": " "})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text(answer)
    assert '<option value="parties.0" selected>' in text(answer)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "told", [{}, {"step": "tull", "text": "Hei"}, {"step": "need", "place": "figures.0", "text": "Hei"}]
)
def test_a_comment_on_what_is_not_there_is_refused(begin: Any, editor: Person, coming_as: Any, told: Any) -> None:
    assert coming_as(editor).post(f"/del/{begin().key}/kommentar/", told).status_code == 404


def test_a_comment_of_another_draft_cannot_be_reached(begin: Any, editor: Person, coming_as: Any, now: Any) -> None:
    mine, other = begin(), begin()
    comment = add_comment(draft=other, step=Step.NEED, place="", text="Hei", person=editor, at=now)
    for number in (comment.pk, 10**40):
        assert coming_as(editor).post(f"/del/{mine.key}/kommentar/{number}/ferdig/").status_code == 404


@pytest.mark.parametrize("elsewhere", ["https://ond.eksempel.no/", "//ond.eksempel.no", "javascript:alert(1)"])
def test_marking_as_done_never_leads_away_from_us(
    begin: Any, editor: Person, coming_as: Any, now: Any, elsewhere: str
) -> None:
    draft = begin()
    comment = add_comment(draft=draft, step=Step.NEED, place="", text="Hei", person=editor, at=now)
    answer = coming_as(editor).post(f"/del/{draft.key}/kommentar/{comment.pk}/ferdig/", {"next": elsewhere})
    assert answer["Location"] == f"{review(draft)}#need"


# Sending in and back.


def test_sending_in_needs_the_licence_and_then_says_what_happens_next(
    begin: Any, writer: Person, coming_as: Any
) -> None:
    draft, browser = begin(), coming_as(writer)
    address = f"/del/{draft.key}/send-inn/"
    assert "CC BY 4.0" in text(browser.get(address))
    refused = browser.post(address)
    assert refused.status_code == 422
    assert "Kryss av for lisensen" in text(refused)
    answer = browser.post(address, {"agreed": "on"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "Saken er sendt inn" in text(browser.get(address))
    assert Draft.objects.get().state == DraftState.SUBMITTED


def test_what_lacks_something_is_not_sent_in_and_leads_to_the_field(begin: Any, writer: Person, coming_as: Any) -> None:
    draft = begin(themes=[])
    answer = coming_as(writer).post(f"/del/{draft.key}/send-inn/", {"agreed": "on"})
    assert answer.status_code == 422
    assert f'href="/del/{draft.key}/behov/?vis=alt#themes' in text(answer)
    assert Draft.objects.get().state == DraftState.DRAFT


def test_sending_back_needs_a_reason_and_keeps_what_was_typed(
    begin: Any, editor: Person, writer: Person, coming_as: Any, now: Any
) -> None:
    draft = begin()
    moves.submit(draft=draft, person=writer, at=now)
    browser = coming_as(editor)
    long = "Skriv mer. " * 60
    refused = browser.post(f"/del/{draft.key}/send-tilbake/", {"reason": long})
    assert refused.status_code == 422
    assert "for lang" in text(refused)
    assert "Skriv mer. Skriv mer." in text(refused)
    answer = browser.post(f"/del/{draft.key}/send-tilbake/", {"reason": "Skriv mer."})
    assert (answer.status_code, answer["Location"]) == (302, review(draft))
    assert "Skriv mer." in text(coming_as(writer).get(review(draft)))


@pytest.mark.parametrize("page", ["send-tilbake", "publiser"])
def test_a_contributor_neither_sends_back_nor_publishes(begin: Any, writer: Person, coming_as: Any, page: str) -> None:
    draft = begin()
    assert coming_as(writer).post(f"/del/{draft.key}/{page}/", {"reason": "Fordi"}).status_code == 403
    assert Draft.objects.get().state == DraftState.DRAFT


def test_a_form_from_elsewhere_is_refused(begin: Any, editor: Person, coming_as: Any) -> None:
    draft = begin()
    browser = coming_as(editor, enforce_csrf_checks=True)
    for page in ("publiser", "send-inn", "forkast", "send-tilbake", "kommentar"):
        assert browser.post(f"/del/{draft.key}/{page}/", {"agreed": "on"}).status_code == 403
    assert Draft.objects.get().state == DraftState.DRAFT
    assert not Case.objects.exists()


# Publishing.


def test_publishing_shows_what_will_change_first(
    published: Case, writer: Person, editor: Person, coming_as: Any, now: Any
) -> None:
    draft = drafts.start_revision(case=published, person=writer, organisation=HOME, at=now)
    content = {**draft.parts.get(step="need").content, "title": {"nb": "Kulde i grunnen"}}
    drafts.save_step(
        draft=draft, step=Step.NEED, content=content, base_version=1, page="p", page_clock=1, person=writer, at=now
    )
    browser = coming_as(editor)
    told = text(browser.get(f"/del/{draft.key}/publiser/"))
    assert "<del>" in told
    assert "Varme" in told
    assert "Kulde" in told
    answer = browser.post(f"/del/{draft.key}/publiser/")
    here = f"/biblioteket/{published.case_id}/"
    assert (answer.status_code, answer["Location"]) == (302, here), "where the editor sees it as readers do"
    assert "Saken er publisert." in text(browser.get(here))
    assert Case.objects.get().title == "Kulde i grunnen"


def test_the_second_editor_is_told_that_somebody_was_first(
    begin: Any, editor: Person, writer: Person, coming_as: Any, now: Any
) -> None:
    draft = begin()
    moves.submit(draft=draft, person=writer, at=now)
    moves.send_back(draft=draft, person=editor, reason="Mer", at=now)
    browser = coming_as(editor)
    browser.post(f"/del/{draft.key}/send-tilbake/", {"reason": "Også jeg"})
    told = text(browser.get(review(draft)))
    assert "Noen andre rakk det før deg" in told
    assert "Også jeg" not in told


def test_a_newer_version_is_shown_before_the_draft_goes_on(
    published: Case, editor: Person, writer: Person, a_case: Any, coming_as: Any, now: Any
) -> None:
    from ringvirkning.catalogue.operations import publish_case
    from ringvirkning.catalogue.terms import Origin

    draft = drafts.start_revision(case=published, person=writer, organisation=HOME, at=now)
    publish_case(case_file=a_case(title={"nb": "Varme fra fjellet"}), origin=Origin.FILE, at=now)
    browser = coming_as(editor)
    address = f"/del/{draft.key}/nyere/"
    assert browser.post(f"/del/{draft.key}/publiser/")["Location"] == address
    told = text(browser.get(address))
    assert "fra fjellet" in told
    assert browser.post(address)["Location"] == review(draft)
    browser.post(f"/del/{draft.key}/publiser/")
    assert CaseRevision.objects.count() == 3


def test_discarding_asks_first(begin: Any, writer: Person, coming_as: Any) -> None:
    draft, browser = begin(), coming_as(writer)
    assert "Vil du forkaste" in text(browser.get(f"/del/{draft.key}/forkast/"))
    assert Draft.objects.get().state == DraftState.DRAFT
    browser.post(f"/del/{draft.key}/forkast/")
    assert Draft.objects.get().state == DraftState.DISCARDED
    assert browser.get(review(draft)).status_code == 200


# What readers meet.


def test_a_withdrawn_case_answers_410_with_the_reason_and_nothing_else(
    published: Case, keeper: Person, coming_as: Any, client: Client
) -> None:
    case = f"/biblioteket/{published.case_id}/"
    assert client.get(case).status_code == 200
    browser = coming_as(keeper)
    assert browser.post(f"{case}trekk/", {"reason": ""}).status_code == 422
    assert browser.post(f"{case}trekk/", {"reason": "Tallene <var> feil."})["Location"] == case
    for address in (case, f"{case}versjoner/", f"{case}versjoner/1/1/"):
        gone = client.get(address)
        assert gone.status_code == 410
        assert "Tallene &lt;var&gt; feil." in text(gone)
        assert published.title not in text(gone)
    data = client.get(f"/biblioteket/{published.case_id}.json")
    assert data.status_code == 410
    assert data.json() == {"standing": "withdrawn", "reason": "Tallene <var> feil."}
    assert client.get(f"{case}infografikk.svg").status_code == 404
    assert published.case_id not in client.get("/sitemap.xml").content.decode()


def test_an_archived_case_can_be_read_with_a_remark(
    published: Case, keeper: Person, coming_as: Any, client: Client
) -> None:
    case = f"/biblioteket/{published.case_id}/"
    coming_as(keeper).post(f"{case}arkiver/", {"reason": "Erstattet av noe nyere."})
    told = text(client.get(case))
    assert "Saken er arkivert." in told
    assert "Erstattet av noe nyere." in told
    assert published.case_id not in client.get("/sitemap.xml").content.decode()
    assert published.case_id not in client.get("/biblioteket/").content.decode()
    assert client.get(f"/biblioteket/{published.case_id}.json").status_code == 200


def test_an_editor_brings_it_back(
    published: Case, keeper: Person, editor: Person, coming_as: Any, client: Client
) -> None:
    case = f"/biblioteket/{published.case_id}/"
    coming_as(keeper).post(f"{case}trekk/", {"reason": "Feil"})
    assert "gjenopprett/" in text(coming_as(editor).get(case))
    assert "gjenopprett/" not in text(coming_as(keeper).get(case))
    assert coming_as(keeper).post(f"{case}gjenopprett/").status_code == 403
    assert "Feil" in text(coming_as(editor).get(f"{case}gjenopprett/"))
    coming_as(editor).post(f"{case}gjenopprett/")
    assert client.get(case).status_code == 200


def test_the_page_offers_each_what_they_may_do_and_readers_nothing(
    published: Case, writer: Person, keeper: Person, editor: Person, stranger: Person, coming_as: Any, client: Client
) -> None:
    case = f"/biblioteket/{published.case_id}/"
    offers = {
        None: set(),
        stranger: set(),
        writer: {"rediger"},
        keeper: {"rediger", "arkiver", "trekk"},
        editor: {"rediger", "arkiver", "trekk"},
    }
    for person, offered in offers.items():
        page = (coming_as(person) if person else client).get(case)
        told = text(page)
        assert {move for move in ("rediger", "arkiver", "trekk", "gjenopprett") if f"{case}{move}/" in told} == offered
        assert ("no-store" in page.get("Cache-Control", "")) == (person is not None)


@pytest.mark.parametrize("page", ["rediger", "trekk", "arkiver", "gjenopprett"])
def test_a_stranger_cannot_touch_a_case(
    published: Case, stranger: Person, somebody: Any, coming_as: Any, page: str
) -> None:
    strange_keeper = somebody(Role.ORGANISATION_ADMINISTRATOR, organisation="oslo")
    for person in (stranger, strange_keeper):
        answer = coming_as(person).post(f"/biblioteket/{published.case_id}/{page}/", {"reason": "Fordi"})
        assert answer.status_code == 403
    assert Case.objects.get().standing == "published"
    assert Draft.objects.filter(case=published, state=DraftState.DRAFT).count() == 0


def test_editing_begins_once_and_is_joined_after(
    published: Case, writer: Person, editor: Person, coming_as: Any
) -> None:
    edit = f"/biblioteket/{published.case_id}/rediger/"
    first, second = coming_as(writer).post(edit), coming_as(editor).post(edit)
    draft = Draft.objects.get(state=DraftState.DRAFT)
    assert first["Location"] == second["Location"] == f"/del/{draft.key}/behov/"
    assert "En ny versjon er påbegynt" in text(coming_as(writer).get(edit))


def test_nobody_edits_for_an_organisation_they_do_not_speak_for(
    published: Case, writer: Person, coming_as: Any
) -> None:
    edit = f"/biblioteket/{published.case_id}/rediger/"
    for slug in ("oslo", "", "' or 1=1"):
        assert coming_as(writer).post(edit, {"organisation": slug}).status_code == 404


# Versions.


@pytest.fixture
def two_versions(published: Case, writer: Person, editor: Person, now: Any) -> Case:
    draft = drafts.start_revision(case=published, person=writer, organisation=HOME, at=now)
    content = {"lessons": [{"kind": "advice", "text": {"nb": "Mål før & etter."}}]}
    drafts.save_step(
        draft=draft, step=Step.LESSONS, content=content, base_version=0, page="p", page_clock=1, person=writer, at=now
    )
    return moves.publish(draft=draft, person=editor, at=now)


def test_versions_are_told_without_names_of_people(
    two_versions: Case, writer: Person, editor: Person, client: Client
) -> None:
    told = text(client.get(f"/biblioteket/{two_versions.case_id}/versjoner/"))
    assert "Versjon 2" in told
    assert "Versjon 1" in told
    assert writer.name not in told
    assert editor.name not in told


def test_two_versions_side_by_side(two_versions: Case, client: Client) -> None:
    case = f"/biblioteket/{two_versions.case_id}/versjoner/"
    told = text(client.get(f"{case}1/2/"))
    assert "<ins>" in told
    assert "Mål før &amp; etter." in told
    assert "Skolen bruker for mye strøm." not in told
    assert client.get(f"{case}2/1/")["Location"] == f"{case}1/2/"
    assert client.get(case, {"fra": "2", "til": "1"})["Location"] == f"{case}1/2/"
    assert "sier det samme" in text(client.get(f"{case}1/1/"))


@pytest.mark.parametrize("numbers", ["1/9", "0/1", f"1/{10**30}"])
def test_versions_that_are_not_there(two_versions: Case, client: Client, numbers: str) -> None:
    assert client.get(f"/biblioteket/{two_versions.case_id}/versjoner/{numbers}/").status_code == 404


@pytest.mark.parametrize("asked", [{"fra": "x", "til": "²"}, {"fra": "1"}, {"fra": "9" * 40, "til": "1"}])
def test_odd_choices_of_versions_show_the_list(two_versions: Case, client: Client, asked: Any) -> None:
    assert client.get(f"/biblioteket/{two_versions.case_id}/versjoner/", asked).status_code == 200


@pytest.mark.parametrize("page", ["versjoner/", "versjoner/1/2/", "rediger/", "trekk/", "arkiver/", "gjenopprett/"])
def test_a_case_that_never_was(editor: Person, coming_as: Any, page: str) -> None:
    assert coming_as(editor).get(f"/biblioteket/ingen-slik/{page}").status_code == 404


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_page_can_be_made_in_every_language(
    two_versions: Case, begin: Any, editor: Person, coming_as: Any, language: str
) -> None:
    draft, browser = begin(), coming_as(editor)
    pages = [f"del/{draft.key}/{page}" for page in ("vurder", "send-inn", "publiser", "forkast")]
    pages += [
        f"biblioteket/{two_versions.case_id}/{page}" for page in ("versjoner", "versjoner/1/2", "rediger", "trekk")
    ]
    for page in pages:
        assert browser.get(f"/{language}/{page}/").status_code == 200, page
