"""An organisation's own logo: cleaned once when it is uploaded, put into documents afterwards.

PNG and JPEG are drawn anew as every picture is (``sources/documents``). An SVG is a program as much as a picture: only
shapes, colours and letters are kept of it, and it is drawn as a PNG, since Word shows no other.
"""

import re
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import vl_convert
from lxml import etree  # type: ignore[import-untyped]
from PIL import Image

from ringvirkning.sources.documents.apart import take
from ringvirkning.sources.documents.terms import Kind, NotTaken, Refusal

LARGEST = 2_000_000  # bytes
LARGEST_DRAWING = 300_000  # bytes of an SVG
LONGEST_SIDE = 1_200  # pixels: sharp in print at the size a logo has
MOST_SHAPES = 5_000
LONGEST_SHAPE = 20  # times as long as wide: more is no logo
TAKEN = frozenset({Kind.PNG, Kind.JPEG})
SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs style"
    " linearGradient radialGradient stop".split()
)
# What points at something that was taken out. Clips within clips are left out too: they can be made to take for ever.
POINTERS = frozenset({"clip-path", "mask", "filter", "href"})
ATTRIBUTE = re.compile(r"[a-zA-Z][\w-]*")
REACHES_OUT = re.compile(r"@|\\|javascript:|url\((?!\s*['\"]?#)", re.IGNORECASE)
NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*(?:px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True)
class Logo:
    """A clean picture: PNG or JPEG, and its size in pixels."""

    content: bytes
    kind: Kind
    width: int
    height: int


def clean_logo(content: bytes, name: str = "") -> Logo:
    """Return a logo that is fit for a document. Raises ``NotTaken`` with the reason."""
    if len(content) > LARGEST:
        raise NotTaken(Refusal.TOO_LARGE)
    if is_drawing(content):
        content, name = _drawn(content), "logo.png"
    with tempfile.TemporaryDirectory(prefix="logo-") as folder:
        path = Path(folder) / "given"
        path.write_bytes(content)
        taken = take(path, name or "logo", Path(folder))
        if taken.kind not in TAKEN:
            raise NotTaken(Refusal.OTHER_PICTURE)
        return _made_small((Path(folder) / taken.path).read_bytes(), taken.kind)


def stored_logo(content: bytes) -> Logo | None:
    """Return a logo that was cleaned before and kept as bytes; None when the bytes are no such picture."""
    try:
        with Image.open(BytesIO(content), formats=["PNG", "JPEG"]) as found:
            found.load()
            return Logo(content, Kind(str(found.format).lower()), found.width, found.height)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _made_small(content: bytes, kind: Kind) -> Logo:
    """Return the picture no larger than a document needs."""
    with Image.open(BytesIO(content)) as found:
        if max(found.size) > LONGEST_SHAPE * min(found.size):
            raise NotTaken(Refusal.OTHER_PICTURE)
        if max(found.size) <= LONGEST_SIDE:
            return Logo(content, kind, found.width, found.height)
        found.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        made = BytesIO()
        found.save(made, kind.upper())
        return Logo(made.getvalue(), kind, found.width, found.height)


# Drawings.


def is_drawing(content: bytes) -> bool:
    """Tell whether bytes are an SVG."""
    head = content[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in content[:4_096].lower()


def _drawn(content: bytes) -> bytes:
    """Return an SVG as a PNG, drawn of what is harmless in it."""
    root = _shapes_of(content)
    width, height = _size(root)
    root.set("width", str(width))
    root.set("height", str(height))
    written = etree.tostring(root, encoding="unicode")
    try:
        return bytes(vl_convert.svg_to_png(written, scale=LONGEST_SIDE / max(width, height)))
    except (ValueError, RuntimeError) as error:
        raise NotTaken(Refusal.BROKEN) from error


def _shapes_of(content: bytes) -> etree._Element:
    if len(content) > LARGEST_DRAWING:
        raise NotTaken(Refusal.TOO_LARGE)
    if b"<!ENTITY" in content:
        raise NotTaken(Refusal.BOMB)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotTaken(Refusal.BROKEN) from error
    if root.tag != f"{{{SVG}}}svg":
        raise NotTaken(Refusal.BROKEN)
    _strip(root)
    return root


def _strip(root: etree._Element) -> None:
    """Take out every element and attribute that is no shape, colour or letter."""
    found = list(root.iter())
    if len(found) > MOST_SHAPES:
        raise NotTaken(Refusal.TOO_HEAVY)
    for one in found:
        if not _is_shape(one):
            if (parent := one.getparent()) is not None:
                parent.remove(one)
            continue
        for name, value in list(one.attrib.items()):
            if not _is_harmless(name, value):
                del one.attrib[name]


def _is_harmless(name: str, value: str) -> bool:
    """Tell whether an attribute neither runs, nor fetches, nor points away."""
    if name in POINTERS or name.lower().startswith("on"):
        return False
    return bool(ATTRIBUTE.fullmatch(name)) and not REACHES_OUT.search(value)


def _is_shape(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    if name.namespace != SVG or name.localname not in SHAPES:
        return False
    return name.localname != "style" or not REACHES_OUT.search(element.text or "")


def _size(root: etree._Element) -> tuple[float, float]:
    """Return width and height from the view box, else from what the drawing says of itself."""
    box = [NUMBER.fullmatch(one) for one in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:4]]
    told = box if len(box) == 2 and all(box) else [NUMBER.fullmatch(root.get(one, "")) for one in ("width", "height")]
    sides = [float(one[1]) for one in told if one]
    if len(sides) != 2 or min(sides) <= 0 or max(sides) > LONGEST_SHAPE * min(sides) or max(sides) > 1_000_000:
        raise NotTaken(Refusal.BROKEN)
    return sides[0], sides[1]
