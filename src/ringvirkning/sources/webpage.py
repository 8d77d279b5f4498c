"""Fetching a page that somebody has pointed at, without being led where we must not go; and reading it.

Whoever types an address decides what this machine connects to. Therefore the name is looked up once, every address it
stands for must be public, and the connection is made to exactly the address that was checked: a name that answers
differently the next time (DNS rebinding) leads nowhere. Redirects are followed by hand and checked in the same way.
Knows nothing of Django.
"""

import ipaddress
import re
import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Literal
from urllib.parse import urljoin

import trafilatura
from lxml import html  # type: ignore[import-untyped]
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError
from urllib3.util import Url, parse_url

from ringvirkning.sources.wire import Limits, Unfetchable, ended_in_time, meant_by, pieces, user_agent

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
LONGEST_ADDRESS = 1_000
# IPv4 addresses written inside IPv6 ones by gateways; the last 32 bits say where they lead.
GATEWAY = ipaddress.ip_network("64:ff9b::/96")
LOCAL_GATEWAY = ipaddress.ip_network("64:ff9b:1::/48")


@dataclass(frozen=True)
class Fetched:
    """What an address answered. ``url`` is where we ended after redirects; any ``status`` may stand here, also 404."""

    url: str
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Visit(Limits):
    """What holds for the whole of one fetch, redirects included."""

    method: Literal["GET", "HEAD"]
    allow_local: bool
    agent: str


def fetch(
    url: str,
    *,
    most_bytes: int = 5_000_000,
    timeout: float = 15,
    method: Literal["GET", "HEAD"] = "GET",
    allow_local: bool = False,
    contact: str = "",
) -> Fetched:
    """Return what the address answers, or raise ``Unfetchable``. ``allow_local`` is for tests: it checks no address.

    The time is for everything together, the bytes are counted after unpacking.
    """
    ends = time.monotonic() + timeout
    agent = user_agent(contact)
    visit = Visit(most_bytes=most_bytes, ends=ends, method=method, allow_local=allow_local, agent=agent)
    for _time in range(MOST_REDIRECTS + 1):
        answer, onward = _ask(_checked(url, allow_local), visit)
        if onward is None:
            return answer
        url = urljoin(answer.url, onward)
    raise Unfetchable("redirects", status=answer.status)


def _checked(url: str, allow_local: bool) -> Url:
    """Return the address in its parts, if it is one we open."""
    try:
        parts = parse_url(url.strip()) if len(url) <= LONGEST_ADDRESS else Url()
    except LocationParseError:
        parts = Url()
    if parts.scheme not in PORTS or not parts.host:
        raise Unfetchable("address")
    if parts.auth is not None:
        raise Unfetchable("sign_in")
    if not allow_local and parts.port not in (None, *PORTS.values()):
        raise Unfetchable("port")
    return parts


def _ask(address: Url, visit: Visit) -> tuple[Fetched, str | None]:
    """Ask one address once. Return the answer and, when it sends us on, where to."""
    last = Unfetchable("no_answer")
    for near in _places(address, visit):
        connection = _connection(address, near, visit)
        try:
            with ended_in_time(connection, visit):
                return _answer(connection, address, visit)
        except NewConnectionError:
            continue  # a site may have several addresses, and this machine no way to some of them
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            last = meant_by(error, visit)
            break
        finally:
            connection.close()
    raise last


