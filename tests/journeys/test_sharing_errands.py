"""From an invitation to a case that others find, and the editor's day: by hand, in browsers, in one town.

The tests are one story and run in the order they stand. A test whose story ended earlier is skipped, so that the first
failure tells where. With ``-s`` a table of each stretch is printed: seconds of the machine, clicks, fields. Set
``JOURNEY_PICTURES`` to a folder to get pictures of each page, wide and narrow.
"""

import base64
import hashlib
import hmac
import os
import re
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from journey_pages import NARROW, WIDE
from letter_box import LetterBox, link_in, text_of

from hostile_files import pdf, picture

pytestmark = pytest.mark.browser
PASSWORD = "fjell-og-vidde-i-solskinn"
ADA, SIV, RUNE = "ada@larvik.eksempel.no", "siv@larvik.eksempel.no", "rune@eksempel.no"
KARI = "kari@larvik.eksempel.no"
TITLE = "Lyttende kumlokk som varsler før kjelleren blir full"
INSIDE = "tordivelmåling"  # stands in the uploaded document and nowhere else
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OVER_THE_EDGE = """() => [...document.querySelectorAll("main *")].filter(one => {
    const box = one.getBoundingClientRect();
    const framed = one.closest(".rv-table-frame, .rv-desk-frame, .rv-desk-menu, .rv-hidden");
    return box.right > document.documentElement.clientWidth + 1 && box.width && !framed;
}).map(one => one.outerHTML.slice(0, 120))"""


@dataclass
class Stretch:
    """One part of the way, and what it took."""

    name: str
    seconds: float = 0
    clicks: int = 0
    fields: int = 0


@dataclass
class Story:
    """What is remembered from one test to the next."""

    server: Any
    letters: LetterBox
    stretches: list[Stretch] = field(default_factory=list)
    cookies: dict[str, Any] = field(default_factory=dict)
    secret: str = ""
    draft: str = ""
    case: str = ""
    consent: str = ""
    reached: set[str] = field(default_factory=set)
    looked: float = 0.0  # seconds of this stretch spent on pictures and axe

    def after(self, *chapters: str) -> None:
        """Skip when the story never came so far."""
        missing = [one for one in chapters if one not in self.reached]
        if missing:
            pytest.skip(f"the story ended before: {', '.join(missing)}")

    @contextmanager
    def stretch(self, name: str) -> Iterator[None]:
        self.stretches.append(Stretch(name))
        began, self.looked = time.monotonic(), 0.0
        yield
        self.stretches[-1].seconds = time.monotonic() - began - self.looked

    def table(self) -> str:
        total = Stretch("i alt", *(sum(getattr(one, what) for one in self.stretches) for what in ("seconds", "clicks")))
        total.fields = sum(one.fields for one in self.stretches)
        rows = [
            f"{one.name:<44} {one.seconds:6.1f} s {one.clicks:4} {one.fields:4}" for one in [*self.stretches, total]
        ]
        return "\n".join([f"\n{'strekning':<44} {'maskin':>8} klikk felt", *rows])


