"""An organisation's logo is kept clean, stands in its documents, and is taken away again."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from ringvirkning.ledger.models import Entry
from ringvirkning.needs import logos
from ringvirkning.needs.models import OrganisationLogo
from ringvirkning.needs.queries import kept_about
from ringvirkning.people.models import Person
from ringvirkning.sources.documents.terms import NotTaken, Refusal


def picture(form: str = "PNG", size: tuple[int, int] = (240, 80), colour: str = "#064653") -> bytes:
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, form, **({"comment": "hemmelig"} if form == "JPEG" else {}))
    return made.getvalue()


def keep(person: Person, now: datetime, content: bytes, said: str = "") -> None:
    logos.keep_logo(organisation="larvik", content=content, said=said, person=person, at=now)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_kept(form: str, kari: Person, now: datetime) -> None:
    keep(kari, now, picture(form, (3_000, 1_000)), "  Byvåpenet \n til Larvik ")
    kept = logos.kept_logo("larvik")
    assert kept and (kept.said, kept.kept_by, kept.at) == ("Byvåpenet til Larvik", kari, now)
    assert b"hemmelig" not in bytes(kept.content)
    logo = logos.picture_of(kept)
    assert logo and (logo.kind, logo.width, logo.height) == (form.lower(), 1_200, 400)
    assert Entry.objects.get(verb="kept_logo").subject == "larvik"


def test_another_takes_the_place_of_the_first(kari: Person, ola: Person, now: datetime) -> None:
    keep(kari, now, picture())
    keep(ola, now, picture(size=(100, 100)))
    logo = logos.picture_of(OrganisationLogo.objects.get())
    assert logo and (logo.width, logo.height) == (100, 100)
    assert kept_about(kari)["logos"] == []
    assert [one["organisation"] for one in kept_about(ola)["logos"]] == ["larvik"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>', Refusal.SVG),
        (b'\xef\xbb\xbf  <?xml version="1.0"?><svg/>', Refusal.SVG),
        (b"", Refusal.EMPTY),
        (picture()[:60], Refusal.BROKEN),
        (picture(size=(2_000, 20)), Refusal.OTHER_PICTURE),  # no logo has that shape
        (b"\x89PNG" + b"0" * 2_000_001, Refusal.TOO_LARGE),
    ],
)
def test_what_is_no_logo_is_refused_and_the_old_one_stays(
    content: bytes, reason: Refusal, kari: Person, now: datetime
) -> None:
    keep(kari, now, picture(), "Vår")
    with pytest.raises(NotTaken) as refused:
        keep(kari, now, content, "Ny")
    assert refused.value.code is reason
    assert OrganisationLogo.objects.get().said == "Vår"


def test_what_it_is_called_is_changed_and_it_is_taken_away(kari: Person, now: datetime) -> None:
    keep(kari, now, picture())
    logos.describe_logo(organisation="larvik", said="Byvåpenet", person=kari, at=now)
    assert OrganisationLogo.objects.get().said == "Byvåpenet"
    for _twice in range(2):
        logos.take_away_logo(organisation="larvik", person=kari, at=now)
    assert logos.kept_logo("larvik") is None
    assert logos.picture_of(None) is None
    assert Entry.objects.filter(verb="took_away_logo").count() == 1


def test_nobody_without_an_organisation_has_one(db: None) -> None:
    assert logos.kept_logo("") is None
