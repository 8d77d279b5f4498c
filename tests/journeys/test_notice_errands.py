"""Errands among notices in a real browser: narrow a list, drill down, judge a notice, make a case of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from journey_pages import KINDS, NARROW
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_narrowing_a_list_without_leaving_it(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto(KINDS["notices"])
    before = page.locator("#antall").inner_text()
    page.get_by_label("Frist innen to uker").check()
    page.wait_for_url("**frist=soon**")
    assert page.locator("#antall").inner_text() != before
    page.get_by_role("link", name="Laboratorie-, optisk- og presisjonsutstyr").click()
    page.wait_for_url("**cpv=38**")
    assert "frist=soon" in page.url
    expect(page.get_by_role("link", name="Varsling av overløp")).to_be_visible()
    page.get_by_role("link", name=re.compile("Frist innen to uker.*fjern")).click()
    page.wait_for_url(lambda url: "frist" not in url)
    assert "cpv=38" in page.url


def test_everything_works_without_scripts(visitor: Callable[..., Any]) -> None:
    page = visitor(java_script_enabled=False)
    page.goto(KINDS["notices"])
    page.get_by_label("Åpne nå").check()
    page.get_by_role("button", name="Vis treff").click()
    assert "frist=open" in page.url
    expect(page.get_by_role("link", name="Varsling av overløp")).to_be_visible()
    page.locator("#sorter").select_option("deadline")
    page.get_by_role("button", name="Sorter").click()
    assert page.locator("ol.rv-results h3").first.inner_text() == "Varsling av overløp"


def test_the_keyboard_reaches_the_lots(visitor: Callable[..., Any]) -> None:
    page = visitor(viewport=NARROW)
    page.goto(KINDS["notice with many lots"])
    summary = page.get_by_text("Vis alle 54 delkontraktene")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="54", exact=True)).to_be_visible()


def test_a_calendar_is_a_file_a_calendar_can_open(visitor: Callable[..., Any]) -> None:
    page = visitor()
    page.goto(KINDS["innovative notices"])
    address = page.get_by_role("link", name="Frister i kalenderen (iCal)").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text().count("BEGIN:VEVENT") == 2
