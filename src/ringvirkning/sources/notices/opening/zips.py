"""Reading a zip: its list of contents is looked at before anything is unpacked, and not believed afterwards."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from ringvirkning.sources.notices.opening.flow import PIECE, Stop

END, END_SIZE = b"PK\x05\x06", 22  # the record at the end, with room for a comment after it
LOCATOR_SIZE, LARGE_END, LARGE_END_SIZE = 20, b"PK\x06\x06", 56
COMMENT = 65_535
LISTED = 400  # bytes a member may take in the list of contents, on average
MATTERS = 1 << 20  # bytes below which it does not matter how hard something was packed
_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f\x7f]")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, IndexError)


def points_outside(name: str) -> bool:
    """Tell whether a member's name could lead out of the archive, or is not a name honest programs write."""
    return _OUTSIDE.search(name) is not None


def opened(handle: IO[bytes], listed: int) -> zipfile.ZipFile:
    """Open a zip with at most ``listed`` members, or raise ``Stop``."""
    if _length_of_list(handle) > listed * LISTED:
        raise Stop("too-many", most=listed)
    try:
        packed = zipfile.ZipFile(handle)
    except BROKEN:
        raise Stop("not-zip") from None
    if len(packed.filelist) > listed:
        raise Stop("too-many", most=listed)
    if sum(member.compress_size for member in packed.filelist) > handle.seek(0, 2):
        raise Stop("bomb")  # members that share the same bytes, to unpack them again and again
    return packed


def is_office(packed: zipfile.ZipFile) -> bool:
    """Tell whether this is a Word, Excel or OpenDocument file, which are zips too."""
    return "[Content_Types].xml" in packed.NameToInfo or "mimetype" in packed.NameToInfo


def why_not(member: zipfile.ZipInfo, ratio: int) -> str | None:
    """Return the code of why a member is not read, or None."""
    mode = member.external_attr >> 16
    if points_outside(member.orig_filename):  # the library cuts names at a zero and turns strokes
        return "outside"
    if stat.S_ISLNK(mode):
        return "link-in-archive"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "device"
    return _why_not_unpacked(member, ratio)


def _why_not_unpacked(member: zipfile.ZipInfo, ratio: int) -> str | None:
    if member.flag_bits & 0x1:
        return "locked"
    if member.compress_type not in _WAYS:
        return "packing"
    hard = member.file_size > MATTERS and member.file_size > ratio * max(1, member.compress_size)
    return "bomb" if hard else None


def pieces(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member's bytes. Raises ``Stop`` when it is damaged."""
    try:
        with packed.open(member) as handle:
            while piece := handle.read(PIECE):
                yield piece
    except BROKEN:
        raise Stop("member-damaged") from None


def _length_of_list(handle: IO[bytes]) -> int:
    """Return how many bytes the list of contents says it takes, before the library reads it into memory."""
    size = handle.seek(0, 2)
    handle.seek(max(0, size - END_SIZE - COMMENT - LOCATOR_SIZE - LARGE_END_SIZE))
    tail = handle.read()
    handle.seek(0)
    lengths = [_at(tail, found, 12, 4) for found in _places(tail, END)]
    large = [_at(tail, found, 40, 8) for found in _places(tail, LARGE_END)]
    plain = [length for length in lengths if length != 0xFFFFFFFF]
    return max(plain + large, default=0)


def _places(tail: bytes, mark: bytes) -> Iterator[int]:
    place = tail.find(mark)
    while place >= 0:
        yield place
        place = tail.find(mark, place + 1)


def _at(tail: bytes, place: int, offset: int, length: int) -> int:
    return int.from_bytes(tail[place + offset : place + offset + length], "little")
