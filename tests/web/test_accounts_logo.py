"""The page where an organisation's logo is kept, who may open it, and the logo in a document."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from ringvirkning.needs import operations
from ringvirkning.needs.models import OrganisationLogo
from ringvirkning.people.models import Person
from ringvirkning.people.terms import Role

pytestmark = pytest.mark.usefixtures("library")
PAGE = "/virksomheter/larvik/logo/"
Coming = Callable[..., Client]
MAY = (Role.ORGANISATION_ADMINISTRATOR, Role.EDITOR, Role.ADMINISTRATOR)


def file(content: bytes | None = None, name: str = "logo.png") -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (240, 80), "#064653").save(made, "PNG")
    return SimpleUploadedFile(name, made.getvalue() if content is None else content)


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_look_after_the_organisation_may(role: Role, coming_as: Coming) -> None:
    browser = coming_as(role)
    sent = browser.post(PAGE, {"logo": file(), "said": "Byvåpenet"})
    if role in MAY:
        assert sent.status_code == 302
        assert "Byvåpenet" in browser.get(PAGE).content.decode()
        assert browser.get(f"{PAGE}bilde/")["Content-Type"] == "image/png"
    else:
        assert sent.status_code in (302, 403, 404)
        assert browser.get(PAGE).status_code != 200
        assert browser.get(f"{PAGE}bilde/").status_code != 200
        assert not OrganisationLogo.objects.exists()


def test_to_another_organisations_administrator_the_page_is_not_there(
    coming_as: Coming, somebody: Callable[..., Person]
) -> None:
    browser = coming_as(somebody(Role.ORGANISATION_ADMINISTRATOR, organisation="tonsberg"))
    assert browser.get(PAGE).status_code == 404
    assert browser.post(PAGE, {"logo": file()}).status_code == 404
    assert not OrganisationLogo.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Velg en fil med logoen."),
        ({"logo": file(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg")}, "Vi tar ikke imot SVG"),
        ({"logo": file(b"MZ" + b"0" * 200)}, "Filen"),
        ({"logo": file(b"0" * 2_000_001)}, "Grensen er 2 MB"),
    ],
)
def test_what_is_not_taken_is_told(sent: dict[str, Any], said: str, coming_as: Coming) -> None:
    answer = coming_as(Role.ORGANISATION_ADMINISTRATOR).post(PAGE, {"said": "Byvåpenet", **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and 'aria-invalid="true"' in page and "Byvåpenet" in page


def test_it_is_described_anew_and_taken_away(coming_as: Coming) -> None:
    browser = coming_as(Role.ORGANISATION_ADMINISTRATOR)
    browser.post(PAGE, {"logo": file()})
    assert "Logoen til Larvik kommune" in browser.get(PAGE).content.decode()
    browser.post(PAGE, {"said": "Byvåpenet"})
    assert OrganisationLogo.objects.get().said == "Byvåpenet"
    browser.post(PAGE, {"do": "remove"})
    assert browser.get(f"{PAGE}bilde/").status_code == 404


def test_it_stands_in_a_document_with_its_description(
    coming_as: Coming, somebody: Callable[..., Person], now: datetime
) -> None:
    coming_as(Role.ORGANISATION_ADMINISTRATOR).post(PAGE, {"logo": file(), "said": "Byvåpenet til Larvik"})
    kari = somebody(Role.CONTRIBUTOR)
    need = {"title": "Fall", "need": "Beboere faller om natten."}
    rows = [operations.begin(content=need, organisation=slug, person=kari, at=now) for slug in ("larvik", "")]
    with_logo, without = (_parts(coming_as(kari).get(f"/behov/{row.key}/last-ned/word/").content) for row in rows)
    assert any(one.endswith(".png") for one in with_logo)
    assert "Byvåpenet til Larvik" in with_logo["word/document.xml"].decode()
    assert not any(one.endswith(".png") for one in without)
    assert coming_as(kari).get(f"/behov/{rows[0].key}/last-ned/pdf/").content.startswith(b"%PDF")


def _parts(document: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(document)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
