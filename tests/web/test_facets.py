"""Narrowing the list: the numbers are true, filters can be taken away, and order and pages keep what was chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from reading_pages import Page, attribute, number_in, text_of, walk

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.queries import norwegian_order
from ringvirkning.search.casedoc import CASES, case_document

pytestmark = pytest.mark.usefixtures("library")
LIBRARY = "/biblioteket/"
PER_PAGE = 15


@dataclass(frozen=True)
class Choice:
    """A box to tick: what it sends, and how many cases it promises."""

    facet: str
    value: str
    promised: int
    ticked: bool


def choices(page: Page) -> list[Choice]:
    found = []
    for label in page.all("label"):
        for box in walk(label):
            if box.name == "input" and attribute(box, "type") == "checkbox":
                words = text_of(label)
                ticked = "checked" in dict(box.attributes)
                promised = number_in(words.rsplit(" ", 2)[1]) if words.endswith(("sak", "saker")) else number_in(words)
                found.append(Choice(attribute(box, "name"), attribute(box, "value"), promised, ticked))
    return found


def total(page: Page) -> int:
    return number_in(text_of(page.one("h2", id="antall")))


def hits(page: Page) -> list[str]:
    """The cases of the list, in order, by their addresses."""
    [found] = [one for one in page.all("ol") if "start" in dict(one.attributes)] or [None]
    if found is None:
        return []
    headings = [one for one in walk(found) if one.name == "h3"]
    return [attribute(link, "href") for one in headings for link in walk(one) if link.name == "a"]


def every_hit(visit: Callable[..., Page], query: str = "") -> list[str]:
    """The whole list, followed from page to page by its own links."""
    address, found = f"{LIBRARY}?{query}", []
    for _ in range(20):
        page = visit(address)
        found += hits(page)
        further = page.all("a", rel="next")
        if not further:
            return found
        address = LIBRARY + attribute(further[0], "href")
    raise AssertionError("the list never ends")


@pytest.mark.parametrize("query", ["", "q=eldre+faller+hjemme", "status=in_use"])
@pytest.mark.parametrize("facet", ["theme", "buyer"])
def test_a_number_beside_a_choice_is_what_the_choice_gives(facet: str, query: str, visit: Callable[..., Page]) -> None:
    offered = [one for one in choices(visit(f"{LIBRARY}?{query}")) if one.facet == facet]
    assert offered
    for one in offered:
        assert one.promised > 0
        page = visit(f"{LIBRARY}?{query}&{urlencode({facet: one.value})}")
        assert total(page) == one.promised, one
        assert [shown.value for shown in choices(page) if shown.facet == facet and shown.ticked] == [one.value]


@pytest.mark.parametrize("facet", CASES.facets)
def test_every_facet_offers_choices_and_its_first_one_is_true(facet: str, visit: Callable[..., Page]) -> None:
    first = next(one for one in choices(visit(LIBRARY)) if one.facet == facet)
    assert total(visit(f"{LIBRARY}?{urlencode({facet: first.value})}")) == first.promised


def test_two_values_of_one_facet_widen_and_two_facets_narrow(visit: Callable[..., Page]) -> None:
    helse, omsorg = (set(every_hit(visit, f"theme={theme}")) for theme in ("helse", "omsorg"))
    assert set(every_hit(visit, "theme=helse&theme=omsorg")) == helse | omsorg
    used = set(every_hit(visit, "status=in_use"))
    assert set(every_hit(visit, "theme=helse&status=in_use")) == helse & used


def test_choices_of_a_facet_stay_in_sight_when_one_of_them_is_chosen(visit: Callable[..., Page]) -> None:
    before = {(one.value, one.promised) for one in choices(visit(LIBRARY)) if one.facet == "theme"}
    after = {(one.value, one.promised) for one in choices(visit(f"{LIBRARY}?theme=helse")) if one.facet == "theme"}
    assert after == before


def chips(page: Page) -> list[str]:
    """The addresses that take a chosen filter away, in order; the last takes them all."""
    lists = [one for one in page.all("ul") if attribute(one, "aria-label") == "Valgte avgrensninger"]
    return [attribute(one, "href") for found in lists for one in walk(found) if one.name == "a"]


def test_each_chosen_filter_can_be_taken_away_alone(visit: Callable[..., Page]) -> None:
    chosen = [("q", "eldre"), ("theme", "helse"), ("theme", "omsorg"), ("status", "in_use")]
    offered = chips(visit(f"{LIBRARY}?{urlencode(chosen)}"))
    rest = [sorted(parse_qsl(urlsplit(one).query)) for one in offered]
    assert rest == [
        *(sorted(one for one in chosen if one != taken) for taken in chosen[1:]),
        [("q", "eldre")],
    ]
    for address, query in zip(offered, rest, strict=True):
        page = visit(LIBRARY + address)
        ticked = {(one.facet, one.value) for one in choices(page) if one.ticked}
        assert ticked == {one for one in query if one[0] != "q"}


def test_taking_a_filter_away_goes_back_to_the_first_page(visit: Callable[..., Page]) -> None:
    for address in chips(visit(f"{LIBRARY}?theme=helse&side=2")):
        assert "side" not in parse_qs(urlsplit(address).query)


def test_unknown_values_leave_no_trace(visit: Callable[..., Page]) -> None:
    page = visit(f"{LIBRARY}?theme=finnes-ikke&farge=gul&year=20")
    assert chips(page) == []
    assert total(page) == Case.objects.count()


def test_a_choice_without_cases_stays_so_that_it_can_be_taken_away(visit: Callable[..., Page]) -> None:
    page = visit(f"{LIBRARY}?theme=helse&year=1901")
    assert total(page) == 0
    assert ("year", "1901", True) in {(one.facet, one.value, one.ticked) for one in choices(page)}
    assert len(chips(page)) == 3
    ways_out = {attribute(one, "href") for one in page.all("a")}
    assert {"?theme=helse", "?year=1901", LIBRARY} <= ways_out


# Order.


def listed(visit: Callable[..., Page], query: str) -> list[Case]:
    cases = {case.case_id: case for case in Case.objects.all()}
    return [cases[address.strip("/").split("/")[-1]] for address in every_hit(visit, query)]


def test_the_newest_come_first_and_those_without_a_year_last(visit: Callable[..., Page]) -> None:
    years = [case.year or 0 for case in listed(visit, "sort=year")]
    assert years == sorted(years, reverse=True)


def test_titles_come_in_norwegian_order(visit: Callable[..., Page]) -> None:
    titles = [case.title for case in listed(visit, "sort=alphabet")]
    letters = [norwegian_order(next(letter for letter in title if letter.isalnum())) for title in titles]
    assert letters == sorted(letters)


def test_the_fullest_come_first(visit: Callable[..., Page]) -> None:
    found = [
        case_document(case, queries.case_file_of(case)).ranks["fullness"] for case in listed(visit, "sort=fullness")
    ]
    assert found == sorted(found, reverse=True)


def test_every_order_has_the_same_cases(visit: Callable[..., Page]) -> None:
    for need in ("", "q=eldre+faller+hjemme&"):
        lists = [every_hit(visit, f"{need}sort={sort}") for sort in ("year", "fullness", "alphabet")]
        assert len({tuple(sorted(one)) for one in lists}) == 1
        assert all(len(one) == len(set(one)) for one in lists)


def test_relevance_is_offered_only_when_there_is_a_need(visit: Callable[..., Page]) -> None:
    def offered(query: str) -> list[str]:
        [field] = visit(f"{LIBRARY}?{query}").all("select", name="sort")
        return [attribute(one, "value") for one in walk(field) if one.name == "option"]

    without, with_need = offered(""), offered("q=eldre")
    assert "score" not in without
    assert with_need[0] in {"score", ""}, "the order one gets without asking stands first"
    assert len(with_need) == len(without) + 1


# Pages.


def test_pages_hold_every_case_once(visit: Callable[..., Page]) -> None:
    everything = every_hit(visit)
    assert len(everything) == len(set(everything)) == Case.objects.count()


def test_pages_keep_need_filters_and_order(visit: Callable[..., Page]) -> None:
    chosen = {
        "q": ["bygg vann helse energi skole"],
        "status": ["in_use", "completed", "developing"],
        "sort": ["alphabet"],
    }
    page = visit(f"{LIBRARY}?{urlencode(chosen, doseq=True)}")
    assert total(page) > PER_PAGE, "the test needs a list of several pages"
    [nav] = [one for one in page.all("nav") if attribute(one, "aria-label") == "Sider"]
    links = [attribute(one, "href") for one in walk(nav) if one.name == "a"]
    assert links
    for link in links:
        told = parse_qs(urlsplit(link).query)
        told.pop("side", None)
        assert told == chosen


def test_a_page_says_where_it_is_and_numbers_go_on(visit: Callable[..., Page]) -> None:
    page = visit(f"{LIBRARY}?side=2")
    assert [attribute(one, "start") for one in page.all("ol") if attribute(one, "start")] == [str(PER_PAGE + 1)]
    [current] = page.all("span", aria_current="page")
    assert text_of(current) == "Side 2"
    assert [attribute(one, "href") for one in page.all("a", rel="prev")] == ["?"]


def test_a_page_after_the_last_is_the_last(visit: Callable[..., Page]) -> None:
    last = -(-Case.objects.count() // PER_PAGE)
    assert hits(visit(f"{LIBRARY}?side=999")) == hits(visit(f"{LIBRARY}?side={last}")) != []