def _places(address: Url, visit: Visit) -> list[str]:
    """Return the numeric addresses the host stands for. One that is not public closes the host altogether."""
    host = (address.host or "").strip("[]")
    try:
        found = socket.getaddrinfo(host, _port(address), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unfetchable("unknown_host") from None
    places = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not visit.allow_local and not all(is_public(place) for place in places):
        raise Unfetchable("not_public")
    return places


def is_public(place: str) -> bool:
    """Tell whether a numeric address is on the open internet, whichever way it is written."""
    address: Address = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in LOCAL_GATEWAY:
            return False
        inside = _ipv4_inside(address)
        if inside is not None:
            return is_public(str(inside))
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _ipv4_inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in GATEWAY:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _port(address: Url) -> int:
    return address.port or PORTS[address.scheme or "http"]


def _connection(address: Url, near: str, visit: Visit) -> HTTPConnection:
    """Return a connection to the numeric address that was checked; the certificate must be for the host's name."""
    if address.scheme == "http":
        return HTTPConnection(near, _port(address), timeout=visit.left())
    host = (address.host or "").strip("[]")
    context = ssl.create_default_context()
    return HTTPSConnection(
        near,
        _port(address),
        timeout=visit.left(),
        ssl_context=context,
        server_hostname=host,
        assert_hostname=host,
    )


def _answer(connection: HTTPConnection, address: Url, visit: Visit) -> tuple[Fetched, str | None]:
    headers = {
        "Host": _host_header(address),
        "User-Agent": visit.agent,
        "Accept": "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.5",
        "Accept-Language": "nb, nn;q=0.9, no;q=0.8, en;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    connection.request(visit.method, address.request_uri, headers=headers, preload_content=False)
    response = connection.getresponse()
    here = Url(address.scheme, None, address.host, address.port, address.path or "/", address.query).url
    onward = response.headers.get("Location") if response.status in REDIRECTS else None
    body = b"" if onward or visit.method == "HEAD" else b"".join(pieces(response, visit))
    return Fetched(here, response.status, response.headers.get("Content-Type", ""), body), onward


def _host_header(address: Url) -> str:
    usual = address.port in (None, PORTS[address.scheme or "http"])
    return str(address.host) if usual else f"{address.host}:{address.port}"


@dataclass(frozen=True)
class PageText:
    """What a page says: its title and running text, which site it is on, and the day it says it was published."""

    title: str
    text: str
    site: str = ""
    published: str = ""


class Unreadable(Exception):
    """The page is not one we can read text from."""

    sentence = "Vi kan ikke lese teksten på siden. Du kan kopiere teksten og lime den inn i stedet."


DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
TOLD_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
DAY_NAMES = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued")
TITLE_NAMES = ("og:title", "dc.title", "twitter:title")
# Tags of one kind read in one way: an attribute that names the meta tag, whatever it is called this time.
NAMING = ("property", "name", "itemprop")


def page_text(body: bytes, content_type: str) -> PageText:
    """Return what a fetched page says, or raise ``Unreadable``. HTML and plain text are read."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith("text/plain"):
        return PageText("", _decoded(body, content_type).strip())
    if kind in {"text/html", "application/xhtml+xml"} or (not kind and b"<html" in body[:2_000].lower()):
        return _html_text(body)
    raise Unreadable


def _decoded(body: bytes, content_type: str) -> str:
    """Return the bytes as text: in the stated encoding, else UTF-8, else what old Norwegian pages use."""
    stated = re.search(r"charset=[\"']?([\w-]+)", content_type)
    for encoding in filter(None, (stated.group(1) if stated else "", "utf-8")):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("cp1252", "replace")


def _html_text(body: bytes) -> PageText:
    tree = trafilatura.load_html(body)
    if tree is None:
        raise Unreadable
    named = _named_values(tree)
    title = _first(named, TITLE_NAMES) or _squeezed(tree.findtext(".//title") or "")
    text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_precision=True) or ""
    return PageText(title, text.strip(), _first(named, ("og:site_name",)), _published(named, body))


def _named_values(tree: html.HtmlElement) -> dict[str, str]:
    """Return what the page's meta tags say, by name, the first of each."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = next((tag.get(naming) for naming in NAMING if tag.get(naming)), "")
        found.setdefault(name.lower(), _squeezed(tag.get("content") or ""))
    return found


def _first(named: dict[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if named.get(name)), "")


def _squeezed(text: str) -> str:
    return " ".join(text.split())[:300]


def _published(named: dict[str, str], body: bytes) -> str:
    """Return the day the page itself says it was published, never a day guessed from its text."""
    told = TOLD_DAY.search(body.decode("utf-8", "replace"))
    said = (_first(named, DAY_NAMES), told.group(1) if told else "")
    for one in said:
        day = DAY.match(one)
        if day:
            return day.group()
    return ""
