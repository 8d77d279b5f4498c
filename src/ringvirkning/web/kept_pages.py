"""Keeping finished pages, so that a page many read is made once.

Every page today is the same for everyone, and changes only with the catalogue, the indexes or the day. All three are
part of the key, so nothing has to be thrown away: an outdated page is simply not asked for again. A visitor with a
cookie is never given or made to leave a kept page: cookies are how pages will come to differ.
"""

from collections.abc import Callable, Hashable
from datetime import date

from django.http import HttpRequest, HttpResponse

from ringvirkning.catalogue import queries
from ringvirkning.foundation.memo import Memo
from ringvirkning.people.queries import demonstration_exists
from ringvirkning.search.index import index
from ringvirkning.search.meaning import stage as meaning
from ringvirkning.search.notices.index import notices_index

Next = Callable[[HttpRequest], HttpResponse]
MOST_PAGES = 300
LARGEST = 300_000  # bytes
NOT_KEPT = "no-store"


class NotKept(Exception):
    """Carries a page that must be made anew each time past the memo."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


class KeptPages:
    """Middleware that answers from pages made before."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.pages: Memo[HttpResponse] = Memo(MOST_PAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a kept page, or make it and keep it."""
        state = both_indexes()
        if request.method != "GET" or request.COOKIES or state is None:
            return self.get_response(request)
        try:
            kept = self.pages.get(page_key(request, state), lambda: self._made(request, state))
        except NotKept as past:
            return past.response
        return copied(kept)

    def _made(self, request: HttpRequest, state: Hashable) -> HttpResponse:
        response = self.get_response(request)
        # Another state means that the index was mended meanwhile, and the page may be a plain list.
        if not may_keep(response) or both_indexes() != state:
            raise NotKept(response)
        return copied(response)


def both_indexes() -> Hashable:
    """Return what answers from the index of cases and from that of notices depend on; None while one is mended."""
    cases, notices = index.state(), notices_index.state()
    return (cases, notices, meaning.state()) if cases and notices else None


def page_key(request: HttpRequest, state: Hashable) -> Hashable:
    """Return everything a page depends on."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    address = (request.scheme, request.get_host(), request.get_full_path())
    # Every page says so when there are people made for demonstration, and making them is no change of the catalogue.
    return (*address, packed, queries.last_change(), state, date.today(), demonstration_exists())


def may_keep(response: HttpResponse) -> bool:
    """Tell whether a page may be given to others: whole, right, not large, and not refusing it itself."""
    if response.streaming or response.status_code != 200 or response.cookies:
        return False
    return NOT_KEPT not in response.headers.get("Cache-Control", "") and len(response.content) <= LARGEST


def copied(response: HttpResponse) -> HttpResponse:
    """Return a page that later middleware may write headers on without changing the kept one."""
    copy = HttpResponse(response.content, status=response.status_code)
    copy.headers = response.headers.__class__(dict(response.headers.items()))
    return copy
