"""The editor's desk: who gets in, what each page shows, and that what is pressed is done and told in the ledger."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now as present
from django.utils.translation import override
from reading_pages import Page, text_of

from ringvirkning.catalogue.models import FileUpload, StoredFile
from ringvirkning.ledger.models import Entry
from ringvirkning.needs import leaving
from ringvirkning.people.models import Letter, Membership, Person
from ringvirkning.people.terms import MembershipState, Role
from ringvirkning.publishing.drafts import start_draft
from ringvirkning.publishing.models import Comment, Consent, Draft, DraftPart, LinkVisit
from ringvirkning.publishing.upkeep.links import cases_by_address
from ringvirkning.search.models import AddedWord, MissedMark, MissedWord
from ringvirkning.web.desk.addresses import FOR_ADMINISTRATORS, WHO_MAY

PAGES = sorted(name for name in WHO_MAY if name != "web:desk-close-account")
DESK = "/redaksjon/"
pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def at_desk(coming_as: Any) -> Callable[[str], Page]:
    """Return a function that opens a page as an administrator, who may open them all."""
    browser = coming_as(Role.ADMINISTRATOR)
    return lambda address, **data: Page(address, browser.get(address, data))


@pytest.fixture
def draft(somebody: Any, now: datetime) -> Callable[..., Draft]:
    """Return a maker of drafts from Larvik with a title."""

    def make(title: str, days: int = 3, state: str = "submitted", because: str = "") -> Draft:
        person, at = somebody(), present() - timedelta(days=days)
        made = start_draft(organisation="larvik", person=person, at=at)
        content = {"title": {"nb": title}} if title else {}
        told = {"content": content, "saved": at, "saved_by": person}
        DraftPart.objects.update_or_create(draft=made, step="need", defaults=told)
        submitted = at if state == "submitted" else None
        Draft.objects.filter(pk=made.pk).update(state=state, submitted=submitted, changed=at, sent_back_because=because)
        return Draft.objects.get(pk=made.pk)

    return make


def rows(page: Page) -> list[str]:
    """Every row of the page's tables, in words."""
    return [text_of(one) for body in page.all("tbody") for one in body.children if not isinstance(one, str)]


# The door.


@pytest.mark.parametrize("role", [Role.VISITOR, Role.SIGNED_IN, Role.CONTRIBUTOR, Role.ORGANISATION_ADMINISTRATOR])
@pytest.mark.parametrize("name", PAGES)
def test_nobody_but_editors_gets_in(name: str, role: Role, coming_as: Any) -> None:
    browser = coming_as(role)
    for answer in (browser.get(reverse(name)), browser.post(reverse(name))):
        assert answer.status_code == (302 if role is Role.VISITOR else 403)


@pytest.mark.parametrize("name", PAGES)
def test_editors_get_in_and_only_administrators_see_accounts(name: str, coming_as: Any) -> None:
    wanted = 403 if name.removeprefix("web:") in FOR_ADMINISTRATORS else 200
    assert coming_as(Role.EDITOR).get(reverse(name)).status_code == wanted
    assert coming_as(Role.ADMINISTRATOR).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith("file")])
def test_every_page_is_whole_private_and_in_all_languages(name: str, at_desk: Any) -> None:
    with override("nb"):
        address = reverse(name)
    for prefix in ("", "/nn", "/en"):
        page = at_desk(prefix + address)
        assert page.status == 200
        assert len(page.all("h1")) == 1
        assert "no-store" in page.response["Cache-Control"]
        assert page.all("meta", name="robots", content="noindex")
        assert page.all("a", aria_current="page")


@pytest.mark.parametrize("asked", ["?sorter=finnes-ikke", "?sorter=-", "?side=999", "?side=-1", "?sorter=sak&side=x"])
@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith("file")])
def test_odd_orders_and_pages_give_the_page(name: str, asked: str, at_desk: Any) -> None:
    assert at_desk(reverse(name) + asked).status == 200


# The overview and the queue.


def test_an_empty_desk_says_so(at_desk: Any) -> None:
    assert "Køen er tom" in at_desk(DESK + "ko/").words
    assert "Ingenting har stoppet" in at_desk(DESK + "stoppet/").words


