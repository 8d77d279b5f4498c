"""A small server on this machine that speaks as Doffin and TED do, on made-up notices, and misbehaves when told to.

What it does without being told is what the real ones were seen to do: unknown parameters are ignored, a comma-joined
``cpvCode`` finds nothing, headings hold raw control characters, a 404 has no body.
"""

import gzip
import io
import json
import random
import socket
import tarfile
import threading
import time
import uuid
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "riktig-nokkel"
LATE = "999999"  # stands in the number of a notice that is published while somebody pages
TYPES = ("ANNOUNCEMENT_OF_COMPETITION", "PRE_ANNOUNCEMENT", "ADVISORY_NOTICE", "ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT")
CPV = ("45000000", "72000000", "33000000", "90000000")
DOFFIN_PARAMETERS = {
    "numHitsPerPage", "page", "sortBy", "searchString", "type", "status", "cpvCode", "location", "issueDateFrom",
    "issueDateTo", "estimatedValueFrom", "estimatedValueTo",
}  # fmt: skip
SORTS = {"PUBLICATION_DATE_DESC", "PUBLICATION_DATE_ASC", "DEADLINE", "RELEVANCE", "ESTIMATED_VALUE_DESC"}
TED_FIELDS = {"publication-number", "publication-date", "notice-title", "buyer-name", "links"}


UBL = "urn:oasis:names:specification:ubl:schema:xsd"
EFORMS = f"""<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="{UBL}:ContractNotice-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"
 xmlns:cbc="{UBL}:CommonBasicComponents-2"><cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">{{uuid}}</cbc:ID><cbc:ContractFolderID>{{uuid}}</cbc:ContractFolderID>
<cbc:IssueDate>{{day}}+01:00</cbc:IssueDate><cbc:VersionID>01</cbc:VersionID>
<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>
<cac:ProcurementProject><cbc:Name languageID="NOR">{{title}}</cbc:Name>
<cbc:Description languageID="NOR">{{words}}</cbc:Description></cac:ProcurementProject></ContractNotice>
"""


@dataclass(frozen=True)
class Notice:
    number: str  # "2024-100001"; TED turns it round: "100001-2024"
    day: date
    type: str
    cpv: str
    country: str

    @property
    def ted_number(self) -> str:
        year, _, number = self.number.partition("-")
        return f"{number}-{year}"

    def xml(self) -> bytes:
        words = " ".join(random.Random(self.number).choices("vann varme vei skole bro båt".split(), k=100))
        uuid_ = uuid.UUID(int=zlib.crc32(self.number.encode()), version=4)
        return EFORMS.format(uuid=uuid_, day=self.day, title=f"Innkjøp {self.number}", words=words).encode()


