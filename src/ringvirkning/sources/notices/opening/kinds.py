"""What bytes are by how they begin. A name's ending only tells whether something unknown should have been readable."""

import re
from pathlib import PurePosixPath

from ringvirkning.sources.notices.opening.tar import is_tar

HEAD = 1_024
ZIP, GZIP, TAR, MAYBE = "zip", "gzip", "tar", "maybe"  # MAYBE: could be a notice, the reader decides
ARCHIVES = frozenset({ZIP, GZIP, TAR})

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", GZIP),
    (b"BZh", "packing"),
    (b"\xfd7zXZ", "packing"),
    (b"7z\xbc\xaf\x27\x1c", "packing"),
    (b"Rar!", "packing"),
    (b"\x28\xb5\x2f\xfd", "packing"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\xd0\xcf\x11\xe0", "office-document"),
)
_UTF16 = (b"\xff\xfe<\x00", b"\xfe\xff\x00<", b"<\x00", b"\x00<")
_PAGE = re.compile(rb"<\s*(!doctype\s+html|html[\s>])", re.IGNORECASE)
_EXPECTED = frozenset({".xml", ".json", ".jsonl", ".ndjson"})
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SYSTEM = re.compile(r"(^|/)(__MACOSX/|\.[^/]+$|Thumbs\.db$|desktop\.ini$)")


def is_system_file(name: str) -> bool:
    """Tell whether a name is one that operating systems strew about."""
    return _SYSTEM.search(name) is not None


def kind_of(head: bytes, name: str) -> str:
    """Return an archive's kind, ``MAYBE``, or the code of why this is not read."""
    if is_tar(head):
        return TAR
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if _looks_like_markup_or_json(head):
        return "web-page" if _PAGE.match(_bare(head)) else MAYBE
    return _unknown(head, name)


def _bare(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()


def _looks_like_markup_or_json(head: bytes) -> bool:
    return head.startswith(_UTF16) or _bare(head)[:1] in {b"<", b"{", b"["}


def _unknown(head: bytes, name: str) -> str:
    if PurePosixPath(name).suffix.lower() in _EXPECTED:
        return MAYBE  # the reader says in its words why it is no notice
    if not head:
        return "empty-file"
    return "unknown-kind" if _BINARY.search(head) else "text"