def test_the_oldest_submitted_draft_is_the_first_thing_to_do(draft: Any, at_desk: Any) -> None:
    draft("Nyere sak", days=1)
    oldest = draft("Eldste sak", days=9)
    page = at_desk(DESK)
    first = page.one("ol", class_="rv-desk-next").children[0]
    assert "Vurder «Eldste sak»" in text_of(first)
    assert "Larvik kommune" in text_of(first)
    assert "9 dager" in text_of(first)
    assert page.all("a", href=reverse("web:review", args=[oldest.key]))


def test_the_queue_shows_who_how_long_and_open_comments(draft: Any, somebody: Any, at_desk: Any, now: datetime) -> None:
    waiting = draft("Varme i grunnen", days=4)
    for done in (None, now):
        Comment.objects.create(draft=waiting, step="need", text="Hvem?", author=somebody(), at=now, done=done)
    draft("", days=2)
    draft("Sendt tilbake", days=1, state="draft", because="Tallene mangler grunnlag.")
    draft("Et utkast ingen har sendt", state="draft")
    page = at_desk(DESK + "ko/")
    shown = rows(page)
    assert len(shown) == 3
    assert "Varme i grunnen" in shown[0]
    assert "4 dager" in shown[0]
    assert shown[0].endswith("Åpne kommentarer 1")
    assert "Uten tittel" in shown[1]
    assert "Sendt tilbake" in shown[2]


def test_a_column_sorts_both_ways(draft: Any, at_desk: Any) -> None:
    draft("Åre", days=1)
    draft("Bok", days=2)
    for asked, first in (("sak", "Bok"), ("-sak", "Åre")):
        page = at_desk(f"{DESK}ko/?sorter={asked}")
        assert first in rows(page)[0]
        wanted = "descending" if asked.startswith("-") else "ascending"
        assert text_of(page.one("th", aria_sort=wanted)).startswith("Sak")


def test_markup_in_a_title_is_only_text(draft: Any, at_desk: Any) -> None:
    draft("<script>alert(1)</script>")
    assert "<script>alert" not in at_desk(DESK).html
    assert "&lt;script&gt;alert" in at_desk(DESK + "ko/").html


def test_people_who_ask_to_join_are_shown_with_the_way_to_answer(somebody: Any, at_desk: Any, now: datetime) -> None:
    asker = somebody(Role.SIGNED_IN)
    Membership.objects.create(person=asker, organisation="larvik", state=MembershipState.ASKED, since=now)
    page = at_desk(DESK)
    assert "Svar en som vil bli med" in page.words
    assert page.all("a", href=reverse("web:organisation-people", args=["larvik"]))
    larvik = next(row for row in rows(at_desk(DESK + "virksomheter/")) if row.startswith("Larvik"))
    assert "Ber om å bli med 1" in larvik


# Lists.


def test_thin_cases_say_what_is_missing_and_lead_to_a_new_version(at_desk: Any) -> None:
    page = at_desk(DESK + "tynne/")
    assert len(rows(page)) == 50
    assert any(href.endswith("/rediger/") for one in page.all("a") for key, href in one.attributes if key == "href")
    assert "hva det ga målt etterpå" in page.words.lower()
    assert len(rows(at_desk(DESK + "tynne/?side=2"))) == 21


def test_a_broken_link_is_shown_with_its_cases_and_tried_again(coming_as: Any, now: datetime) -> None:
    url, cases = next(iter(cases_by_address().items()))
    later = present() + timedelta(days=5)
    LinkVisit.objects.create(url=url, state="fails", status=404, visited=now, failures=3, due=later)
    browser = coming_as(Role.EDITOR)
    page = Page(DESK, browser.get(DESK + "lenker/"))
    assert url in page.words
    assert page.all("a", href=reverse("web:case", args=[cases[0]]))
    assert browser.post(DESK + "lenker/", {"lenke": url}).status_code == 302
    assert LinkVisit.objects.get().due <= present()
    assert Entry.objects.filter(verb="link_again").count() == 1
    assert browser.post(DESK + "lenker/", {"lenke": "https://eksempel.no/ukjent"}).status_code == 302
    assert Entry.objects.filter(verb="link_again").count() == 1


