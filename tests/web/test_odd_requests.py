"""Whatever stands in the address, the answer is a page that helps, and what was typed comes back harmless."""

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest
from reading_pages import LANGUAGES, Page, attribute, number_in, text_of

from ringvirkning.catalogue.models import Case

pytestmark = [pytest.mark.usefixtures("library", "hard_limit")]

SCRIPT = '<script>alert("x")</script>'
NEEDS = {
    "empty": "",
    "spaces": " \t\r\n ",
    "ten thousand characters": "eldre faller om natta " * 455,
    "one word of ten thousand letters": "a" * 10_000,
    "one compound of ten thousand letters": ("vann" * 2_500)[:10_000],
    "one word of many vowels and hyphens": "å-" * 5_000,
    "too long": "behov " * 5_000,
    "small words only": "og i det som en på for av til",
    "quotes": "\"'«»“”‘’`´",
    "an open quote": '"eldre faller',
    "backslashes": "\\" * 50 + "eldre\\",
    "nothing and bells": "eldre\x00faller\x07\x1b[31m\x7f",
    "line separators": "eldre\u2028faller\u2029\x85",
    "sql": "'; DROP TABLE catalogue_case; -- eldre OR 1=1",
    "engine": "title:eldre AND (NOT need:*) OR ~2 ^3 +fall -natt [a TO z] {x} /.*/ AND",
    "engine open": "((((eldre AND",
    "concepts of ours": "=fall ~fall",
    "template": "{{ 7*7 }} {% debug %} ${7*7} %(name)s %s {0}",
    "emoji": "👵🏽‍🦳 faller 🛏️💥",
    "right to left": "\u202eeldre\u202c faller العربية עברית",
    "combining": "e" + "\u0301" * 500,
    "not one alphabet": "ЕLDRE faller 年长者 ｅｌｄｒｅ",
    "numbers": "0 -1 1e309 99999999999999999999 0x41 NaN",
    "script": SCRIPT,
    "attribute": '" autofocus onfocus="alert(1)" x="',
    "closing": "</textarea></title></h1><img src=x onerror=alert(1)>",
    "null": "null undefined None",
    "surrogates": "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
}


@pytest.mark.parametrize("need", NEEDS.values(), ids=NEEDS)
def test_any_need_is_answered(need: str, visit: Callable[..., Page]) -> None:
    for language, prefix in LANGUAGES.items():
        page = visit(f"{prefix}/biblioteket/", {"q": need})
        assert page.status == 200, language
        assert text_of(page.one("h1"))
        _is_harmless(page)


def _is_harmless(page: Page) -> None:
    """Read strictly, the page has no element or attribute that came from what was typed."""
    assert [one for one in page.all("script") if one.children] == []
    assert page.all("img", src="x") == []
    assert [
        name for one in page.all() for name, _ in one.attributes if name.startswith("on") or name == "autofocus"
    ] == []
    assert SCRIPT not in page.html
    assert "\x00" not in page.html


def test_what_was_typed_stands_in_the_field_again(visit: Callable[..., Page]) -> None:
    for need in ('eldre "faller" <her> & der', "æøå ÆØÅ", "it's"):
        assert attribute(visit("/biblioteket/", {"q": need}).one("input", id="q"), "value") == need


def test_a_long_need_is_cut_and_kept_in_a_field_of_several_lines(visit: Callable[..., Page]) -> None:
    page = visit("/biblioteket/", {"q": "eldre faller " * 2_000})
    [field] = page.all("textarea", name="q")
    assert 200 < len(text_of(field)) <= 10_000


def test_no_need_gives_every_case(visit: Callable[..., Page]) -> None:
    for address in ("/biblioteket/", "/biblioteket/?q=", "/biblioteket/?q=%20%20", "/biblioteket/?sort=score"):
        page = visit(address)
        assert number_in(text_of(page.one("h2", id="antall"))) == Case.objects.count()


STRANGE = {
    "unknown facet": "farge=gul&tema=helse",
    "unknown values": "theme=finnes-ikke&status=&county=99&year=1066&year=20x6&figure=None&size=%00",
    "script as value": f"theme={quote(SCRIPT)}&sort={quote(SCRIPT)}&side={quote(SCRIPT)}&x={quote(SCRIPT)}",
    "huge page": "side=99999999999999999999999999",
    "largest page": "side=99999",
    "page nought": "side=0",
    "page below nought": "side=-7",
    "not a page": "side=to&side=٣",
    "unknown order": "sort=DROP",
    "five hundred values": urlencode([("theme", "helse")] * 500),
    "five hundred years": urlencode([("year", str(1900 + n % 150)) for n in range(500)]),
    "five hundred needs": urlencode([("q", f"eldre {n}") for n in range(500)]),
    "bytes that are not text": "q=%ff%fe%80&theme=%c3%28",
    "only marks": "&&&===&&q",
    "semicolons": "q=eldre;theme=helse",
    "list": "q[]=eldre&q[a]=b",
    "everything at once": "q=eldre&theme=helse&status=in_use&buyer=municipality&county=39&size=over-50000"
    "&figure=expected&year=2019&procedure=tender&kind=innovation_procurement&sort=alphabet&side=3",
}