def notices(count: int, first: date = date(2024, 1, 1), days: int = 60, seed: int = 7) -> list[Notice]:
    """Made-up notices, spread over some days."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        day = first + timedelta(days=chance.randrange(days))
        country = chance.choice(("NOR", "NOR", "SWE"))
        found.append(Notice(f"{day.year}-{100_001 + number}", day, chance.choice(TYPES), chance.choice(CPV), country))
    return sorted(found, key=lambda one: (one.day, one.number))


@dataclass
class Register:
    """What the server has, how it misbehaves, and what it was asked."""

    notices: list[Notice]
    mischief: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    base: str = ""

    def does(self, name: str) -> Any:
        """Return how it is to misbehave in this way, noting that it does; nothing when it is not to."""
        value = self.mischief.get(name)
        if value:
            self.did[name] += 1
        return value

    def once(self, name: str) -> bool:
        """Misbehave in this way as many times as the value says, and then no more."""
        with self.lock:
            left = self.mischief.get(name, 0)
            if left > 0:
                self.mischief[name] = left - 1
                self.did[name] += 1
            return bool(left > 0)

    def once_each(self, name: str, what: str) -> bool:
        """Misbehave in this way the first time somebody asks for this, when it is named."""
        with self.lock:
            named = self.mischief.get(name, set())
            if what in named:
                self.did[name] += 1
                self.mischief[name] = named - {what}
                return True
            return False

    def downloads(self) -> Counter[str]:
        """Return how often each notice or archive was asked for."""
        parts = ("/v2/download/", "/notice/", "/packages/")
        return Counter(path for _, path, _ in self.asked if any(part in path for part in parts))

    def searches(self) -> list[dict[str, Any]]:
        return [given for _, path, given in self.asked if path.endswith("/search")]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    register: Register
    disable_nagle_algorithm = True

    def log_message(self, *given: Any) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        given = parse_qs(parts.query)
        self.note("GET", parts.path, given)
        if self.misbehaved_anywhere(parts.path):
            return
        if parts.path.startswith("/public/v2/"):
            if self.let_in():
                self.doffin(parts.path, given)
        elif parts.path.endswith("/xml"):
            self.give(parts.path.split("/")[-2], lambda one: one.ted_number)
        elif "/release-calendar/" in parts.path:
            self.say(200, calendar(self.register, int(parts.path.rpartition("/")[2])), kind="text/csv")
        elif parts.path.startswith("/packages/daily/"):
            self.give_package(parts.path.rpartition("/")[2])
        else:
            self.say(404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.note("POST", self.path, body)
        if not self.misbehaved_anywhere(self.path):
            self.ted_search(body)

    def note(self, method: str, path: str, given: dict[str, Any]) -> None:
        with self.register.lock:
            self.register.asked.append((method, path, given))
            self.register.agents.add(self.headers.get("User-Agent", ""))

    # Answers.

    def say(
        self, status: int, body: bytes | str | dict[str, Any] = b"", *, kind: str = "application/json", **more: object
    ) -> None:
        data = json.dumps(body).encode() if isinstance(body, dict) else body.encode() if isinstance(body, str) else body
        if self.register.mischief.get("gzip") and data and "gzip" in self.headers.get("Accept-Encoding", ""):
            data, more = gzip.compress(data), {**more, "Content_Encoding": "gzip"}
            if self.register.once("half a gzip"):
                data = data[: len(data) // 2]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(data)
        if self.register.once("hangs up between"):
            self.close_connection = True

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.connection.close()

    def misbehaved_anywhere(self, path: str) -> bool:
        register = self.register
        every = register.mischief.get("429 every")
        if every and len(register.asked) % every == 0:
            register.did["429 every"] += 1
            self.say(
                429,
                {"statusCode": 429, "message": "Rate limit is exceeded."},
                Retry_After=register.mischief.get("retry after", 1),
            )
            return True
        if register.once("500"):
            self.say(500, {"statusCode": 500, "message": "Internal server error"})
            return True
        if register.once("not json"):
            self.say(200, "<html>Vedlikehold</html>", kind="text/html")
            return True
        if register.does("redirect elsewhere"):
            self.say(302, Location="http://localhost:1/et-annet-sted")
            return True
        if register.once("redirect here"):
            self.say(302, Location=self.path)
            return True
        if register.does("robot control") and "/public" not in path and not path.endswith("/search"):
            self.say(202, x_amzn_waf_action="challenge")
            return True
        return False

    # Notices.

    def give(self, number: str, named: Any) -> None:
        register = self.register
        for one in register.notices:
            if named(one) == number:
                break
        else:
            self.say(404)
            return
        if number in register.mischief.get("no file", ()):
            register.did["no file"] += 1
            self.say(404)
        elif register.once_each("a web page instead", number):
            self.say(200, "<!DOCTYPE html><html><body>Vedlikehold</body></html>", kind="text/html")
        elif not self.misbehaved_on_the_wire(number, one.xml()):
            self.say(200, one.xml(), kind="application/octet-stream")

    def misbehaved_on_the_wire(self, number: str, data: bytes) -> bool:
        register = self.register
        if register.once_each("dropped", number) or number in register.mischief.get("always dropped", ()):
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
            self.hang_up()
        elif register.once_each("cut without length", number):
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        elif register.once_each("cut in chunks", number):
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"64\r\n" + data[:100] + b"\r\n64\r\n" + data[100:150])
            self.hang_up()
        elif register.once_each("drip", number):
            self.drip(data)
        elif register.once_each("huge", number):
            self.say(200, b"<a>" + b" " * 3_000_000 + b"</a>")
        else:
            return False
        return True

    def drip(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            for byte in data:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    # Doffin.

    def let_in(self) -> bool:
        key = self.headers.get("Ocp-Apim-Subscription-Key")
        if key == KEY:
            return True
        told = "invalid" if key else "missing"
        self.say(401, {"statusCode": 401, "message": f"Access denied due to {told} subscription key. Key: {key}"})
        return False

    def doffin(self, path: str, given: dict[str, list[str]]) -> None:
        if path == "/public/v2/search":
            self.doffin_search(given)
        else:
            self.give(path.rpartition("/")[2], lambda one: one.number)

    def doffin_search(self, given: dict[str, list[str]]) -> None:
        register = self.register
        page, size = int(given.get("page", ["1"])[0]), int(given.get("numHitsPerPage", ["15"])[0])
        order = given.get("sortBy", ["PUBLICATION_DATE_DESC"])[0]
        if order not in SORTS or register.does("404 on search"):
            self.say(404)
            return
        if page < 1 or register.does("400 on search"):
            self.say(400, {"reason": "page must be positive\x07"})
            return
        is_past_the_end = page * size > register.mischief.get("shows at most", 1000)
        if is_past_the_end and not register.does("is empty past the end"):
            register.did["past the end"] += 1
            self.say(400, {"reason": "page * numHitsPerPage must not exceed 1000"})
            return
        self.doffin_page(given, page, size, order, is_past_the_end)

    def doffin_page(self, given: dict[str, list[str]], page: int, size: int, order: str, is_past_the_end: bool) -> None:
        register = self.register
        found = self.matching(given)
        if order == "PUBLICATION_DATE_DESC":
            found.reverse()
        if size > register.mischief.get("small pages", size):
            size = register.does("small pages")
        start = (page - 1) * size
        if register.mischief.get("overlapping pages") and page > 1:
            register.did["overlapping pages"] += 1
            start -= 1
        if page > 1 and register.once("one is passed over while paging"):
            start += 1
        if page > 1 and register.once("one more while paging"):
            register.notices.insert(0, Notice(f"2024-{LATE}", found[0].day, TYPES[0], CPV[0], "NOR"))
            start += 0 if order.endswith("ASC") else 1
            found = self.matching(given)
        hits = [] if is_past_the_end else found[start : start + size]
        total = len(found) + (register.does("counts too many") or 0)
        self.say(
            200,
            raw_json(
                {"numHitsTotal": total, "numHitsAccessible": min(total, 1000), "hits": [hit(one) for one in hits]}
            ),
        )

    def matching(self, given: dict[str, list[str]]) -> list[Notice]:
        register = self.register
        first, last = given.get("issueDateFrom", ["0001-01-01"])[0], given.get("issueDateTo", ["9999-12-31"])[0]
        if register.mischief.get("ignores dates") and "issueDateFrom" in given:
            register.did["ignores dates"] += 1
            first, last = "0001-01-01", "9999-12-31"
        if register.mischief.get("ignores last date") and "issueDateTo" in given:
            register.did["ignores last date"] += 1
            last = "9999-12-31"
        types, codes = given.get("type"), given.get("cpvCode")
        if types and register.does("ignores type"):
            types = None
        return [
            one
            for one in register.notices
            if first <= str(one.day) <= last and (not types or one.type in types) and (not codes or one.cpv in codes)
        ]

    # TED.

    def ted_search(self, body: dict[str, Any]) -> None:
        register = self.register
        most = register.mischief.get("most a page", 250)
        if body["limit"] > most:
            register.did["most a page"] += 1
            said = f"Value ({body['limit']}) of parameter 'limit' exceeds maximum allowed value ({most})"
            self.say(400, {"message": said})
            return
        known = TED_FIELDS - set(register.mischief.get("fields taken away", ()))
        unknown = set(body["fields"]) - known
        if unknown:
            register.did["fields taken away"] += 1
            self.say(400, {"message": f"Unknown field {sorted(unknown)[0]!r}", "error": {"type": "FIELD"}})
            return
        token = body.get("iterationNextToken")
        if token is not None and (not token.startswith("token-") or register.once("token lost")):
            self.say(500, {"message": "Internal Server Error"})
            return
        self.ted_page(body, 0 if token is None else int(token.removeprefix("token-").split("-")[0]), token)

    def ted_page(self, body: dict[str, Any], start: int, token: str | None) -> None:
        register = self.register
        found = self.published(body["query"])
        size = min(body["limit"], register.mischief.get("page size", 250))
        said = [ted_hit(one) for one in found[start : start + size]]
        after: int | None = start + size
        if self.is_timed_out(body["query"], token):
            said, after = said[: register.mischief.get("part of a timed out page", 0)], None
            self.say(200, {"notices": said, "totalNoticeCount": 0, "iterationNextToken": None, "timedOut": True})
            return
        if start and register.once("empty page with token"):
            said, after = [], start
        elif start and register.once("one more while paging"):
            register.notices.insert(0, Notice(f"2024-{LATE}", found[0].day, TYPES[0], CPV[0], "NOR"))
        elif start >= len(found) or (
            start + size >= len(found) and not register.mischief.get("ends with an empty page")
        ):
            register.did["ends with an empty page"] += not said
            after = start if register.does("token for ever") else None
        if register.mischief.get("overlapping pages") and start:
            register.did["overlapping pages"] += 1
            said = [ted_hit(one) for one in found[start - 1 : start + size]]
        total = len(found) + (register.does("counts too many") or 0)
        onward = None if after is None else f"token-{after}-{random.randrange(10**6)}"
        self.say(200, {"notices": said, "totalNoticeCount": total, "iterationNextToken": onward, "timedOut": False})

    def is_timed_out(self, query: str, token: str | None) -> bool:
        register = self.register
        first, last = between(query)
        longest = register.mischief.get("timed out beyond days")
        if longest is not None and (last - first).days + 1 > longest:
            register.did["timed out beyond days"] += 1
            return True
        return token is not None and register.once("timed out midway")

    def published(self, query: str) -> list[Notice]:
        first, last = between(query)
        if self.register.does("ignores dates"):
            first, last = date.min, date.max
        country = query.partition("buyer-country=")[2][:3]
        return [one for one in self.register.notices if first <= one.day <= last and country in {"", one.country}]

    def give_package(self, number: str) -> None:
        day = next(
            (day for day, issue in issues(self.register, int(number[:4])) if f"{day.year}{issue:05d}" == number), None
        )
        if day is None:
            self.say(404)
            return
        data = package(self.register, day)
        if self.register.once_each("half an archive", number):
            data = data[: len(data) // 2]
        if not self.misbehaved_on_the_wire(number, data):
            self.say(200, data, kind="application/gzip")


def between(query: str) -> tuple[date, date]:
    first, last = (query.partition(sign)[2][:8] for sign in (">=", "<="))
    return date.fromisoformat(first), date.fromisoformat(last)


def raw_json(value: dict[str, Any]) -> bytes:
    """JSON as Doffin writes it: control characters stand as they are inside strings."""
    return json.dumps(value, ensure_ascii=False).replace("\\u000b", "\x0b").replace("\\t", "\t").encode()


def hit(one: Notice) -> dict[str, Any]:
    """What Doffin's search says about a notice."""
    return {
        "id": one.number, "buyer": [{"id": "1", "organizationId": "999999999", "name": "En\tkommune"}],
        "heading": "Innkjøp\x0b av\tvarme", "description": "a\x0bb", "locationId": ["NO081", "anyw"],
        "estimatedValue": None, "type": one.type, "allTypes": ["COMPETITION", one.type], "status": None,
        # Published at midnight in Norway, which is the day before in UTC.
        "issueDate": f"{one.day - timedelta(days=1)}T23:00:00Z", "deadline": None, "publicationDate": f"{one.day}",
        "receivedTenders": None, "allReceivedTenders": None, "cpvCodes": [one.cpv], "limitedDataFlag": False,
        "doffinClassicUrl": None, "lots": [],
    }  # fmt: skip


def ted_hit(one: Notice) -> dict[str, Any]:
    """What TED's search says about a notice."""
    return {"publication-number": one.ted_number, "publication-date": f"{one.day}+01:00"}


def issues(register: Register, year: int = 2024) -> Iterator[tuple[date, int]]:
    days = sorted({one.day for one in register.notices if one.day.year == year})
    yield from ((day, number) for number, day in enumerate(days, start=1))


def calendar(register: Register, year: int) -> str:
    return "OJS,Publication date\r\n" + "".join(
        f"{number},{day:%d/%m/%Y}\r\n" for day, number in issues(register, year)
    )


def package(register: Register, day: date) -> bytes:
    """The archive of a day; the same bytes each time."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for one in register.notices:
            if one.day == day:
                member = tarfile.TarInfo(f"{one.ted_number}.xml")
                member.size = len(one.xml())
                archive.addfile(member, io.BytesIO(one.xml()))
    return gzip.compress(raw.getvalue(), mtime=0)


@contextmanager
def serving(register: Register) -> Iterator[Register]:
    """Run a server for a register until the block ends."""
    handler = type("OwnHandler", (Handler,), {"register": register})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *given: None  # type: ignore[method-assign] # whoever hangs up on us is no fault
    register.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