def test_a_theme_shows_its_cases_with_the_fewest_themes_first(at_desk: Any) -> None:
    assert len(rows(at_desk(DESK + "tema/"))) == 15
    shown = rows(at_desk(DESK + "tema/?tema=helse"))
    assert shown
    assert all("Helse" in row for row in shown)
    assert at_desk(DESK + "tema/?tema=finnes-ikke").status == 200


def test_what_has_stopped_shows_no_whole_address(draft: Any, at_desk: Any, now: datetime) -> None:
    waiting = draft("Med kontaktperson")
    Letter.objects.create(
        to="kari.nordmann@eksempel.no",
        kind="life_submitted",
        subject="x",
        text="x",
        made=now,
        tries=8,
        given_up=now,
        problem="ConnectionRefusedError",
    )
    file = StoredFile.objects.create(
        sha256="a" * 64, media_type="application/pdf", size=1, state="unreadable", problem="locked", made=now
    )
    FileUpload.objects.create(file=file, draft_key=waiting.key, name="krav.pdf", at=now)
    Consent.objects.create(digest="d", draft=waiting, name="Kari Nordmann", email="kari@eksempel.no", asked=now)
    page = at_desk(DESK + "stoppet/")
    assert "kari" not in page.html.lower()
    assert "k…@eksempel.no" in page.words
    assert "E-posttjeneren svarte ikke" in page.words
    assert "krav.pdf" in page.words
    assert "passord" in page.words
    assert "Med kontaktperson" in page.words


# What was searched for in vain.


def have(word: str, searches: int = 6) -> None:
    MissedWord.objects.create(
        word=word, month=date(2026, 11, 1), searches=searches, days=2, last_day=date(2026, 11, 20)
    )


def test_a_missed_word_is_shown_marked_and_hidden(coming_as: Any) -> None:
    have("romskip")
    have("sjelden", searches=1)
    browser = coming_as(Role.EDITOR)
    page = Page(DESK, browser.get(DESK + "savnet/"))
    assert len(rows(page)) == 1
    assert rows(page)[0].startswith("romskip")
    assert browser.post(DESK + "savnet/", {"ord": "romskip", "merke": "not_relevant"}).status_code == 302
    assert MissedMark.objects.get().mark == "not_relevant"
    assert rows(Page(DESK, browser.get(DESK + "savnet/"))) == []
    assert "romskip" in Page(DESK, browser.get(DESK + "savnet/?vis=alle")).words


@pytest.mark.parametrize("sent", [{"ord": "romskip", "merke": "noe"}, {"ord": "ukjent", "merke": "working"}, {}])
def test_a_mark_that_makes_no_sense_is_not_found(sent: dict[str, str], coming_as: Any) -> None:
    have("romskip")
    assert coming_as(Role.EDITOR).post(DESK + "savnet/", sent).status_code == 404
    assert not MissedMark.objects.exists()


def test_a_search_in_vain_is_noted_and_its_page_not_kept(client: Client) -> None:
    person = {"headers": {"user-agent": "Mozilla/5.0"}}
    for last in range(4):
        answer = client.get("/biblioteket/?q=zlokkskip", REMOTE_ADDR=f"192.0.2.{last}", **person)
        assert "no-store" in answer["Cache-Control"]
    assert not MissedWord.objects.exists()
    client.get("/biblioteket/?q=zlokkskip", REMOTE_ADDR="192.0.2.9", **person)
    assert MissedWord.objects.get().word == "zlokkskip"
    assert "no-store" not in client.get("/biblioteket/?q=fallalarm", **person).get("Cache-Control", "")
    assert MissedWord.objects.count() == 1


@pytest.mark.parametrize(
    ("method", "address", "headers"),
    [
        ("get", "/biblioteket/?q=zlokkbat", {"user-agent": "Examplebot/1.0"}),
        ("get", "/biblioteket/?q=zlokkbat", {"user-agent": "curl/8"}),
        ("get", "/biblioteket/?q=zlokkbat", {}),
        ("get", "/biblioteket/?q=zlokkbat", {"user-agent": "Mozilla/5.0", "sec-purpose": "prefetch"}),
        ("head", "/biblioteket/?q=zlokkbat", {"user-agent": "Mozilla/5.0"}),
        ("get", "/biblioteket/?q=zlokkbat&theme=helse", {"user-agent": "Mozilla/5.0"}),
    ],
)
def test_machines_and_narrowed_lists_are_not_counted(
    method: str, address: str, headers: dict[str, str], client: Client
) -> None:
    for last in range(6):
        answer = getattr(client, method)(address, headers=headers, REMOTE_ADDR=f"192.0.2.{last}")
        assert answer.status_code == 200
    assert not MissedWord.objects.exists()


