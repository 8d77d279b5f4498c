"""What people come for, done as they do it: in a browser, from the front page to what they needed."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from journey_pages import NARROW, RICH
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_STEPS = 200  # presses of Tab nobody should need


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until what has focus fits; everything on the way can be seen to have it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        fits, seen, what = page.evaluate(
            """wanted => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const ringed = element => {
                const look = getComputedStyle(element);
                return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
              };
              const seen = box.width > 0 && box.height > 0 && (ringed(one) || ringed(one.parentElement || one));
              return [one.matches(wanted), seen || one === document.body, one.outerHTML.slice(0, 120)];
            }""",
            wanted,
        )
        assert seen, f"one cannot see that this has focus: {what}"
        if fits:
            return
    raise AssertionError(f"{wanted} was not reached with the keyboard")


def test_a_nurse_manager_finds_who_to_ask(visitor: Callable[..., Any]) -> None:
    """By keyboard only."""
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#innhold", "the first stop leads past the menu"
    page.keyboard.press("Enter")
    tab_to(page, "input[name=q]")
    page.keyboard.type("eldre faller hjemme om natta")
    page.keyboard.press("Enter")
    page.wait_for_url("**/behov/?q=*")
    expect(page.locator("mark").first, "it says why each case is here").to_be_attached()
    tab_to(page, ".rv-results h3 a[href^='/biblioteket/']")
    title = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/biblioteket/[a-z0-9-]+/$"))
    assert page.locator("h1").inner_text().strip() == title.strip()
    tab_to(page, "a[href='#kontakt']")
    page.keyboard.press("Enter")
    assert page.url.endswith("#kontakt")
    tab_to(page, "#kontakt a[href^='/virksomheter/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/virksomheter/*/")
    name = page.locator("h1").inner_text()
    assert name
    expect(page.get_by_role("main").get_by_role("link", name=title.strip()).first).to_be_attached()


def test_every_example_on_the_front_page_is_answered(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto("/")
    examples = page.locator("main a[href*='/behov/?q=']").evaluate_all("all => all.map(one => one.href)")
    assert len(examples) >= 4
    for address in examples:
        page.goto(address)
        assert page.locator(".rv-results > li").count() >= 1, address


def total(page: Any) -> int:
    return int(re.sub(r"\D", "", page.locator("#antall").inner_text()))


NEED = "eldre faller"
ADDRESS = "/biblioteket/?q=eldre+faller"


def box(page: Any, facet: str, value: str = "") -> Any:
    """A box to tick (the facet's first one when no value is told), with what hides it unfolded."""
    chosen = f"[value='{value}']" if value else ""
    found = page.locator(f"input[type=checkbox][name='{facet}']{chosen}").first
    for fold in page.locator("details").filter(has=found).all():  # the outermost first
        summary = fold.locator("> summary")
        if summary.is_visible() and not fold.evaluate("one => one.open"):
            summary.click()
    return found


def test_filters_with_htmx(visitor: Callable[..., Any]) -> None:
    """An adviser narrows the list; nothing is reloaded, and the browser's own buttons work."""
    page = visitor()
    page.goto(ADDRESS)
    everything = total(page)
    page.evaluate("window.sameDocument = true")
    value = box(page, "status").get_attribute("value")
    box(page, "status", value).check()
    page.wait_for_url(f"**status={value}*")
    page.wait_for_function(
        "before => !document.querySelector('#antall').textContent.includes(before)", arg=f"{everything} "
    )
    narrowed = total(page)
    assert 0 < narrowed < everything
    assert page.evaluate("window.sameDocument"), "the page was loaded anew"
    assert parse_qs(urlsplit(page.url).query)["q"] == [NEED]
    assert str(narrowed) in page.get_by_role("status").first.text_content()
    assert box(page, "status", value).is_checked()

    page.go_back()
    page.wait_for_function("() => !location.search.includes('status')")
    page.wait_for_load_state()
    assert total(page) == everything
    assert not box(page, "status", value).is_checked()
    page.go_forward()
    page.wait_for_function("() => location.search.includes('status')")
    page.wait_for_load_state()
    assert total(page) == narrowed

    page.get_by_label("Sorter etter").select_option("alphabet")
    page.wait_for_url("**sort=alphabet*")
    assert f"status={value}" in page.url
    page.reload()
    assert total(page) == narrowed


def test_without_javascript(visitor: Callable[..., Any]) -> None:
    """Everything works when scripts do not come through: a need, search, filters, order, pages, language."""
    page = visitor(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill(NEED)
    page.get_by_role("button", name="Søk").click()
    page.wait_for_url("**/behov/?q=*")
    page.locator("button[name=uten]").first.click()
    page.wait_for_url("**&uten=*")
    page.locator("#med").fill("sensor")
    page.get_by_role("button", name="Legg til").click()
    page.wait_for_url("**&med=sensor*")
    page.goto(ADDRESS)
    everything = total(page)
    chosen = box(page, "status")
    label = page.locator(f"label[for='{chosen.get_attribute('id')}'] > span").first.inner_text()
    chosen.check()
    page.get_by_role("button", name="Vis treff").click()
    narrowed = total(page)
    assert 0 < narrowed < everything
    assert parse_qs(urlsplit(page.url).query)["q"] == [NEED]
    page.get_by_label("Sorter etter").select_option("alphabet")
    page.get_by_role("button", name="Sorter", exact=True).click()
    assert "sort=alphabet" in page.url
    assert total(page) == narrowed
    page.get_by_role("list", name="Valgte avgrensninger").get_by_role("link", name=label).click()
    assert total(page) == everything
    page.goto("/biblioteket/")
    page.get_by_role("link", name="Neste").click()
    expect(page.locator("ol[start='16'] > li")).to_have_count(15)
    page.locator("ol[start] h3 a").first.click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("button", name="Skriv ut").count() == 0, "a button that cannot work is not shown"
    language_menu(page).locator("summary").click()
    language_menu(page).get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/kart/?county=39")
    assert page.locator("main a[href^='/biblioteket/']").count() > 0


def language_menu(page: Any) -> Any:
    return page.get_by_role("banner").locator("details").filter(has=page.locator("a[hreflang]"))


def test_language_switch_keeps_the_page(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto("/biblioteket/?q=eldre+faller&theme=helse&sort=year")
    for name, language, prefix in (("Nynorsk", "nn", "/nn"), ("English", "en", "/en"), ("Bokmål", "nb", "")):
        menu = language_menu(page)
        menu.locator("summary").click()
        menu.get_by_role("link", name=name).click()
        page.wait_for_url(f"**{prefix}/biblioteket/?*")
        address = urlsplit(page.url)
        assert address.path == f"{prefix}/biblioteket/"
        assert parse_qs(address.query) == {"q": ["eldre faller"], "theme": ["helse"], "sort": ["year"]}
        assert page.locator("html").get_attribute("lang") == language
        assert page.get_by_role("searchbox").first.input_value() == "eldre faller"


def test_the_language_menu_folds_with_escape(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto("/")
    menu = language_menu(page)
    menu.locator("summary").press("Enter")
    assert menu.evaluate("one => one.open")
    page.keyboard.press("Escape")
    assert not menu.evaluate("one => one.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_print_view(visitor: Callable[..., Any]) -> None:
    """A case on paper has its text and its sources, and nothing one would click."""
    page = visitor()
    page.goto(RICH)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    for part in ("behov", "resultat", "prosess", "lerdom", "kilder"):
        assert page.locator(f"#{part}").is_visible(), part
    assert not page.get_by_role("navigation", name="Hovedmeny").is_visible()
    assert not page.locator("[data-print]").first.is_visible()
    assert page.pdf().startswith(b"%PDF-")


def test_a_head_of_department_takes_the_figures_along(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto(RICH)
    for link, beginning in (("Last ned bilde", b"\x89PNG"), ("Last ned tegning", b"<svg"), ("som data", b"{")):
        with page.expect_download() as got:
            page.get_by_role("link", name=link).first.click()
        assert got.value.path().read_bytes().startswith(beginning), link


def test_somebody_looks_for_a_neighbour_on_the_map(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto("/kart/")
    page.locator("select[name=county]").select_option("42")
    page.get_by_role("button", name="Vis på kartet").click()
    page.wait_for_url("**county=42*")
    assert "Agder" in page.title()
    page.locator("main a[href^='/biblioteket/']").first.click()
    assert page.get_by_role("heading", level=1).is_visible()


def test_somebody_remembers_the_old_name_of_a_municipality(visitor: Callable[..., Any]) -> None:
    page = visitor(viewport=NARROW)
    page.goto("/virksomheter/")
    page.get_by_role("searchbox").fill("Skedsmo")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Skedsmo*")
    page.get_by_role("main").get_by_role("link", name="Lillestrøm").first.click()
    assert "Lillestrøm" in page.get_by_role("heading", level=1).inner_text()
