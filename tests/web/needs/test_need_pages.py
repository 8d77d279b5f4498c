"""A need is asked, understood, mended and answered, as a visitor meets it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from reading_pages import LANGUAGES, Page, attribute, text_of, walk

from ringvirkning.foundation.identity import is_identity_number
from ringvirkning.needs import operations
from ringvirkning.needs.answering import certainty
from ringvirkning.needs.answers import Group
from ringvirkning.people.terms import Role
from ringvirkning.web.needs.answers import Kind
from ringvirkning.web.needs.asked import SHORT
from some_notices import a_notice

pytestmark = [pytest.mark.usefixtures("library", "hard_limit")]
NEED = "/behov/"
FALLS = "eldre faller om natta og ingen oppdager det"
LONG = "Nattevakten går runder for å se om noen eldre har falt. " * 20
OURS = {"HTTP_ORIGIN": "http://testserver"}
# Made for these tests: the right check digits, and a month nobody is born in.
NUMBER = next(number for end in range(100_000) if is_identity_number(number := f"018190{end:05d}"))
Visit = Callable[..., Page]


@pytest.fixture
def send(client: Client) -> Callable[..., Page]:
    """Return a function that sends the form as a browser on our own page does."""

    def call(**fields: Any) -> Page:
        return Page(NEED, client.post(NEED, fields, **OURS))

    return call


def chips(page: Page) -> dict[str, str]:
    """What each button that strikes something is called, by what it sends."""
    return {attribute(one, "value"): text_of(one) for one in page.all("button", name="uten")}


def kinds(page: Page) -> list[str]:
    """The kinds of solutions, as the list of contents names them."""
    return [attribute(one, "href")[1:] for one in page.all("a") if attribute(one, "href").startswith("#losning-")]


def field_values(page: Page, name: str) -> list[str]:
    return [attribute(one, "value") for one in page.all("input", name=name)]


def test_the_page_asks_and_explains(visit: Visit) -> None:
    page = visit(NEED)
    assert page.status == 200
    assert text_of(page.one("h1")) == "Hva er behovet?"
    form = page.one("form", id="behov")
    assert attribute(form, "method") == "post"
    assert {attribute(one, "name") for one in page.all("textarea")} == {
        "q", "today", "whom", "often", "better", "tried",
    }  # fmt: skip
    assert not page.all("section", id="svar")
    assert not page.response.cookies


def test_a_need_is_answered_by_kinds_of_solutions(visit: Visit) -> None:
    page = visit(NEED, {"q": FALLS})
    assert "Noen har løst noe liknende." in text_of(page.one("h2", id="svar-tittel"))
    assert len(kinds(page)) > 2
    for anchor in kinds(page):
        section = page.one("section", id=anchor)
        assert text_of(section)
    assert "tryggere-hverdag" in page.html
    assert page.all("mark"), "it says why each thing is here"
    assert "Sier ikke noe om:" in page.html
    assert "oppdager" in page.html


def test_each_kind_leads_to_its_whole_list(visit: Visit) -> None:
    page = visit(NEED, {"q": FALLS})
    lists = [attribute(one, "href") for one in page.all("a") if "approach=" in attribute(one, "href")]
    assert lists
    for address in lists:
        query = parse_qs(urlsplit(address).query)
        assert query["q"] == [FALLS]
        assert visit(address).status == 200
        assert query["approach"][0] in visit(address).html


def test_notices_stand_beside_cases(visit: Visit, put_in: Any) -> None:
    title = "Satellittbilder finner lekkasjer på vannledninger"
    put_in(a_notice(titles={"nb": title}, descriptions={}))
    page = visit(NEED, {"q": "vannledninger lekker"})
    assert title in page.html
    assert "Kunngjøring" in page.html


def test_how_far_cases_and_notices_have_come_is_never_one_count() -> None:
    counted = {"statuses": {"competition": 1, "in_use": 1}, "phases": {"result": 1, "competition": 2}}
    kind = Kind(Group("", [], cases=2, notices=3, **counted), [], "", alone=False)
    assert kind.how_far == [
        "2 saker: 1 i bruk, 1 ute i konkurranse.",
        "3 kunngjøringer: 1 om en inngått kontrakt, 2 om konkurranser.",
    ]
    only_cases = Kind(Group("", [], cases=1, notices=0, statuses={"piloting": 1}), [], "", alone=False)
    assert only_cases.how_far == ["1 sak: 1 prøves ut."]


def test_how_it_was_understood_can_be_mended(visit: Visit, send: Any) -> None:
    page = visit(NEED, {"q": FALLS})
    struck, label = next((value, told) for value, told in chips(page).items() if value.startswith("="))
    assert "faller" in " ".join(chips(page).values())
    sent = send(q=FALLS, uten=struck)
    assert sent.status == 302
    after = visit(sent.response["Location"])
    assert struck not in chips(after)
    assert field_values(after, "uten") == [struck]
    [back] = [one for one in after.all("button", name="tilbake") if attribute(one, "value") == struck]
    assert label.split(" av ")[0].removeprefix("kanskje ").split(",")[0] in text_of(back)
    undone = send(q=FALLS, uten=struck, tilbake=struck)
    assert "uten" not in undone.response["Location"]


def test_a_word_is_added_and_searched_for(visit: Visit, send: Any) -> None:
    before = visit(NEED, {"q": "eldre hjemme"})
    sent = send(q="eldre hjemme", med="varmepumpe\nog mer")
    after = visit(sent.response["Location"])
    assert field_values(after, "med") == ["varmepumpe og mer", ""]
    assert kinds(after) != kinds(before)


def test_a_short_need_gets_an_address_and_a_long_one_never_does(send: Any) -> None:
    short = send(q=FALLS, hos="Narvik", forst="1")
    assert short.status == 302
    assert parse_qs(urlsplit(short.response["Location"]).query) == {"q": [FALLS], "hos": ["Narvik"], "forst": ["1"]}
    assert len(LONG) > SHORT
    for long in (send(q=LONG), send(q="Fall", today="Nattevakten går runder")):
        assert long.status == 200
        assert "no-store" in long.response["Cache-Control"]
        assert long.all("section", id="svar")
    [link] = [one for one in send(q=LONG).all("a") if text_of(one) == "Let i biblioteket"]
    assert attribute(link, "href") == "/biblioteket/"


def test_the_answers_to_the_questions_are_searched_for_and_stand_there_again(send: Any) -> None:
    page = send(today="Nattevakten går runder", whom="Eldre som faller hjemme", better="Få vite om fall med en gang")
    assert "Få vite om fall med en gang" in text_of(page.one("textarea", id="better"))
    assert any("fall" in told for told in chips(page).values())
    [questions] = [one for one in page.all("details") if "open" in dict(one.attributes)][:1]
    assert page.one("textarea", id="today") is not None and questions is not None


def test_prompts_are_gentle_and_can_be_put_away(visit: Visit) -> None:
    page = visit(NEED, {"q": "vi trenger roboter"})
    asked = [attribute(one, "value") for one in page.all("button", name="skjul")]
    assert 1 <= len(asked) <= 3
    assert page.all("section", id="svar"), "they never stand in the way of an answer"
    left = visit(NEED, {"q": "vi trenger roboter", "skjul": asked})
    assert not set(asked) & {attribute(one, "value") for one in left.all("button", name="skjul")}


@pytest.mark.parametrize("need", ["qqqqzzzz xxxxyyyy", "og det som på", "年长者跌倒", "🦆🦆", "12345"])
def test_what_nobody_can_answer_is_said_so_with_a_way_on(need: str, visit: Visit) -> None:
    page = visit(NEED, {"q": need})
    assert page.status == 200
    assert "Vi fant ingen som har gjort dette." in text_of(page.one("h2", id="svar-tittel"))
    assert not kinds(page)
    assert page.one("section", id="videre")


def test_a_misspelt_word_is_told(visit: Visit) -> None:
    assert "søkte også etter" in visit(NEED, {"q": "velferdsteknolgi hjemme"}).words


def test_an_identity_number_is_refused_and_stands_nowhere(visit: Visit, send: Any) -> None:
    answers = [
        send(q=f"Kari {NUMBER} faller"),
        send(q="Fall", whom=f"{NUMBER[:6]} {NUMBER[6:]}"),
        send(q="fall", med=NUMBER),
        send(q=f"{LONG} {NUMBER}"),
        visit(NEED, {"q": f"fall {NUMBER}"}),
    ]
    for sent in answers:
        assert sent.status == 302
        assert NUMBER[:6] not in sent.response["Location"]
        page = visit(sent.response["Location"])
        assert "fødselsnummer" in page.words
        assert NUMBER[:6] not in page.html


def test_hundreds_of_pages_are_answered_and_a_thousand_refused_with_a_sentence(send: Any) -> None:
    pages = "Rutiner for nattevakt, se vedlegg 4. " * 10_000 + "Eldre faller om natta, og ingen oppdager det. " * 50
    answered = send(q=pages)
    assert answered.status == 200
    assert len(answered.html) < 300_000, "the field gets the part that is searched for"
    too_much = send(q="behov " * 600_000)
    assert too_much.status == 413
    assert "den delen som forteller om behovet" in too_much.words


def test_forms_of_other_sites_are_refused(client: Client) -> None:
    def sent(**headers: str) -> HttpResponse:
        return client.post(NEED, {"q": FALLS}, **headers)  # type: ignore[arg-type]

    assert sent().status_code == 403
    assert sent(HTTP_ORIGIN="https://eksempel.no").status_code == 403
    assert sent(HTTP_ORIGIN="null").status_code == 403
    assert sent(HTTP_SEC_FETCH_SITE="cross-site", **OURS).status_code == 403
    assert sent(HTTP_SEC_FETCH_SITE="same-site").status_code == 403
    assert sent(HTTP_SEC_FETCH_SITE="same-origin").status_code == 302


def test_those_like_us_are_marked_and_come_first_only_when_asked(visit: Visit) -> None:
    need = "velferdsteknologi for eldre hjemme"
    plain, marked = visit(NEED, {"q": need}), visit(NEED, {"q": need, "hos": "Bærum"})
    assert "Likner dere" not in plain.html
    assert "Likner dere" in marked.html
    assert [text_of(one) for one in plain.all("h3")] == [text_of(one) for one in marked.all("h3")]
    first = visit(NEED, {"q": need, "hos": "Bærum", "forst": "1"})
    assert "står de som likner Bærum kommune" in first.words
    assert sorted(kinds(first)) == sorted(kinds(plain))


def test_a_municipality_that_is_none_is_told(visit: Visit) -> None:
    page = visit(NEED, {"q": FALLS, "hos": "Utopia"})
    assert "Vi fant ingen kommune som heter «Utopia»" in page.words
    assert attribute(page.one("input", id="hos"), "value") == "Utopia"


def test_others_with_the_same_need_are_shown_with_distance_size_and_time(
    visit: Visit, somebody: Any, now: datetime
) -> None:
    timing = {"wanted": "høsten 2027", "size_kroner": {"likely": 2_000_000}}
    told = {"title": "Fall om natta", "need": FALLS, "timing": timing}
    theirs = somebody(Role.CONTRIBUTOR, organisation="larvik")
    row = operations.begin(content=told, organisation="larvik", person=theirs, at=now)
    hidden = operations.begin(content={**told, "title": "Bare vårt"}, organisation="larvik", person=theirs, at=now)
    operations.open_up(assessment=row, person=theirs, at=now, seen_warnings=True)
    page = visit(NEED, {"q": FALLS, "hos": "Sandefjord"})
    section = text_of(page.one("section", id="samme-behov"))
    for said in ("Fall om natta", "Larvik kommune", "km unna", "høsten 2027", "2 millioner kroner"):
        assert said in section
    assert hidden.content["title"] not in page.html


def test_a_case_that_did_not_succeed_is_marked_and_counted(visit: Visit) -> None:
    page = visit(NEED, {"q": "opptrening etter hjerneslag"})
    assert "lyktes ikke, og er tatt med" in page.words
    assert "Avlyst" in page.words


def test_not_sure_is_said_with_the_nearest_and_what_to_do(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any need will do when nothing is sure enough: which needs are unsure has tests of its own."""
    monkeypatch.setattr(certainty, "FOUND", float("inf"))
    page = visit(NEED, {"q": FALLS})
    assert "Vi er ikke sikre" in page.words
    assert "Nærmest er" in page.words
    assert "Dette kan dere gjøre:" in page.words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", "Ingen saker eller kunngjøringer her nevner: valg"),
        ("/nn", "Ingen saker eller kunngjeringar her nemner: val"),
        ("/en", "No cases or notices here mention:"),
    ],
)
def test_what_nothing_here_speaks_of_is_told(visit: Visit, language: str, said: str) -> None:
    assert said in visit(language + NEED, {"q": "telle stemmesedler raskere på valgnatta"}).words
    assert said.partition(":")[0] not in visit(language + NEED, {"q": FALLS}).words