# The vocabulary.


def test_a_word_is_looked_up(at_desk: Any) -> None:
    page = at_desk(DESK + "ord/?ord=fallalarm")
    assert "fall og falldeteksjon" in page.words
    assert at_desk(DESK + "ord/?ord=%00%3Cb%3E").status == 200
    assert at_desk(DESK + "ord/?begrep=finnes-ikke").status == 200


def test_a_word_is_tried_before_it_is_added_and_nothing_is_written(at_desk: Any) -> None:
    page = at_desk(DESK + "ord/?nytt-ord=zlokkfall&begrep=fall&slag=ord&prov=1")
    assert "Med ordet" in page.words
    assert "Legg til «zlokkfall»" in page.words
    assert not AddedWord.objects.exists()


def test_a_word_is_added_downloaded_and_taken_away(coming_as: Any) -> None:
    browser = coming_as(Role.EDITOR)
    sent = {"nytt-ord": "zlokkfall", "begrep": "fall", "slag": "hint"}
    assert browser.post(DESK + "ord/", sent).status_code == 302
    assert list(AddedWord.objects.values_list("concept", "word", "hint")) == [("fall", "zlokkfall", True)]
    assert "zlokkfall" in browser.get(DESK + "ord/egne-ord.yaml").content.decode()
    away = {"gjor": "fjern", "ord": "zlokkfall", "begrep": "fall"}
    assert browser.post(DESK + "ord/", away).status_code == 302
    assert browser.post(DESK + "ord/", away).status_code == 302
    assert not AddedWord.objects.exists()
    assert list(Entry.objects.values_list("verb", flat=True)) == ["add_own_word", "remove_own_word"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"nytt-ord": "", "begrep": "fall"}, "nytt-ord"),
        ({"nytt-ord": "<b>x</b>", "begrep": "fall"}, "nytt-ord"),
        ({"nytt-ord": "zlokkfall", "begrep": "ukjent"}, "begrep"),
        ({}, "begrep"),
    ],
)
def test_a_word_that_cannot_be_added_is_answered_at_the_field(sent: dict[str, str], field: str, coming_as: Any) -> None:
    answer = coming_as(Role.EDITOR).post(DESK + "ord/", sent)
    page = Page(DESK, answer)
    assert page.status == 422
    marked = [one for one in page.all(aria_invalid="true") if dict(one.attributes)["id"] == field]
    assert len(marked) == 1
    assert f"{field}-feil" in dict(marked[0].attributes)["aria-describedby"]
    assert page.all("a", href=f"#{field}")
    assert not AddedWord.objects.exists()


# People and the ledger.


def test_a_role_is_given_and_taken(coming_as: Any, somebody: Any) -> None:
    browser, person = coming_as(Role.ADMINISTRATOR), somebody()
    for role in ("editor", ""):
        assert browser.post(DESK + "brukere/", {"bruker": str(person.pk), "rolle": role}).status_code == 302
        person.refresh_from_db()
        assert person.programme_role == role
    assert Entry.objects.filter(verb="gave_role").count() == 2


@pytest.mark.parametrize("sent", [{"rolle": "god"}, {"bruker": "x", "rolle": ""}, {"bruker": "99999", "rolle": ""}, {}])
def test_a_role_or_person_that_is_not_there_is_not_found(sent: dict[str, str], coming_as: Any, somebody: Any) -> None:
    person = somebody()
    given = {"bruker": str(person.pk), **sent}
    answer = coming_as(Role.ADMINISTRATOR).post(DESK + "brukere/", sent if "bruker" in sent or not sent else given)
    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.programme_role == ""


