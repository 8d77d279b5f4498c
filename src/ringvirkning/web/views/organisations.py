"""Pages of organisations."""

from django.http import HttpRequest, HttpResponse


def organisation_list(request: HttpRequest) -> HttpResponse:
    """Stub."""
    return HttpResponse("")


def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Stub."""
    return HttpResponse(slug)