@pytest.mark.parametrize("query", STRANGE.values(), ids=STRANGE)
def test_any_query_is_answered(query: str, visit: Callable[..., Page]) -> None:
    page = visit(f"/biblioteket/?{query}")
    assert page.status == 200
    assert text_of(page.one("h1"))
    _is_harmless(page)


@pytest.mark.parametrize(
    "query", ["theme=finnes-ikke&county=99", "theme=&county=%00", "theme=helse&county=39&x=1" * 20]
)
def test_the_map_takes_any_query(query: str, visit: Callable[..., Page]) -> None:
    for prefix in LANGUAGES.values():
        assert visit(f"{prefix}/kart/?{query}").status == 200


@pytest.mark.parametrize("name", NEEDS.values(), ids=NEEDS)
def test_any_name_of_an_organisation_is_answered(name: str, visit: Callable[..., Page]) -> None:
    page = visit("/virksomheter/", {"q": name})
    assert page.status == 200
    _is_harmless(page)


def test_more_parameters_than_anybody_needs_get_a_helpful_page(visit: Callable[..., Page]) -> None:
    page = visit("/biblioteket/?" + "&".join(f"p{n}=1" for n in range(5_000)))
    assert page.status in {200, 400}
    assert text_of(page.one("h1"))
    assert page.all("form", role="search")


LOST = (
    "/biblioteket/finnes-ikke/",
    "/biblioteket/finnes-ikke/infografikk.svg",
    "/biblioteket/finnes-ikke/infografikk.png",
    "/biblioteket/finnes-ikke.json",
    "/biblioteket/eldre%20faller/",
    "/biblioteket/%F0%9F%91%B5/",
    "/biblioteket/..%2f..%2fsettings/",
    "/virksomheter/finnes-ikke/",
    "/tema/finnes-ikke/",
    f"/tema/{quote(SCRIPT, safe='')}/",
    "/finnes/ikke/",
    "/wp-login.php",
    "/schema/case-file/99.json",
    f"/{'x' * 5_000}/",
)


@pytest.mark.parametrize("address", LOST)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_here_gets_a_page_that_helps(language: str, address: str, visit: Callable[..., Page]) -> None:
    if language != "nb" and address.endswith((".json", ".php")):
        return
    page = visit(LANGUAGES[language] + address)
    assert page.status == 404
    assert text_of(page.one("h1"))
    assert attribute(page.one("html"), "lang") == language
    [form] = page.all("form", role="search")
    assert attribute(form, "action") == f"{LANGUAGES[language]}/biblioteket/"
    assert [one for one in page.all("input", name="q")]
    assert page.all("a", href=f"{LANGUAGES[language]}/tema/")
    assert attribute(page.one("meta", name="robots"), "content") == "noindex"
    _is_harmless(page)


def test_an_address_without_its_last_stroke_is_sent_on(visit: Callable[..., Page]) -> None:
    for path in ("/biblioteket", "/nn/kart", "/en/tema/helse", "/virksomheter/larvik"):
        answer = visit(path).response
        assert (answer.status_code, answer["Location"]) == (301, f"{path}/")


@pytest.mark.parametrize(
    "address", ["//eksempel.no/", "//eksempel.no", "/\\eksempel.no", "/biblioteket//", "/nn//eksempel.no"]
)
def test_nobody_is_sent_to_another_house(address: str, visit: Callable[..., Page]) -> None:
    answer = visit(address).response
    assert answer.status_code in {200, 301, 302, 400, 404}
    assert not re.match(r"(https?:)?//(?!testserver)", answer.get("Location", "/"))


@pytest.mark.parametrize("accepted", ["nn", "en-GB,en;q=0.9", "sv, da;q=0.5", "x" * 5_000, "*", "\x80", ""])
def test_the_address_decides_the_language_not_the_browser(accepted: str, visit: Callable[..., Page]) -> None:
    assert attribute(visit("/om/", headers={"accept-language": accepted}).one("html"), "lang") == "nb"
    assert attribute(visit("/en/om/", headers={"accept-language": accepted}).one("html"), "lang") == "en"


def test_when_a_page_fails_the_visitor_gets_a_page_that_says_so(
    monkeypatch: pytest.MonkeyPatch, visit: Callable[..., Page]
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError("hemmelig detalj")

    monkeypatch.setattr("ringvirkning.web.views.library.find", fail)
    page = visit("/biblioteket/?q=eldre")
    assert page.status == 500
    assert text_of(page.one("h1"))
    assert page.all("a", href="/")
    assert "hemmelig" not in page.html
    assert "Content-Security-Policy" in page.response.headers
