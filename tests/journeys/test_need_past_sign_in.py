"""A long need is written by a visitor, who then signs in to save it: the text is not lost, and nobody else has it."""

import re
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.browser
KARI, PASSWORD = "kari@larvik.eksempel.no", "fjell-og-vidde-i-solskinn"
SENTENCE = "Nattevakten går runder for å se om noen av de eldre har falt, og det tar hele natten. "
NEED = SENTENCE * 6 + "\n\nI gangen ligger det ofte noen uten at vi vet det."
TOLD = "Ni hus og åtti mennesker."


@pytest.fixture(scope="module")
def kari(town: Any) -> None:
    command = ["users", "add", KARI, "--name", "Kari Prøve", "--organisation", "larvik", "--password-stdin"]
    done = subprocess.run(
        [sys.executable, "-m", "ringvirkning.cli.main", *command],
        env=town[0].home.env,
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def ask(page: Any) -> None:
    page.goto("/behov/")
    page.locator("#q").fill(NEED)
    page.get_by_text("Svar på noen spørsmål i stedet").click()
    page.get_by_label("Hvem gjelder det?").fill(TOLD)
    page.get_by_role("button", name="Finn løsninger").click()
    page.locator("#svar").wait_for()


def sign_in(page: Any) -> None:
    page.get_by_label("E-post").fill(KARI)
    page.get_by_label("Passord").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Logg inn", exact=True).click()


def kept(page: Any) -> list[str]:
    """Our own things in the tab's memory; htmx has its own there."""
    return [one for one in page.evaluate("Object.keys(sessionStorage)") if one.startswith("rv-")]


def test_a_long_need_is_there_after_signing_in(townsfolk: Any, town: Any, kari: None) -> None:
    from playwright.sync_api import expect

    page = townsfolk()
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    ask(page)
    expect(page.get_by_text("Teksten blir med når du logger inn her")).to_be_visible()
    expect(page.get_by_text("Ta vare på teksten først")).to_be_hidden()
    assert kept(page) == []  # nothing before the visitor chooses to sign in
    page.get_by_role("link", name="Logg inn og lagre").click()
    sign_in(page)
    expect(page.locator("#need")).to_have_value(NEED)
    expect(page.locator("#title")).to_have_value(re.compile("^Nattevakten går runder"))
    assert kept(page) == []
    assert not [one for one in addresses if "Nattevakten" in one or "Ni+hus" in one]
    assert "Nattevakten" not in town[0].log
    page.get_by_role("button", name="Begynn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nattevakten")
    expect(page.locator("main")).to_contain_text(TOLD)


def test_it_comes_along_when_the_session_ran_out_meanwhile(townsfolk: Any, kari: None) -> None:
    from playwright.sync_api import expect

    page = townsfolk()
    page.goto("/konto/logg-inn/")
    sign_in(page)
    page.wait_for_url("**/min-side/")
    ask(page)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lagre som behovsutredning").click()
    sign_in(page)
    expect(page.locator("#need")).to_have_value(NEED)
    assert kept(page) == []


def test_whoever_goes_elsewhere_first_has_left_it(townsfolk: Any, kari: None) -> None:
    from playwright.sync_api import expect

    page = townsfolk()
    ask(page)
    page.get_by_role("link", name="Logg inn og lagre").click()
    expect(page.get_by_label("Passord")).to_be_visible()
    assert kept(page) == ["rv-need"]
    page.goto("/biblioteket/")
    assert kept(page) == []


def test_without_scripts_it_is_said_that_the_text_must_be_taken_along(townsfolk: Any, kari: None) -> None:
    from playwright.sync_api import expect

    page = townsfolk(java_script_enabled=False)
    ask(page)
    expect(page.get_by_text("Ta vare på teksten først")).to_be_visible()
    expect(page.get_by_text("Teksten blir med når du logger inn her")).to_be_hidden()
    page.get_by_role("link", name="Logg inn og lagre").click()
    sign_in(page)
    expect(page.locator("#need")).to_have_value("")
