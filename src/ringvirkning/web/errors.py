"""Pages for when something is wrong: each says what happened and offers a way on."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

# When even the template cannot be made (a missing file of styles, say), these words need nothing at all.
LAST_RESORT = """<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>Noe gikk galt hos oss – Ringvirkning</title></head>
<body><main><h1>Noe gikk galt hos oss</h1>
<p>Feilen er ikke din. Vent et minutt og last siden på nytt.</p>
<p><a href="/">Gå til forsiden</a></p></main></body></html>
"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400. The request is not read again: its host may be what was wrong with it."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("web/413.html"), status=413)
    return HttpResponse(render_to_string("web/400.html"), status=400)


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403: a form was sent from somewhere else than our own pages."""
    return HttpResponse(render_to_string("web/400.html"), status=403)


def not_yours(request: HttpRequest) -> HttpResponse:
    """Answer 403: somebody is signed in, but this is not for their role."""
    return render(request, "web/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, with a page that needs neither tables nor what other pages' templates know."""
    try:
        # Without the request no context processor runs, so what failed in one cannot fail here again.
        return HttpResponse(render_to_string("web/500.html"), status=500)
    except Exception:
        logging.getLogger(__name__).exception("the page for errors could not be made")
        return HttpResponse(LAST_RESORT, status=500)
