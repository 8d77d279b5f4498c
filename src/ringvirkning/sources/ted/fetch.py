"""Fetching from TED, notice by notice: list what was published, then the XML of each.

The list is walked with TED's own token from page to page. When TED loses the place we walk again from the start of the
same days; when it does not get done in time we ask about half of them. Nothing found is forgotten meanwhile.
"""

import re
from collections.abc import Iterator

from ringvirkning.sources.fetching import one
from ringvirkning.sources.fetching.calling import Caller, Manners
from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.fetching.feed import Got, Listing, NotThere
from ringvirkning.sources.raw import RawStore
from ringvirkning.sources.ted.search import Page, TokenLost, ask, refuse
from ringvirkning.sources.ted.source import API_SETTING, SITE_SETTING, TED

NUMBER = re.compile(r"\d{1,8}-\d{4}")
MOST_TIMED_OUT = 4
MOST_WALKS = 3
MOST_BARREN = 3  # pages in a row without anything new, before we believe that there is no more


class TimedOut(Exception):
    """TED did not get done in time, however often we asked."""


def api_caller(address: str, manners: Manners, contact: str = "") -> Caller:
    """Return somebody who may ask TED's search."""
    return Caller(TED.name, address, API_SETTING, manners, contact=contact)


def site_caller(address: str, manners: Manners, contact: str = "") -> Caller:
    """Return somebody who may ask TED's site, where the notices themselves are."""
    return Caller(TED.name, address, SITE_SETTING, manners, contact=contact)


class TedFeed:
    """The notices of buyers in one country (alpha-3), or in all."""

    source = TED.source
    window = 7

    def __init__(self, api: Caller, site: Caller, country: str | None) -> None:
        self.api, self.site, self.country = api, site, country
        self.scope = f"ted-{(country or 'all').lower()}"
        self.name = f"{TED.name} ({country})" if country else TED.name

    def listings(self, days: Days) -> Iterator[Listing]:
        """List the notices of some days."""
        found: set[str] = set()
        unlisted, why = self._walked(days, found)
        if not why or len(days) == 1:
            yield Listing(days, tuple(sorted(found)), unlisted, why)
        else:
            for half in days.halves():
                yield from self.listings(half)

    def get(self, number: str, store: RawStore) -> Got:
        """Fetch one notice and keep it."""
        if not NUMBER.fullmatch(number):
            raise NotThere("number")
        return one.notice(self.site, f"/en/notice/{number}/xml", store, lambda answer: refuse(answer, SITE_SETTING))

    def _walked(self, days: Days, found: set[str]) -> tuple[int, str]:
        """Walk through the list until everything is found. Return how many are missing and why; ``("", 0)`` is none."""
        unlisted, why = 0, "lost"
        for walk in range(MOST_WALKS):
            try:
                unlisted, why = self._walk(days, found), "short"
            except TimedOut:
                return unlisted, "timed-out"
            except TokenLost:
                self.api.rest(walk)
            else:
                if not unlisted:
                    return 0, ""
        return unlisted, why

    def _walk(self, days: Days, found: set[str]) -> int:
        """Walk from the first page to the last, adding to what is found. Return how many more there should be."""
        page = self._page(days, None)
        total, barren = page.total, 0
        while True:
            barren = 0 if set(page.numbers) - found else barren + 1
            found |= set(page.numbers)
            if page.token is None or barren == MOST_BARREN or (not page.numbers and len(found) >= total):
                return max(0, total - len(found))
            page = self._page(days, page.token)

    def _page(self, days: Days, token: str | None) -> Page:
        for turn in range(MOST_TIMED_OUT):
            page = ask(self.api, days, self.country, token)
            if not page.timed_out:
                return page
            self.api.rest(turn)
        raise TimedOut
