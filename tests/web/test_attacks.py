"""What bad people try by the pages: to see, change and publish what is not theirs, and to make us fall.

Each area has tests of its own rules; here everything is tried at once, by the doors that people use.
"""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import hostile_files as made
from ringvirkning.catalogue import seed
from ringvirkning.catalogue.files import accept
from ringvirkning.catalogue.queries import case_by_id
from ringvirkning.catalogue.terms import Origin
from ringvirkning.ledger.models import Entry
from ringvirkning.people.models import Invitation, Letter, Membership, Person
from ringvirkning.people.terms import MemberRole, MembershipState, Role
from ringvirkning.publishing import drafts, moves
from ringvirkning.publishing.comments import add_comment
from ringvirkning.publishing.models import Consent, Draft, DraftPart, SetAside
from ringvirkning.publishing.terms import DraftState, Step
from ringvirkning.web.share.steps import GUIDES

pytestmark = pytest.mark.usefixtures("library", "hard_limit")
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
TRICKS = {
    "script": SCRIPT,
    "attribute": "' autofocus onfocus=alert(1) x='",
    "template": "{{ 7|add:7 }}{% debug %}{% load static %}%(name)s %s {0}",
    "sql": "'; DROP TABLE publishing_draft; -- ' OR 1=1",
    "header": "Tittel\r\nBcc: alle@eksempel.no\r\n\r\n<b>brev</b>",
    "null": "før\x00etter",
    "invisible": "\u202etlab\u202c \u2028 \x07\x1b[31m \ufeff",
    "address": "javascript:alert(1)",
    "digits": "9" * 6_000,
    "odd digits": "²³٣",
    "number": "1e999999 NaN -0 ∞",
    "path": "../../etc/passwd",
    "long": "a" * 30_000,
}


OPENED = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcdoc",
    "xlink:href",
    "content",
    "hx-get",
    "hx-post",
)


def runs(address: str | None) -> bool:
    """Tell whether a browser would run an address; it passes over white space and control characters."""
    return re.sub(r"[\x00-\x20]", "", address or "").lower().startswith(("javascript:", "data:text/html", "vbscript:"))


