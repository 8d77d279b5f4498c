"""Where sharing begins: blank, from a text or page, from a file; and the library as files for everybody."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ringvirkning.catalogue import files, queries
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import Origin, Standing
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.terms import MembershipState, Role
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.queries import part_of
from ringvirkning.publishing.terms import Step
from ringvirkning.sources import webpage
from ringvirkning.sources.wire import SENTENCES, Unfetchable
from ringvirkning.web.start.words import unfetchable

pytestmark = pytest.mark.usefixtures("library")
TEXT = (
    "Larvik kommune inngikk innovasjonspartnerskap med Eksempel Teknologi AS om bedre nattilsyn for eldre på sykehjem. "
    "Kommunen holdt en dialogkonferanse der 23 leverandører deltok. "
)
NOTE = b"Behovet, kort fortalt.\n"


@pytest.fixture(autouse=True)
def own_exports(settings: Any, tmp_path: Path) -> None:
    settings.EXPORTS = tmp_path / "exports"


@pytest.fixture
def writer(somebody: Callable[..., Person]) -> Person:
    return somebody(Role.CONTRIBUTOR)


@pytest.fixture
def browser(coming_as: Callable[..., Client], writer: Person) -> Client:
    return coming_as(writer)


def joins(person: Person, organisation: str, at: datetime) -> None:
    Membership.objects.create(person=person, organisation=organisation, state=MembershipState.ACTIVE, since=at)


def begun(response: Any) -> Draft:
    draft = Draft.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/del/{draft.key}/behov/")
    return draft


def refused(response: Any) -> str:
    assert response.status_code == 200
    assert not Draft.objects.exists()
    page: str = response.content.decode()
    assert 'aria-invalid="true"' in page and "ds-error-summary" in page
    return page


# Choosing.


def test_a_blank_draft_is_begun_for_the_only_organisation(browser: Client, writer: Person) -> None:
    page = browser.get("/del/").content.decode()
    assert "Du deler for <strong>Larvik kommune</strong>" in page
    assert 'name="robots" content="noindex"' in page
    draft = begun(browser.post("/del/"))
    assert (draft.organisation, draft.made_by, draft.languages) == ("larvik", writer, "nb")


def test_somebody_with_several_organisations_chooses(browser: Client, writer: Person, now: datetime) -> None:
    joins(writer, "stavanger", now)
    assert "Velg hvilken virksomhet" in refused(browser.post("/del/"))
    refused(browser.post("/del/", {"organisation": "oslo"}))
    assert begun(browser.post("/del/", {"organisation": "stavanger"})).organisation == "stavanger"


def test_a_stranger_to_an_organisation_cannot_begin_for_it(browser: Client) -> None:
    refused(browser.post("/del/", {"organisation": "stavanger"}))


def test_an_editor_may_name_any_organisation_or_none(coming_as: Callable[..., Client]) -> None:
    editor = coming_as(Role.EDITOR)
    assert "finner ikke" in refused(editor.post("/del/", {"organisation": "Finnes ikke"}))
    assert begun(editor.post("/del/", {"organisation": "Stavanger kommune"})).organisation == "stavanger"
    Draft.objects.all().delete()
    assert begun(editor.post("/del/", {"organisation": ""})).organisation == ""


def test_whoever_belongs_nowhere_is_told_how_to(coming_as: Callable[..., Client]) -> None:
    browser = coming_as(Role.SIGNED_IN)
    assert "Bli med i en virksomhet" in browser.get("/del/").content.decode()
    browser.post("/del/", {"organisation": "larvik"})
    assert not Draft.objects.exists()
    assert browser.get("/del/fra-tekst/").status_code == 403
    assert browser.get("/del/fra-fil/").status_code == 403


@pytest.mark.parametrize("path", ["/del/", "/del/fra-tekst/", "/del/fra-fil/"])
def test_a_visitor_signs_in_first(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/konto/")


@pytest.mark.parametrize("path", ["/del/", "/del/fra-tekst/", "/del/fra-fil/"])
def test_a_form_sent_from_elsewhere_is_refused(coming_as: Callable[..., Client], writer: Person, path: str) -> None:
    assert coming_as(writer, enforce_csrf_checks=True).post(path, {"text": TEXT}).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("path", ["/del/", "/del/fra-tekst/", "/del/fra-fil/"])
def test_the_pages_are_never_kept(browser: Client, path: str) -> None:
    assert "no-store" in browser.get(path)["Cache-Control"]


def test_own_cases_can_be_written_anew(browser: Client) -> None:
    page = browser.get("/del/").content.decode()
    assert "/biblioteket/elektronisk-medisineringsstotte/rediger/" in page
    assert "/biblioteket/nodig-development/rediger/" not in page


# From a text or a page.


def test_a_text_is_recognised_and_asked_about(browser: Client) -> None:
    draft = begun(browser.post("/del/fra-tekst/", {"text": TEXT, "own": "yes"}))
    who, how = part_of(draft, Step.WHO), part_of(draft, Step.HOW)
    assert who.content["parties"][0]["organisation"]["name"] == "Larvik kommune"
    assert how.content["procurement"]["procedure"] == "innovation_partnership"
    assert "parties.0" in who.unconfirmed and "procurement.procedure" in how.unconfirmed
    assert part_of(draft, Step.NEED).content["summary"]["text"]["nb"].startswith("Larvik kommune inngikk")
    shown = browser.get(f"/del/{draft.key}/hvem/").content.decode()
    assert "Larvik kommune" in shown and "stemmer" in shown


def test_others_text_gives_facts_only(browser: Client) -> None:
    draft = begun(browser.post("/del/fra-tekst/", {"text": TEXT, "own": "no"}))
    assert "summary" not in part_of(draft, Step.NEED).content


@pytest.mark.parametrize("text", ["", "   ", "kort", "<b>"])
def test_too_little_text_is_told(browser: Client, text: str) -> None:
    assert "minst et par setninger" in refused(browser.post("/del/fra-tekst/", {"text": text, "own": "yes"}))


def test_too_long_a_text_is_told_and_kept(browser: Client) -> None:
    assert "for lang" in refused(browser.post("/del/fra-tekst/", {"text": TEXT * 400, "own": "yes"}))


def answers(monkeypatch: pytest.MonkeyPatch, body: str = "", **answer: Any) -> list[str]:
    asked: list[str] = []

    def fetch(url: str, **_: object) -> webpage.Fetched:
        asked.append(url)
        if "code" in answer:
            raise Unfetchable(answer["code"], most_bytes=5_000_000)
        kind = answer.get("kind", "text/html; charset=utf-8")
        return webpage.Fetched(url, answer.get("status", 200), kind, body.encode())

    monkeypatch.setattr(webpage, "fetch", fetch)
    return asked


ARTICLE = f"""<html><head><title>Trygg natt | Larvik kommune</title>
<meta property="og:site_name" content="Larvik kommune">
</head><body><article><h1>Trygg natt</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""


