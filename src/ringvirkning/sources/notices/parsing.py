"""From bytes to an XML tree behind a fence: no entities, no DOCTYPE, nothing fetched, nothing huge.

What libxml2 objects to is turned into our own codes. A stray control character is the one fault that is mended: it is
common in texts copied from elsewhere, and says nothing.
"""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ringvirkning.sources.notices.oddities import Noted, Unreadable

MOST_BYTES = 30_000_000
MEGABYTE = 1_000_000
# Tags and attributes: each takes hundreds of bytes in memory, however few it takes in the file. Real notices have one
# for every fifty bytes.
MOST_PARTS = 1_500_000
FEW = 1_000_000  # bytes of a file that cannot have too many
_WHITE = b" \t\r\n"
# The first element or DOCTYPE, whichever comes first: the same letters inside a text are harmless.
_BEGINNING = re.compile(rb"<(?:[A-Za-z_:]|!DOCTYPE)")
_CONTROLS = bytes([*range(1, 9), 11, 12, *range(14, 32)])
_CONTROL_REFERENCE = re.compile(rb"&#(?:0*(?:[1-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[1-8bBcCeEfF]|1[0-9a-fA-F]));")
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    collect_ids=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
)
_ERRORS = etree.ErrorTypes
_WHY = {
    _ERRORS.ERR_INVALID_ENCODING: "encoding",
    _ERRORS.ERR_UNSUPPORTED_ENCODING: "encoding",
    _ERRORS.ERR_UNKNOWN_ENCODING: "encoding",
    _ERRORS.I18N_CONV_FAILED: "encoding",
}
_LIMITS = (("depth", "too-deep"), ("amplification", "doctype"), ("", "text-too-large"))


def parse(data: bytes, noted: Noted) -> Any:
    """Return the root element of the document. Raises ``Unreadable`` for anything that is not sound XML."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too-large", most=MOST_BYTES // MEGABYTE)
    if len(data) > FEW and data.count(b"<") + data.count(b"=") > MOST_PARTS:
        raise Unreadable("too-many-parts", most=MOST_PARTS)
    first = _BEGINNING.search(data)
    if first and first[0] == b"<!DOCTYPE":
        raise Unreadable("doctype")
    root = _root(data.lstrip(_WHITE), noted)
    if root.getroottree().docinfo.doctype:  # hidden in another encoding, or behind a comment
        raise Unreadable("doctype")
    return root


def _root(data: bytes, noted: Noted) -> Any:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as fault:
        if fault.code == _ERRORS.ERR_INVALID_CHAR and (mended := _without_controls(data)) != data:
            noted("control-characters")
            return _root(mended, noted)
        raise Unreadable(_why(fault), line=fault.lineno or 1) from None


def _without_controls(data: bytes) -> bytes:
    return _CONTROL_REFERENCE.sub(b"", data.translate(None, _CONTROLS))


def _why(fault: Any) -> str:
    """Return our code for what libxml2 found."""
    if fault.code == _ERRORS.ERR_RESOURCE_LIMIT:
        return next(code for word, code in _LIMITS if word in fault.msg)
    return _WHY.get(fault.code, "broken-xml")
