"""Links: visited gently, counted as broken only after days, and never a way into our own network."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection

from ringvirkning.catalogue.models import Case, Change
from ringvirkning.catalogue.operations import publish_case, set_standing
from ringvirkning.catalogue.terms import ChangeKind, Origin, Standing
from ringvirkning.publishing.models import LinkVisit
from ringvirkning.publishing.terms import LinkState
from ringvirkning.publishing.upkeep import links
from ringvirkning.publishing.upkeep.freshness import broken_links, freshness_of


class Naughty(BaseHTTPRequestHandler):
    """A server with bad manners: what it does stands in the path."""

    asked: Counter[str] = Counter()
    agents: set[str] = set()
    sent = 0

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        word = self.path.strip("/").split("?")[0]
        Naughty.asked[f"{method} {word}"] += 1
        Naughty.agents.add(self.headers["User-Agent"])
        if word == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
        elif word == "slow":
            time.sleep(3)
        elif word == "loop":
            self._head(302, "/loop")
        elif word == "inside":
            self._head(302, "http://169.254.169.254/latest/meta-data/")
        elif word == "endless":
            self._head(200)
            if method == "GET":
                self._pour()
        elif word == "no-head":
            self._head(405 if method == "HEAD" else 200)
        else:
            self._head(int(word))

    def _head(self, status: int, onward: str = "") -> None:
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.end_headers()

    def _pour(self) -> None:
        try:
            for _ in range(500):
                Naughty.sent += self.wfile.write(b"x" * 100_000)
        except OSError:
            pass

    def log_message(self, *given: Any) -> None:
        """Be silent."""


@pytest.fixture
def naughty(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server with bad manners on this machine, which we are allowed to visit."""
    Naughty.asked, Naughty.agents, Naughty.sent = Counter(), set(), 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Naughty)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.LINKS_MAY_BE_LOCAL = True
    settings.CONTACT = "biblioteket@eksempel.no"
    monkeypatch.setattr(links, "SECONDS", 1.0)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("word", "seen", "status"),
    [
        ("200", LinkState.WORKS, 200),
        ("no-head", LinkState.WORKS, 200),
        ("404", LinkState.FAILS, 404),
        ("410", LinkState.FAILS, 410),
        ("500", LinkState.FAILS, 500),
        ("401", LinkState.REFUSED, 401),
        ("403", LinkState.REFUSED, 403),
        ("429", LinkState.REFUSED, 429),
        ("loop", LinkState.FAILS, None),
        ("reset", LinkState.FAILS, None),
        ("slow", LinkState.FAILS, None),
    ],
)
def test_what_is_seen_of_an_address(naughty: str, word: str, seen: LinkState, status: int | None) -> None:
    found = links.look(f"{naughty}/{word}")
    assert found[0] == seen
    assert status is None or found[1] == status


def test_we_say_who_we_are_and_ask_no_more_than_we_need(naughty: str) -> None:
    links.look(f"{naughty}/200")
    assert Naughty.asked == Counter({"HEAD 200": 1})
    (agent,) = Naughty.agents
    assert agent.startswith("Ringvirkning/") and "biblioteket@eksempel.no" in agent


