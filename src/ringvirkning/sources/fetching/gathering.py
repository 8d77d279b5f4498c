"""Gathering what a source has published: list it window by window, keep what we do not have, remember how far we came.

A kill at any instant costs at most the notice on its way and the list of one window. Bytes are kept first, then the
line that says where they came from, then that the window is done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.fetching.feed import Feed, Listing, NotThere
from ringvirkning.sources.fetching.report import Report
from ringvirkning.sources.fetching.state import LASTING, State, StateFile
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.fetching.watch import Watch
from ringvirkning.sources.raw import Provenance, RawStore
from ringvirkning.sources.wire import Unfetchable

# Sources publish late: a day is asked about again until it is so many days old.
SETTLED_AFTER = timedelta(days=3)
# So many notices in a row that cannot be had mean that the source itself is away.
MOST_IN_A_ROW = 5


@dataclass
class Gathering:
    """One run."""

    feed: Feed
    store: RawStore
    file: StateFile
    state: State
    today: date
    now: Callable[[], datetime]
    watch: Watch = field(default_factory=Watch)
    report: Report = field(default_factory=Report)
    known: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    in_a_row: int = 0

    def run(self, days: list[Days]) -> None:
        """Gather these days, oldest first, after what was missed earlier. What stops it is told in the report."""
        self.store.clear_strays()
        self.known = self.store.numbers(self.feed.source)
        for one in days:
            self.state.ask(one)
        self.file.write(self.state)
        try:
            self._what_was_missed()
            for window in (part for one in days for part in one.pieces(self.feed.window)):
                for listing in self.feed.listings(window):
                    self._take(listing)
        except Trouble as trouble:
            self._stop(trouble)
        except Unfetchable as wrong:
            self._stop(Trouble("no-connection", name=self.feed.name, sentence=wrong.sentence))
        finally:
            self.report.given_up = sum(one.is_given_up for one in self.state.missed.values())
            self.file.write(self.state)

    def _stop(self, trouble: Trouble) -> None:
        self.report.stopped, self.report.stopped_code = trouble.sentence, trouble.code

    def _what_was_missed(self) -> None:
        for number, missed in list(self.state.missed.items()):
            if not missed.is_given_up:
                self._see_to(number)

    def _take(self, listing: Listing) -> None:
        self.watch.listed(len(listing.days), len(listing.numbers))
        for number in listing.numbers:
            self._see_to(number)
            self.watch.looked_at()
        if listing.is_whole:
            self._mark(listing.days)
        else:
            self.report.unlisted.append(listing)
        self.file.write(self.state)
        self.watch.done()

    def _mark(self, days: Days) -> None:
        settled = days.until(self.today - SETTLED_AFTER)
        if settled:
            self.state.mark(settled)

    def _see_to(self, number: str) -> None:
        """Have the notice, or have it written down that we have not."""
        if number in self.tried:
            return
        if number in self.known:
            self.report.already += 1
            self.state.missed.pop(number, None)
        elif number not in self.state.missed or not self.state.missed[number].is_given_up:
            self._try(number)
        self.tried.add(number)

    def _try(self, number: str) -> None:
        try:
            self._get(number)
        except NotThere as missing:
            self._miss(number, missing.reason)
        except Unfetchable as wrong:
            self._miss(number, wrong.code)
        else:
            self.in_a_row = 0

    def _get(self, number: str) -> None:
        got = self.feed.get(number, self.store)
        self.store.note(
            Provenance(
                source=self.feed.source,
                number=number,
                address=got.address,
                fetched_at=self.now(),
                sha256=got.sha256,
                size=got.size,
            )
        )
        self.known.add(number)
        self.state.missed.pop(number, None)
        self.report.fetched += 1
        self.report.size += got.size

    def _miss(self, number: str, reason: str) -> None:
        """Write down that we could not have it. When it goes on like that, the source is away and we leave it."""
        self.state.miss(number, reason)
        self.report.missed[number] = reason
        self.in_a_row = 0 if reason in LASTING else self.in_a_row + 1
        if self.in_a_row == MOST_IN_A_ROW:
            raise Trouble("away", name=self.feed.name)
