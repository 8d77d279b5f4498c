"""What every answer passes through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

Next = Callable[[HttpRequest], HttpResponse]


class PlainErrors:
    """Refuses addresses no page could have (control characters) before anything reads them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if any(ord(character) < 32 for character in request.path):
            return HttpResponseBadRequest(
                "Adressen har tegn som ikke er lov.", content_type="text/plain; charset=utf-8"
            )
        return self.get_response(request)


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
