"""The load generator: readers that ask for one page again and again over kept-alive connections.

Each reader asks anew the moment its answer has come, so with 20 readers 20 requests are always under way:
the latencies are those of a server that is fully busy. Runs as its own process and prints one JSON object:
``python bench/load.py PORT PATH READERS SECONDS``. One thread and plain sockets keep it cheap, and
``generator_cpu`` tells which share of one core it used: near 1 means that it was the narrow place, not the server.
"""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

from harness import percentile, tidy

HOST = "127.0.0.1"
NEW = b"{n}"  # in a path: a number no request has had, so that no answer can have been kept
PATIENCE = 30.0  # seconds before a request counts as lost
HEADERS = (
    "Accept: text/html,application/xhtml+xml\r\nAccept-Language: nb-NO,nb;q=0.9,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nConnection: keep-alive\r\n"
)


@dataclass
class Reader:
    """One connection with at most one request under way."""

    port: int
    request: bytes
    sock: socket.socket = field(init=False)
    answer: bytearray = field(default_factory=bytearray)
    asked: float = 0.0

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Connect."""
        self.sock = socket.create_connection((HOST, self.port), timeout=PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        """Send the request."""
        self.answer.clear()
        self.asked = time.perf_counter()
        self.sock.sendall(self.request.replace(NEW, str(time.perf_counter_ns()).encode()))

    def closes(self) -> bool:
        """Tell whether the server means to close the connection."""
        return b"connection: close" in bytes(self.answer[:2000]).lower()

    def length(self) -> int | None:
        """Return how long the whole answer is, or None when its end has not come."""
        cut = self.answer.find(b"\r\n\r\n")
        if cut < 0:
            return None
        head = bytes(self.answer[:cut]).lower()
        at = head.find(b"content-length:")
        if at >= 0:
            whole = cut + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
            return whole if len(self.answer) >= whole else None
        return len(self.answer) if self.answer.endswith(b"\r\n0\r\n\r\n") else None


@dataclass
class Tally:
    """What happened, and until when readers go on asking."""

    until: float
    latencies: list[float] = field(default_factory=list)
    in_time: int = 0
    errors: int = 0
    size: int = 0
    waiting: int = 0


def read_pages(port: int, path: str, readers: int, seconds: float) -> dict[str, float | None]:
    """Read a page with many readers for some seconds and return what it was like.

    What is under way at the end is waited for, so that slow answers count and the server is free for the next run.
    """
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{HEADERS}\r\n".encode()
    selector = selectors.DefaultSelector()
    everyone = [Reader(port, request) for _ in range(readers)]
    worked, started = time.process_time(), time.perf_counter()
    tally = Tally(until=started + seconds, waiting=readers)
    for reader in everyone:
        selector.register(reader.sock, selectors.EVENT_READ, reader)
        reader.ask()
    while tally.waiting and time.perf_counter() < tally.until + PATIENCE:
        for key, _ in selector.select(timeout=0.1):
            _hear(selector, key.data, tally)
    took, used = time.perf_counter() - started, time.process_time() - worked
    tally.errors += tally.waiting
    for reader in everyone:
        reader.sock.close()
    return _summary(tally, seconds, used / took)


def _hear(selector: selectors.BaseSelector, reader: Reader, tally: Tally) -> None:
    """Take in what has come; when the answer is whole, note it and ask again while there is time."""
    try:
        came = reader.sock.recv(262_144)
    except OSError:
        came = b""
    reader.answer += came
    length = reader.length() if came else None
    if came and length is None:
        return
    now = time.perf_counter()
    if length is None or not reader.answer.startswith(b"HTTP/1.1 200"):
        tally.errors += 1
    else:
        tally.latencies.append(now - reader.asked)
        tally.in_time += now < tally.until
        tally.size = length
    _go_on(selector, reader, tally, closed=length is None or reader.closes())


def _go_on(selector: selectors.BaseSelector, reader: Reader, tally: Tally, *, closed: bool) -> None:
    """Ask again, on a new connection when the old one is gone; past the time, rest."""
    over = time.perf_counter() >= tally.until
    if over or closed:
        selector.unregister(reader.sock)
        reader.sock.close()
    if over:
        tally.waiting -= 1
        return
    if closed:
        reader.open()
        selector.register(reader.sock, selectors.EVENT_READ, reader)
    reader.ask()


def _summary(tally: Tally, seconds: float, share: float) -> dict[str, float | None]:
    found = tally.latencies
    return {
        "n": len(found),
        "errors": tally.errors,
        "p50_ms": tidy(percentile(found, 0.5) * 1000) if found else None,
        "p95_ms": tidy(percentile(found, 0.95) * 1000) if found else None,
        "per_second": tidy(tally.in_time / seconds),
        "kb": round(tally.size / 1000, 1),
        "generator_cpu": round(share, 2),
    }


if __name__ == "__main__":
    _port, _path, _readers, _seconds = sys.argv[1:5]
    json.dump(read_pages(int(_port), _path, int(_readers), float(_seconds)), sys.stdout)
