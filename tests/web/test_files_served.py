"""Files are handed out only by way of the case or draft that names them, and nothing in them can run."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

import hostile_files as made
from ringvirkning.catalogue.files import Accepted, accept, read_waiting, store
from ringvirkning.catalogue.models import Case, StoredFile
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import FileState, Origin, Standing
from ringvirkning.people.terms import Role
from ringvirkning.publishing.drafts import start_draft, start_revision
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.uploads import file_of, file_problems, only_sound, sound_file

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def taken(now: Any) -> Callable[..., dict[str, Any]]:
    def call(content: bytes, name: str = "rapport.pdf", **more: Any) -> dict[str, Any]:
        answer = accept(name=name, chunks=[content], at=now, **more)
        assert isinstance(answer, Accepted), answer
        return answer.file

    return call


def document(file: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {"title": "Sluttrapporten", "kind": "report", "language": "nb", "licence": "CC-BY-4.0", "file": file}
    return {**plain, **more}


@pytest.fixture
def published(a_case: Any, now: Any) -> Callable[..., Case]:
    def call(*documents: dict[str, Any]) -> Case:
        publish_case(case_file=a_case(documents=list(documents)), origin=Origin.SHARED, at=now)
        return Case.objects.get(case_id="varme-i-grunnen")

    return call


def address(file: dict[str, Any], case_id: str = "varme-i-grunnen", name: str = "x") -> str:
    return f"/biblioteket/{case_id}/dokument/{file['sha256']}/{name}"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# Published cases.


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (made.pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "rapport.pdf", "application/pdf"),
        (b"alert(1)//", "script.js", "text/plain"),
        (b"a;b\n", "tall.csv", "text/csv"),
    ],
)
def test_documents_are_downloads_that_cannot_run(
    client: Client, taken: Any, published: Any, content: bytes, name: str, media_type: str
) -> None:
    file = taken(content, name)
    published(document(file))
    answer = client.get(address(file, name="ond.html"))
    assert answer.status_code == 200 and body(answer) == content
    assert answer["Content-Type"].split(";")[0] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="{file["name"]}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        answer["Content-Security-Policy"].startswith("default-src 'none'")
        and "sandbox" in answer["Content-Security-Policy"]
    )
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY" and "Set-Cookie" not in answer


def test_pictures_are_shown_in_the_page_under_the_same_headers(client: Client, taken: Any, published: Any) -> None:
    file = taken(made.telling_jpeg() + made.PHP, "bilde.jpg")
    published(document(file, kind="picture", alt={"nb": "Et hus"}))
    answer = client.get(address(file))
    whole = body(answer)
    assert answer["Content-Type"] == "image/jpeg" and answer["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert made.PHP not in whole and b"Nordmann" not in whole


def test_a_name_in_any_script_can_be_downloaded(client: Client, taken: Any, published: Any) -> None:
    file = taken(made.pdf(), 'Årsmelding "2024"; é 日本.pdf')
    published(document(file))
    page = client.get("/biblioteket/varme-i-grunnen/").content.decode()
    link = page.split(f"/dokument/{file['sha256']}/")[1].split('"')[0]
    answer = client.get(address(file, name=link))
    assert answer.status_code == 200 and "filename*=utf-8''" in answer["Content-Disposition"]
    assert "\n" not in answer["Content-Disposition"]


def test_a_known_digest_opens_nothing_by_itself(
    client: Client, taken: Any, published: Any, a_case: Any, now: Any
) -> None:
    named, private = taken(b"delt"), taken(b"hemmelig")
    published(document(named))
    publish_case(case_file=a_case(id="en-annen"), origin=Origin.SHARED, at=now)
    assert client.get(address(named)).status_code == 200
    for closed in (
        address(private),
        address(named, "en-annen"),
        address(named, "finnes-ikke"),
        address({"sha256": "0" * 64}),
        address({"sha256": named["sha256"].upper()}),
        address({"sha256": named["sha256"][:63]}),
        "/biblioteket/varme-i-grunnen/dokument/..%2F..%2Fsecret-key/x",
        f"/biblioteket/varme-i-grunnen/dokument/{named['sha256']}/forhandsvisning.webp",
    ):
        assert client.get(closed).status_code == 404, closed
    assert client.post(address(named)).status_code == 405


def test_a_file_goes_with_its_case_when_that_is_taken_away(
    client: Client, taken: Any, published: Any, now: Any
) -> None:
    file = taken(b"delt")
    case = published(document(file))
    for standing, status in ((Standing.ARCHIVED, 200), (Standing.WITHDRAWN, 404), (Standing.PUBLISHED, 200)):
        set_standing(case=case, standing=standing, reason="fordi", at=now)
        assert client.get(address(file)).status_code == status
    published(document(taken(b"ny utgave")))
    assert client.get(address(file)).status_code == 404


def test_a_file_found_to_be_hostile_is_handed_to_nobody(client: Client, taken: Any, published: Any) -> None:
    file = taken(made.pdf())
    published(document(file))
    StoredFile.objects.update(state=FileState.UNREADABLE, problem="bomb")
    assert client.get(address(file)).status_code == 404
    page = client.get("/biblioteket/varme-i-grunnen/").content.decode()
    assert "Filen er skadet" in page and file["sha256"] not in page


def test_bytes_that_are_gone_are_not_found(client: Client, taken: Any, published: Any) -> None:
    file = taken(made.pdf())
    published(document(file))
    store().forget(file["sha256"])
    assert client.get(address(file)).status_code == 404


def test_a_visitor_who_has_it_does_not_get_it_again(client: Client, taken: Any, published: Any) -> None:
    file = taken(made.pdf())
    published(document(file))
    first = client.get(address(file), headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in first and int(first["Content-Length"]) == len(made.pdf())
    again = client.get(address(file), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and "sandbox" in again["Content-Security-Policy"]


# The page of the case.


def test_the_page_tells_what_each_document_is(client: Client, taken: Any, published: Any, now: Any) -> None:
    pdf, picture = taken(made.pdf(), "rapport.pdf"), taken(made.picture("PNG", (900, 600)), "hus.png")
    published(
        document(pdf, published="2024"),
        document(picture, title="Skolen", kind="picture", alt={"nb": "En skole med solceller"}),
        {"title": "Filmen", "kind": "film", "language": "nb", "url": "https://eksempel.no/film"},
    )
    before = client.get("/biblioteket/varme-i-grunnen/").content.decode()
    assert "forhandsvisning.webp" not in before and address(picture, name="hus.png") in before
    read_waiting(at=now, most=10)
    page = client.get("/biblioteket/varme-i-grunnen/").content.decode()
    for words in (
        "PDF, ",
        " byte",
        "1 side",
        "2024",
        "CC BY 4.0",
        'alt="En skole med solceller"',
        "https://eksempel.no/film",
    ):
        assert words in page, words
    assert address(pdf, name="forhandsvisning.webp") in page
    preview = client.get(address(picture, name="forhandsvisning.webp"))
    assert preview["Content-Type"] == "image/webp" and body(preview)[:4] == b"RIFF"


def test_a_hit_says_which_document_and_shows_its_text_as_text(
    client: Client, taken: Any, published: Any, now: Any
) -> None:
    file = taken(made.docx("Om zlokkvarme <script>alert(1)</script> her."), "rapport.docx")
    published(document(file, title="Varme & lys"))
    read_waiting(at=now)
    page = client.get("/biblioteket/", {"q": "zlokkvarme"}).content.decode()
    assert "I dokumentet «Varme &amp; lys»" in page and "<mark>zlokkvarme</mark>" in page
    assert "<script>alert" not in page and "&lt;script&gt;" in page


# Drafts.


@pytest.fixture
def drafted(somebody: Any, taken: Any, now: Any) -> tuple[Any, Draft, dict[str, Any]]:
    """Give a contributor in Larvik with a draft that names a file uploaded to it."""
    person = somebody(Role.CONTRIBUTOR)
    file = taken(b"utkastets fil", "notat.txt")
    draft = start_draft(organisation="larvik", person=person, at=now, document={"documents": [document(file)]})
    accept(name="notat.txt", chunks=[b"utkastets fil"], at=now, draft_key=draft.key)
    return person, draft, file


def draft_address(draft: Draft, file: dict[str, Any]) -> str:
    return f"/del/{draft.key}/fil/{file['sha256']}/"


def test_those_who_may_see_a_draft_get_its_files_and_others_do_not(drafted: Any, coming_as: Any, somebody: Any) -> None:
    person, draft, file = drafted
    here = draft_address(draft, file)
    answer = coming_as(person).get(here)
    assert body(answer) == b"utkastets fil" and "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert coming_as(Role.EDITOR).get(here).status_code == 200
    assert coming_as(somebody(organisation="lillestrom")).get(here).status_code == 404
    assert coming_as(Role.SIGNED_IN).get(here).status_code in {403, 404}
    assert coming_as(Role.VISITOR).get(here).status_code == 302


def test_a_draft_cannot_be_made_to_name_another_drafts_file(
    drafted: Any, coming_as: Any, somebody: Any, now: Any
) -> None:
    _, draft, file = drafted
    thief = somebody(organisation="lillestrom")
    stolen = start_draft(organisation="lillestrom", person=thief, at=now, document={"documents": [document(file)]})
    assert coming_as(thief).get(draft_address(stolen, file)).status_code == 404
    told = {"documents": [document(file), {"title": "Lenke", "url": "https://eksempel.no"}]}
    assert sound_file(stolen, file) is None
    assert only_sound(stolen, told)["documents"] == [{}, told["documents"][1]]
    assert only_sound(draft, told) == told
    assert set(file_problems(stolen, told)) == {0} and file_problems(draft, told) == {}


def test_a_file_no_longer_named_is_closed(drafted: Any, coming_as: Any) -> None:
    person, draft, file = drafted
    draft.parts.filter(step="documents").update(content={"documents": []})
    assert coming_as(person).get(draft_address(draft, file)).status_code == 404


def test_forged_facts_about_a_file_are_not_believed(drafted: Any) -> None:
    _, draft, file = drafted
    forged = {**file, "name": "../ond.html", "media_type": "text/html", "size": 1}
    assert only_sound(draft, {"documents": [document(forged)]})["documents"][0]["file"] == file


@pytest.mark.parametrize("odd", [{}, "x", {"documents": 3}, {"documents": [None, "x", {"file": 7}]}])
def test_odd_contents_of_a_draft_do_no_harm(drafted: Any, odd: Any) -> None:
    _, draft, file = drafted
    draft.parts.filter(step="documents").update(content=odd)
    assert file_of(draft, file["sha256"]) is None
    if isinstance(odd, dict):
        only_sound(draft, odd)


def test_a_new_version_shows_the_files_of_the_case(
    taken: Any, published: Any, coming_as: Any, somebody: Any, now: Any
) -> None:
    file = taken(b"delt", "delt.txt")
    case = published(document(file))
    editor = somebody(Role.EDITOR)
    draft = start_revision(case=case, person=editor, organisation="", at=now)
    assert body(coming_as(editor).get(draft_address(draft, file))) == b"delt"