class Elements(HTMLParser):
    """Gathers what a page would run: scripts with words of their own, attributes that act, and addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.in_script = tag == "script" and told.get("type") not in {"application/json", "application/ld+json"}
        self.bad += [f"{tag} {name}" for name in told if name.startswith("on")]
        self.bad += [f"{tag} {told[name]}" for name in OPENED if runs(told.get(name))]
        if tag == "img" and told.get("src") == "x":
            self.bad.append("img")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False

    def handle_data(self, data: str) -> None:
        if self.in_script and data.strip():
            self.bad.append(data)


def is_harmless(answer: Any) -> None:
    """Read a page as a browser does, and find nothing in it that somebody else could have made run."""
    read = Elements()
    read.feed(answer.content.decode())
    assert read.bad == []


@pytest.fixture(autouse=True)
def no_counters(library: object) -> None:
    cache.clear()


@pytest.fixture
def kari(somebody: Callable[..., Person]) -> Person:
    return somebody(Role.CONTRIBUTOR, name="Kari Prøve")


@pytest.fixture
def draft(kari: Person) -> Draft:
    return drafts.start_draft(organisation="larvik", person=kari, at=timezone.now())


@pytest.fixture
def sound(kari: Person, case_data: Any) -> Callable[..., Draft]:
    """Return a maker of drafts that lack nothing."""

    def make(person: Person = kari, organisation: str = "larvik", **fields: Any) -> Draft:
        document = case_data(**{"figures": [], **fields})
        document["contacts"] = fields.get("contacts") or [{**document["contacts"][0], "email": "post@eksempel.no"}]
        return drafts.start_draft(organisation=organisation, person=person, at=timezone.now(), document=document)

    return make


@pytest.fixture
def larvik(coming_as: Callable[..., Client], kari: Person) -> Client:
    browser: Client = coming_as(kari, raise_request_exception=False)
    return browser


@pytest.fixture
def stranger(coming_as: Callable[..., Client], somebody: Callable[..., Person]) -> Client:
    browser: Client = coming_as(somebody(Role.CONTRIBUTOR, organisation="skien"), raise_request_exception=False)
    return browser


@pytest.fixture
def editor(somebody: Callable[..., Person]) -> Person:
    return somebody(Role.EDITOR, name="Redaktør Prøve")


def here(draft: Draft, step: str = "behov") -> str:
    return reverse("web:share-step", args=[draft.key, step])


def form(browser: Client, address: str) -> dict[str, str]:
    """Return the fields of the form on a page, with the hidden ones as they stand."""
    page = browser.get(address).content.decode()
    named = re.findall(r'<(?:input|textarea|select)[^>]*\sname="([^"]+)"', page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {**dict.fromkeys(named, ""), **hidden}


def every_look(draft: Draft) -> list[str]:
    """Return each page that shows what is typed in a draft."""
    looks = ("vurder", "send-inn", "forhandsvis", "forkast", "publiser")
    return [
        *(f"/del/{draft.key}/{look}/" for look in looks),
        "/min-side/",
        "/redaksjon/",
        "/redaksjon/ko/",
        "/redaksjon/hendelser/",
    ]


# Typed words.


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
@pytest.mark.parametrize("step", [guide.address for guide in GUIDES.values()])
def test_whatever_is_typed_in_every_field_is_only_text(
    larvik: Client, coming_as: Any, editor: Person, draft: Draft, step: str, trick: str
) -> None:
    lists = [items for items in re.findall(r'value="add:([^"]+)"', larvik.get(here(draft, step)).content.decode())]
    for one in lists:  # so that each list has an item to type in
        larvik.post(here(draft, step), {**form(larvik, here(draft, step)), "do": f"add:{one}"})
    sent = form(larvik, here(draft, step))
    kept = {"version", "page", "clock", *(name for name in sent if name.endswith(".count"))}
    typed = {name: value if name in kept else trick for name, value in sent.items()}
    typed.update({"unknown": trick, "id": trick, "organisation": "skien", "state": "published", "made_by": "1"})
    answer = larvik.post(here(draft, step), {**typed, "do": "save", "clock": ""}, follow=True)
    assert answer.status_code in {200, 422}
    is_harmless(answer)
    larvik.post(here(draft, step), {**typed, "version": "0", "clock": ""})  # and stands against itself
    draft.refresh_from_db()
    assert (draft.organisation, draft.state) == ("larvik", DraftState.DRAFT)
    at_desk = coming_as(editor, raise_request_exception=False)
    for address in [here(draft, step), f"{here(draft, step)}?vis=alt", *every_look(draft)]:
        shown = at_desk.get(address)
        assert shown.status_code in {200, 302}, address
        is_harmless(shown)


@pytest.mark.parametrize(
    "button",
    [
        "remove:figures.²",
        "remove:figures." + "9" * 5_000,
        "remove:..",
        "remove:sources.-1",
        "add:",
        "step:x",
        "done:²",
        "done:" + "9" * 30,
        "confirm:",
        "codes",
        "languages",
        "upload",
        "//eksempel.no",
        "next:x",
        "submit\r\nX: y",
        SCRIPT,
    ],
)
@pytest.mark.parametrize("step", ["tall", "kilder", "dokumenter"])
def test_buttons_nobody_made_do_no_harm(larvik: Client, draft: Draft, step: str, button: str) -> None:
    sent = {**form(larvik, here(draft, step)), "figures.0.label.nb": "Spart", "sources.0.title": "Rapport"}
    answer = larvik.post(here(draft, step), {**sent, "do": button, "clock": ""})
    assert answer.status_code in {200, 302, 422}
    assert answer.get("Location", "/").startswith("/del/")


def test_addresses_with_words_in_them_show_them_as_text(larvik: Client, coming_as: Any, draft: Draft) -> None:
    asked = {
        name: SCRIPT
        for name in (
            "ny",
            "fokus",
            "kode",
            "vis",
            "q",
            "navn",
            "sorter",
            "side",
            "ord",
            "begrep",
            "behov",
            "nytt-ord",
            "prov",
            "hvem",
            "hva",
            "next",
            "fra",
            "til",
        )
    }
    boss = coming_as(Role.ADMINISTRATOR, raise_request_exception=False)
    pages = [here(draft, "tall"), "/del/", "/konto/bli-med/", "/konto/logg-inn/", "/min-side/", "/redaksjon/ord/"]
    pages += ["/redaksjon/brukere/", "/redaksjon/savnet/", "/redaksjon/hendelser/", "/redaksjon/lenker/"]
    pages += ["/biblioteket/smart-vinterveg/versjoner/", "/redaksjon/tema/", "/redaksjon/virksomheter/"]
    for address in pages:
        answer = boss.get(address, asked)
        assert answer.status_code in {200, 302}, address
        is_harmless(answer)


def test_what_is_said_about_a_draft_is_only_text(coming_as: Any, sound: Any, kari: Person, editor: Person) -> None:
    kari.name = f"Kari {SCRIPT}"
    kari.save()
    draft, at = sound(title={"nb": f"Varme {SCRIPT[2:10]}"}), timezone.now()
    add_comment(draft=draft, step=Step.NEED, place="title", text=SCRIPT, person=kari, at=at)
    moves.send_back(draft=_submitted(draft), person=editor, reason=f"{SCRIPT}\nogså", at=at)
    SetAside.objects.create(
        draft=draft, step=Step.NEED, person=kari, content={"title": {"nb": SCRIPT}}, base_version=1, at=at
    )
    for who in (kari, editor):
        browser = coming_as(who, raise_request_exception=False)
        for address in [here(draft), *every_look(draft)]:
            answer = browser.get(address)
            assert answer.status_code in {200, 302, 403}, address
            is_harmless(answer)
    for letter in Letter.objects.all():
        assert "<script" not in letter.html and "<img src=x" not in letter.html


def _submitted(draft: Draft) -> Draft:
    Draft.objects.filter(pk=draft.pk).update(state=DraftState.SUBMITTED, submitted=timezone.now(), submitted_by=1)
    Draft.objects.filter(pk=draft.pk).update(submitted_by=draft.made_by)
    draft.refresh_from_db()
    return draft


# Letters.


def test_nobody_writes_lines_of_their_own_in_our_letters(sound: Any, kari: Person, editor: Person) -> None:
    evil = "Bli med\r\nBcc: alle@eksempel.no\r\n\r\nLogg inn her: https://ond.eksempel.no"
    draft = sound(
        contacts=[
            {
                "organisation": {"name": evil},
                "role": {"nb": evil},
                "email": "per@eksempel.no",
                "person": {"name": "Per P"},
            }
        ]
    )
    part = DraftPart.objects.get(draft=draft, step=Step.NEED)
    part.content["title"]["nb"] = evil
    part.save()
    moves.submit(draft=draft, person=kari, at=timezone.now())
    letters = list(Letter.objects.all())
    assert {letter.to for letter in letters} == {"per@eksempel.no", editor.email}
    for letter in letters:
        assert "\n" not in letter.subject and "\r" not in letter.subject
        assert not any(line.startswith(("Bcc", "Logg inn her")) for line in letter.text.splitlines())


def test_a_name_is_one_line(coming_as: Any, kari: Person) -> None:
    coming_as(kari).post("/konto/", {"name": "Kari\r\n\r\nhttps://ond.eksempel.no", "language": "nb"})
    kari.refresh_from_db()
    assert "\n" not in kari.name and "\r" not in kari.name


@pytest.mark.parametrize("host", ["ond.eksempel.no", "localhost:6666", "127.0.0.1@ond.eksempel.no"])
def test_letters_never_lead_where_the_visitor_says(client: Client, settings: Any, kari: Person, host: str) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "", ["*"]
    client.post("/konto/glemt-passord/", {"email": kari.email}, headers={"host": host, "x-forwarded-host": host})
    assert all(host.rsplit("@", maxsplit=1)[-1] not in letter.text + letter.html for letter in Letter.objects.all())


# Files.


@pytest.fixture
def secret(coming_as: Any, somebody: Any) -> dict[str, Any]:
    """A file that people in Skien have uploaded to a draft of theirs, and nobody else may see."""
    owner = somebody(Role.CONTRIBUTOR, organisation="skien")
    theirs = drafts.start_draft(organisation="skien", person=owner, at=timezone.now())
    taken = accept(name="grevlinghi.txt", chunks=[b"grevlinghi avtale"], at=timezone.now(), draft_key=theirs.key)
    return dict(taken.file)  # type: ignore[union-attr]


def document(file: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"title": "Notat", "kind": "report", "language": "nb", "licence": "CC-BY-4.0", "file": file, **fields}


LINK = {"title": "Lenke", "kind": "report", "language": "nb", "url": "https://eksempel.no/lenke"}


def test_a_known_digest_neither_opens_nor_publishes_anothers_file(
    larvik: Client, coming_as: Any, sound: Any, kari: Person, editor: Person, secret: Any
) -> None:
    draft, at = sound(documents=[document(secret), LINK]), timezone.now()
    made_of = drafts.draft_document(draft, at=at)
    assert [one["title"] for one in made_of["documents"]] == ["Lenke"]
    assert larvik.get(f"/del/{draft.key}/fil/{secret['sha256']}/").status_code == 404
    for look in ("forhandsvis", "vurder", "send-inn"):
        assert "grevlinghi" not in larvik.get(f"/del/{draft.key}/{look}/").content.decode(), look
    told = [fault for fault in drafts.draft_faults(draft, at=at) if fault.step == Step.DOCUMENTS]
    assert [(fault.place, fault.code) for fault in told] == [("documents.0", "file_refused")]
    answer = larvik.post(f"/del/{draft.key}/send-inn/", {"agreed": "on"})
    assert answer.status_code == 422 and "Filen er borte" in answer.content.decode()
    for move, person in ((moves.submit, kari), (moves.publish, editor)):
        with pytest.raises(moves.NotReady):
            move(draft=draft, person=person, at=at)
    assert "Filen er borte" in larvik.get(f"{here(draft, 'dokumenter')}?vis=feil").content.decode()
    assert case_by_id("varme-i-grunnen") is None


def test_a_document_beside_it_is_told_of_where_it_was_typed(sound: Any, secret: Any) -> None:
    draft = sound(documents=[document(secret), {**LINK, "url": "ikke en adresse"}])
    places = {fault.place for fault in drafts.draft_faults(draft, at=timezone.now())}
    assert {"documents.0", "documents.1.url"} <= places


@pytest.mark.parametrize("lie", [{}, {"media_type": "text/plain", "size": 15}, {"name": "x.txt"}])
def test_a_case_file_with_a_known_digest_brings_nothing(
    larvik: Client, case_data: Any, secret: Any, lie: dict[str, Any]
) -> None:
    told = case_data(documents=[document({**secret, **lie}), LINK], figures=[])
    upload = SimpleUploadedFile("sak.json", json.dumps(told).encode(), "application/json")
    assert larvik.post("/del/fra-fil/", {"file": upload}).status_code == 302
    draft = Draft.objects.latest("pk")
    named = draft.parts.get(step=Step.DOCUMENTS).content["documents"]
    assert [one["title"] for one in named] == ["Lenke"]
    assert larvik.get(f"/del/{draft.key}/fil/{secret['sha256']}/").status_code == 404


def test_loading_a_case_file_opens_no_file_of_a_draft(case_data: Any, secret: Any, tmp_path: Path) -> None:
    path = tmp_path / "sak.json"
    path.write_text(json.dumps(case_data(documents=[document(secret), LINK], figures=[])), encoding="utf-8")
    loaded, refused = seed.load_case_files(paths=[path], origin=Origin.FILE, at=timezone.now())
    assert loaded == [] and [[(one.code, one.place) for one in each.faults] for each in refused] == [
        [("file_not_with_it", "documents[0].file")]
    ]


def test_bringing_the_same_bytes_oneself_is_no_theft(kari: Person, sound: Any, secret: Any) -> None:
    draft = sound(documents=[document(secret)])
    accept(name="egen.txt", chunks=[b"grevlinghi avtale"], at=timezone.now(), draft_key=draft.key)
    kept = drafts.draft_document(draft, at=timezone.now())["documents"]
    assert kept[0]["file"]["name"] == "egen.txt", "under our own name for it, never theirs"


def test_a_broken_file_is_not_sent_in(larvik: Client, sound: Any) -> None:
    draft = sound()
    taken = accept(name="a.txt", chunks=[b"skadet"], at=timezone.now(), draft_key=draft.key)
    file = dict(taken.file)  # type: ignore[union-attr]
    DraftPart.objects.update_or_create(
        draft=draft,
        step=Step.DOCUMENTS,
        defaults={"content": {"documents": [document(file)]}, "saved": timezone.now(), "saved_by": draft.made_by},
    )
    assert drafts.draft_faults(draft, at=timezone.now()) == []
    from ringvirkning.catalogue.models import StoredFile

    StoredFile.objects.filter(sha256=file["sha256"]).update(state="unreadable", problem="broken")
    answer = larvik.post(f"/del/{draft.key}/send-inn/", {"agreed": "on"})
    assert answer.status_code == 422 and "Filen er skadet" in answer.content.decode()


def upload(browser: Client, draft: Draft, *files: SimpleUploadedFile) -> Any:
    sent = {**form(browser, here(draft, "dokumenter")), "do": "upload", "clock": "", "files": list(files)}
    return browser.post(here(draft, "dokumenter"), sent, follow=True)


HOSTILE = {
    "markup as pdf": ("rapport.pdf", b"<html><script>alert(1)</script></html>"),
    "svg as png": ("bilde.png", made.SCRIPT_SVG),
    "svg": ("bilde.svg", made.SCRIPT_SVG),
    "program": ("rapport.pdf", b"MZ" + b"\x00" * 200),
    "php": ("rapport.txt", made.PHP),
    "empty": ("tom.pdf", b""),
    "name of script": ('"><script>alert(1)</script>.exe', b"MZ\x00"),
}


@pytest.mark.parametrize(("name", "content"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_in_words(larvik: Client, draft: Draft, name: str, content: bytes) -> None:
    answer = upload(larvik, draft, SimpleUploadedFile(name, content, "application/pdf"))
    assert answer.status_code == 200
    is_harmless(answer)
    documents = drafts.part_of(draft, Step.DOCUMENTS).content.get("documents", [])
    for one in documents:  # text is text, whatever it says; nothing here is ever shown as a page
        assert one["file"]["media_type"] == "text/plain"
        got = larvik.get(f"/del/{draft.key}/fil/{one['file']['sha256']}/")
        assert "attachment" in got["Content-Disposition"] and "sandbox" in got["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "a\x00b.txt",
        "\u202etxt.exe.txt",
        "a" * 500 + ".txt",
        "CON.txt",
        "x\r\nSet-Cookie: a=b.txt",
        ".txt",
        "..txt",
    ],
)
def test_tricks_in_names_of_files(larvik: Client, draft: Draft, name: str) -> None:
    file = SimpleUploadedFile("x.txt", b"tekst", "text/plain")
    file._name = name  # past the cleaning that the test's own browser does
    assert upload(larvik, draft, file).status_code == 200
    for one in drafts.part_of(draft, Step.DOCUMENTS).content.get("documents", []):
        kept = one["file"]["name"]
        assert not re.search(r"[/\\\x00-\x1f\u202e]", kept) and len(kept) <= 200
        got = larvik.get(f"/del/{draft.key}/fil/{one['file']['sha256']}/")
        assert got.status_code == 200 and "Set-Cookie" not in got


def test_thirty_files_at_once_are_taken_as_far_as_it_goes_and_the_rest_is_told(larvik: Client, draft: Draft) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", f"tekst {number}".encode()) for number in range(23)]
    page = upload(larvik, draft, *files).content.decode()
    assert len(drafts.part_of(draft, Step.DOCUMENTS).content["documents"]) == 20
    assert page.count("20 filer om gangen") == 3 and "22.txt" in page


def test_too_large_a_file_is_told_of(larvik: Client, draft: Draft, settings: Any) -> None:
    settings.MOST_UPLOAD = 200_000
    answer = upload(larvik, draft, SimpleUploadedFile("stor.txt", b"a" * 3_000_000))
    assert answer.status_code == 200 and "for stor" in answer.content.decode()


def test_a_visitors_file_is_never_kept(client: Client, monkeypatch: Any) -> None:
    """No page takes files from visitors, so nothing they send may reach the disk."""
    seen: list[int] = []
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    receive = TemporaryFileUploadHandler.receive_data_chunk

    def watched(self: Any, raw: bytes, start: int) -> Any:
        seen.append(len(raw))
        return receive(self, raw, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", watched)
    big = SimpleUploadedFile("stor.txt", b"a" * 4_000_000)
    assert client.post("/konto/logg-inn/", {"login": "a@eksempel.no", "password": "x", "f": big}).status_code == 200
    assert seen == []


# Case files.


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"format": "ringvirkning-case", "version": ' + b"9" * 10_000 + b"}",
        b'{"format": "ringvirkning-case", "version": 1e999}',
        b'{"format": "\\ud800", "title": {"nb": "\\udfff"}}',
        b'\xff\xfe{"format"',
        b"\x00" * 5_000,
        b"PK\x03\x04" + b"\x00" * 100,
        b"NaN",
        b'{"__proto__": {}, "title": {"nb": "<script>alert(1)</script>"}}',
        b"--- !!python/object/apply:os.system [id]",
    ],
    ids=range(11),
)
def test_hostile_case_files_are_refused_in_words(larvik: Client, content: bytes) -> None:
    answer = larvik.post("/del/fra-fil/", {"file": SimpleUploadedFile("sak.json", content)})
    assert answer.status_code == 200
    is_harmless(answer)
    assert Draft.objects.count() == 0


# What a request is made of.


@pytest.mark.parametrize("charset", ["hex", "rot13", "unicode_escape", "utf-16", "utf-7", "idna", "no-such", "base64"])
def test_a_made_up_encoding_changes_nothing(client: Client, charset: str) -> None:
    client.raise_request_exception = False
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    asked = client.generic("GET", "/biblioteket/?q=eldre%5Cud800", content_type=kind)
    assert asked.status_code == 200
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800@eksempel.no\r\n--x--\r\n'
    for content_type in (kind, f"multipart/form-data; boundary=x; charset={charset}"):
        answer = client.generic("POST", "/konto/logg-inn/", body, content_type=content_type)
        assert answer.status_code in {200, 400}, content_type


def test_null_characters_are_taken_out_everywhere(coming_as: Any, somebody: Any) -> None:
    boss = coming_as(Role.ADMINISTRATOR, raise_request_exception=False)
    zero = "a\x00b"
    sent = {
        name: zero
        for name in (
            "organisation",
            "leave",
            "ord",
            "begrep",
            "mark",
            "bruker",
            "rolle",
            "text",
            "q",
            "navn",
            "login",
            "email",
            "name",
            "answer",
            "note",
            "vis",
            "sorter",
        )
    }
    for address in (
        "/konto/",
        "/konto/bli-med/",
        "/del/",
        "/del/fra-tekst/",
        "/redaksjon/ord/",
        "/redaksjon/savnet/",
        "/redaksjon/brukere/",
        "/redaksjon/hendelser/",
        "/redaksjon/lenker/",
        "/bekreft/x/",
        "/konto/logg-inn/",
        "/virksomheter/larvik/brukere/",
        "/redaksjon/virksomheter/",
    ):
        assert boss.get(address, sent).status_code < 500, address
        assert boss.post(address, sent).status_code < 500, address
        assert boss.post(address, {**sent, "gjor": "fjern", "do": "remove"}).status_code < 500, address


def test_a_cookie_with_a_null_character_is_no_cookie(client: Client) -> None:
    client.raise_request_exception = False
    for name in ("sessionid", "csrftoken", "messages", "django_language"):
        answer = client.get("/min-side/", headers={"cookie": f'{name}="\\000{"a" * 31}"'})
        assert answer.status_code == 302, name


def test_too_many_fields_and_too_much_text_are_refused(larvik: Client, draft: Draft) -> None:
    many = {f"f{number}": "x" for number in range(5_200)}
    assert larvik.post(here(draft), many).status_code == 400
    assert larvik.post(here(draft), {"title.nb": "a" * 3_200_000}).status_code in {400, 413}
    count = {**form(larvik, here(draft, "tall")), "figures.count": "999999999999", "do": "save", "clock": ""}
    assert larvik.post(here(draft, "tall"), count).status_code in {302, 422}


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data; name=\r\n\r\n", b"\xff" * 100])
@pytest.mark.parametrize("length", ["", "0", "-1", "abc", "99999999"])
def test_multipart_lies(larvik: Client, draft: Draft, body: bytes, length: str) -> None:
    more: dict[str, Any] = {"CONTENT_LENGTH": length} if length else {}
    more["wsgi.input"] = BytesIO(body)  # as a server gives it: what is not there reads as the end
    answer = larvik.generic("POST", here(draft), body, content_type="multipart/form-data; boundary=x", **more)
    assert answer.status_code < 500


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_half_a_form_is_not_saved_over_a_whole_one(larvik: Client, draft: Draft, kind: str) -> None:
    """The connection broke while the form was on its way. Saving what came would empty the fields that did not."""
    kept = drafts.draft_document(draft, at=timezone.now())
    part = b'--x\r\nContent-Disposition: form-data; name="title.nb"\r\n\r\nVarm'
    body = part if "multipart" in kind else b"title.nb=Varm"
    broken = {"CONTENT_LENGTH": str(len(body) + 100), "wsgi.input": BytesIO(body)}
    answer = larvik.generic("POST", here(draft), body, content_type=kind, **broken)
    assert answer.status_code == 400
    assert drafts.draft_document(draft, at=timezone.now()) == kept


# Doors.

OF_A_DRAFT = (
    "behov",
    "forhandsvis",
    "vurder",
    "send-inn",
    "forkast",
    "publiser",
    "nyere",
    "send-tilbake",
    "kommentar",
    "kommentar/1/ferdig",
    f"fil/{'0' * 64}",
)


@pytest.mark.parametrize("page", OF_A_DRAFT)
def test_another_organisations_draft_is_not_there(stranger: Client, sound: Any, page: str) -> None:
    draft = sound()
    before = json.dumps([*DraftPart.objects.values_list("content", "version")])
    for ask in (stranger.get, stranger.post):
        theirs, none = ask(f"/del/{draft.key}/{page}/"), ask(f"/del/{uuid4()}/{page}/")
        assert theirs.status_code == none.status_code and theirs.status_code in {403, 404, 405}
        assert "Varme i grunnen" not in theirs.content.decode()
    assert json.dumps([*DraftPart.objects.values_list("content", "version")]) == before


@pytest.mark.parametrize("page", ["trekk", "arkiver", "gjenopprett", "rediger"])
def test_a_contributor_of_another_organisation_moves_no_case(
    coming_as: Any, somebody: Any, stranger: Client, sound: Any, editor: Person, page: str
) -> None:
    case = moves.publish(draft=sound(), person=editor, at=timezone.now())
    keeper = coming_as(somebody(Role.ORGANISATION_ADMINISTRATOR, organisation="skien"))
    for browser in (stranger, keeper):
        assert browser.post(
            f"/biblioteket/{case.case_id}/{page}/", {"reason": "x", "organisation": "larvik"}
        ).status_code in {403, 404}
    case.refresh_from_db()
    assert case.standing == "published" and not Draft.objects.filter(case=case, state=DraftState.DRAFT).exists()


def test_two_organisations_behind_one_case_do_not_meet_a_wall(
    coming_as: Any, somebody: Any, kari: Person, sound: Any, editor: Person
) -> None:
    """The other buyer's people have begun on a new version already. That is said; it is no error of ours."""
    lead = {"organisation": {"name": "Larvik kommune"}, "role": "lead", "sources": ["s1"]}
    other = {"organisation": {"name": "Skien kommune"}, "role": "co_buyer", "sources": ["s1"]}
    case = moves.publish(draft=sound(parties=[lead, other]), person=editor, at=timezone.now())
    drafts.start_revision(case=case, person=kari, organisation="larvik", at=timezone.now())
    browser = coming_as(somebody(Role.CONTRIBUTOR, organisation="skien"), raise_request_exception=False)
    place = f"/biblioteket/{case.case_id}/rediger/"
    assert "Larvik kommune arbeider allerede med en ny versjon" in browser.get(place).content.decode()
    answer = browser.post(place, {"organisation": "skien"}, follow=True)
    assert answer.status_code == 200
    assert Draft.objects.get(case=case, state=DraftState.DRAFT).organisation == "larvik"
    assert [str(one) for one in answer.context["messages"]] != [], "why not is said"


