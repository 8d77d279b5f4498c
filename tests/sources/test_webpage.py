"""Fetching pages: from a small misbehaving server on this machine, and never from where we must not go."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from ringvirkning.sources import webpage
from ringvirkning.sources.webpage import Unreadable, fetch, is_public, page_text
from ringvirkning.sources.wire import Unfetchable

PAGE = b"<html><head><title>Varme</title></head><body><p>Kommunen henter varme fra grunnen.</p></body></html>"


def head(status: str = "200 OK", **more: object) -> bytes:
    fields = {"Content_Type": "text/html; charset=utf-8", "Connection": "close", **more}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def sized(body: bytes, **more: object) -> bytes:
    return head(Content_Length=len(body), **more) + body


SAID = {
    "/": sized(PAGE),
    "/packed": sized(gzip.compress(PAGE), Content_Encoding="gzip"),
    "/bomb": sized(gzip.compress(bytes(80_000_000)), Content_Encoding="gzip"),
    "/moved": head("302 Found", Location="/", Content_Length=0),
    "/loop": head("301 Moved", Location="/loop", Content_Length=0),
    "/to-file": head("302 Found", Location="file:///etc/passwd", Content_Length=0),
    "/gone": head("404 Not Found", Content_Length=4) + b"Nei.",
    "/nonsense": b"HAHA\r\n\r\n",
    "/cut": head(Content_Length=1000) + b"bare litt",
    "/cookie": sized(PAGE, Set_Cookie="a=b"),
    "/without-length": head() + PAGE,
}
# What is said first, what is said again and again, and the pause between (s).
WITHOUT_END = {
    "/endless": (head(), bytes(65_536), 0),
    "/drip": (head(), b".", 0.1),
    "/drip-head": (b"HTTP/1.1 200 OK\r\n", b"X-More: a\r\n", 0.2),
    "/silence": (b"", b"", 0.2),
}


class Server:
    """Answers each path with bytes written by hand, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.open = True
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while self.open:
            try:
                guest, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(guest,), daemon=True).start()

    def answer(self, guest: socket.socket) -> None:
        with guest:
            told = b""
            while b"\r\n\r\n" not in told:
                piece = guest.recv(4096)
                if not piece:
                    return
                told += piece
            self.asked.append(told.decode())
            try:
                self.say(guest, told.split()[1].decode(), told.split()[0].decode())
            except OSError:
                return

    def say(self, guest: socket.socket, path: str, method: str) -> None:
        if path == "/reset":
            guest.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        elif path in WITHOUT_END:
            first, then, pause = WITHOUT_END[path]
            guest.sendall(first)
            while True:
                time.sleep(pause)
                guest.sendall(then)
        elif method == "HEAD":
            guest.sendall(SAID[path].partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        else:
            guest.sendall(SAID[path])


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.open = False
    one.door.close()


def refused(url: str, **how: Any) -> str:
    with pytest.raises(Unfetchable) as caught:
        fetch(url, **how)
    assert caught.value.sentence
    return caught.value.code


def test_a_page_is_fetched_and_the_program_says_who_it_is(server: Server) -> None:
    got = fetch(f"{server.base}/", allow_local=True, contact="https://eksempel.no/")
    assert (got.status, got.body, got.content_type) == (200, PAGE, "text/html; charset=utf-8")
    asked = server.asked[-1]
    assert "User-Agent: Ringvirkning/" in asked and "(+https://eksempel.no/)" in asked
    assert f"Host: {server.base.removeprefix('http://')}" in asked
    assert "cookie" not in asked.lower()


@pytest.mark.parametrize("path", ["/packed", "/moved", "/without-length"])
def test_packed_moved_and_unmeasured_pages_are_read(server: Server, path: str) -> None:
    assert fetch(server.base + path, allow_local=True).body == PAGE


def test_where_a_redirect_led_is_told(server: Server) -> None:
    assert fetch(f"{server.base}/moved", allow_local=True).url == f"{server.base}/"


def test_a_dead_page_is_an_answer(server: Server) -> None:
    assert fetch(f"{server.base}/gone", allow_local=True).status == 404


def test_head_fetches_no_body(server: Server) -> None:
    got = fetch(f"{server.base}/", method="HEAD", allow_local=True)
    assert (got.status, got.body) == (200, b"")


def test_a_cookie_is_not_given_back(server: Server) -> None:
    fetch(f"{server.base}/cookie", allow_local=True)
    fetch(f"{server.base}/", allow_local=True)
    assert "cookie" not in server.asked[-1].lower()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/loop", "redirects"),
        ("/to-file", "address"),
        ("/bomb", "too_large"),
        ("/endless", "too_large"),
        ("/nonsense", "broken"),
        ("/reset", "no_answer"),
        ("/cut", "no_answer"),
    ],
)
def test_a_misbehaving_server_gets_its_sentence(server: Server, path: str, code: str) -> None:
    assert refused(server.base + path, allow_local=True, most_bytes=1_000_000) == code


