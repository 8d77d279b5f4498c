"""Fetching from Doffin: every notice issued in some days, as the XML the buyer published.

Doffin shows at most a thousand hits, so days are halved until they fit. A single day that does not fit is searched by
type, in both orders, and by CPV division, until as many are found as the day is said to have.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ringvirkning.sources.doffin import search
from ringvirkning.sources.doffin.search import PAGE_SIZE, Page, Question
from ringvirkning.sources.doffin.source import DOFFIN, KEY_SETTING, SETTING
from ringvirkning.sources.fetching import one
from ringvirkning.sources.fetching.calling import Caller, Manners
from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.fetching.feed import Got, Listing, NotThere
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.raw import RawStore
from ringvirkning.sources.tables import cpv_labels

NUMBER = re.compile(r"\d{4}-\d{1,8}")
NEAR = {"localhost", "127.0.0.1", "::1"}


def caller(address: str, key: str, manners: Manners, contact: str = "") -> Caller:
    """Return somebody who may ask Doffin. Raises ``Trouble`` without a key, or when it would be sent in the open."""
    if not key:
        raise Trouble("key-not-set", name=DOFFIN.name, setting=KEY_SETTING)
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in NEAR:
        raise Trouble("key-in-the-open", address=parts.hostname or address)
    return Caller(DOFFIN.name, address, SETTING, manners, {search.KEY_HEADER: key}, contact)


class DoffinFeed:
    """Doffin as something to be gathered."""

    source = DOFFIN.source
    name = DOFFIN.name
    scope = "doffin"
    window = 28

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self._whole: int | None = None

    def listings(self, days: Days) -> Iterator[Listing]:
        """List the notices of some days."""
        question = Question(days)
        first = self._ask(question)
        self._see_that_days_count(days, first)
        if first.total <= first.accessible:
            found = self._paged_twice(question, first)
            if len(found) >= first.total or len(days) == 1:
                yield _listing(days, found, first.total, "short")
                return
        if len(days) > 1:
            for half in days.halves():
                yield from self.listings(half)
        else:
            yield self._crowded(days, first)

    def get(self, number: str, store: RawStore) -> Got:
        """Fetch one notice and keep it."""
        if not NUMBER.fullmatch(number):
            raise NotThere("number")
        return one.notice(
            self.caller, f"/public/v2/download/{number}", store, lambda answer: search.refuse(self.caller, answer)
        )

    def _ask(self, question: Question, size: int = PAGE_SIZE) -> Page:
        page = search.ask(self.caller, question, size=size)
        assert page is not None  # noqa: S101 - only a later page can be past the end
        return page

    def _see_that_days_count(self, days: Days, first: Page) -> None:
        """Stop when days make no difference, unless the register has no other days: then both its ends lie in them."""
        if self._whole is None:
            self._whole = self._ask(Question(), size=1).total
        if first.total >= self._whole:
            for order in search.BOTH_WAYS:
                self._ask(Question(days, order))

    def _paged(self, question: Question, first: Page | None = None) -> set[str]:
        """Return the numbers of every hit that can be paged to."""
        page: Page | None = first or self._ask(question)
        found: set[str] = set()
        number, size = 1, PAGE_SIZE
        while page and page.hits:
            found |= set(page.numbers())
            size = len(page.hits) if number == 1 and len(page.hits) < min(PAGE_SIZE, page.total) else size
            number += 1
            if len(found) >= page.total or number * size > search.MOST_ACCESSIBLE:
                break
            page = search.ask(self.caller, question, number, size)
        return found

    def _paged_twice(self, question: Question, first: Page) -> set[str]:
        """Return the numbers of every hit; when something moved between the pages, after a second look."""
        found = self._paged(question, first)
        return found if len(found) >= first.total else found | self._paged(question)

    def _crowded(self, days: Days, first: Page) -> Listing:
        found: set[str] = set()
        for question in _cuts(days):
            found |= self._paged(question)
            if len(found) >= first.total:
                break
        return _listing(days, found, first.total, "crowded")


def _cuts(days: Days) -> Iterator[Question]:
    """Yield smaller and smaller questions about one day."""
    for order in search.BOTH_WAYS:
        yield from (Question(days, order, type=kind) for kind in search.TYPES)
    yield from (Question(days, cpv=code) for code in cpv_labels() if code.endswith("000000"))


def _listing(days: Days, found: set[str], total: int, why: str) -> Listing:
    short = max(0, total - len(found))
    return Listing(days, tuple(sorted(found)), short, why if short else "")
