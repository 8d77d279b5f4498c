"""What every answer passes through."""

import io
import re
from collections.abc import Callable
from typing import BinaryIO

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict

Next = Callable[[HttpRequest], HttpResponse]
# What no database keeps and no page can show: the null character, and halves of other characters.
UNUSABLE = re.compile(r"[\x00\ud800-\udfff]")


class PlainErrors:
    """Refuses addresses no page could have (control characters) before anything reads them.

    Our pages are in UTF-8 and so is what they send. A visitor who claims another encoding would choose how bytes are
    read, also with ones that are no text at all; and nobody's browser puts null characters in a cookie.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if any(ord(character) < 32 for character in request.path):
            return HttpResponseBadRequest(
                "Adressen har tegn som ikke er lov.", content_type="text/plain; charset=utf-8"
            )
        if request.encoding:
            request.encoding = "utf-8"
        for name in [name for name, value in request.COOKIES.items() if UNUSABLE.search(value)]:
            del request.COOKIES[name]
        return self.get_response(request)


class WholeForms:
    """Lets nobody read half a form as if it were the whole.

    A connection that breaks while a form is on its way reads as the end of the form: half a sentence would be saved
    over a whole one, and the fields that never came would count as emptied. So what is promised must come.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if hasattr(request, "_stream"):
            request._stream = ToTheEnd(request._stream)  # type: ignore[assignment] # read as any other
        return self.get_response(request)


class ToTheEnd(io.RawIOBase):
    """What was sent, to the last byte that was promised.

    What is missing is a ``BadRequest``, not an ``OSError``: the guard against forged forms takes an ``OSError`` for a
    form without fields, and lets one through whose secret came in a header.
    """

    def __init__(self, limited: BinaryIO) -> None:
        self._limited = limited
        self._missing = max(0, limited.limit)  # type: ignore[attr-defined] # Django's LimitedStream

    def read(self, size: int | None = -1, /) -> bytes:
        """Return so many bytes, or all that is left."""
        wanted = self._missing if size is None or size < 0 else min(size, self._missing)
        pieces = []
        while wanted:
            piece = self._piece(wanted)
            wanted -= len(piece)
            self._missing -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def _piece(self, most: int) -> bytes:
        try:
            piece: bytes = self._limited.read(most)
        except OSError as broken:
            raise BadRequest("the connection broke") from broken
        if not piece:
            raise BadRequest(f"{self._missing} bytes were promised and did not come")
        return piece


class PlainWords:
    """Takes unusable characters out of what was sent, before any view reads it. Text pasted from a PDF may have them.

    Comes after the guards: only then is a form from somebody who may send it read.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Give the view what it can use."""
        if _is_unusable(request.GET):
            request.GET = _usable(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and _is_unusable(request.POST):
            request.POST = _usable(request.POST)  # type: ignore[assignment]


def _is_unusable(sent: QueryDict) -> bool:
    return any(UNUSABLE.search(text) for name, values in sent.lists() for text in (name, *map(str, values)))


def _usable(sent: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in sent.lists():
        kept.setlist(UNUSABLE.sub("", name), [UNUSABLE.sub("", str(value)) for value in values])
    kept._mutable = False
    return kept


class MoreHeaders:
    """Security headers that Django does not set itself."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers on."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