def test_whoever_has_left_has_left(larvik: Client, kari: Person, draft: Draft) -> None:
    assert larvik.get(here(draft)).status_code == 200
    Membership.objects.filter(person=kari).update(state=MembershipState.ENDED)
    for page in ("behov", "vurder", "forhandsvis"):
        assert larvik.get(f"/del/{draft.key}/{page}/").status_code in {403, 404}
    assert larvik.post(here(draft), {"title.nb": "Ny"}).status_code in {403, 404}
    assert "Varme" not in larvik.get("/min-side/").content.decode()


def test_a_closed_account_has_no_session(larvik: Client, kari: Person, draft: Draft) -> None:
    Person.objects.filter(pk=kari.pk).update(is_active=False)
    assert larvik.get(here(draft)).status_code == 302
    assert larvik.post(here(draft), {"title.nb": "Ny"}).status_code == 302


def test_nobody_makes_themself_more(larvik: Client, coming_as: Any, somebody: Any, kari: Person) -> None:
    more = {
        "programme_role": "administrator",
        "is_active": "1",
        "demonstration": "1",
        "email": "ny@eksempel.no",
        "role": "administrator",
        "organisation": "skien",
        "is_superuser": "1",
        "pk": "1",
        "joined": "1900-01-01",
    }
    larvik.post("/konto/", {"name": "Kari", "language": "nb", **more})
    larvik.post("/del/", {**more, "made_by": "1", "state": "published", "case": "1"})
    fresh = Person.objects.get(pk=kari.pk)
    assert (fresh.programme_role, fresh.email, fresh.demonstration) == ("", kari.email, False)
    assert list(fresh.memberships.values_list("organisation", "role")) == [("larvik", MemberRole.CONTRIBUTOR)]
    assert (
        not Draft.objects.exclude(organisation="larvik").exists() and not Draft.objects.exclude(state="draft").exists()
    )
    keeper = coming_as(somebody(Role.ORGANISATION_ADMINISTRATOR))
    people = "/virksomheter/larvik/brukere/"
    for role in ("editor", "administrator\x00", "programme", "superuser"):
        keeper.post(people, {"do": "invite", "email": "ny@eksempel.no", "role": role})
    assert not Invitation.objects.exclude(role__in=set(MemberRole)).exists()
    coming_as(Role.VISITOR).post(
        "/konto/ny-bruker/",
        {
            "email": "x@eksempel.no",
            "name": "X",
            "password1": "en lang setning her",
            **{k: v for k, v in more.items() if k != "email"},
        },
    )
    assert Person.objects.get(email="x@eksempel.no").programme_role == ""


