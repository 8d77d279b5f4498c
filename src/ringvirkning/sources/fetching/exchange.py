"""One request and its answer, on a connection that is kept open. Nothing is tried again here; see ``calling.py``."""

import errno
import json
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Url

from ringvirkning.sources.wire import Limits, Unfetchable, ended_in_time, meant_by, pieces

OK = 200
CONNECT_SECONDS, READ_SECONDS = 10, 30
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}  # our own disk, and no fault of the host


@dataclass(frozen=True)
class Request:
    """What to ask. A large answer is written to the file ``to`` as it comes."""

    method: str
    address: Url
    headers: Mapping[str, str]
    body: bytes | None = None
    to: Path | None = None


@dataclass(frozen=True)
class Answer:
    """What a source answered. The body of a file that was written to disk is empty."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def data(self) -> dict[str, Any]:
        """Return the body as a JSON object; empty when it is not one. Raw control characters in strings are taken."""
        try:
            found = json.loads(self.body.decode("utf-8-sig", "replace"), strict=False)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class Line:
    """A connection to one host."""

    def __init__(self) -> None:
        self._connection: HTTPConnection | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a connection is kept from before. The host may have closed it at its end."""
        return self._connection is not None

    def close(self) -> None:
        """Let the connection go."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def exchange(self, request: Request, *, most_bytes: int, seconds: float) -> Answer:
        """Return the answer, whatever its status, or raise ``Unfetchable``; ``OSError`` when our own disk is full."""
        limits = Limits(most_bytes=most_bytes, ends=time.monotonic() + seconds)
        self._connection = self._connection or _connection(request.address)
        try:
            with ended_in_time(self._connection, limits):
                answer = _said(self._connection, request, limits)
        except (HTTPError, HTTPException, OSError, ValueError, zlib.error) as error:
            self.close()
            if isinstance(error, OSError) and error.errno in DISK:
                raise
            raise meant_by(error, limits) from None
        except BaseException:  # too large, too slow or interrupted: what is still on its way must not be read later
            self.close()
            raise
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer


def _said(connection: HTTPConnection, request: Request, limits: Limits) -> Answer:
    connection.timeout = READ_SECONDS
    headers = dict(request.headers)
    connection.request(request.method, request.address.request_uri, request.body, headers, preload_content=False)
    response = connection.getresponse()
    got = _unpacked(response, limits)
    return Answer(response.status, _lowered(response), _taken(got, request.to if response.status == OK else None))


def _connection(address: Url) -> HTTPConnection:
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    return kind((address.host or "").strip("[]"), address.port, timeout=CONNECT_SECONDS)


def _lowered(response: HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _unpacked(response: HTTPResponse, limits: Limits) -> Iterator[bytes]:
    """Yield the body, unpacked. Unlike the library we notice when a packed body stops before its end."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    packed = pieces(response, limits, unpack=False)
    if packing in {"identity", ""}:
        yield from packed
    elif packing in {"gzip", "x-gzip"}:
        yield from _gunzipped(packed, limits)
    else:
        raise ValueError("packed in a way we did not ask for")


def _gunzipped(packed: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    engine = zlib.decompressobj(wbits=31)
    size, begun = 0, False
    for piece in packed:
        begun = True
        rest = piece
        while rest and not engine.eof:
            out = engine.decompress(rest, limits.most_bytes + 1 - size)
            rest = engine.unconsumed_tail
            size += len(out)
            if size > limits.most_bytes:
                raise Unfetchable("too_large", most_bytes=limits.most_bytes)
            yield out
    if begun and not engine.eof:
        raise ConnectionError("the packed body ended before its end")


def _taken(got: Iterator[bytes], to: Path | None) -> bytes:
    if to is None:
        return b"".join(got)
    with to.open("wb") as handle:
        for piece in got:
            handle.write(piece)
    return b""
