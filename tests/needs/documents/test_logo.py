"""A logo is cleaned before it stands in a document, and refused when it is something else."""

from io import BytesIO

import pytest
from PIL import Image
from tests.needs.documents.reading import word_text

from ringvirkning.needs.assessment import Assessment
from ringvirkning.needs.documents import logo as logos
from ringvirkning.needs.documents.context import Context
from ringvirkning.needs.documents.logo import clean_logo, stored_logo
from ringvirkning.needs.documents.make import pdf, word
from ringvirkning.sources.documents.terms import Kind, NotTaken, Refusal

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{shapes}</svg>'
BOX = 'viewBox="0 0 300 100"'
SQUARE = '<rect width="300" height="100" fill="#ff0000"/>'


def picture(form: str, size: tuple[int, int] = (240, 80), **options: object) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "#064653").save(made, form, **options)
    return made.getvalue()


def drawing(shapes: str = SQUARE, size: str = BOX) -> bytes:
    return SVG.format(size=size, shapes=shapes).encode()


@pytest.mark.parametrize(("form", "kind"), [("PNG", Kind.PNG), ("JPEG", Kind.JPEG)])
def test_pictures_are_drawn_anew(form: str, kind: Kind) -> None:
    found = clean_logo(picture(form, comment="hemmelig") if form == "JPEG" else picture(form), f"logo.{kind}")
    assert (found.kind, found.width, found.height) == (kind, 240, 80)
    assert b"hemmelig" not in found.content


def test_a_large_picture_is_made_small() -> None:
    found = clean_logo(picture("PNG", (3_000, 1_000)), "logo.png")
    assert (found.width, found.height) == (1_200, 400)


def test_a_drawing_becomes_a_picture() -> None:
    found = clean_logo(drawing(), "logo.svg")
    assert (found.kind, found.width, found.height) == (Kind.PNG, 1_200, 400)
    with Image.open(BytesIO(found.content)) as shown:
        assert shown.convert("RGB").getpixel((600, 200)) == (255, 0, 0)


@pytest.mark.parametrize(
    "shapes",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>hei</p></foreignObject>",
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<image xlink:href="https://example.no/x.png"/>',
        "<style>@import url(https://example.no/x.css); rect{fill:blue}</style>",
        '<use href="#a"/>',
        '<filter id="f"><feImage href="https://example.no/x.png"/></filter>',
        '<rect width="1" height="1" onload="alert(1)" style="fill:url(https://example.no/x)"/>',
        '<rect width="1" height="1" xlink:href="https://example.no"/>',
    ],
)
def test_what_reaches_out_of_a_drawing_is_taken_away(shapes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []

    def draw(svg: str, scale: float) -> bytes:
        drawn.append(svg)
        return picture("PNG")

    monkeypatch.setattr(logos.vl_convert, "svg_to_png", draw)
    clean_logo(drawing(shapes + SQUARE), "logo.svg")
    (shown,) = drawn
    assert 'fill="#ff0000"' in shown
    for word_ in ("script", "foreignObject", "image", "href", "example.no", "onload", "use", "filter", "passwd"):
        assert word_ not in shown.partition(">")[2], shown


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\n%%EOF", None),
        (b"MZ program", Refusal.PROGRAM),
        (b"", Refusal.EMPTY),
        (b"x" * 2_000_001, Refusal.TOO_LARGE),
        (drawing("<g/>" * 100_000), Refusal.TOO_LARGE),
        (drawing("<g/>" * 6_000), Refusal.TOO_HEAVY),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing(), Refusal.BOMB),
        (drawing(size=""), Refusal.BROKEN),
        (drawing(size='viewBox="0 0 100000 1"'), Refusal.BROKEN),
        (b"<svg", Refusal.BROKEN),
        (b"<svg>uten rom</svg>", Refusal.BROKEN),
        (picture("PNG", (3_000, 10)), Refusal.OTHER_PICTURE),
        (picture("GIF"), None),
    ],
    ids=[
        "pdf",
        "program",
        "empty",
        "large",
        "large-svg",
        "many",
        "bomb",
        "no-size",
        "long",
        "cut",
        "other",
        "bar",
        "gif",
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, why: Refusal | None) -> None:
    """A GIF becomes a still PNG, as everywhere."""
    if content.startswith(b"GIF"):
        assert clean_logo(content).kind is Kind.PNG
        return
    with pytest.raises(NotTaken) as refused:
        clean_logo(content)
    assert why is None or refused.value.code is why


@pytest.mark.parametrize("content", [b"", b"noe annet", picture("PNG")[:60], picture("GIF")])
def test_bytes_that_are_no_picture_give_no_logo(content: bytes) -> None:
    assert stored_logo(content) is None


@pytest.mark.parametrize("size", [(40, 40), (1_000, 60), (60, 1_000)])
def test_any_shape_of_logo_fits(size: tuple[int, int], bare: Assessment, nothing: Context) -> None:
    known = Context(made=nothing.made, logo=stored_logo(picture("PNG", size)))
    assert pdf(bare, known).startswith(b"%PDF")
    assert "Bare et behov" in word_text(word(bare, known))
