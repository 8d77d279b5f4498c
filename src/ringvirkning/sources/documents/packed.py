"""Office and OpenDocument files: zips of XML. Looked through by their list of parts before anything is unpacked.

What a zip says about itself is not believed when it is unpacked either (``clean`` counts the bytes that come).
"""

import re
import stat
import zipfile
from pathlib import Path

from ringvirkning.sources.documents.terms import Kind, NotTaken, Refusal

MOST_PARTS = 5_000
MOST_UNPACKED = 400_000_000
MOST_XML = 150_000_000  # one part of XML: larger than any sheet people write by hand
HIGHEST_RATIO = 250  # for parts that matter in size; text in spreadsheets packs 20–50 times
MATTERS = 5_000_000
MAIN_PARTS = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX, "ppt/presentation.xml": Kind.PPTX}
CONTENT_TYPES = {
    Kind.DOCX: b"wordprocessingml.document.main+xml",
    Kind.XLSX: b"spreadsheetml.sheet.main+xml",
    Kind.PPTX: b"presentationml.presentation.main+xml",
}
OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Kind.ODP,
}
# Parts that hold programs.
PROGRAMS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/|activex/|basic/|scripts/)", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroenabled|vbaproject|application/vnd\.ms-office\.activex", re.IGNORECASE)
ODF_LOCKED = re.compile(rb"<manifest:encryption-data")


def packed_kind(path: Path) -> Kind:
    """Return which kind of office file a zip is, or raise ``NotTaken``."""
    try:
        with zipfile.ZipFile(path) as packed:
            look_through(packed)
            return _kind(packed)
    except NotTaken:
        raise
    except Exception:  # a hostile zip makes the library fail in many ways, all of which mean the same to us
        raise NotTaken(Refusal.BROKEN) from None


def look_through(packed: zipfile.ZipFile) -> None:
    """Refuse a zip whose list of parts no honest program writes."""
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotTaken(Refusal.BOMB)
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) != len(names):
        raise NotTaken(Refusal.TWO_IN_ONE)
    for part in parts:
        _look_at(part)


def _look_at(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 0x1:
        raise NotTaken(Refusal.LOCKED)
    name = part.orig_filename  # the library shortens a name at its first NUL; we want what was written
    outside = name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name.split("/")[0]
    if outside or any(ord(one) < 32 for one in name) or stat.S_ISLNK(part.external_attr >> 16):
        raise NotTaken(Refusal.TWO_IN_ONE)
    ratio = part.file_size / max(1, part.compress_size)
    if part.file_size > MATTERS and ratio > HIGHEST_RATIO:
        raise NotTaken(Refusal.BOMB)
    if name.lower().endswith((".xml", ".rels")) and part.file_size > MOST_XML:
        raise NotTaken(Refusal.BOMB)


def _kind(packed: zipfile.ZipFile) -> Kind:
    names = set(packed.namelist())
    if "[Content_Types].xml" in names:
        return _office(packed, names)
    if "mimetype" in names:
        return _open_document(packed, names)
    if "META-INF/MANIFEST.MF" in names or "classes.dex" in names:
        raise NotTaken(Refusal.PROGRAM)
    raise NotTaken(Refusal.ARCHIVE)


def _office(packed: zipfile.ZipFile, names: set[str]) -> Kind:
    types = part_of(packed, "[Content_Types].xml", 2_000_000)
    if MACRO_TYPE.search(types) or any(PROGRAMS.search(name) for name in names):
        raise NotTaken(Refusal.MACROS)
    kinds = [kind for part, kind in MAIN_PARTS.items() if part in names and CONTENT_TYPES[kind] in types]
    if len(kinds) != 1:
        raise NotTaken(Refusal.TWO_IN_ONE if kinds else Refusal.UNKNOWN)
    return kinds[0]


def _open_document(packed: zipfile.ZipFile, names: set[str]) -> Kind:
    kind = OPEN_TYPES.get(part_of(packed, "mimetype", 200).strip())
    if kind is None:
        raise NotTaken(Refusal.UNKNOWN)
    if any(PROGRAMS.search(name) for name in names if not name.endswith("/")):
        raise NotTaken(Refusal.MACROS)
    if "content.xml" not in names:
        raise NotTaken(Refusal.BROKEN)
    manifest = "META-INF/manifest.xml"
    if manifest in names and ODF_LOCKED.search(part_of(packed, manifest, 5_000_000)):
        raise NotTaken(Refusal.LOCKED)
    return kind


def part_of(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return a part, and refuse more bytes than ``most``."""
    with packed.open(name) as handle:
        content = handle.read(most + 1)
    if len(content) > most:
        raise NotTaken(Refusal.BOMB)
    return content
