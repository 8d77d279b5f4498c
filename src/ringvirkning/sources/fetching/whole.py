"""Whether a document came through whole. Nothing is judged about what it says: what a source said is kept."""

import gzip
import re
import zipfile
import zlib
from pathlib import Path

_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL)
_START = re.compile(rb"<([^\s<>/!?]+)[^>]*>")
_END = re.compile(rb"</([^\s<>/!?]+)\s*>\Z")
# What may stand after the last tag: how it ends, and how it begins.
_AFTER = {b"-->": b"<!--", b"?>": b"<?"}
_NAME_BYTES = 1_000  # longer than any name of a tag
_PROLOG_BYTES = 100_000
_BLOCK = 1 << 20
_PIECE = 4_096
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def is_whole_xml(data: bytes) -> bool:
    """Tell whether the last tag closes the first, which a document cut anywhere does not. A web page is no document."""
    text = _narrow(data)
    prolog = _PROLOG.match(text, 0, _PROLOG_BYTES)
    start = _START.match(text, prolog.end() if prolog else 0)
    last = _end_of_the_last_tag(text)
    end = _END.search(text[max(0, last - _NAME_BYTES) : last])
    if not (start and end):
        return False
    return start.group(1) == end.group(1) and start.group(1).lower() != b"html"


def _end_of_the_last_tag(text: bytes) -> int:
    """Return where the text ends when space, comments and instructions after its last tag are left out.

    By hand: an expression that tries every way to divide many comments never gets done.
    """
    end = _end_of_words(text, len(text))
    while begins := next((begins for ends, begins in _AFTER.items() if text.endswith(ends, 0, end)), None):
        place = text.rfind(begins, 0, end)
        if place < 0:
            break
        end = _end_of_words(text, place)
    return end


def _end_of_words(text: bytes, end: int) -> int:
    """Return where the text before ``end`` stops when the space after it is left out."""
    while end > 0:
        piece = text[max(0, end - _PIECE) : end]
        words = len(piece.rstrip())
        if words:
            return end - len(piece) + words
        end -= len(piece)
    return 0


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