def test_an_editor_without_a_second_factor_gets_no_further(coming_as: Any, editor: Person, sound: Any) -> None:
    Person.objects.filter(pk=editor.pk).update(demonstration=False)
    editor.refresh_from_db()
    draft, browser = _submitted(sound()), coming_as(editor)
    for address in (f"/del/{draft.key}/publiser/", f"/del/{draft.key}/vurder/", "/redaksjon/"):
        answer = browser.post(address) if "publiser" in address else browser.get(address)
        assert (answer.status_code, answer["Location"].startswith("/konto/")) == (302, True)
    draft.refresh_from_db()
    assert draft.state == DraftState.SUBMITTED


@pytest.mark.parametrize(
    "where",
    [
        "https://ond.eksempel.no",
        "//ond.eksempel.no",
        "/\\ond.eksempel.no",
        "http:ond.eksempel.no",
        "javascript:alert(1)",
        "https:///ond.eksempel.no",
        "\thttps://ond.eksempel.no",
        "http://localhost/",
        "https://testserver@ond.eksempel.no/",
    ],
)
def test_nothing_leads_away(
    client: Client, coming_as: Any, kari: Person, settings: Any, draft: Draft, where: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    kari.set_password("en lang setning om fjorden")
    kari.save()
    sent = {"login": kari.email, "password": "en lang setning om fjorden", "next": where}
    comment = add_comment(draft=draft, step=Step.NEED, place="", text="x", person=kari, at=timezone.now())
    answers = [client.post("/konto/logg-inn/", sent)]
    inside = coming_as(kari)
    answers.append(inside.post(f"/del/{draft.key}/kommentar/{comment.pk}/ferdig/", {"next": where}))
    answers.append(inside.get("/konto/logg-inn/", {"next": where}))
    answers.append(inside.post("/konto/logg-ut/", {"next": where}))
    for answer in answers:
        assert re.match(r"/(?![/\\])", answer.get("Location", "/")), answer["Location"]


# Secrets in links.


def test_secrets_are_of_one_use_and_one_purpose(client: Client, sound: Any, kari: Person) -> None:
    draft = sound(
        contacts=[
            {
                "organisation": {"name": "Larvik kommune"},
                "role": {"nb": "Leder"},
                "email": "per@eksempel.no",
                "person": {"name": "Per P"},
            }
        ]
    )
    moves.submit(draft=draft, person=kari, at=timezone.now())
    found = re.search(r"/samtykke/([\w-]+)/", Letter.objects.get(to="per@eksempel.no").text)
    assert found
    assert client.get(f"/samtykke/{found[1]}/").status_code == 200
    for area in ("bekreft", "konto/invitasjon", "konto/bekreft-e-post"):
        assert client.get(f"/{area}/{found[1]}/").status_code in {404, 200}
        assert "Per P" not in client.get(f"/{area}/{found[1]}/").content.decode()
    digest = Consent.objects.get().digest
    assert client.get(f"/samtykke/{digest}/").status_code == 404, "what we keep is not the key"


# Going out.


INNER = [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://0/",
    "http://localhost:8000/",
    "https://bruker:passord@eksempel.no/",
    "http://127.1/",
    "http://[fe80::1%25eth0]/",
    "http://[64:ff9b::7f00:1]/",
    "http://eksempel.no:22/",
    "file:///etc/passwd",
    "ftp://eksempel.no/",
    "gopher://x.no/",
]


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_opened_for_anybody(larvik: Client, address: str, monkeypatch: Any) -> None:
    opened: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda self, where: opened.append(where))
    answer = larvik.post("/del/fra-tekst/", {"text": address})
    assert answer.status_code == 200 and opened == [] and Draft.objects.count() == 0


