"""The list of notices: numbers are true, filters narrow and can be taken away, deadlines come in order."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from reading_pages import LANGUAGES, Page, attribute, number_in, text_of, walk

from ringvirkning.analysis.operations import confirm_innovation, reject_innovation
from ringvirkning.sources.notices.record import Money, Organisation
from ringvirkning.sources.notices.terms import Phase, ValueKind
from ringvirkning.web.notices import listing
from some_notices import LARVIK, a_life, a_notice, an_odd_one, many_lots

LIST = "/kunngjoringer/"
INNOVATIVE = "/kunngjoringer/nyskapende/"
TODAY = date(2026, 11, 23)
Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day of the tests' own clock."""
    monkeypatch.setattr(listing.timezone, "localdate", lambda *_: TODAY)


def due(days: int) -> datetime:
    return datetime(2026, 11, 23, 11, tzinfo=UTC) + timedelta(days=days)


def plain(number: int, **fields: Any) -> Any:
    """A notice nobody takes for innovative."""
    given = {
        "titles": {"nb": f"Kontorrekvisita {number}"},
        "descriptions": {"nb": "Papir og penner."},
        "cpv": ("30192000",),
        "procedure": "open",
        "contract_nature": "supplies",
    }
    return a_notice(number, **{**given, **fields})


@pytest.fixture
def some(put_in: Any) -> dict[str, Any]:
    """Give a handful of notices that differ in everything one can filter by."""
    foreign = Organisation(name="Malmö stad", country="SWE")
    swedish = {"buyers": (foreign,), "countries": ("SWE",), "nuts": ("SE224",)}
    records = {
        "soon": a_notice(101, deadline=due(3)),
        "today": a_notice(102, deadline=due(0) - timedelta(hours=6)),
        "later": a_notice(103, deadline=due(30)),
        "gone": a_notice(104, deadline=due(-1)),
        "paper": plain(105, deadline=due(5)),
        "swedish": plain(106, deadline=due(9), **swedish),
        "awarded": plain(
            107,
            phase=Phase.RESULT,
            kind="can-standard",
            deadline=None,
            values=(Money(amount=150_000_000.0, currency="NOK", kind=ValueKind.AWARDED, field="BT-161"),),
        ),
    }
    rows = put_in(*records.values())
    return dict(zip(records, rows, strict=True))


def keys(page: Page) -> list[str]:
    """The notices of the list, in order."""
    [found] = [one for one in page.all("ol") if "start" in dict(one.attributes)] or [None]
    if found is None:
        return []
    links = [one for heading in walk(found) if heading.name == "h3" for one in walk(heading) if one.name == "a"]
    return [attribute(one, "href").strip("/").split("/")[-1] for one in links]


def named(page: Page, some: dict[str, Any]) -> list[str]:
    names = {notice.key: name for name, notice in some.items()}
    return [names[key] for key in keys(page)]


def total(page: Page) -> int:
    return number_in(text_of(page.one("h2", id="antall")))


def choices(page: Page, facet: str) -> dict[str, int]:
    """What can be chosen in a box, and how many notices each promises."""
    found = {}
    for label in page.all("label"):
        for box in walk(label):
            if box.name == "input" and attribute(box, "type") == "checkbox" and attribute(box, "name") == facet:
                count = next(one for one in walk(label) if "rv-facet-count" in attribute(one, "class"))
                found[attribute(box, "value")] = number_in(text_of(count))
    return found


def branches(page: Page) -> list[tuple[str, str, int | None]]:
    """The way down in goods and services: label, address, how many."""
    found = []
    for one in page.all("li"):
        if "rv-proc-branch" in attribute(one, "class"):
            [link] = [each for each in walk(one) if each.name == "a"]
            spans = [text_of(each) for each in walk(link) if each.name == "span"]
            counted = [number_in(text) for text in spans[1:] if any(map(str.isdigit, text))]
            found.append((spans[0], attribute(link, "href"), counted[0] if counted else None))
    return found


@pytest.mark.parametrize(
    "facet", ["phase", "innovation", "county", "country", "estimated", "awarded", "procedure", "source", "year"]
)
def test_a_number_beside_a_choice_is_what_the_choice_gives(facet: str, some: Any, visit: Visit) -> None:
    offered = choices(visit(LIST), facet)
    assert offered, facet
    for value, promised in offered.items():
        page = visit(f"{LIST}?{urlencode({facet: value})}")
        assert total(page) == promised == len(keys(page)), (facet, value)


def test_filters_narrow_together_and_values_of_one_widen(some: Any, visit: Visit) -> None:
    assert set(named(visit(f"{LIST}?phase=competition&country=SWE"), some)) == {"swedish"}
    assert total(visit(f"{LIST}?country=SWE&country=NOR")) == len(some)
    assert named(visit(f"{LIST}?awarded=over-100m"), some) == ["awarded"]
    assert set(named(visit(f"{LIST}?buyer=larvik&procedure=open"), some)) == {"paper", "awarded"}


