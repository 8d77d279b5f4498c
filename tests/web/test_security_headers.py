"""What protects the visitor's browser: on every kind of answer, and no exceptions within pages."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from reading_pages import LANGUAGES, Page, attribute, plain_pages, text_of

A_CASE = "/biblioteket/elektronisk-medisineringsstotte"
PICTURES = (f"{A_CASE}/infografikk.svg", f"{A_CASE}/infografikk.png")
DATA = (f"{A_CASE}.json", "/schema/case-file/1.json", "/helse/", "/robots.txt", "/sitemap.xml")
LOST = ("/finnes-ikke/", "/nn/biblioteket/finnes-ikke/", "/biblioteket/finnes-ikke.json", "/en/tema/finnes-ikke/")
PAGES = (
    *plain_pages(),
    *(f"{prefix}{A_CASE}/" for prefix in LANGUAGES.values()),
    *(f"{prefix}/tema/helse/" for prefix in LANGUAGES.values()),
    *(f"{prefix}/virksomheter/larvik/" for prefix in LANGUAGES.values()),
    "/biblioteket/?q=eldre&theme=helse",
    *LOST,
)
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "object-src": {"'none'"},
}

pytestmark = pytest.mark.usefixtures("library")


def policy(page: Page) -> dict[str, set[str]]:
    parts = [part.split() for part in page.response.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("address", [*PAGES, *DATA])
def test_scripts_styles_and_frames_come_from_here_or_not_at_all(address: str, visit: Callable[..., Page]) -> None:
    assert policy(visit(address)) == POLICY


@pytest.mark.parametrize("address", PICTURES)
def test_a_picture_opened_by_itself_may_do_nothing(address: str, visit: Callable[..., Page]) -> None:
    held = policy(visit(address))
    assert held["default-src"] == held["frame-ancestors"] == held["base-uri"] == held["form-action"] == {"'none'"}
    assert held["sandbox"] == set()


@pytest.mark.parametrize("address", [*PAGES, *DATA, *PICTURES])
def test_the_other_headers_are_on_every_answer(address: str, visit: Callable[..., Page]) -> None:
    headers = visit(address).response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for power in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{power}=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if address in PICTURES else "same-origin")
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("address", ["/a%00b/", "/biblioteket/%1b/", "/\x7f%0d%0aSet-Cookie:a=b/"])
def test_a_refused_address_is_answered_safely_too(address: str, visit: Callable[..., Page]) -> None:
    answer = visit(address)
    assert answer.status in {400, 404}
    assert answer.response.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.response.cookies
    assert "javascript" not in answer.response.headers["Content-Type"]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_in_a_page_is_script_or_style_of_its_own(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    assert page.all("style") == []
    for script in page.all("script"):
        own = attribute(script, "type") == "application/ld+json"
        assert own or (attribute(script, "src").startswith("/static/") and not script.children), page.address
    for one in page.all():
        names = {name for name, _ in one.attributes}
        assert "style" not in names, (page.address, one.name)
        assert not [name for name in names if name.startswith(("on", "hx-on", "hx-vals", "hx-vars"))], one.name
        assert not re.match(r"\s*(javascript|vbscript|data):", attribute(one, "href"), re.IGNORECASE)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_nobody_else_for_anything(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    fetched = [attribute(one, "src") for one in page.all() if attribute(one, "src")]
    fetched += [attribute(one, "href") for one in page.all("link", rel="stylesheet")]
    assert fetched
    assert all(one.startswith("/") and not one.startswith("//") for one in fetched)


@pytest.mark.parametrize("prefix", LANGUAGES.values())
def test_the_drawing_has_neither_script_nor_style(prefix: str, visit: Callable[..., Page]) -> None:
    drawing = visit(f"{prefix}{PICTURES[0]}").html
    assert not re.search(
        r"<\s*(script|style|foreignObject|iframe|image)|\sstyle=|\son\w+=|href=", drawing, re.IGNORECASE
    )


@pytest.mark.parametrize("address", [*PAGES, *DATA, *PICTURES])
def test_a_plain_visit_leaves_no_cookie(address: str, visit: Callable[..., Page]) -> None:
    assert visit(address).response.cookies == SimpleCookie()


def test_cookies_would_be_sent_only_over_https_when_the_public_address_is_https(client: Client) -> None:
    """Cookies come with sign-in; what they will be is settled now."""
    from django.conf import settings

    secure = settings.PUBLIC_URL.startswith("https://")
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{name}_COOKIE_SECURE") == secure
    assert settings.SESSION_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} == {"Lax"}


def test_an_unknown_host_is_refused_with_a_page(client: Client) -> None:
    answer = client.get("/", headers={"host": "ondt.eksempel"})
    assert answer.status_code == 400
    assert text_of(Page("/", answer).one("h1"))
    assert "ondt.eksempel" not in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_a_page_of_ours() -> None:
    answer = Client(enforce_csrf_checks=True).post("/")
    assert answer.status_code in {403, 405}
    page = Page("/", answer)
    assert page.all("style") == []
    assert attribute(page.one("html"), "lang") == "nb"