# What others do at the same moment.


def test_publishing_twice_makes_one_version(coming_as: Any, editor: Person, sound: Any) -> None:
    draft = _submitted(sound())
    browser = coming_as(editor, raise_request_exception=False)
    answers = [browser.post(f"/del/{draft.key}/publiser/") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    draft.refresh_from_db()
    assert draft.case and draft.case.revisions.count() == 1
    assert Entry.objects.filter(verb="published", subject=draft.case.case_id).count() == 1


def test_choosing_between_texts_after_it_was_sent_in_is_answered_in_words(
    larvik: Client, sound: Any, kari: Person
) -> None:
    draft = sound()
    SetAside.objects.create(
        draft=draft, step=Step.NEED, person=kari, content={"title": {"nb": "Annet"}}, base_version=1, at=timezone.now()
    )
    _submitted(draft)
    assert larvik.post(here(draft), {"settle": "1", "choose-title": "mine", "version": "1"}).status_code == 302
    assert drafts.title_of(draft) == "Varme i grunnen"


# What we know about people.


def test_an_account_may_go_while_its_work_stays(larvik: Client, kari: Person, sound: Any, coming_as: Any) -> None:
    draft, at = sound(), timezone.now()
    add_comment(draft=draft, step=Step.NEED, place="", text="Se på dette", person=kari, at=at)
    from ringvirkning.ledger.operations import record
    from ringvirkning.people.operations import delete_account

    email = kari.email
    delete_account(person=kari, at=at, record=record)
    assert larvik.get(here(draft)).status_code == 302
    colleague = coming_as(Role.CONTRIBUTOR, raise_request_exception=False)
    for page in ("behov", "vurder", "send-inn"):
        answer = colleague.get(f"/del/{draft.key}/{page}/")
        assert answer.status_code == 200
        assert "Kari Prøve" not in answer.content.decode() and email not in answer.content.decode()


def test_what_we_keep_is_all_handed_out(larvik: Client, kari: Person, sound: Any, stranger: Client) -> None:
    draft, at = sound(), timezone.now()
    add_comment(draft=draft, step=Step.NEED, place="", text="Min kommentar", person=kari, at=at)
    SetAside.objects.create(
        draft=draft, step=Step.NEED, person=kari, content={"title": {"nb": "Min tekst"}}, base_version=1, at=at
    )
    told = larvik.get("/konto/mine-opplysninger.json").content.decode()
    for words in (kari.email, str(draft.key), "Min kommentar", "Min tekst"):
        assert words in told
    assert "Min kommentar" not in stranger.get("/konto/mine-opplysninger.json").content.decode()
    assert kari.password not in told
