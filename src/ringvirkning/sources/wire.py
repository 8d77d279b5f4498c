"""What every request over the net needs: an end in time, an end in size, and a sentence when it fails.

``webpage.py`` opens addresses that people have typed; ``calling.py`` asks the programming interfaces of our sources.
Knows nothing of Django.
"""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError, ProtocolError, SSLError
from urllib3.exceptions import TimeoutError as SlowError

from ringvirkning.foundation.sentences import sentence as _
from ringvirkning.foundation.version import __version__

PIECE = 65_536

SENTENCES = {
    "address": _("Dette er ikke en nettadresse. Den skal begynne med https:// eller http://."),
    "sign_in": _("Adressen har brukernavn eller passord i seg. Bruk en adresse alle kan åpne."),
    "port": _("Adressen bruker en uvanlig port. Vi åpner bare vanlige nettsider."),
    "unknown_host": _("Vi finner ikke nettstedet. Se etter skrivefeil i adressen."),
    "not_public": _("Adressen ligger på et internt nett. Vi åpner bare sider som er åpne for alle."),
    "no_answer": _("Nettstedet svarer ikke. Prøv igjen senere."),
    "certificate": _("Nettstedet har ikke en sikker forbindelse vi kan stole på."),
    "too_slow": _("Nettstedet bruker for lang tid på å svare."),
    "too_large": _("Siden er for stor: grensen er {most} MB."),
    "redirects": _("Siden sender oss videre for mange ganger."),
    "broken": _("Nettstedet svarer på en måte vi ikke kan lese."),
}


class Unfetchable(Exception):
    """There was nothing to fetch, or we would not. ``status`` is what the site had answered by then, if anything."""

    def __init__(self, code: str, *, status: int | None = None, most_bytes: int = 0) -> None:
        self.code, self.status = code, status
        self.values = {"most": most_bytes // 1_000_000}
        self.sentence = SENTENCES[code].format_map(self.values)
        super().__init__(self.sentence)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much and how long one request may take."""

    most_bytes: int
    ends: float  # on the monotonic clock

    def left(self) -> float:
        """Return how many seconds are left."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise Unfetchable("too_slow")
        return left


def user_agent(contact: str = "") -> str:
    """Return how we present ourselves: the program, its version and whom to ask."""
    told = contact and contact.isascii() and contact.isprintable()
    return f"Ringvirkning/{__version__}" + (f" (+{contact})" if told else "")


def meant_by(error: Exception, limits: Limits) -> Unfetchable:
    """Return what an error of a library means to people."""
    if isinstance(error, NewConnectionError):  # the library counts it as slow, which it is not
        return Unfetchable("unknown_host" if isinstance(error, NameResolutionError) else "no_answer")
    if time.monotonic() >= limits.ends or isinstance(error, TimeoutError | SlowError):
        return Unfetchable("too_slow")
    if isinstance(error, SSLError | ssl.SSLError):
        return Unfetchable("certificate")
    return Unfetchable("no_answer" if isinstance(error, OSError | ProtocolError) else "broken")


@contextmanager
def ended_in_time(connection: HTTPConnection, limits: Limits) -> Iterator[None]:
    """Connect, and hang up when the time is out, also on a server that gives a byte now and then."""

    def hang_up() -> None:
        if connection.sock is not None:
            try:
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
            except OSError:
                return  # it is closed already

    if connection.sock is None:
        connection.connect()  # looking, connecting and shaking hands have time limits of their own
    timer = Timer(limits.left(), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def pieces(response: HTTPResponse, limits: Limits, *, unpack: bool = True) -> Iterator[bytes]:
    """Yield the body a piece at a time, so that neither a long one nor a packed one can fill the memory."""
    size = 0
    while True:
        limits.left()
        # One byte more than allowed is asked for, to tell a body that just fits from one that does not.
        piece = response.read1(min(PIECE, limits.most_bytes + 1 - size), decode_content=unpack)
        if not piece:
            break
        size += len(piece)
        if size > limits.most_bytes:
            raise Unfetchable("too_large", status=response.status, most_bytes=limits.most_bytes)
        yield piece
    limits.left()  # being hung up on looks like the end
    if response.length_remaining:
        raise ConnectionError("the body ended before its end")
