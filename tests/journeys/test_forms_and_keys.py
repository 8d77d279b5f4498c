"""Every form around sharing, seen by axe before and after it is sent empty; and signing in with a key."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from journey_pages import NARROW, WIDE

pytestmark = pytest.mark.browser
PASSWORD = "fjell-og-vidde-i-solskinn"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
KARI, KEEPER, BOSS = "kari@larvik.eksempel.no", "vakt@larvik.eksempel.no", "styrer@eksempel.no"
OF_LARVIK = ("--organisation", "larvik")
STEPS = ("behov", "hvem", "hvordan", "resultat", "tall", "dokumenter", "kontakter", "lerdom", "kilder")
DESK = ("ko", "gamle", "lenker", "tynne", "tema", "ord", "savnet", "virksomheter", "stoppet", "brukere", "hendelser")
# Who → the pages with forms they meet. A draft's key goes where the braces are.
FORMS = {
    "": ("/konto/logg-inn/", "/konto/ny-bruker/", "/konto/glemt-passord/"),
    KARI: (
        "/del/",
        "/del/fra-tekst/",
        "/del/fra-fil/",
        "/konto/",
        "/konto/bli-med/",
        "/konto/slett/",
        "/konto/e-post/",
        "/del/{}/forkast/",
        "/del/{}/send-inn/",
        "/del/{}/vurder/",
        *(f"/del/{{}}/{step}/?vis=feil" for step in STEPS),
        "/biblioteket/elektronisk-medisineringsstotte/rediger/",
    ),
    KEEPER: ("/virksomheter/larvik/brukere/",),
    BOSS: ("/redaksjon/", *(f"/redaksjon/{page}/" for page in DESK)),
}
SENT_EMPTY = {
    "/konto/logg-inn/",
    "/konto/ny-bruker/",
    "/konto/glemt-passord/",
    "/del/fra-tekst/",
    "/del/fra-fil/",
    "/konto/bli-med/",
    "/konto/e-post/",
    "/virksomheter/larvik/brukere/",
    "/redaksjon/ord/",
}


@pytest.fixture(scope="module")
def peopled(town: Any) -> Any:
    """Give a server with a contributor, somebody who looks after the organisation, and an administrator."""
    server, _ = town
    add(server, KARI, "Kari Prøve", *OF_LARVIK)
    add(server, KEEPER, "Vakt Prøve", *OF_LARVIK, "--organisation-administrator")
    add(server, BOSS, "Styrer Prøve", "--administrator")
    with sqlite3.connect(server.home.path / "ringvirkning.sqlite3", timeout=30) as tables:
        # Her second factor is another test's matter: here she is a demonstration person.
        tables.execute("UPDATE people_person SET demonstration = 1 WHERE email = ?", [BOSS])
    return server


def add(server: Any, email: str, name: str, *words: str) -> None:
    command = [sys.executable, "-m", "ringvirkning.cli.main", "users", "add", email, "--name", name, *words]
    done = subprocess.run(
        [*command, "--password-stdin"],
        env=server.home.env,
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def sign_in(page: Any, email: str) -> None:
    page.goto("/konto/logg-inn/")
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Logg inn", exact=True).click()
    page.wait_for_url("**/min-side/")


def a_draft(page: Any) -> str:
    page.goto("/del/")
    page.get_by_role("button", name="Begynn å skrive").click()
    page.wait_for_url("**/behov/**")
    return str(re.findall(r"/del/([0-9a-f-]{36})/", page.url)[0])


def send_empty(page: Any) -> None:
    """Press the form's first button with nothing in its fields, past what the browser itself would say."""
    form = page.locator("main form").filter(has=page.locator("input:visible, textarea:visible")).first
    form.evaluate("form => { form.noValidate = true }")
    form.locator("button:visible").first.click()
    page.wait_for_load_state()


def faults(page: Any, axe: Path) -> list[Any]:
    found = []
    for screen in (WIDE, NARROW):
        page.set_viewport_size(screen)
        page.evaluate(axe.read_text(encoding="utf-8"))
        told = page.evaluate("rules => axe.run({runOnly: rules}).then(done => done.violations)", RULES)
        found += [(page.url, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in told]
    return found


@pytest.mark.parametrize("who", FORMS, ids=["visitor", "contributor", "keeper", "administrator"])
def test_every_form_is_sound_also_when_it_says_no(
    who: str, peopled: Any, townsfolk: Callable[..., Any], axe: Path
) -> None:
    page = townsfolk(bypass_csp=True)
    if who:
        sign_in(page, who)
    key = a_draft(page) if who == KARI else ""
    for address in (one.format(key) for one in FORMS[who]):
        assert page.goto(address).status == 200, address
        assert faults(page, axe) == []
        if address in SENT_EMPTY:
            send_empty(page)
            assert faults(page, axe) == [], f"{address} sent empty"


def test_a_key_opens_the_door_without_a_password(peopled: Any, browser: Any) -> None:
    """A key inside Chromium stands for the one in the telephone. Keys want a host with a name, not a number."""
    context = browser.new_context(base_url=f"http://localhost:{peopled.port}", locale="nb-NO")
    try:
        page = context.new_page()
        keys = context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        sure = {"isUserVerified": True, "automaticPresenceSimulation": True}
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **sure}})
        sign_in(page, KEEPER)
        page.goto("/konto/to-trinn/")
        page.get_by_role("link", name="Legg til en nøkkel").click()
        page.get_by_label("Passord").fill(PASSWORD)
        page.get_by_role("button", name="Fortsett").click()
        page.get_by_label("Kall nøkkelen noe").fill("Telefonen")
        page.get_by_label("Logg inn bare med nøkkelen").check()
        page.get_by_role("button", name="Legg til").click()
        page.get_by_text("Nøkkelen er lagt til.").wait_for()
        context.clear_cookies()
        page.goto("/min-side/")
        page.get_by_role("button", name="Logg inn med sikkerhetsnøkkel").click()
        page.get_by_text("Hei, Vakt Prøve").wait_for()
    finally:
        context.close()