@pytest.mark.parametrize(
    "typed", ["https://www.larvik.kommune.no/natt", "www.larvik.kommune.no/natt", " larvik.kommune.no/natt "]
)
def test_a_page_is_fetched_and_is_the_source(browser: Client, monkeypatch: Any, typed: str) -> None:
    asked = answers(monkeypatch, ARTICLE)
    draft = begun(browser.post("/del/fra-tekst/", {"text": typed, "own": "yes"}))
    assert asked[0].startswith("https://") and asked[0].endswith("larvik.kommune.no/natt")
    need, sources = part_of(draft, Step.NEED).content, part_of(draft, Step.SOURCES).content
    assert need["title"] == {"nb": "Trygg natt"}
    assert "summary" not in need  # the page's sentences are not the writer's, whatever is ticked
    assert sources["sources"][0]["url"] == asked[0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status": 404}, "Siden finnes ikke lenger"),
        ({"status": 403}, "Siden er ikke åpen for alle"),
        ({"status": 500}, "virker ikke akkurat nå"),
        ({"code": "not_public"}, "internt nett"),
        ({"code": "too_large"}, "for stor"),
        ({"code": "too_slow"}, "for lang tid"),
        ({"kind": "image/png"}, "kan ikke lese teksten"),
        ({}, "nesten ingen tekst"),
    ],
)
def test_a_page_that_cannot_be_read_is_told_and_the_way_on(
    browser: Client, monkeypatch: Any, answer: dict[str, Any], told: str
) -> None:
    answers(monkeypatch, "<html><body><p>Kort.</p></body></html>", **answer)
    page = refused(browser.post("/del/fra-tekst/", {"text": "https://eksempel.no/a", "own": "yes"}))
    assert told in page and "kopiere teksten og lime den inn" in page
    assert "https://eksempel.no/a</textarea>" in page