@dataclass
class Walker:
    """Somebody before a screen, who clicks and types what they see."""

    page: Any
    story: Story
    axe: str = field(repr=False)

    def goto(self, address: str) -> None:
        self.page.goto(address)

    def click(self, name: str, role: str = "button", within: str = "body") -> None:
        """Click what has this name; a page that follows is waited for."""
        self._count("clicks")
        found = self.page.locator(within).get_by_role(role, name=re.compile(f"^{re.escape(name)}"))
        found.locator("visible=true").first.click()
        self.page.wait_for_load_state()

    def unfold(self, heading: str, within: str = "main") -> None:
        self._count("clicks")
        self.page.locator(within).locator("summary:visible", has_text=heading).first.click()

    def type(self, label: str, text: str, within: str = "main") -> None:
        self._count("fields")
        self._labelled(label, within).fill(text)

    def select(self, label: str, choice: str, within: str = "main") -> None:
        self._count("fields")
        self._labelled(label, within).select_option(label=choice)

    def tick(self, choice: str, within: str = "main", role: str = "radio") -> None:
        self._count("fields")
        found = self.page.locator(within).get_by_role(role, name=re.compile(f"^{re.escape(choice)}"))
        found.locator("visible=true").first.check()

    def attach(self, label: str, name: str, content: bytes, media_type: str) -> None:
        self._count("fields")
        self.page.get_by_label(label).set_input_files({"name": name, "mimeType": media_type, "buffer": content})

    def look(self, name: str) -> None:
        """See the page as it is: sound, and within the screen, on a wide and on a narrow one. Not on the clock."""
        began = time.monotonic()
        for size, screen in (("wide", WIDE), ("narrow", NARROW)):
            self.page.set_viewport_size(screen)
            if folder := os.environ.get("JOURNEY_PICTURES"):
                self.page.screenshot(path=Path(folder) / f"{name}-{size}.png", full_page=True)
            self.page.evaluate(self.axe)
            found = self.page.evaluate("rules => axe.run({runOnly: rules}).then(done => done.violations)", RULES)
            assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == [], (name, size)
            assert self.page.evaluate(OVER_THE_EDGE) == [], (name, size)
        self.page.set_viewport_size(WIDE)
        self.story.looked += time.monotonic() - began

    def reads(self, words: str, within: str = "main") -> None:
        """See these words on the page."""
        self.page.locator(within).filter(has_text=words).locator("visible=true").first.wait_for()

    def text(self) -> str:
        return str(self.page.locator("body").inner_text())

    def _labelled(self, label: str, within: str) -> Any:
        found = self.page.locator(within).get_by_label(re.compile(f"^{re.escape(label)}"))
        typed_in = self.page.locator("input:not([type=radio], [type=checkbox]), textarea, select")
        return found.and_(typed_in).locator("visible=true").first

    def _count(self, what: str) -> None:
        here = self.story.stretches[-1]
        setattr(here, what, getattr(here, what) + 1)


