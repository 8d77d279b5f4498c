"""What every answer passes through."""

import re
from collections.abc import Callable

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