def test_the_last_administrator_keeps_the_role(coming_as: Any, somebody: Any) -> None:
    alone = somebody(Role.ADMINISTRATOR)
    answer = coming_as(alone).post(DESK + "brukere/", {"bruker": str(alone.pk), "rolle": ""}, follow=True)
    assert "Noen må være administrator" in answer.content.decode()
    alone.refresh_from_db()
    assert alone.programme_role == "administrator"


def test_an_account_is_closed_only_after_a_question(coming_as: Any, somebody: Any) -> None:
    boss, person = somebody(Role.ADMINISTRATOR), somebody(name="Bodil Bidragsyter")
    browser, address = coming_as(boss), reverse("web:desk-close-account", args=[person.pk])
    assert "Bodil Bidragsyter" in Page(address, browser.get(address)).words
    assert Person.objects.get(pk=person.pk).is_active
    assert browser.post(address).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert "Bodil" not in person.name
    assert Entry.objects.get(verb="deleted_account").person == boss
    assert browser.get(address).status_code == 404


def test_private_needs_go_with_a_closed_account_at_once(coming_as: Any, somebody: Any, now: datetime) -> None:
    from ringvirkning.needs.models import AssessmentRow
    from ringvirkning.needs.operations import begin

    boss, person = somebody(Role.ADMINISTRATOR), somebody()
    told = {"title": "Mitt behov", "need": "Beboere faller om natten, og ingen ser det."}
    begin(content=told, organisation="", person=person, at=now)
    coming_as(boss).post(reverse("web:desk-close-account", args=[person.pk]))
    assert not AssessmentRow.objects.exists()


def verbs_of_needs() -> set[str]:
    """Every verb that the code of needs writes in the ledger about an assessment."""
    code = "".join(one.read_text("utf-8") for one in Path(leaving.__file__).parent.glob("*.py"))
    return set(re.findall(r'(?:\bAct\(\w+, \w+, |\bnote\(row, )"([a-z_]+)"', code))


def test_what_happens_to_needs_and_logos_is_told_in_words(coming_as: Any, somebody: Any, now: datetime) -> None:
    from ringvirkning.ledger.operations import record

    person = somebody()
    assert {"began", "kept_solution", "opened", "deleted"} <= verbs_of_needs()
    for verb in verbs_of_needs():
        record(verb=verb, subject_kind="assessment", subject="nøkkel", person=person, at=now)
    for verb in ("kept_logo", "described_logo", "took_away_logo"):
        record(verb=verb, subject_kind="organisation", subject="larvik", person=person, at=now)
    told = [text_of(row) for row in Page(DESK, coming_as(Role.EDITOR).get(DESK + "hendelser/")).all("tr")]
    words = {word for row in told for word in row.split()}
    assert not words & {*verbs_of_needs(), "assessment"}
    assert not [word for word in words if "_logo" in word]
    assert any("slettet behovsutredningen" in row for row in told)


def test_nobody_closes_their_own_account_here(coming_as: Any, somebody: Any) -> None:
    boss = somebody(Role.ADMINISTRATOR)
    answer = coming_as(boss).post(reverse("web:desk-close-account", args=[boss.pk]))
    assert answer.status_code == 302
    assert Person.objects.get(pk=boss.pk).is_active


def test_the_ledger_is_told_in_words_and_narrowed(coming_as: Any, somebody: Any, draft: Any, now: datetime) -> None:
    from ringvirkning.ledger.operations import record

    first, second = somebody(name="Reidun Redaktør"), somebody(name="Ole Olsen")
    record(verb="published", subject_kind="case", subject="smart-vinterveg", person=first, at=now)
    record(verb="invited", subject_kind="organisation", subject="larvik", person=second, at=now)
    record(verb="ukjent_verb", subject_kind="ukjent", subject="x", person=None, at=now)
    browser = coming_as(Role.EDITOR)

    def shown(**asked: str) -> list[str]:
        return rows(Page(DESK, browser.get(DESK + "hendelser/", asked)))

    assert len(shown()) == 3
    assert "ukjent_verb" in shown()[0]
    assert "publiserte saken" in shown(hvem="reidun")[0]
    assert len(shown(hvem="reidun")) == len(shown(hva="invited")) == len(shown(slag="case")) == 1
    assert len(shown(slag="organisation", om="larvik")) == 1
    assert shown(hva="invited", hvem="reidun") == []
