"""Making a file fit to share: pictures drawn anew, office files packed anew, without what tells who made them.

Runs in a process of its own (``child``). The same bytes in always give the same bytes out, and what is clean stays as
it is when it is cleaned again, except pictures, which lose a little each time: see ``is_clean``.
"""

import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]
from PIL import Image, ImageCms, ImageOps

from ringvirkning.sources.documents.packed import MOST_UNPACKED, look_through
from ringvirkning.sources.documents.terms import OFFICE, OPEN_DOCUMENT, PICTURES, Kind, NotTaken, Refusal

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 4_000  # larger pictures are made smaller: nobody reads them larger on a page
QUALITY = 88
LONG_AGO = (1980, 1, 1, 0, 0, 0)
MOST_META = 20_000_000
FORBIDDEN_IN_XML = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
PILLOW = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.GIF: "GIF"}
SRGB = ImageCms.createProfile("sRGB")


def clean(path: Path, kind: Kind, made: Path) -> Kind:
    """Write the cleaned file to ``made`` and return its kind: moving GIFs become still PNGs."""
    if kind in PICTURES:
        return _clean_picture(path, kind, made)
    if kind in OFFICE | OPEN_DOCUMENT:
        _pack_anew(path, kind, made)
    else:
        shutil.copyfile(path, made)
    return kind


# Pictures.


def _clean_picture(path: Path, kind: Kind, made: Path) -> Kind:
    picture = opened(path, kind)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    written = Kind.PNG if kind is Kind.GIF else kind
    if written is Kind.JPEG:
        picture.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    elif written is Kind.WEBP:
        picture.save(made, "WEBP", quality=QUALITY, method=4)
    else:
        picture.save(made, "PNG", optimize=True)
    return written


def opened(path: Path, kind: Kind) -> Image.Image:
    """Return the picture as pixels in sRGB, the right way up, and nothing else. Of a moving one, the first."""
    with Image.open(path, formats=[PILLOW[kind]]) as found:
        if found.width * found.height > MOST_PIXELS:
            raise NotTaken(Refusal.TOO_MANY_PIXELS)
        found.load()
        upright = ImageOps.exif_transpose(found)
        plain = _in_srgb(upright, kind)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)  # pixels only: nothing that hung on the picture comes along
    return bare


def _in_srgb(picture: Image.Image, kind: Kind) -> Image.Image:
    profile = picture.info.get("icc_profile")
    see_through = kind is not Kind.JPEG and ("A" in picture.mode or "transparency" in picture.info)
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda value: value / 256).convert("L") if picture.mode.startswith("I;16") else picture
    mode = "RGBA" if see_through else "RGB"
    if profile and not see_through and picture.mode in ("RGB", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            changed = ImageCms.profileToProfile(picture, own, SRGB, outputMode=mode)
            return changed if changed is not None else picture.convert(mode)
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile says nothing about the colours
    return picture.convert(mode)


def is_clean(path: Path, kind: Kind) -> bool:
    """Tell whether a picture is already as ``clean`` writes them: pixels, and nothing before, between or behind."""
    content = path.read_bytes()
    return _BARE[kind](content) if kind in _BARE else False


def _bare_png(content: bytes) -> bool:
    place, allowed = 8, {b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"IEND"}
    while place + 12 <= len(content):
        size, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        place += 12 + size
        if name not in allowed:
            return False
        if name == b"IEND":
            return size == 0 and place == len(content)
    return False


def _bare_jpeg(content: bytes) -> bool:
    """Walk the segments: only the short JFIF mark besides what the picture needs, and its end at the end."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker, size = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == 0xE0:
            if content[place + 4 : place + 9] != b"JFIF\0" or size != 16:
                return False
        elif marker == 0xFE or 0xE1 <= marker <= 0xEF:
            return False
        place += 2 + size
        if marker == 0xDA:
            place = _scan_end(content, place)
            if content[place : place + 2] == b"\xff\xd9":
                return place + 2 == len(content)
    return False


def _scan_end(content: bytes, place: int) -> int:
    """Return where the next true marker after a stretch of picture is."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        if content[place + 1] == 0 or 0xD0 <= content[place + 1] <= 0xD7:
            place += 2
        else:
            return place
    return len(content)


def _bare_webp(content: bytes) -> bool:
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        return False
    place = 12
    while place + 8 <= len(content):
        if content[place : place + 4] not in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH"):
            return False
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return place == len(content)


_BARE: dict[Kind, Callable[[bytes], bool]] = {Kind.PNG: _bare_png, Kind.JPEG: _bare_jpeg, Kind.WEBP: _bare_webp}


# Office files.


def _pack_anew(path: Path, kind: Kind, made: Path) -> None:
    """Pack the parts again, in their order, without names of people. Nothing outside the parts comes along."""
    left = MOST_UNPACKED
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        look_through(old)
        rewrite = _OFFICE if kind in OFFICE else _ODF
        for part in old.infolist():
            if part.is_dir():
                continue
            content = _unpacked(old, part, left)
            left -= len(content)
            name = part.filename
            if name.endswith((".xml", ".rels")) and any(mark in content for mark in FORBIDDEN_IN_XML):
                raise NotTaken(Refusal.BOMB)
            if name in rewrite and len(content) <= MOST_META:
                content = rewrite[name](content)
            kept = zipfile.ZipInfo(name, LONG_AGO)
            # The mimetype of an OpenDocument file must stand unpacked, so that others can tell it by its bytes.
            kept.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(kept, content)


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    with packed.open(part) as handle:
        content = handle.read(left + 1)
    if len(content) > left:
        raise NotTaken(Refusal.BOMB)
    return content


Rewrite = Callable[[bytes], bytes]
PERSONAL = {"creator", "lastModifiedBy", "Company", "Manager", "HyperlinkBase", "initial-creator", "printed-by"}
PERSONAL |= {"user-defined", "template", "editing-duration", "generator"}


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _without(*unwanted: str) -> Rewrite:
    """Return a rewrite that takes out elements by their local names."""

    def rewrite(content: bytes) -> bytes:
        root = _tree(content)
        for one in [found for found in root.iter() if _local(found) in unwanted]:
            parent = one.getparent()
            if parent is not None:
                parent.remove(one)
        return _written(root)

    return rewrite


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _emptied(content: bytes) -> bytes:
    """Take out every property people or their systems have made up: labels there name who set them."""
    root = _tree(content)
    for child in list(root):
        root.remove(child)
    return _written(root)


def _without_template(content: bytes) -> bytes:
    """Cut the tie to the template: it names a server of theirs, and may fetch a hostile one when the file is opened."""
    root = _tree(content)
    for one in list(root):
        if str(one.get("Type", "")).endswith("/attachedTemplate"):
            root.remove(one)
    return _written(root)


_people = _without(*sorted(PERSONAL))
_OFFICE: dict[str, Rewrite] = {
    "docProps/core.xml": _people,
    "docProps/app.xml": _without("Company", "Manager", "HyperlinkBase"),
    "docProps/custom.xml": _emptied,
    "word/_rels/settings.xml.rels": _without_template,
    "word/settings.xml": _without("attachedTemplate"),
}
_ODF: dict[str, Rewrite] = {"meta.xml": _people}
