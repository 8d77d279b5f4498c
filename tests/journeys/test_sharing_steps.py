"""Writing a case in a browser: saved while typing, nothing lost, by keyboard, without scripts, and seen by axe."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from journey_pages import NARROW
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
STEPS = ("behov", "hvem", "hvordan", "resultat", "tall", "dokumenter", "kontakter", "lerdom", "kilder")
BEGIN = """
import json, sys
import django
django.setup()
from django.test import Client
from django.utils import timezone
from ringvirkning.catalogue.queries import case_by_id
from ringvirkning.people.models import Membership, Person
from ringvirkning.publishing import drafts
now, told = timezone.now(), {}
for name in ("Kari", "Ola"):
    email = f"{name.lower()}-{now.timestamp()}@larvik.eksempel.no"
    person = Person.objects.create_user(email=email, name=f"{name} Prøve", joined=now)
    Membership.objects.create(person=person, organisation="larvik", role="contributor", state="active", since=now)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    told[name] = client.cookies["sessionid"].value
told["blank"] = str(drafts.start_draft(organisation="larvik", person=person, at=now).key)
case = case_by_id("elektronisk-medisineringsstotte")
told["rich"] = str(drafts.start_revision(case=case, person=person, organisation="larvik", at=now).key)
print(json.dumps(told))
"""


@pytest.fixture
def begun(server: Any) -> dict[str, str]:
    """Give two people of one municipality, a blank draft and a rich one."""
    env = {**server.home.env, "DJANGO_SETTINGS_MODULE": "ringvirkning.config.settings"}
    done = subprocess.run([sys.executable, "-c", BEGIN], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture
def writer(visitor: Callable[..., Any], server: Any, begun: dict[str, str]) -> Callable[..., Any]:
    """Return a function that opens a step of a draft as somebody."""

    def call(step: str = "behov", name: str = "Kari", draft: str = "blank", **more: Any) -> Any:
        page = visitor(**more)
        page.context.add_cookies([{"name": "sessionid", "value": begun[name], "url": server.address}])
        page.goto(f"/del/{begun[draft]}/{step}/")
        return page

    return call


def type_in(page: Any, label: str, text: str) -> None:
    """Type in a field and wait until it is saved."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 200):
        page.get_by_label(label, exact=False).first.fill(text)
    page.locator("[data-status]", has_text="Lagret kl.").wait_for()


def test_what_is_typed_is_saved_by_itself_and_met_on_another_device(writer: Callable[..., Any]) -> None:
    page = writer()
    type_in(page, "Navn på saken", "Fallsensorer uten kamera")
    other = writer(viewport=NARROW, name="Ola")
    assert other.get_by_label("Navn på saken").input_value() == "Fallsensorer uten kamera"
    assert "Kari Prøve arbeidet her" in other.locator(".rv-colleague").inner_text()


def test_without_scripts_every_button_works(writer: Callable[..., Any]) -> None:
    page = writer("hvem", java_script_enabled=False)
    page.get_by_label("Navn på virksomheten").fill("Larvik kommune")
    page.get_by_label("Hva var de med på?").select_option("lead")
    page.get_by_role("button", name="Legg til en deltaker").click()
    expect(page.locator(".rv-entry")).to_have_count(2)
    page.locator("[id='parties.1.who'] [value=group]").check()
    applies = page.locator("[id='parties.1.group.description~group.nb']")
    expect(applies, "styles show what applies").to_be_visible()
    page.get_by_label("Når begynte dere?").fill("en gang")
    page.get_by_role("button", name="Lagre og gå videre").click()
    link = page.locator("ds-error-summary a", has_text="en gang")
    assert link.get_attribute("href") == "#start"
    page.get_by_label("Når begynte dere?").fill("juni 2021")
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.wait_for_url("**/hvordan/")
    page.get_by_role("button", name="Hvem som var med").click()
    assert page.get_by_label("Når begynte dere?").input_value() == "juni 2021", "kept as it was typed"