@pytest.fixture(scope="module")
def story(town: Any) -> Iterator[Story]:
    """Give the story, with those the command line lets in: who looks after Larvik, and an editor."""
    server, letters = town
    for email, name, *more in (
        (ADA, "Ada Ansvarlig", "--organisation", "larvik", "--organisation-administrator"),
        (RUNE, "Rune Redaktør", "--editor"),
    ):
        words = ("users", "add", email, "--name", name, *more, "--password-stdin")
        command = [sys.executable, "-m", "ringvirkning.cli.main", *words]
        done = subprocess.run(
            command, env=server.home.env, input=f"{PASSWORD}\n", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    told = Story(server, letters)
    yield told
    print(told.table())


@pytest.fixture
def come(townsfolk: Callable[..., Any], story: Story, axe: Path) -> Iterator[Callable[..., Walker]]:
    """Return a function that lets somebody sit down: ``come("siv")`` keeps her cookies from one test to the next."""
    here: dict[str, Any] = {}
    script = axe.read_text(encoding="utf-8")

    def call(who: str = "", **more: Any) -> Walker:
        page = townsfolk(storage_state=story.cookies.get(who), **more)
        if who:
            here[who] = page.context
        return Walker(page, story, script)

    yield call
    for who, context in here.items():
        story.cookies[who] = context.storage_state()


def code_now(secret: str, ahead: int = 0) -> str:
    """Return what the app on the editor's telephone shows."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + ahead), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(walker: Walker, email: str) -> None:
    walker.goto("/")
    walker.click("Logg inn", "link")
    walker.type("E-post", email)
    walker.type("Passord", PASSWORD)
    walker.click("Logg inn", within="main")


# From invitation to a published case


def test_a_colleague_is_invited_and_comes(come: Any, story: Story) -> None:
    ada = come("ada")
    with story.stretch("Ada inviterer Siv"):
        sign_in(ada, ADA)
        ada.page.wait_for_url("**/min-side/")
        ada.click("Larvik kommune", "link", within="main")
        ada.type("E-postadressen", SIV)
        ada.click("Send invitasjon")
        ada.reads(SIV)
    ada.look("brukere-i-virksomheten")
    letter = story.letters.letter(SIV)
    link = link_in(letter)
    assert link.startswith(story.server.address), "the letter leads to where the library is"
    assert "Larvik kommune" in text_of(letter)
    siv = come("siv")
    with story.stretch("Siv svarer på invitasjonen"):
        siv.goto(link)
        siv.reads("Ada Ansvarlig vil ha deg med")
        siv.type("Navnet ditt", "Siv Skriver")
        siv.type("Velg et passord", PASSWORD)
        siv.click("Bli med")
    siv.page.wait_for_url("**/min-side/")
    siv.reads("Hei, Siv Skriver")
    assert siv.text().count("Velkommen! Nå kan du dele saker.") == 1
    siv.look("min-side-tom")
    siv.goto(link)
    assert "Invitasjonen virker ikke" in siv.text(), "an invitation is answered once"
    story.reached.add("invited")


def test_a_case_is_told_in_nine_steps(come: Any, story: Story) -> None:
    story.after("invited")
    siv = come("siv")
    with story.stretch("Begynner"):
        siv.goto("/min-side/")
        siv.click("Del en sak", "link", within="main")
        siv.click("Begynn å skrive")
    siv.page.wait_for_url("**/behov/")
    story.draft = siv.page.url.split("/")[-3]
    tell_of_need(siv)
    tell_who(siv)
    tell_how(siv)
    tell_of_result(siv)
    tell_figures(siv)
    lay_by_documents(siv)
    name_contacts(siv)
    tell_lessons(siv)
    tell_sources(siv)
    story.reached.add("told")


def step(siv: Walker, address: str) -> Any:
    """Wait until a step is there, and begin its stretch."""
    siv.page.wait_for_url(f"**/{address}/**")
    siv.page.wait_for_load_state()
    return siv.story.stretch(f"  {siv.page.locator('h1').inner_text()}")


def on(siv: Walker, name: str) -> None:
    """Look at the step, and go on; nothing may be wrong with it."""
    siv.look(name)
    siv.click("Lagre og gå videre")
    assert siv.page.locator("ds-error-summary").count() == 0, siv.page.locator("ds-error-summary").inner_text()


def tell_of_need(siv: Walker) -> None:
    with step(siv, "behov"):
        siv.type("Navn på saken", TITLE)
        siv.type(
            "Hva var problemet?", "Når det regnet mye, kom kloakken opp i kjellerne i tre gater. Ingen visste det."
        )
        siv.type("Hvem gjaldt det?", "62 husstander og vakta på to.")
        siv.type("Hvordan var det før?", "Folk ringte når kjelleren alt var full.")
        siv.type("Hele saken på", "Larvik satte lyttende kumlokk i 40 kummer. De varsler før kjelleren blir full.")
        siv.tick("Vann", role="checkbox")
        on(siv, "steg-behov")


def tell_who(siv: Walker) -> None:
    with step(siv, "hvem"):
        siv.type("Navn på virksomheten", "Larvik kommune")
        siv.select("Hva var de med på?", "Leder anskaffelsen")
        siv.type("Når begynte dere?", "mars 2022")
        siv.type("Når var dere ferdige?", "2024")
        on(siv, "steg-hvem")


def tell_how(siv: Walker) -> None:
    with step(siv, "hvordan"):
        siv.select("Hvor i arbeidet", "Behov", within="[id='approach.0']")
        siv.type("Hva gjorde dere?", "Vi fulgte vakta en høst og skrev ned hver utrykning.", within="[id='approach.0']")
        siv.click("Legg til et steg")
        siv.select("Hvor i arbeidet", "Konkurranse", within="[id='approach.1']")
        siv.type("Hva gjorde dere?", "Tre leverandører satte lokk i hver sin gate.", within="[id='approach.1']")
        siv.click("Legg til en samtale")
        siv.select("Hva slags?", "Dialogkonferanse", within="[id='dialogue.0']")
        siv.type("Hva skjedde", "De sa at kravet om kabel var unødvendig.", within="[id='dialogue.0']")
        siv.type("Hvordan beskrev dere behovet", "Vi beskrev tre netter med regn, og ba dem vise hva de ville gjort.")
        siv.select("Prosedyre", "Konkurranse med forhandling")
        siv.type("Hva var kontrakten verdt?", "2,5 millioner")
        on(siv, "steg-hvordan")


def tell_of_result(siv: Walker) -> None:
    with step(siv, "resultat"):
        siv.tick("I bruk")
        siv.type("Når så du sist etter?", "oktober 2026")
        siv.tick("Tatt i bruk")
        siv.type("Hva fikk dere?", "Et kumlokk med mikrofon, som hører at vannet stiger.", within="[id='solutions.0']")
        siv.tick("Kan kjøpes", within="[id='solutions.0']")
        siv.click("Legg til en leverandør")
        siv.type("Navn", "Lyttelokk AS", within="[id='suppliers.0']")
        siv.select("Rolle", "Leverandør", within="[id='suppliers.0']")
        on(siv, "steg-resultat")


def tell_figures(siv: Walker) -> None:
    first, second, third = (f"[id='figures.{number}']" for number in range(3))
    with step(siv, "tall"):
        siv.tick("Målt", within=first)
        siv.type("Hva er det et tall på?", "Færre kjellere med vann", within=first)
        siv.type("Tallet", "ca 80", within=first)
        siv.select("Enhet", "prosent", within=first)
        siv.select("Hva handler tallet om?", "Bedre tjeneste eller kvalitet", within=first)
        siv.type("Hvordan ble det målt?", "Talt i vaktloggen, 2024 mot 2021", within=first)
        siv.type("Når ble det målt?", "2024", within=first)
        siv.click("Legg til et tall")
        siv.tick("Forventet", within=second)
        siv.type("Hva er det et tall på?", "Timer vakta sparer", within=second)
        siv.tick("Mellom to tall", within=second)
        siv.type("Fra", "300", within=second)
        siv.type("Til", "400", within=second)
        siv.select("Enhet", "timer", within=second)
        siv.select("Gjelder for", "Hvert år", within=second)
        siv.select("Hva handler tallet om?", "Tid spart", within=second)
        siv.type("Hvordan kom dere fram", "Gevinstplanen fra 2022", within=second)
        siv.click("Legg til et tall")
        siv.tick("Mulig", within=third)
        siv.type("Hva er det et tall på?", "Spart i skader", within=third)
        siv.tick("Inntil", within=third)
        siv.type("Inntil", "12 millioner", within=third)
        siv.select("Enhet", "kroner", within=third)
        siv.select("Hva handler tallet om?", "Penger spart", within=third)
        siv.type("Hvis hva?", "hvis hele kysten tar det i bruk", within=third)
        siv.reads("Mulig", within=f"{third} [data-sentence]")
        on(siv, "steg-tall")


def lay_by_documents(siv: Walker) -> None:
    report = f"Rapport om kumlokk i Larvik. En {INSIDE} ble gjort i hver gate."
    with step(siv, "dokumenter"):
        siv.attach("Velg en eller flere", "Rapport_om_kumlokk.pdf", pdf(report), "application/pdf")
        siv.click("Last opp")
        siv.attach("Velg en eller flere", "lokk.png", picture("PNG", (640, 400)), "image/png")
        siv.click("Last opp")
        siv.select("Hva er det?", "Rapport", within="[id='documents.0']")
        siv.type("Hva viser bildet?", "Et kumlokk med en liten mikrofon midt på", within="[id='documents.1']")
        on(siv, "steg-dokumenter")


def name_contacts(siv: Walker) -> None:
    with step(siv, "kontakter"):
        siv.type("Virksomhet", "Larvik kommune")
        siv.type("Avdeling eller rolle", "Vann og avløp")
        siv.type("E-post", KARI)
        siv.unfold("Mer om dette", within="[id='contacts.0']")
        siv.type("Navn på en person", "Kari Nordmann")
        on(siv, "steg-kontakter")


def tell_lessons(siv: Walker) -> None:
    with step(siv, "lerdom"):
        siv.tick("Råd til andre")
        siv.type("Fortell", "Ta med dem som kjører vakt, fra første møte.")
        on(siv, "steg-lerdom")


def tell_sources(siv: Walker) -> None:
    with step(siv, "kilder"):
        siv.click("Legg til en kilde")
        siv.type("Tittel", "Sluttrapporten")
        siv.select("Hvem står bak?", "Oppdragsgiveren selv")
        siv.type("Nettadresse", "https://larvik.eksempel.no/kumlokk")
        siv.look("steg-kilder")
        siv.click("Lagre og se over saken")
    siv.page.wait_for_url("**/send-inn/")


def test_it_is_previewed_and_sent_in(come: Any, story: Story) -> None:
    story.after("told")
    siv = come("siv")
    with story.stretch("Forhåndsviser"):
        siv.goto(f"/del/{story.draft}/kilder/")
        siv.click("Forhåndsvis")
    siv.page.wait_for_url("**/forhandsvis/")
    assert TITLE in siv.page.locator("h1").inner_text()
    read = siv.text().replace("\xa0", " ")
    assert re.search(r"inntil 12\s+mill", read), read
    siv.look("forhandsvisning")
    with story.stretch("Sender inn"):
        siv.click("Send inn", "link")
        siv.look("send-inn")
        siv.tick("Vi har rett til", role="checkbox")
        siv.click("Send inn til redaksjonen")
    siv.reads("Takk! Saken er sendt inn")
    siv.look("sendt-inn")
    story.consent = link_in(story.letters.letter(KARI))
    assert TITLE in story.letters.letter(RUNE, "Ny sak")["Subject"] + text_of(story.letters.letter(RUNE, "Ny sak"))
    stranger = come()
    assert stranger.page.goto("/biblioteket/?q=lyttende+kumlokk").status == 200
    assert TITLE not in stranger.text(), "nothing is public before the editor has said so"
    story.reached.add("sent in")


def test_the_editor_sends_it_back(come: Any, story: Story) -> None:
    story.after("sent in")
    rune = come("rune")
    with story.stretch("Redaktøren logger inn, slår på to trinn"):
        rune.goto(link_in(story.letters.letter(RUNE, "Ny sak")))
        rune.type("E-post", RUNE)
        rune.type("Passord", PASSWORD)
        rune.click("Logg inn", within="main")
        rune.reads("Rollen din krever innlogging i to trinn")
        rune.look("to-trinn")
        rune.click("Sett opp kodeapp", "link")
        rune.reads("Er det deg?")
        rune.type("Passord", PASSWORD)
        rune.click("Fortsett", within="main")
        rune.look("kodeapp")
        rune.unfold("Får du ikke tatt bilde?")
        story.secret = rune.page.locator(".rv-account-secret").inner_text().strip()
        rune.type("Kode", code_now(story.secret))
        rune.click("Slå på")
    rune.look("reservekoder")
    with story.stretch("Leser, kommenterer, sender tilbake"):
        rune.goto("/redaksjon/")
        rune.look("skrivebord")
        rune.click("Køen", "link", within="main")
        rune.look("ko")
        rune.click(TITLE, "link", within="main")
        rune.look("vurder")
        rune.unfold("Skriv en kommentar", within="#lessons")
        rune.type("Kommentar", "Hva ville dere gjort annerledes?", within="#lessons")
        rune.click("Lagre kommentaren", within="#lessons")
        rune.reads("Hva ville dere gjort annerledes?", within="#lessons")
        rune.type("Send tilbake fordi", "Fint! Fortell litt mer om hva dere lærte.")
        rune.click("Send tilbake")
    rune.reads("Saken er sendt tilbake")
    rune.look("sendt-tilbake")
    story.reached.add("sent back")


def test_it_is_mended_and_sent_again(come: Any, story: Story) -> None:
    story.after("sent back")
    siv = come("siv")
    letter = story.letters.letter(SIV, "ønske")
    assert "Hva ville dere gjort annerledes?" in text_of(letter)
    with story.stretch("Siv retter og sender inn igjen"):
        siv.goto("/min-side/")
        siv.reads("Fortell litt mer om hva dere lærte")
        siv.look("min-side")
        siv.goto(link_in(letter))
        siv.click("Rett", "link", within="#lessons")
        siv.page.wait_for_url("**/lerdom/**")
        siv.reads("Hva ville dere gjort annerledes?")
        siv.look("lerdom-med-kommentar")
        siv.type("Fortell", "Ta med dem som kjører vakt, fra første møte. Vi ville prøvd i flere gater.")
        siv.click("Ferdig")
        siv.page.wait_for_url("**/lerdom/?**")
        siv.click("Send inn")
        siv.tick("Vi har rett til", role="checkbox")
        siv.click("Send inn til redaksjonen")
    siv.reads("Takk! Saken er sendt inn")
    story.reached.add("sent again")


def test_the_editor_publishes(come: Any, story: Story) -> None:
    story.after("sent again")
    rune = come("rune")
    with story.stretch("Redaktøren publiserer"):
        rune.goto(link_in(story.letters.letter(RUNE, "Ny sak", 2)))
        rune.click("Gå til publisering", "link")
        rune.look("publiser")
        rune.click("Publiser", within="main form")
        rune.page.wait_for_url("**/biblioteket/**")
    story.case = re.sub(r".*/biblioteket/([^/]+)/.*", r"\1", rune.page.url)
    assert TITLE in rune.page.locator("h1").inner_text()
    rune.look("publisert")
    assert f"/biblioteket/{story.case}/" in text_of(story.letters.letter(SIV, "Publisert"))
    story.reached.add("published")


def found(walker: Walker, need: str) -> bool:
    walker.goto(f"/biblioteket/?q={need}")
    return TITLE in walker.text()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for what is done in the background."""
    patience = time.monotonic() + 60
    while not true():
        assert time.monotonic() < patience, what
        time.sleep(0.3)


def test_a_visitor_finds_it_and_opens_the_document(come: Any, story: Story) -> None:
    story.after("published")
    visitor = come()
    with story.stretch("En besøkende finner saken"):
        visitor.goto("/")
        visitor.page.locator("input[name=q]").first.fill("kjelleren full av kloakk når det regner")
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_url("**/behov/?q=**")
        visitor.click(TITLE, "link", within="main")
    assert visitor.page.url.endswith(f"/biblioteket/{story.case}/")
    assert "Kari Nordmann" not in visitor.text(), "she has not answered yet"
    assert KARI not in visitor.page.content()
    visitor.look("saken")
    alt = visitor.page.get_by_alt_text("Et kumlokk med en liten mikrofon midt på")
    alt.first.scroll_into_view_if_needed()  # pictures are fetched when they come into sight
    until(lambda: alt.first.evaluate("one => one.naturalWidth") > 0, "the picture did not come")
    until(lambda: found(visitor, INSIDE), "the words of the document were not read")
    visitor.look("treff-i-dokument")
    visitor.goto(f"/biblioteket/{story.case}/")
    address = visitor.page.locator("#dokumenter a[href*='/dokument/'], main a[href$='.pdf']").first.get_attribute(
        "href"
    )
    answer = visitor.page.request.get(address)
    assert answer.ok and answer.body().startswith(b"%PDF-")
    assert visitor.page.context.cookies() == [], "a visitor carries no cookie"
    story.reached.add("found")


def test_the_contact_says_yes_and_then_takes_herself_out(come: Any, story: Story) -> None:
    story.after("found")
    kari, visitor = come(), come()
    with story.stretch("Kari sier ja"):
        kari.goto(story.consent)
        kari.look("samtykke")
        kari.click("Ja, vis det")
    kari.look("samtykke-gitt")
    visitor.goto(f"/biblioteket/{story.case}/")
    assert "Kari Nordmann" in visitor.text()
    assert KARI in visitor.page.content()
    with story.stretch("Kari tar seg ut"):
        kari.goto(story.consent)
        kari.click("Ta meg ut")
    kari.reads("Du er tatt ut")
    kari.look("tatt-ut")
    siv = come("siv")
    for walker in (visitor, siv):
        places = [f"/biblioteket/{story.case}/{more}" for more in ("", "versjoner/", "versjoner/1/1/")]
        places += [f"/biblioteket/{story.case}.json", "/biblioteket/?q=Kari"]
        places += [f"/del/{story.draft}/vurder/", f"/del/{story.draft}/forhandsvis/"] if walker is siv else []
        for place in places:
            walker.goto(place)
            assert "Nordmann" not in walker.page.content(), place
            assert KARI not in walker.page.content(), place
    held = kept_by(story.server.home.path)
    assert [path for path, content in held if KARI.encode() in content] == []
    story.reached.add("consent")


def kept_by(home: Path) -> list[tuple[Path, bytes]]:
    """Every finished page and file of the search index in a home."""
    return [(path, path.read_bytes()) for part in ("index",) for path in (home / part).rglob("*") if path.is_file()]


# The editor's day


def test_the_editor_comes_back_with_a_code(come: Any, story: Story) -> None:
    story.after("published")
    rune = come()
    with story.stretch("Redaktøren logger inn med kode"):
        sign_in(rune, RUNE)
        rune.look("kode")
        rune.type("Kode", code_now(story.secret, ahead=1))
        rune.click("Logg inn", within="main")
    rune.page.wait_for_url("**/min-side/")
    rune.click("Redaksjonens skrivebord", "link")
    rune.reads("Det neste å gjøre")
    story.cookies["rune"] = rune.page.context.storage_state()


def test_a_new_version_is_compared(come: Any, story: Story) -> None:
    story.after("consent")
    siv, rune = come("siv"), come("rune")
    with story.stretch("Siv skriver en ny versjon"):
        siv.goto(f"/biblioteket/{story.case}/")
        siv.click("Rediger saken", "link")
        siv.look("rediger")
        siv.click("Begynn å rette")
        siv.page.wait_for_url("**/behov/**")
        siv.type("Hvem gjaldt det?", "94 husstander og vakta på to.")
        siv.click("Send inn")
        siv.click("Ingen kan nå denne kontakten", "link")  # Kari is out, so somebody else must answer
        siv.type("E-post", "vann@larvik.eksempel.no")
        siv.click("Send inn")
        siv.tick("Vi har rett til", role="checkbox")
        siv.click("Send inn til redaksjonen")
    siv.reads("Takk! Saken er sendt inn")
    with story.stretch("Redaktøren sammenligner og publiserer"):
        rune.goto("/redaksjon/ko/")
        rune.click(TITLE, "link", within="main")
        rune.click("Gå til publisering", "link")
        rune.reads("94", within="main ins")
        rune.look("publiser-ny-versjon")
        rune.click("Publiser", within="main form")
        rune.page.wait_for_url("**/biblioteket/**")
    with story.stretch("En besøkende sammenligner to versjoner"):
        visitor = come()
        visitor.goto(f"/biblioteket/{story.case}/")
        visitor.click("Versjon", "link", within="main")
        visitor.look("versjoner")
        visitor.click("Sammenlign")
    visitor.reads("94", within="main ins")
    visitor.look("sammenlignet")
    story.reached.add("second version")


def test_it_is_archived_withdrawn_and_brought_back(come: Any, story: Story) -> None:
    story.after("second version")
    rune, visitor = come("rune"), come()
    here = f"/biblioteket/{story.case}/"
    with story.stretch("Redaktøren arkiverer"):
        rune.goto(here)
        rune.click("Arkiver", "link", within="main")
        rune.look("arkiver")
        rune.type("Hvorfor?", "Lokkene er byttet ut.")
        rune.click("Arkiver saken")
    assert visitor.page.goto(here).status == 200
    visitor.reads("Saken er arkivert.")
    visitor.look("arkivert")
    assert not found(visitor, "lyttende+kumlokk")
    with story.stretch("Redaktøren gjenoppretter"):
        rune.goto(here)
        rune.click("Gjenopprett", "link", within="main")
        rune.look("gjenopprett")
        rune.click("Gjenopprett saken")
    assert found(visitor, "lyttende+kumlokk")
    with story.stretch("Redaktøren trekker saken"):
        rune.goto(here)
        rune.click("Trekk", "link", within="main")
        rune.look("trekk")
        rune.type("Hvorfor?", "Tallene viste seg å være feil.")
        rune.click("Trekk saken")
    assert visitor.page.goto(here).status == 410
    visitor.reads("Tallene viste seg å være feil.")
    visitor.look("trukket")
    assert not found(visitor, "lyttende+kumlokk")
    assert not found(visitor, INSIDE)
    story.reached.add("withdrawn")


def test_words_searched_for_in_vain_come_to_the_desk(come: Any, story: Story) -> None:
    story.after("published")
    rune = come("rune")
    for number in range(9):  # each of the server's two processes counts for itself: one of them now has heard five
        if number < 5:
            assert "kvantesnegl" not in read(rune, "/redaksjon/savnet/"), "so few could be one person"
        # Machines are not counted, so each says that it is a browser.
        come(user_agent=f"Mozilla/5.0 (X11; Linux x86_64) Firefox/14{number}.0").goto("/biblioteket/?q=kvantesnegl")
    with sqlite3.connect(story.server.home.path / "ringvirkning.sqlite3", timeout=20) as tables:  # on other days too
        changed = tables.execute("UPDATE search_missed_word SET days = 5 WHERE word = 'kvantesnegl'")
        assert changed.rowcount == 1
    with story.stretch("Ord søkt etter forgjeves"):
        rune.goto("/redaksjon/savnet/")
        rune.reads("kvantesnegl")
        rune.look("savnet")
        rune.goto("/redaksjon/ord/")
        rune.look("ord")
        rune.type("Et ord eller", "kumlokk")
        rune.click("Slå opp")
        rune.reads("«kumlokk»")
        rune.look("ord-slatt-opp")


def read(walker: Walker, address: str) -> str:
    walker.goto(address)
    return walker.text()
