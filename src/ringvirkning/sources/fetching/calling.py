"""Asking a source over the net as a polite guest: not too often, again when it did not work, and never for ever.

What is tried again: no answer, half an answer, 408, 425, 429, 500, 502, 503, 504. The wait doubles each time, with a
little chance in it, and is what the source asks for when it says (Retry-After). Redirects are followed on the same host
and nowhere else. Knows nothing of any one source and nothing of Django.
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode, urljoin

from urllib3.util import Url, parse_url

from ringvirkning.sources.fetching.exchange import OK, Answer, Line, Request
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.wire import Unfetchable, user_agent

AGAIN = {408, 425, 429, 500, 502, 503, 504}
REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 3
HOPELESS = {"too_large", "certificate"}
Sound = Callable[[Answer], bool]


@dataclass(frozen=True)
class Manners:
    """How we behave towards one host. Times are in seconds."""

    per_second: float  # requests
    tries: int = 6
    longest_wait: float = 60
    longest_asked: float = 300  # a source that asks us to wait for longer is left in peace until the next run
    whole: float = 120  # for one request from beginning to end
    most_bytes: int = 50_000_000

    @property
    def pause(self) -> float:
        """Return the time between two requests."""
        return 1 / self.per_second

    @property
    def first_wait(self) -> float:
        """Return the wait after the first failure: two ordinary pauses."""
        return 2 * self.pause


@dataclass
class Caller:
    """Asks one host. ``clock``, ``sleep`` and ``chance`` are handed in by tests."""

    name: str  # for people, "Doffin"
    base: str
    setting: str  # the setting that says the address
    manners: Manners
    headers: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    requests: int = 0
    _next: float = 0.0
    _line: Line = field(default_factory=Line)

    def get(self, path: str, query: list[tuple[str, str]] | None = None, *, sound: Sound | None = None) -> Answer:
        """Ask for a path, with parameters that may be repeated. An answer that is not ``sound`` is asked for again.

        Raises ``Unfetchable`` when there is no whole answer, ``Trouble`` when the source sends us away.
        """
        return self._ask(self._request("GET", f"{path}?{urlencode(query)}" if query else path), sound)

    def post(
        self, path: str, body: object, *, sound: Sound | None = None, final: frozenset[int] = frozenset()
    ) -> Answer:
        """Send a JSON body to a path. ``final`` are codes that are answers here and not worth another try."""
        return self._ask(self._request("POST", path, json.dumps(body).encode()), sound, final)

    def download(self, path: str, to: Path, *, sound: Sound | None = None) -> Answer:
        """Write a large answer to a file as it comes."""
        return self._ask(replace(self._request("GET", path), to=to), sound)

    def rest(self, turn: int) -> None:
        """Wait longer and longer: twice as long for each turn, with a little chance in it."""
        wait = min(self.manners.first_wait * 2**turn, self.manners.longest_wait)
        self.sleep(wait * (0.5 + self.chance()))

    def close(self) -> None:
        """Let the connection go."""
        self._line.close()

    def _request(self, method: str, path: str, body: bytes | None = None) -> Request:
        headers = {
            "User-Agent": user_agent(self.contact),
            "Accept": "application/json" if body is not None else "*/*",
            "Accept-Encoding": "gzip",
            **self.headers,
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        return Request(method, parse_url(self.base.rstrip("/") + path), headers, body)

    def _ask(self, request: Request, sound: Sound | None, final: frozenset[int] = frozenset()) -> Answer:
        """Ask until there is an answer to give, or it is no use any more."""
        for turn in range(self.manners.tries - 1):
            try:
                answer = self._follow(request)
            except Unfetchable as wrong:
                if wrong.code in HOPELESS:
                    raise
                self.rest(turn)
                continue
            if answer.status in AGAIN - final:
                self._wait_as_asked(answer, turn)
            elif _is_sound(answer, sound):
                return answer
            else:
                self.rest(turn)
        answer = self._follow(request)
        if not _is_sound(answer, sound):
            raise Unfetchable("broken")
        return answer

    def _wait_as_asked(self, answer: Answer, turn: int) -> None:
        asked = _retry_after(answer.headers.get("retry-after", ""))
        if asked is None:
            self.rest(turn)
        elif asked > self.manners.longest_asked:
            raise Trouble("asked-to-wait", name=self.name, minutes=int(asked // 60) + 1)
        else:
            self.sleep(asked + self.manners.pause * self.chance())

    def _follow(self, request: Request) -> Answer:
        """Ask once, and follow redirects that stay on the host."""
        for _turn in range(MOST_REDIRECTS + 1):
            answer = self._once(request)
            if answer.status not in REDIRECTS:
                return answer
            onward = parse_url(urljoin(request.address.url, answer.headers.get("location", "")))
            if request.method != "GET" or _host(onward) != _host(request.address):
                raise Trouble("moved", name=self.name, where=onward.host or "?", setting=self.setting)
            request = replace(request, address=onward)
        raise Unfetchable("redirects", status=answer.status)

    def _once(self, request: Request) -> Answer:
        """Ask one address once. A kept connection that the host had closed meanwhile is opened again at once."""
        was_open = self._line.is_open
        try:
            return self._exchange(request)
        except Unfetchable as wrong:
            if not was_open or wrong.code != "no_answer":
                raise
        return self._exchange(request)

    def _exchange(self, request: Request) -> Answer:
        wait = self._next - self.clock()
        if wait > 0:
            self.sleep(wait)
        self._next = self.clock() + self.manners.pause
        self.requests += 1
        return self._line.exchange(request, most_bytes=self.manners.most_bytes, seconds=self.manners.whole)


def _is_sound(answer: Answer, sound: Sound | None) -> bool:
    return answer.status != OK or sound is None or sound(answer)


def _host(address: Url) -> tuple[str | None, str | None, int | None]:
    return address.scheme, address.host, address.port


def _retry_after(said: str) -> float | None:
    """Return how many seconds a source asks us to wait, told as seconds or as a time. None when it makes no sense."""
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
