"""Pages of themes."""

from django.http import HttpRequest, HttpResponse


def theme_list(request: HttpRequest) -> HttpResponse:
    """Stub."""
    return HttpResponse("")


def theme_page(request: HttpRequest, theme: str) -> HttpResponse:
    """Stub."""
    return HttpResponse(theme)