def test_a_figure_is_read_back_while_it_is_typed_and_cannot_blur(writer: Callable[..., Any]) -> None:
    page = writer("tall")
    page.locator("[value=expected]").check()
    page.get_by_label("Hva er det et tall på?").fill("Færre utrykninger om natten")
    page.get_by_label("Enhet").select_option("percent")
    page.locator("[id='figures.0.basis~expected.nb']").fill("Gevinstplanen fra 2021")
    page.locator("[id='figures.0.value~value']").fill("ca 40")
    sentence = page.locator("[data-sentence]")
    page.get_by_text("Forventet på forhånd: 40 prosent.", exact=False).wait_for()
    page.locator("[value=realised]").check()
    page.get_by_text("Målt etterpå: 40 prosent.", exact=False).wait_for()
    assert "Gevinstplanen" not in sentence.inner_text(), "what was expected does not say how it was measured"
    assert not page.locator("[id='figures.0.basis~expected.nb']").is_visible()
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.locator("ds-error-summary").wait_for()
    assert page.locator("[aria-invalid=true]").count() >= 2


def test_two_people_in_one_field_lose_nothing(writer: Callable[..., Any]) -> None:
    kari, ola = writer(), writer(name="Ola")
    type_in(ola, "Hva var problemet?", "Olas tekst om problemet.")
    kari.get_by_label("Hva var problemet?").fill("Karis tekst om problemet.")
    kari.locator("[data-status] a", has_text="Velg hva som skal stå").click()
    assert "Du og Ola Prøve skrev her samtidig" in kari.locator(".rv-conflict h2").inner_text()
    kari.get_by_role("button", name="Lagre valget").click()
    kari.locator(".rv-conflict").wait_for(state="detached")
    text = kari.get_by_label("Hva var problemet?").input_value()
    assert "Olas tekst" in text and "Karis tekst" in text
    expect(kari.locator(".rv-conflict")).to_have_count(0)


def test_whoever_is_signed_out_while_typing_keeps_the_words(writer: Callable[..., Any]) -> None:
    page = writer()
    type_in(page, "Navn på saken", "Før nettet gikk")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Hvem gjaldt det?").fill("180 eldre som bor hjemme")
    page.locator("[data-status]", has_text="Du er logget ut").wait_for()
    assert page.locator("[data-status] a").get_attribute("target") == "_blank"
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.wait_for_timeout(500)
    assert page.get_by_label("Hvem gjaldt det?").input_value() == "180 eldre som bor hjemme", "the page is not left"
    page.context.add_cookies(cookies)
    page.locator("[data-status]", has_text="Lagret kl.").wait_for(timeout=40_000)
    page.reload()
    assert page.get_by_label("Hvem gjaldt det?").input_value() == "180 eldre som bor hjemme"


def test_the_form_is_filled_by_keyboard_alone(writer: Callable[..., Any]) -> None:
    page = writer("lerdom")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "lessons.0.kind":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Spør IKT før dere lyser ut")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "next":
            break
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        assert seen, page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kilder/")
    page.go_back()
    assert "Spør IKT" in page.locator("textarea").first.input_value()


@pytest.mark.parametrize("screen", [None, NARROW], ids=["wide", "narrow"])
def test_every_step_is_sound_and_fits(writer: Callable[..., Any], axe: Any, screen: Any, begun: Any) -> None:
    page = writer(draft="rich", bypass_csp=True, **({"viewport": screen} if screen else {}))
    places = [f"/del/{begun['rich']}/{step}/?vis=alt" for step in STEPS]
    places += [f"/del/{begun['blank']}/tall/?ny=figures", f"/del/{begun['rich']}/forhandsvis/", "/min-side/"]
    for place in places:
        page.goto(place)
        for folded in page.locator("main details:not([open]) > summary").all():
            if folded.is_visible():
                folded.click()
        page.add_script_tag(path=str(axe))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(done => done.violations)", RULES)
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == [], place
        over = page.evaluate("""() => [...document.querySelectorAll("main *")].filter(one => {
            const box = one.getBoundingClientRect();
            return box.right > document.documentElement.clientWidth + 1 && box.width && !one.closest(".rv-table-frame");
        }).map(one => one.outerHTML.slice(0, 120))""")
        assert over == [], place
