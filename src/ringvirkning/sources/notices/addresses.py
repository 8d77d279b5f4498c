"""Addresses on the net in notices: kept when they lead to a page, and without whoever signs in."""

import re
from urllib.parse import urlsplit, urlunsplit

from ringvirkning.sources.notices.oddities import Noted

LONGEST = 2_000
_HOST = re.compile(r"(?:[a-z0-9æøåäöü](?:[a-z0-9æøåäöü-]*[a-z0-9æøåäöü])?\.)+[a-zæøå]{2,}", re.I)

# What nearly all are: taken as it stands, without being taken apart.
_PLAIN = re.compile(
    rf"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{{2,}}(?::[0-9]{{2,5}})?(?:/[^\s@]{{0,{LONGEST}}})?"
)


def address(given: str | None, noted: Noted) -> str | None:
    """Return a web address with scheme and host; None for an e-mail address or what is no address."""
    text = (given or "").strip()
    if _PLAIN.fullmatch(text):
        return text
    if not text or text.lower().startswith("mailto:") or ("@" in text and "/" not in text):
        return None
    try:
        parts = urlsplit(text if "://" in text[:10] else f"https://{text}")
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        host = ""
    if len(text) > LONGEST or not _HOST.fullmatch(host) or parts.scheme not in {"http", "https"}:
        noted("url-unreadable")
        return None
    if parts.username or "@" in parts.query + parts.fragment + parts.path:
        noted("url-with-sign-in")
    query, path = ("" if "@" in part else part for part in (parts.query, parts.path))
    return urlunsplit((parts.scheme, host + port, path, query, "" if "@" in parts.fragment else parts.fragment))