@pytest.mark.parametrize("path", ["/drip", "/drip-head", "/silence"])
def test_a_slow_server_does_not_hold_us_longer_than_the_limit(server: Server, path: str) -> None:
    began = time.monotonic()
    assert refused(server.base + path, allow_local=True, timeout=0.7) == "too_slow"
    assert time.monotonic() - began < 3


def test_a_page_that_just_fits_is_fetched(server: Server) -> None:
    assert fetch(f"{server.base}/", allow_local=True, most_bytes=len(PAGE)).body == PAGE
    assert refused(f"{server.base}/", allow_local=True, most_bytes=len(PAGE) - 1) == "too_large"


def test_nobody_at_home_is_told(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/", allow_local=True) == "no_answer"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "address"),
        ("ftp://eksempel.no/", "address"),
        ("file:///etc/passwd", "address"),
        ("javascript:alert(1)", "address"),
        ("https://", "address"),
        ("eksempel.no", "address"),
        ("http://[::1", "address"),
        ("https://" + "a" * 2000, "address"),
        ("https://kari:hemmelig@eksempel.no/", "sign_in"),
        ("https://eksempel.no@127.0.0.1/", "sign_in"),
        ("https://eksempel.no:8443/", "port"),
        ("http://127.0.0.1:5432/", "port"),
        ("http://127.0.0.1/", "not_public"),
        ("http://localhost/", "not_public"),
        ("http://[::1]/", "not_public"),
    ],
)
def test_an_address_we_do_not_open_is_refused_with_why(url: str, code: str) -> None:
    assert refused(url) == code


@pytest.mark.parametrize(
    "place",
    """
    127.0.0.1 127.9.9.9 10.0.0.1 172.16.5.4 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
    192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 fec0::1 ::ffff:127.0.0.1
    ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2001:db8::1 ::127.0.0.1
    """.split(),
)
def test_what_is_not_on_the_open_internet_is_known_however_it_is_written(place: str) -> None:
    assert not is_public(place)