def test_what_is_less_alike_is_folded_away(visit: Visit) -> None:
    page = visit(NEED, {"q": FALLS})
    folded = page.one("details", id="mindre-likt")
    assert "som likner mindre" in text_of(folded)
    inside = {attribute(one, "id") for one in walk(folded) if attribute(one, "class") == "rv-need-kind"}
    assert inside and inside.isdisjoint(kinds(page)), "the list of contents leads to what is close only"


def test_a_code_narrows_the_notices(visit: Visit, put_in: Any) -> None:
    put_in(
        a_notice(1, titles={"nb": "Lekkasje på vannledning lyttes etter"}, descriptions={}, cpv=("90400000",)),
        a_notice(2, titles={"nb": "Lekkasje på vannledning tettes"}, descriptions={}, cpv=("45000000",)),
    )
    both = visit(NEED, {"q": "lekkasje på vannledning"})
    one = visit(NEED, {"q": "lekkasje på vannledning", "cpv": "90400000"})
    assert "tettes" in both.html and "lyttes etter" in both.html
    assert "tettes" not in one.html and "lyttes etter" in one.html
    assert visit(NEED, {"q": "lekkasje", "cpv": ["12", "99999999", "<x>"]}).status == 200


def test_nothing_of_what_is_typed_marks_the_visitor(visit: Visit, send: Any) -> None:
    for page in (visit(NEED, {"q": FALLS}), send(q=FALLS), send(q=LONG)):
        assert not page.response.cookies


