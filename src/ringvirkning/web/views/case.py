"""One case: its page and its infographic."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def case_page(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the page of one case."""
    raise Http404


@require_safe
def infographic_svg(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the infographic as SVG."""
    raise Http404


@require_safe
def infographic_png(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the infographic as PNG."""
    raise Http404
