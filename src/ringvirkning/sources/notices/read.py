"""The one door from bytes to records: what they are is seen by their content, never by the name.

Pure: no Django, no network, no files. Parsing is fenced (``parsing.py``).
"""

from typing import Any

from ringvirkning.sources.notices import ocds, rows, ted_export
from ringvirkning.sources.notices.eforms import notice as eforms
from ringvirkning.sources.notices.jsonparts import parse_json
from ringvirkning.sources.notices.oddities import Noted, Unreadable
from ringvirkning.sources.notices.parsing import parse
from ringvirkning.sources.notices.record import Notice
from ringvirkning.sources.notices.terms import Source

__all__ = ["READER", "Unreadable", "read_document"]

# Version of the reading code: raise it when a record read again would differ, so that what is loaded is read again.
READER = "3"
BOM = b"\xef\xbb\xbf"
WHITE = b" \t\r\n"
XML = (b"<", b"\xff\xfe", b"\xfe\xff", b"\x00")  # how XML can begin: in UTF-8, UTF-16 and UTF-32
TESTS_OF_RULES = frozenset({"testSet"})  # how eForms' own rules are tested: pieces of notices
HEAD = 1_000  # bytes in which the first sign of a document stands


def read_document(data: bytes, *, file: str, source: Source | None = None) -> list[Notice]:
    """Return the notices in a document: one for XML, one or more for OCDS packages.

    ``file`` is the name to tell people; ``source`` is told from the content when it is not given.
    Raises ``Unreadable`` and nothing else, whatever the bytes are.
    """
    head = data[:HEAD].removeprefix(BOM).lstrip(WHITE)
    if not head and not data.removeprefix(BOM).strip():
        raise Unreadable("empty")
    if head[:1] in {b"{", b"["}:
        return _read_json(data, file, source)
    if not head.startswith(XML):
        raise Unreadable("not-a-notice")
    return _read_xml(data, file, source)


def _read_json(data: bytes, file: str, source: Source | None) -> list[Notice]:
    document = parse_json(data)
    if ocds.is_ocds(document):
        return ocds.read(document, file=file, source=source)
    if rows.are_rows(document):
        return rows.read(document, file=file, source=source)
    raise Unreadable("not-ocds")


def _read_xml(data: bytes, file: str, source: Source | None) -> list[Notice]:
    noted = Noted()
    root = parse(data, noted)
    name = _local_name(root)
    if name in eforms.ROOTS:
        return [eforms.read(root, name, file=file, source=source, noted=noted)]
    if name in ted_export.ROOTS:
        return [ted_export.read(root, file=file, source=source, noted=noted)]
    raise Unreadable("not-published" if name in TESTS_OF_RULES else "unknown-root", root=name)


def _local_name(root: Any) -> str:
    tag: str = root.tag
    return tag.rpartition("}")[2]
