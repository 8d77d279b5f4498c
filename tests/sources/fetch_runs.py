"""Running a fetch in this process, against the server on this machine, without waiting for anything."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from notice_servers import KEY, LATE, Register, issues, package

from ringvirkning.sources.doffin import fetch as doffin_fetch
from ringvirkning.sources.fetching.calling import Caller, Manners
from ringvirkning.sources.fetching.days import Days
from ringvirkning.sources.fetching.feed import Feed
from ringvirkning.sources.fetching.gathering import Gathering
from ringvirkning.sources.fetching.report import Report
from ringvirkning.sources.fetching.state import StateFile
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore
from ringvirkning.sources.ted import fetch as ted_fetch
from ringvirkning.sources.ted.packages import PackageFeed

TODAY = date(2024, 6, 1)
SPRING = Days(date(2024, 1, 1), date(2024, 2, 29))
QUICK = Manners(10_000, tries=4, whole=2, most_bytes=2_000_000)


@dataclass
class Run:
    """One run and what came of it."""

    report: Report
    store: RawStore
    source: Source
    slept: list[float] = field(default_factory=list)

    def raw(self) -> dict[str, bytes]:
        """Return number → bytes."""
        return {one.number: self.store.read(one.sha256) for one in self.store.iterate(self.source)}


def run(
    kind: str, register: Register, home: Path, *, since: date | None = SPRING.first, until: date = SPRING.last,
    today: date = TODAY, manners: Manners = QUICK, key: str = KEY, **more: Any,
) -> Run:  # fmt: skip
    """Fetch from ``doffin``, ``ted`` or ``packages`` until it is done or stopped."""
    slept: list[float] = []
    feed = feed_of(kind, register, manners, key, today, slept, more.pop("country", None))
    store, file = RawStore(home / "raw"), StateFile(home / "raw", feed.scope, feed.name)
    with file.held() as state:
        gathering = Gathering(feed, store, file, state, today, lambda: datetime.now(UTC))
        gathering.run(state.wanted(since, min(until, today), **more))
    return Run(gathering.report, store, feed.source, slept)


def feed_of(
    kind: str, register: Register, manners: Manners, key: str, today: date, slept: list[float], country: str | None
) -> Feed:
    def patient(caller: Caller) -> Caller:
        caller.sleep = slept.append
        return caller

    if kind == "doffin":
        return doffin_fetch.DoffinFeed(patient(doffin_fetch.caller(register.base, key, manners)))
    site = patient(ted_fetch.site_caller(register.base, manners))
    if kind == "packages":
        return PackageFeed(site, today)
    return ted_fetch.TedFeed(patient(ted_fetch.api_caller(f"{register.base}/v3", manners)), site, country)


def expected(kind: str, register: Register, *, late: bool = False) -> dict[str, bytes]:
    """Return what we should have of a register: number → bytes. With ``late``, also what came while we paged."""
    if kind == "packages":
        days = {one.day for one in register.notices}
        return {f"{day.year}{issue:05d}": package(register, day) for day, issue in issues(register) if day in days}
    held = [one for one in register.notices if late or LATE not in one.number]
    return {(one.number if kind == "doffin" else one.ted_number): one.xml() for one in held}
