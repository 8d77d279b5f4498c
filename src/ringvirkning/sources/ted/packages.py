"""Fetching from TED, day by day: one archive holds everything that was published in one issue.

Which days have an issue, and its number, stands in the release calendar of the year.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from ringvirkning.sources.fetching import one
from ringvirkning.sources.fetching.calling import Caller
from ringvirkning.sources.fetching.days import DAY, Days
from ringvirkning.sources.fetching.exchange import Answer
from ringvirkning.sources.fetching.feed import Got, Listing
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.fetching.whole import is_whole_archive
from ringvirkning.sources.raw import RawStore
from ringvirkning.sources.ted.search import refuse
from ringvirkning.sources.ted.source import SITE_SETTING, TED

# "103,01/06/2026": number of the issue, day of publication.
ROW = re.compile(r'^"?(\d{1,5})"?[,;]"?(\d{2}/\d{2}/\d{4})"?', re.MULTILINE)


class PackageFeed:
    """TED as archives, one for each issue."""

    source = TED.source
    name = TED.name
    scope = "ted-packages"
    window = 28

    def __init__(self, site: Caller, today: date) -> None:
        self.site, self.today = site, today
        self._calendars: dict[int, dict[date, str]] = {}

    def listings(self, days: Days) -> Iterator[Listing]:
        """List the archives of some days. Today's is left for tomorrow: it is written until half past nine."""
        ready = days.until(self.today - DAY)
        found = (self._calendar(day.year).get(day) for day in ready.each()) if ready else ()
        yield Listing(days, tuple(filter(None, found)))

    def get(self, number: str, store: RawStore) -> Got:
        """Fetch one archive and keep it."""
        path = f"/packages/daily/{number}"
        with store.arriving() as file:
            answer = self.site.download(path, file, sound=lambda answer: is_whole_archive(file))
            one.is_there(answer, lambda refused: refuse(refused, SITE_SETTING))
            size = file.stat().st_size
            return Got(one.address(self.site, path), store.keep_file(file), size)

    def _calendar(self, year: int) -> dict[date, str]:
        """Return day → name of its archive, for a year."""
        if year not in self._calendars:
            answer = self.site.get(f"/en/release-calendar/-/download/file/CSV/{year}", sound=_has_rows)
            refuse(answer, SITE_SETTING)
            self._calendars[year] = dict(_issues(answer, year))
        return self._calendars[year]


def _has_rows(answer: Answer) -> bool:
    return bool(ROW.search(_text(answer)))


def _issues(answer: Answer, year: int) -> Iterator[tuple[date, str]]:
    for number, day in ROW.findall(_text(answer)):
        try:
            yield datetime.strptime(day, "%d/%m/%Y").date(), f"{year}{int(number):05d}"
        except ValueError:
            raise Trouble("unreadable", name=TED.name) from None


def _text(answer: Answer) -> str:
    return answer.body.decode("utf-8-sig", "replace")