def test_goods_and_services_are_drilled_down_in_by_links(some: Any, visit: Visit) -> None:
    top = branches(visit(LIST))
    assert (
        "Kontor- og PC-maskineri, utstyr og forsyninger bortsett fra møbler og programvarepakker",
        "?cpv=30",
        3,
    ) in top
    address = next(link for label, link, _ in top if label.startswith("Kontor- og PC"))
    seen = []
    for _ in range(6):
        page = visit(LIST + address)
        seen.append((parse_qs(urlsplit(address).query)["cpv"], total(page)))
        deeper = [
            link
            for _, link, count in branches(page)
            if count and parse_qs(urlsplit(link).query)["cpv"][0].startswith(seen[-1][0][0]) and link != address
        ]
        if not deeper:
            break
        address = deeper[0]
    assert seen[:2] == [(["30"], 3), (["301"], 3)]
    assert seen[-1][0] == ["30192000"]
    hidden = [one for one in visit(f"{LIST}?cpv=301").all("input", name="cpv") if attribute(one, "type") == "hidden"]
    assert [attribute(one, "value") for one in hidden] == ["301"], "the search form keeps what was chosen"


def test_a_step_up_takes_the_place_of_the_steps_below(some: Any, visit: Visit) -> None:
    up = {link for label, link, _ in branches(visit(f"{LIST}?cpv=3019&year=2026")) if label.startswith("Kontor")}
    assert "?year=2026&cpv=30" in up or "?cpv=30&year=2026" in up


def test_open_means_that_the_day_of_the_deadline_is_not_past(some: Any, visit: Visit) -> None:
    assert set(named(visit(f"{LIST}?frist=open"), some)) == {"soon", "today", "later", "paper", "swedish"}
    assert set(named(visit(f"{LIST}?frist=soon"), some)) == {"soon", "today", "paper", "swedish"}
    assert named(visit(f"{LIST}?frist=open&sort=deadline"), some) == ["today", "soon", "paper", "swedish", "later"]
    assert total(visit(f"{LIST}?frist=tull")) == len(some)


def test_orders_are_offered_where_they_mean_something(some: Any, visit: Visit) -> None:
    def offered(query: str) -> list[str]:
        [field] = visit(f"{LIST}?{query}").all("select", name="sort")
        return [attribute(one, "value") for one in walk(field) if one.name == "option"]

    assert offered("")[0] == "" and "score" not in offered("") and "deadline" not in offered("")
    assert "deadline" in offered("frist=open")
    assert offered("q=eldre")[0] == "" and "published" in offered("q=eldre")
    awarded = named(visit(f"{LIST}?sort=awarded"), some)
    assert awarded[0] == "awarded"


def test_chips_take_one_choice_away_and_all_of_them(some: Any, visit: Visit) -> None:
    page = visit(f"{LIST}?q=eldre&phase=competition&frist=open&cpv=33&sort=published")
    [chips] = [one for one in page.all("ul") if attribute(one, "aria-label") == "Valgte avgrensninger"]
    addresses = [parse_qs(urlsplit(attribute(one, "href")).query) for one in walk(chips) if one.name == "a"]
    kept = {"q": ["eldre"], "sort": ["published"]}
    assert addresses == [
        {**kept, "phase": ["competition"], "cpv": ["33"]},
        {**kept, "frist": ["open"], "cpv": ["33"]},
        {**kept, "frist": ["open"], "phase": ["competition"]},
        kept,
    ]
    assert "Åpne nå" in text_of(chips) and "Konkurranse" in text_of(chips)


@pytest.mark.parametrize(
    "query",
    [
        "phase=finnes-ikke",
        "cpv=abc",
        "cpv=99999",
        "year=12",
        "buyer=%00",
        "country=no",
        "nuts=../..",
        "sort=x",
        "side=0",
    ],
)
def test_what_we_do_not_know_in_an_address_leaves_no_trace(query: str, some: Any, visit: Visit) -> None:
    page = visit(f"{LIST}?{query}")
    assert page.status == 200
    assert total(page) == len(some)
    assert not [one for one in page.all("ul") if attribute(one, "aria-label") == "Valgte avgrensninger"]


def test_a_number_finds_the_one_that_bears_it(some: Any, visit: Visit) -> None:
    assert named(visit(f"{LIST}?q=2026-100105"), some) == ["paper"]
    assert total(visit(f"{LIST}?{urlencode({'q': '918 082 956'})}")) == len(some) - 1


def test_a_need_is_answered_with_why(some: Any, visit: Visit) -> None:
    page = visit(f"{LIST}?q=gamle+som+faller+om+natta")
    assert named(page, some)[0] in {"soon", "today", "later", "gone"}
    [why] = [one for one in page.all("div") if "rv-why" in attribute(one, "class").split()][:1]
    assert any(one.name == "mark" for one in walk(why))