def test_every_reason_has_words() -> None:
    for code in SENTENCES:
        said = unfetchable(Unfetchable(code, most_bytes=5_000_000))
        assert said and "{" not in said


@pytest.mark.parametrize("typed", ["http://127.0.0.1:5432/", "http://169.254.169.254/latest/", "http://localhost/"])
def test_an_inner_address_is_not_opened(browser: Client, typed: str) -> None:
    refused(browser.post("/del/fra-tekst/", {"text": typed, "own": "yes"}))


# From a file.


def sent(browser: Client, content: bytes, name: str = "sak.json", **more: str) -> Any:
    return browser.post("/del/fra-fil/", {"file": SimpleUploadedFile(name, content), **more})


def test_a_case_file_becomes_a_draft(browser: Client, case_data: Any) -> None:
    draft = begun(sent(browser, json.dumps(case_data()).encode()))
    assert draft.case is None
    assert part_of(draft, Step.NEED).content["title"] == {"nb": "Varme i grunnen"}
    assert part_of(draft, Step.FIGURES).content["figures"][0]["kind"] == "expected"
    assert all("id" not in part.content for part in draft.parts.all())


def test_a_case_file_with_faults_is_refused_with_each(browser: Client, case_data: Any) -> None:
    page = refused(sent(browser, json.dumps(case_data(themes=["romfart"], licence=""), indent=1).encode()))
    assert "Saksfilen har 1 feil" in page or "Saksfilen har 2 feil" in page
    assert "licence" in page


@pytest.mark.parametrize("content", [b"", b"tull", b"{}", b"[]", b"\xff\xfe", b"PK\x03\x04tull", b"[" * 100_000])
def test_a_file_that_is_no_case_is_refused(browser: Client, content: bytes) -> None:
    refused(sent(browser, content))


def test_no_file_is_told(browser: Client) -> None:
    assert "Velg en fil" in refused(browser.post("/del/fra-fil/"))


def test_too_large_a_file_is_told(browser: Client, settings: Any) -> None:
    settings.MOST_UPLOAD = 1_000_000
    assert "Grensen er 1 MB" in refused(sent(browser, b"x" * 1_000_001))


def zipped(browser: Client, case_id: str) -> bytes:
    response = browser.get(f"/biblioteket/{case_id}/last-ned.zip")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


@pytest.fixture
def shared(a_case: Any, now: datetime) -> str:
    """Publish a case of Lillestrøm with a document; return its id."""
    taken = files.accept(name="notat.txt", chunks=[NOTE], at=now)
    assert isinstance(taken, files.Accepted)
    documents = [{"title": "Notat", "kind": "report", "language": "nb", "file": taken.file}]
    publish_case(case_file=a_case(documents=documents), origin=Origin.SHARED, at=now)
    return "varme-i-grunnen"


def test_a_case_of_ours_becomes_a_new_version(browser: Client, writer: Person, shared: str, now: datetime) -> None:
    joins(writer, "lillestrom", now)
    packed = zipped(browser, shared)
    draft = begun(sent(browser, packed, "sak.zip", organisation="lillestrom"))
    assert draft.case == queries.case_by_id(shared)
    assert part_of(draft, Step.DOCUMENTS).content["documents"][0]["file"]["name"] == "notat.txt"
    # What is being written already is not replaced.
    page = sent(browser, packed, "sak.zip", organisation="lillestrom").content.decode()
    assert "arbeider allerede" in page and str(draft.key) in page


