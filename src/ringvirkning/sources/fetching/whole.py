"""Whether a document came through whole. Nothing is judged about what it says: what a source said is kept."""

import gzip
import re
import zipfile
import zlib
from pathlib import Path

_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL)
_START = re.compile(rb"<([^\s<>/!?]+)[^>]*>")
_TAIL = re.compile(rb"</([^\s<>/!?]+)\s*>(?:\s|<!--.*?-->|<\?.*?\?>)*\Z", re.DOTALL)
_TAIL_BYTES = 10_000
_BLOCK = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def is_whole_xml(data: bytes) -> bool:
    """Tell whether the last tag closes the first, which a document cut anywhere does not. A web page is no document."""
    text = _narrow(data)
    prolog = _PROLOG.match(text)
    start = _START.match(text, prolog.end() if prolog else 0)
    tail = _TAIL.search(text, max(0, len(text) - _TAIL_BYTES))
    if not (start and tail):
        return False
    return start.group(1) == tail.group(1) and start.group(1).lower() != b"html"


def is_whole_archive(path: Path) -> bool:
    """Tell whether a .gz or .zip file can be unpacked to its end."""
    with path.open("rb") as handle:
        begins = handle.read(2)
    if begins == b"PK":
        return zipfile.is_zipfile(path)
    return begins == b"\x1f\x8b" and _can_be_unzipped(path)


def _can_be_unzipped(path: Path) -> bool:
    try:
        with gzip.open(path) as handle:
            while handle.read(_BLOCK):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    return True


def _narrow(data: bytes) -> bytes:
    """Return the bytes as UTF-8 without a mark in front."""
    if data.startswith(_WIDE):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")