def test_nothing_found_says_what_to_do(some: Any, visit: Visit) -> None:
    assert "fjerne en avgrensning" in visit(f"{LIST}?q=qqqqzzzz&phase=dialogue").words
    assert "Prøv færre eller andre ord" in visit(f"{LIST}?q=qqqqzzzz").words


@pytest.mark.usefixtures("library")
def test_an_installation_without_notices_says_how_to_get_them(visit: Visit) -> None:
    for address in (LIST, INNOVATIVE):
        page = visit(address)
        assert page.status == 200
        assert "ringvirkning load" in page.words


def test_where_notices_are_loaded_an_empty_list_does_not_say_they_are_not(put_in: Any, visit: Visit) -> None:
    put_in(plain(301))
    said = visit(INNOVATIVE).words
    assert "Ingen innovative kunngjøringer har åpen frist akkurat nå." in said
    assert "lastet inn ennå" not in said


def test_pages_hold_every_notice_once(put_in: Any, visit: Visit) -> None:
    put_in(*(plain(number) for number in range(200, 240)))
    seen = [key for side in (1, 2, 3) for key in keys(visit(f"{LIST}?side={side}"))]
    assert len(seen) == len(set(seen)) == 40
    assert keys(visit(f"{LIST}?side=99")) == keys(visit(f"{LIST}?side=3"))


# What a notice says of itself in the list.


def test_a_card_says_who_where_when_and_how_much(put_in: Any, visit: Visit) -> None:
    put_in(a_notice(110, deadline=due(3), buyers=(LARVIK, LARVIK, LARVIK)))
    [card] = [one for one in visit(LIST).all("li") if "rv-result" in attribute(one, "class").split()]
    told = text_of(card).replace("\xa0", " ")
    for wanted in (
        "Larvik kommune",
        "Vestfold",
        "2. november 2026",
        "Konkurranse",
        "Trolig innovativ",
        "(3 dager igjen)",
    ):
        assert wanted in told, wanted
    assert "Anslått verdi: 12,5 millioner kroner" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_kinds_of_notices_can_stand_in_the_list(language: str, put_in: Any, visit: Visit) -> None:
    put_in(*a_life(), many_lots(), an_odd_one())
    for path in (LIST, f"{LIST}?q=eldre", INNOVATIVE, f"{LIST}?frist=open&cpv=33"):
        page = visit(f"{LANGUAGES[language]}{path}")
        assert page.status == 200
        ids = [attribute(one, "id") for one in page.all() if attribute(one, "id")]
        assert len(ids) == len(set(ids)), path


# Innovative and open.


def test_innovative_and_open_ones_come_with_the_nearest_deadline_first(some: Any, visit: Visit, now: Any) -> None:
    assert named(visit(INNOVATIVE), some) == ["today", "soon", "later"]
    reject_innovation(notice_key=some["soon"].key, person=None, at=now)
    confirm_innovation(notice_key=some["paper"].key, person=None, at=now)
    assert named(visit(INNOVATIVE), some) == ["today", "paper", "later"]


def test_what_was_called_off_is_not_open(put_in: Any, visit: Visit) -> None:
    from ringvirkning.sources.notices.record import Change

    put_in(a_notice(111, change=Change(reason="cancel")), a_notice(112))
    assert total(visit(INNOVATIVE)) == 1


def test_filters_narrow_the_innovative_ones_further(some: Any, visit: Visit) -> None:
    assert named(visit(f"{INNOVATIVE}?q=eldre&cpv=33&sort=deadline"), some) == ["today", "soon", "later"]
    assert total(visit(f"{INNOVATIVE}?country=SWE")) == 0
    page = visit(INNOVATIVE)
    assert not choices(page, "innovation") and not page.all("input", name="frist")


def test_the_front_page_shows_the_next_ones_only_when_there_are_any(
    put_in: Any, visit: Visit, monkeypatch: Any
) -> None:
    from ringvirkning.web.views import front

    monkeypatch.setattr(front.timezone, "localdate", lambda *_: TODAY)
    assert "Dette spør det offentlige etter nå" not in visit("/").words
    put_in(a_notice(113))
    page = visit("/")
    assert "Dette spør det offentlige etter nå" in page.words
    assert INNOVATIVE in {attribute(one, "href") for one in page.all("a")}


def test_an_organisation_shows_its_newest_and_the_way_to_the_rest(some: Any, visit: Visit) -> None:
    page = visit("/virksomheter/larvik/")
    assert "6 kunngjøringer" in page.words
    assert "/kunngjoringer/?buyer=larvik" in {attribute(one, "href") for one in page.all("a")}
    assert "Nyeste kunngjøringer" not in visit("/virksomheter/utsira/").words


def test_search_engines_find_the_innovative_ones(some: Any, visit: Visit, client: Any, now: Any) -> None:
    from ringvirkning.analysis.working import work_out_all

    work_out_all(at=now)
    told = client.get("/sitemap.xml").content.decode()
    assert some["soon"].key in told and some["paper"].key not in told
    assert "Disallow: /kunngjoringer/?" in client.get("/robots.txt").content.decode()