def test_a_case_of_others_becomes_a_new_case_with_its_files(browser: Client, shared: str) -> None:
    draft = begun(sent(browser, zipped(browser, shared), "sak.zip"))
    assert (draft.case, draft.organisation) == (None, "larvik")
    file = part_of(draft, Step.DOCUMENTS).content["documents"][0]["file"]
    assert files.sound_file(draft_key=draft.key, file=file) is not None


def test_a_known_digest_opens_nobody_elses_file(browser: Client, shared: str, case_data: Any) -> None:
    case = queries.case_by_id(shared)
    assert case is not None and case.revision is not None
    stolen = case_data(id="min", documents=case.revision.document["documents"])
    draft = begun(sent(browser, json.dumps(stolen).encode()))
    assert "documents" not in part_of(draft, Step.DOCUMENTS).content
    assert "fulgte ikke med" in browser.get(f"/del/{draft.key}/behov/").content.decode()


def test_bytes_that_are_not_the_digest_open_nothing(browser: Client, shared: str, tmp_path: Path) -> None:
    packed = zipped(browser, shared)
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(tmp_path / "a.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"noe annet" if name.startswith("files/") else old.read(name))
    refused(sent(browser, (tmp_path / "a.zip").read_bytes(), "sak.zip"))


def test_an_archive_of_several_cases_is_told(browser: Client) -> None:
    packed = b"".join(browser.get("/biblioteket/last-ned.zip").streaming_content)  # type: ignore[arg-type]
    assert "Arkivet har 71 saker" in refused(sent(browser, packed, "alt.zip"))


def test_a_hostile_archive_is_told(browser: Client, shared: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(browser, shared))
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as packed:
        packed.writestr("../../etc/passwd", b"x")
    assert "peker ut av arkivet" in refused(sent(browser, (tmp_path / "a.zip").read_bytes(), "sak.zip"))


# Out.


def test_everybody_may_take_a_case_or_the_library(client: Client, shared: str) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(client, shared))) as packed:
        assert json.loads(packed.read("cases/varme-i-grunnen.json"))["id"] == shared
        assert NOTE in [packed.read(name) for name in packed.namelist() if name.startswith("files/")]
    response = client.get("/biblioteket/last-ned.zip")
    assert response["Content-Type"] == "application/zip"
    assert 'filename="ringvirkning.zip"' in response["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as packed:  # type: ignore[arg-type]
        assert sum(name.startswith("cases/") for name in packed.namelist()) == 72


def test_an_unchanged_download_is_not_sent_again(client: Client, shared: str) -> None:
    for path in (f"/biblioteket/{shared}/last-ned.zip", "/biblioteket/last-ned.zip"):
        tag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_the_library_is_packed_once_for_each_change(client: Client, settings: Any, a_case: Any, now: datetime) -> None:
    client.get("/biblioteket/last-ned.zip")
    first = list(settings.EXPORTS.iterdir())
    client.get("/biblioteket/last-ned.zip")
    assert list(settings.EXPORTS.iterdir()) == first
    publish_case(case_file=a_case(), origin=Origin.FILE, at=now)
    client.get("/biblioteket/last-ned.zip")
    after = list(settings.EXPORTS.iterdir())
    assert len(after) == 1 and after != first


def test_a_withdrawn_case_cannot_be_taken(client: Client, shared: str, now: datetime) -> None:
    case = queries.case_by_id(shared)
    assert case is not None
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="Feil.", at=now)
    assert client.get(f"/biblioteket/{shared}/last-ned.zip").status_code == 404
    packed = b"".join(client.get("/biblioteket/last-ned.zip").streaming_content)  # type: ignore[arg-type]
    assert b"varme-i-grunnen" not in packed
    assert client.get("/biblioteket/finnes-ikke/last-ned.zip").status_code == 404


def test_the_case_page_has_the_download_and_the_licence(client: Client, shared: str) -> None:
    page = client.get(f"/biblioteket/{shared}/").content.decode()
    assert f"/biblioteket/{shared}/last-ned.zip" in page
    assert "creativecommons.org/licenses/by/4.0" in page