@pytest.mark.parametrize(
    "place", ["93.184.216.34", "8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_the_open_internet_is_open(place: str) -> None:
    assert is_public(place)


def named(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let every name be looked up to these addresses, one answer per look-up; return the names asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, **_: object) -> list[Any]:
        asked.append(host)
        answer = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answer]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let no connection succeed; return where they were tried."""
    tried: list[str] = []

    def connect(self: Any) -> None:
        tried.append(self.host)
        raise webpage.NewConnectionError(self, "off")

    monkeypatch.setattr(webpage.HTTPConnection, "connect", connect)
    monkeypatch.setattr(webpage.HTTPSConnection, "connect", connect)
    return tried


def test_a_name_that_leads_inside_is_refused_before_any_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connected(monkeypatch)
    named(monkeypatch, ["169.254.169.254"])
    assert refused("https://metadata.eksempel.no/") == "not_public"
    assert tried == []


def test_one_inner_address_among_public_ones_closes_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connected(monkeypatch)
    named(monkeypatch, ["8.8.8.8", "10.0.0.1"])
    assert refused("https://eksempel.no/") == "not_public"
    assert tried == []


def test_the_name_is_looked_up_once_and_the_checked_address_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connected(monkeypatch)
    asked = named(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])  # the second look-up would lead inside
    assert refused("https://eksempel.no/") == "no_answer"
    assert (asked, tried) == (["eksempel.no"], ["8.8.8.8"])


def test_the_next_address_of_a_host_is_tried_when_one_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = connected(monkeypatch)
    named(monkeypatch, ["8.8.8.8", "8.8.4.4"])
    assert refused("https://eksempel.no/") == "no_answer"
    assert tried == ["8.8.8.8", "8.8.4.4"]


def test_a_redirect_inside_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "is_public", lambda place: True)
    port = server.base.rpartition(":")[2]
    real = webpage._checked
    seen: list[str] = []

    def checked(url: str, allow_local: bool) -> Any:
        seen.append(url)
        return real(url, allow_local or len(seen) == 1)  # only the first address may have the test server's port

    monkeypatch.setattr(webpage, "_checked", checked)
    assert refused(f"http://127.0.0.1:{port}/moved") == "port"
    assert len(seen) == 2


def test_the_certificate_must_be_for_the_name_we_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    address = webpage._checked("https://bærum.eksempel.no/a?b=c#d", False)
    visit = webpage.Visit(method="GET", most_bytes=10, ends=time.monotonic() + 5, allow_local=False, agent="x")
    connection = webpage._connection(address, "8.8.8.8", visit)
    assert (connection.host, connection.server_hostname) == ("8.8.8.8", "xn--brum-voa.eksempel.no")
    assert connection.ssl_context.check_hostname or connection.assert_hostname == "xn--brum-voa.eksempel.no"
    assert connection.ssl_context.verify_mode.name == "CERT_REQUIRED"
    assert webpage._host_header(address) == "xn--brum-voa.eksempel.no"


def test_the_contact_cannot_write_headers_of_its_own() -> None:
    assert "\n" not in webpage.user_agent("https://eksempel.no/\r\nCookie: a")


ARTICLE = """<!doctype html><html lang="nb"><head><title>Varme | Lillestrøm kommune</title>
<meta property="og:title" content="Varme i grunnen"><meta property="og:site_name" content="Lillestrøm kommune">
<meta property="article:published_time" content="2024-05-14T08:00:00+02:00"></head><body><nav>Meny Søk</nav>
<article><h1>Varme i grunnen</h1><p>Skolen brukte for mye strøm. Kommunen henter nå varme fra grunnen under skolen,
og sparer mange kroner hvert eneste år.</p><p>Prosjektet startet i 2022 med en dialogkonferanse der ni leverandører
deltok og viste fram løsningene sine.</p><script>alert('nei')</script></article>
<footer>Personvern</footer></body></html>"""


def test_a_page_tells_its_title_text_site_and_day() -> None:
    page = page_text(ARTICLE.encode(), "text/html; charset=utf-8")
    assert (page.title, page.site, page.published) == ("Varme i grunnen", "Lillestrøm kommune", "2024-05-14")
    assert "varme fra grunnen under skolen" in page.text and "dialogkonferanse" in page.text
    assert "alert" not in page.text and "Personvern" not in page.text


def test_a_day_is_not_guessed_from_the_text() -> None:
    body = b"<html><body><p>Oppdatert 3. mars 2021, sier vi i teksten, men ikke i merkene.</p></body></html>"
    assert page_text(body, "text/html").published == ""


def test_plain_text_is_read_in_old_and_new_letters() -> None:
    assert page_text("Blåbær\n".encode(), "text/plain").text == "Blåbær"
    assert page_text("Blåbær".encode("cp1252"), "text/plain").text == "Blåbær"
    assert page_text("Blåbær".encode("cp1252"), "text/plain; charset=tull").text == "Blåbær"


@pytest.mark.parametrize(
    ("body", "kind"), [(b"\x89PNG", "image/png"), (b"%PDF-1.7", "application/pdf"), (b"", "text/html"), (b"x", "")]
)
def test_what_is_no_page_of_text_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable):
        page_text(body, kind)


def test_a_deep_page_is_survived() -> None:
    assert isinstance(page_text(b"<html><body>" + b"<div>" * 50_000 + b"hei", "text/html").text, str)