def test_a_need_that_may_be_linked_to_is_kept_and_one_in_vain_is_not(visit: Visit) -> None:
    assert "no-store" not in visit(NEED, {"q": FALLS}).response.get("Cache-Control", "")
    assert "no-store" in visit(NEED, {"q": "kvernsteinsvarme"}, HTTP_USER_AGENT="Mozilla").response["Cache-Control"]


def test_it_is_said_in_every_language(visit: Visit) -> None:
    said = {code: text_of(visit(f"{prefix}{NEED}", {"q": FALLS}).one("h1")) for code, prefix in LANGUAGES.items()}
    assert len(set(said.values())) == 3


def test_somebody_signed_in_saves_it_as_an_assessment(coming_as: Any) -> None:
    browser = coming_as(Role.CONTRIBUTOR)
    page = Page(NEED, browser.get(NEED, {"q": FALLS, "uten": "natta"}))
    [save] = [one for one in page.all("button") if text_of(one) == "Lagre som behovsutredning"]
    assert page.all("input", name="csrfmiddlewaretoken")
    begun = browser.post(attribute(save, "formaction"), {"q": FALLS, "uten": "natta", "med": ["sensor", ""]})
    assert begun.status_code == 200
    told = Page("/behov/ny/", begun)
    assert FALLS in told.html and "natta" in told.html and "sensor" in told.html


def test_a_visitor_signs_in_first_and_takes_a_short_need_along(visit: Visit) -> None:
    [link] = [one for one in visit(NEED, {"q": FALLS}).all("a") if text_of(one) == "Logg inn og lagre"]
    assert parse_qs(urlsplit(attribute(link, "href")).query) == {"q": [FALLS]}


def test_the_front_page_and_empty_lists_lead_here(visit: Visit) -> None:
    front = visit("/")
    [form] = [one for one in front.all("form") if attribute(one, "action") == NEED]
    assert attribute(form, "method") == "post"
    assert any(text_of(one) == "Let heller i biblioteket" for one in front.all("a", href="/biblioteket/"))
    for address in ("/biblioteket/?q=qqqqzzzz", "/kunngjoringer/?q=qqqqzzzz"):
        main = visit(address).one("section", id="resultat")
        assert any(attribute(one, "href") == NEED for one in visit(address).all("a")), address
        assert "Fortell om behovet" in text_of(main)
