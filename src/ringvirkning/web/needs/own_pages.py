"""Forms that anybody may send without a cookie, and that nobody else's pages may send for them.

The usual secret in a form needs a cookie, and then no page with the form could be kept and every visitor would be
marked. Browsers say themselves which site a form came from; a form that does not tell is refused. Only for forms that
change nothing.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from ringvirkning.web.context import public_url
from ringvirkning.web.errors import forbidden

View = Callable[[HttpRequest], HttpResponse]


def from_our_own_pages(view: View) -> View:
    """Let a view answer forms that our own pages sent, without a cookie."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method != "POST" or is_ours(request) else forbidden(request)

    return csrf_exempt(guarded)


def is_ours(request: HttpRequest) -> bool:
    """Tell whether the browser says that one of our pages sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    sender = urlsplit(request.headers.get("Origin", "")).netloc
    return bool(sender) and sender in {request.get_host(), urlsplit(public_url(request, "/")).netloc}
