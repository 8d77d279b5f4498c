"""Pages of plain text: about the library, and its accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Answer with what this is, where the cases come from and how to read the figures."""
    return render(request, "web/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Answer with what has been done and tested for people with disabilities, and what has not."""
    return render(request, "web/accessibility.html")
