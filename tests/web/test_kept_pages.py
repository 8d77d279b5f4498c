"""A page that many read is made once, and made anew the moment what it tells of changes."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ringvirkning.catalogue.operations import publish_case
from ringvirkning.catalogue.terms import Origin
from ringvirkning.search.index import index
from ringvirkning.web.views import front

LIBRARY = "/biblioteket/"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often the front page is truly made."""
    calls: list[str] = []
    true_dots = front.render

    def counted(*given: Any, **more: Any) -> Any:
        calls.append("made")
        return true_dots(*given, **more)

    monkeypatch.setattr(front, "render", counted)
    return calls


def test_the_second_reader_gets_the_page_the_first_one_had(library: Path, client: Client, made: list[str]) -> None:
    first, second = client.get("/"), client.get("/")
    assert first.content == second.content
    assert len(made) == 1


def test_a_kept_page_has_all_its_headers(library: Path, client: Client) -> None:
    first, second = client.get("/"), client.get("/")
    assert dict(first.headers) == dict(second.headers)
    assert "Content-Security-Policy" in second.headers


def test_languages_and_compression_do_not_mix(library: Path, client: Client) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    english = client.get("/en/")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert english.content != plain.content


def test_a_new_case_is_seen_at_once(library: Path, client: Client, a_case: Any, now: Any) -> None:
    before = client.get(LIBRARY).content
    publish_case(case_file=a_case(), origin=Origin.FILE, at=now)
    after = client.get(LIBRARY).content
    assert before != after
    assert b"Varme i grunnen" in client.get(LIBRARY, {"sort": "alphabet", "q": "varme i grunnen"}).content


def test_a_reader_with_a_cookie_gets_a_page_of_his_own(library: Path, client: Client, made: list[str]) -> None:
    client.get("/")
    client.cookies["anything"] = "1"
    client.get("/")
    client.get("/")
    assert len(made) == 3


def test_a_page_that_is_not_there_is_not_kept(library: Path, client: Client, a_case: Any, now: Any) -> None:
    address = "/biblioteket/varme-i-grunnen/"
    assert client.get(address).status_code == 404
    publish_case(case_file=a_case(), origin=Origin.FILE, at=now)
    assert client.get(address).status_code == 200


def test_nothing_is_kept_while_the_index_is_mended(
    library: Path, client: Client, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "engine", lambda: None)
    client.get("/")
    client.get("/")
    assert len(made) == 2
