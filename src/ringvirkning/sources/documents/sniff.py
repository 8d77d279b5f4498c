"""What a file is, by its bytes. Never by its name, and never by what the browser says.

A short list is let in; everything else is refused by what it is, so that the writer can be told the way on. A file
that is also something else further in (a picture with a program behind it, a PDF behind a page) is refused, or, for
pictures and office files, made anew from its parts by ``clean``.
"""

import re
import struct
from pathlib import Path

from ringvirkning.sources.documents.packed import packed_kind
from ringvirkning.sources.documents.terms import Kind, NotTaken, Refusal

HEAD = 4_096
TAIL = 66_000  # as far back as a zip's end may lie
MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|iframe|svg|\?xml|\?php|\w+:?svg)", re.IGNORECASE)
SVG = re.compile(rb"<\s*(\w+:)?svg[\s>/]", re.IGNORECASE)
# What a file begins with → why it is refused.
REFUSED: tuple[tuple[bytes, Refusal], ...] = (
    (b"MZ", Refusal.PROGRAM),
    (b"\x7fELF", Refusal.PROGRAM),
    (b"\xca\xfe\xba\xbe", Refusal.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Refusal.PROGRAM),
    (b"\xce\xfa\xed\xfe", Refusal.PROGRAM),
    (b"\x00asm", Refusal.PROGRAM),
    (b"#!", Refusal.PROGRAM),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
    (b"Rar!", Refusal.ARCHIVE),
    (b"\x1f\x8b", Refusal.ARCHIVE),
    (b"BZh", Refusal.ARCHIVE),
    (b"\xfd7zXZ", Refusal.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Refusal.ARCHIVE),
    (b"{\\rtf", Refusal.RTF),
    (b"II*\x00", Refusal.OTHER_PICTURE),
    (b"MM\x00*", Refusal.OTHER_PICTURE),
    (b"BM", Refusal.OTHER_PICTURE),
    (b"8BPS", Refusal.OTHER_PICTURE),
    (b"\x00\x00\x01\x00", Refusal.OTHER_PICTURE),
    (b"ID3", Refusal.FILM),
    (b"OggS", Refusal.FILM),
    (b"\x1aE\xdf\xa3", Refusal.FILM),
    (b"RIFF", Refusal.FILM),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
STILL_PICTURES = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
# Control characters no text has.
NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(path: Path, name: str = "") -> Kind:
    """Return what the file is, or raise ``NotTaken``. ``name`` only tells a table (CSV) from other plain text."""
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    if not head:
        raise NotTaken(Refusal.EMPTY)
    if head.startswith(b"%PDF-"):
        return _pdf(path, head)
    if head.startswith(b"PK"):
        return packed_kind(path)
    if head.startswith(OLE):
        raise NotTaken(Refusal.LOCKED if ENCRYPTED_OFFICE in path.read_bytes() else Refusal.OLD_OFFICE)
    return _picture(head) or _text_or_refused(path, head, name)


def _picture(head: bytes) -> Kind | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    return Kind.WEBP if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else None


def _pdf(path: Path, head: bytes) -> Kind:
    """Let a PDF in that is a PDF from its first byte to its last."""
    if MARKUP.search(head[:1_024]):
        raise NotTaken(Refusal.TWO_IN_ONE)
    tail = _tail(path)
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise NotTaken(Refusal.BROKEN)
    if tail[end + 5 :].strip(b"\r\n\t \x00") or _ends_as_zip(tail):
        raise NotTaken(Refusal.TWO_IN_ONE)
    return Kind.PDF


def _tail(path: Path) -> bytes:
    with path.open("rb") as handle:
        size = handle.seek(0, 2)
        handle.seek(max(0, size - TAIL))
        return handle.read()


def _ends_as_zip(tail: bytes) -> bool:
    """Tell whether a reader that starts from the end would take this for a zip."""
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or place + 22 > len(tail):
        return False
    (comment,) = struct.unpack_from("<H", tail, place + 20)
    return bool(place + 22 + comment == len(tail))


def _text_or_refused(path: Path, head: bytes, name: str) -> Kind:
    if head[4:8] == b"ftyp":
        raise NotTaken(Refusal.HEIC if head[8:12] in STILL_PICTURES else Refusal.FILM)
    for beginning, why in REFUSED:
        if head.startswith(beginning) and (why is not Refusal.OTHER_PICTURE or _is_binary(head)):
            raise NotTaken(why)
    if head[257:262] == b"ustar":
        raise NotTaken(Refusal.ARCHIVE)
    if b"%PDF-" in head[:1_024]:  # readers forgive what stands before; we do not know what it is
        raise NotTaken(Refusal.TWO_IN_ONE)
    return _text(path, name)


def _is_binary(head: bytes) -> bool:
    return NOT_TEXT.search(head) is not None


def _text(path: Path, name: str) -> Kind:
    """Let plain text in: UTF-8, or UTF-16 with its mark, or Windows' Western letters; never markup."""
    text = decoded(path.read_bytes())
    if text is None:
        raise NotTaken(Refusal.UNKNOWN)
    begins = text[:65_536].encode(errors="replace")
    if SVG.search(begins):
        raise NotTaken(Refusal.SVG)
    if MARKUP.search(begins):
        raise NotTaken(Refusal.MARKUP)
    if not text.strip():
        raise NotTaken(Refusal.EMPTY)
    return Kind.CSV if name.lower().endswith(".csv") else Kind.TEXT


def decoded(content: bytes) -> str | None:
    """Return plain text, or None when these bytes are no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(content, "utf-16")
    if NOT_TEXT.search(content):
        return None
    return _as(content, "utf-8-sig") or _as(content, "cp1252")


def _as(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if NOT_TEXT.search(text.encode(errors="replace")) else text
