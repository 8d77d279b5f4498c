"""Reading a tar from its first byte to its last, one member at a time.

The standard library's reader keeps every member it has met in memory, takes extended headers of any size, and stops
without a word at a damaged header; a million notices from strangers need the opposite. Reads what GNU tar, bsdtar and
Python write: ustar, pax (long names, sizes) and GNU long names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from ringvirkning.sources.notices.opening.flow import Flow, Stop

BLOCK = 512
MOST_HEADER = 1 << 17  # bytes of an extended header: names are far shorter
MOST_SIZE = 1 << 50  # bytes of a member: past this the number is nonsense
_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL = b"L", b"K", b"x", b"g"
_EXTENDED = {_LONG_NAME, _LONG_LINK, _PAX, _PAX_ALL}
_PLAIN_BYTES = bytes(range(128))


class Sort(Enum):
    """What a member is."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    DEVICE = "device"
    UNKNOWN = "unknown"


_SORTS = {
    **dict.fromkeys((b"0", b"\0", b"7"), Sort.FILE),
    b"5": Sort.FOLDER,
    **dict.fromkeys((b"1", b"2"), Sort.LINK),
    **dict.fromkeys((b"3", b"4", b"6"), Sort.DEVICE),
}


@dataclass(frozen=True)
class Member:
    """One member: its name as written, and its bytes, to be read before the next member is asked for."""

    name: str
    sort: Sort
    flow: Flow


def is_tar(head: bytes) -> bool:
    """Tell whether bytes that begin so are a tar: its first block carries a sum of itself."""
    return len(head) >= BLOCK and any(head[:BLOCK]) and _sum_fits(head[:BLOCK])


def members(tar: Flow) -> Iterator[Member]:
    """Yield the members in order. Raises ``Stop`` where the tar is damaged or cut off."""
    told: dict[str, str] = {}
    while header := _header(tar):
        kind, size = header[156:157], _number(header[124:136])
        if kind in _EXTENDED:
            told |= _extended(tar, kind, size)
            continue
        size = _told_size(told, size)
        if kind in {b"1", b"2", b"3", b"4", b"5", b"6"}:
            size = 0  # these have no bytes, whatever the header says
        ends = tar.taken + size + -size % BLOCK
        yield Member(told.get("path") or _name(header), _sort(header, kind, told), tar.window(size))
        _pass_over(tar, ends)
        told = {}


def _header(tar: Flow) -> bytes:
    """Return the next header, or nothing at the end, which is told by a block of zeros."""
    header = tar.read(BLOCK)
    if len(header) < BLOCK:
        raise Stop("cut-off")
    if not any(header):
        return b""
    if not _sum_fits(header):
        raise Stop("damaged")
    return header


def _pass_over(tar: Flow, ends: int) -> None:
    left = ends - tar.taken
    if tar.skip(left) < left:
        raise Stop("cut-off")


def _sum_fits(header: bytes) -> bool:
    """Old programs summed the bytes as if they were signed; then it differs only where names are not plain."""
    try:
        given = _number(header[148:156])
    except Stop:
        return False
    plain = header[:148] + header[156:]
    unsigned = sum(plain) + 8 * 32
    return given in (unsigned, unsigned - 256 * len(plain.translate(None, _PLAIN_BYTES)))


def _number(field: bytes) -> int:
    """Return a number written in octal, or in base 256 when the first bit is set."""
    if field[0] & 0x80:
        value = int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    else:
        text = field.split(b"\0")[0].strip()
        value = int(text, 8) if text.isdigit() and not set(text) & set(b"89") else (-1 if text else 0)
    if not 0 <= value <= MOST_SIZE:
        raise Stop("damaged")
    return value


def _name(header: bytes) -> str:
    name, prefix = _text(header[:100]), _text(header[345:500])
    return f"{prefix}/{name}" if prefix and header[257:263] == b"ustar\0" else name


def _text(field: bytes) -> str:
    return field.split(b"\0")[0].decode("utf-8", "replace")


def _sort(header: bytes, kind: bytes, told: dict[str, str]) -> Sort:
    if any(key.startswith("GNU.sparse") for key in told):
        return Sort.UNKNOWN
    found = _SORTS.get(kind, Sort.UNKNOWN)
    # Before there was a sort for folders they were files whose name ends in a stroke.
    return Sort.FOLDER if found is Sort.FILE and _text(header[:100]).endswith("/") else found


def _extended(tar: Flow, kind: bytes, size: int) -> dict[str, str]:
    """Return what an extended header says of the member that follows."""
    if size > MOST_HEADER:
        raise Stop("damaged")
    body = tar.read(size + -size % BLOCK)
    if len(body) < size:
        raise Stop("cut-off")
    if kind == _LONG_NAME:
        return {"path": _text(body[:size])}
    return _records(body[:size]) if kind == _PAX else {}


def _records(body: bytes) -> dict[str, str]:
    """Return the records of a pax header: each is its own length, a space, ``key=value`` and a line break."""
    found: dict[str, str] = {}
    while body.strip(b"\0"):
        length, space, _ = body[:20].partition(b" ")
        size = int(length) if length.isdigit() else 0
        if not space or not len(length) + 1 < size <= len(body):
            raise Stop("damaged")
        key, _, value = body[len(length) + 1 : size - 1].partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        body = body[size:]
    return found


def _told_size(told: dict[str, str], size: int) -> int:
    if "size" not in told:
        return size
    text = told["size"]
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Stop("damaged")
    return int(text)