def test_an_endless_page_is_there_and_we_read_little_of_it(naughty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert links._ask(f"{naughty}/endless", "GET")[0] == LinkState.WORKS
    assert Naughty.sent < 20_000_000


def test_a_redirect_chain_ends(naughty: str) -> None:
    links._ask(f"{naughty}/loop", "HEAD")
    assert Naughty.asked["HEAD loop"] <= 6


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/x"],
)
def test_we_never_visit_our_own_network(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert links.look(address)[0] == LinkState.FAILS


@pytest.fixture
def case(empty_catalogue: None, a_case: Callable[..., Any], now: datetime) -> Case:
    return shared(a_case, now, "en", url="https://en.eksempel.no/a")


def shared(a_case: Callable[..., Any], now: datetime, case_id: str, *, url: str, **fields: Any) -> Case:
    source = {"id": "s1", "title": "Rapport", "url": url, "kind": "report", "checked": "2026"}
    publish_case(case_file=a_case(id=case_id, sources=[source], **fields), origin=Origin.SHARED, at=now)
    return Case.objects.get(case_id=case_id)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Decide what visits see, and count them."""
    told: dict[str, Any] = {"state": LinkState.WORKS, "visits": []}

    def look(url: str) -> tuple[LinkState, int | None]:
        told["visits"].append(url)
        return told["state"], 200 if told["state"] == LinkState.WORKS else 404

    monkeypatch.setattr(links, "look", look)
    return told


def test_every_place_of_a_case_that_holds_an_address_is_visited(a_case: Callable[..., Any]) -> None:
    made = a_case(
        documents=[{"title": "A", "kind": "report", "language": "nb", "url": "https://eksempel.no/dokument"}],
        solutions=[{"text": {"nb": "En"}, "link": "https://eksempel.no/losning", "sources": ["s1"]}],
        dialogue=[
            {"kind": "workshop", "text": {"nb": "En"}, "invitation": "https://eksempel.no/bli-med", "sources": ["s1"]}
        ],
        contacts=[{"organisation": {"name": "A"}, "role": {"nb": "B"}, "url": "https://eksempel.no/kontakt"}],
        procurement={"notices": ["https://eksempel.no/kunngjoring"]},
    )
    words = {"a", "dokument", "losning", "bli-med", "kontakt", "kunngjoring"}
    assert links.addresses(made) == {f"https://eksempel.no/{word}" for word in words}


def test_the_table_follows_the_library(case: Case, a_case: Callable[..., Any], now: datetime) -> None:
    shared(a_case, now, "to", url="https://to.eksempel.no/b")
    links.note_addresses(at=now)
    assert set(LinkVisit.objects.values_list("url", flat=True)) == {
        "https://en.eksempel.no/a",
        "https://to.eksempel.no/b",
    }
    assert all(now <= one.due <= now + timedelta(days=1) for one in LinkVisit.objects.all())
    set_standing(case=case, standing=Standing.WITHDRAWN, reason="", at=now)
    links.note_addresses(at=now)
    links.note_addresses(at=now)
    assert [one.url for one in LinkVisit.objects.all()] == ["https://to.eksempel.no/b"]


def test_an_address_that_works_is_left_alone_for_a_week(case: Case, seen: dict[str, Any], now: datetime) -> None:
    LinkVisit.objects.create(url="https://en.eksempel.no/a", due=now)
    assert links.visit_due(at=now) == 1
    one = LinkVisit.objects.get()
    assert (one.state, one.last_worked) == (LinkState.WORKS, now)
    assert timedelta(days=7) <= one.due - now <= timedelta(days=7.5)
    assert links.visit_due(at=now + timedelta(days=6.9)) == 0


def test_broken_is_three_failures_over_three_days(case: Case, seen: dict[str, Any], now: datetime) -> None:
    LinkVisit.objects.create(url="https://en.eksempel.no/a", due=now)
    seen["state"] = LinkState.FAILS
    at, before = now, Change.objects.count()
    while LinkVisit.objects.get().state != LinkState.FAILS:
        assert freshness_of(case).broken == ()
        at += timedelta(minutes=30)
        links.visit_due(at=at)
    assert len(seen["visits"]) == 3
    assert at - now >= timedelta(days=3)
    assert freshness_of(case).broken == ("https://en.eksempel.no/a",)
    assert [one.case_ids for one in broken_links()] == [["en"]]
    # A page kept from before is no longer given: its number is another.
    assert Change.objects.count() == before + 1
    assert Change.objects.latest("seq").kind == ChangeKind.FRESHNESS
    seen["state"] = LinkState.WORKS
    links.visit_due(at=at + timedelta(days=8))
    assert freshness_of(case).broken == () and broken_links() == []
    assert Change.objects.count() == before + 2


def test_those_who_turn_us_away_are_not_called_broken(case: Case, seen: dict[str, Any], now: datetime) -> None:
    LinkVisit.objects.create(url="https://en.eksempel.no/a", due=now, failures=2)
    seen["state"] = LinkState.REFUSED
    links.visit_due(at=now)
    one = LinkVisit.objects.get()
    assert (one.state, one.failures) == (LinkState.REFUSED, 0)
    assert freshness_of(case).broken == ()


def test_one_host_is_visited_once_in_ten_seconds(case: Case, seen: dict[str, Any], now: datetime) -> None:
    for number in range(3):
        LinkVisit.objects.create(url=f"https://en.eksempel.no/{number}", due=now)
    LinkVisit.objects.create(url="https://to.eksempel.no/", due=now)
    assert links.visit_due(at=now, most=10) == 2
    assert links.visit_due(at=now + timedelta(seconds=5), most=10) == 0
    assert links.visit_due(at=now + timedelta(seconds=11), most=10) == 1


def test_a_visit_a_worker_died_in_is_made_again(
    case: Case, seen: dict[str, Any], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    LinkVisit.objects.create(url="https://en.eksempel.no/a", due=now)

    class Killed(BaseException):
        pass

    def die(url: str) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(links, "look", die)
        links.visit_due(at=now)
    assert links.visit_due(at=now + timedelta(minutes=5)) == 0
    assert links.visit_due(at=now + timedelta(minutes=11)) == 1


def test_two_workers_make_each_visit_once(empty_for_real: None, seen: dict[str, Any], now: datetime) -> None:
    for number in range(8):
        LinkVisit.objects.create(url=f"https://vert{number}.eksempel.no/", due=now)

    def work() -> None:
        links.visit_due(at=now, most=8)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert Counter(seen["visits"]) == Counter({f"https://vert{number}.eksempel.no/": 1 for number in range(8)})
