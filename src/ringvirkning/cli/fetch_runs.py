"""Running a fetch from the command line: the bar, the summary, the codes, and how it is stopped."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ringvirkning.cli.show import as_json, progress
from ringvirkning.sources.fetching.feed import Feed
from ringvirkning.sources.fetching.gathering import Gathering
from ringvirkning.sources.fetching.report import Report
from ringvirkning.sources.fetching.state import StateFile
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.fetching.watch import Watch
from ringvirkning.sources.raw import RawStore

EXIT_MISSED = 3
EXIT_INTERRUPTED = 130
PARTS = 1_000  # of a day, on the progress bar


def today() -> date:
    """Return the day it is where the sources publish."""
    return datetime.now(ZoneInfo("Europe/Oslo")).date()


def gather(*feeds: Feed, since: datetime | None, until: datetime | None, again: bool, as_json_: bool) -> None:
    """Gather from each, tell how it went, and end with the code for it."""
    first, last = since.date() if since else None, min(until.date() if until else today(), today())
    if first and first > last:
        raise click.UsageError(f"--since {first} er etter den siste dagen, {last}.")
    if again and not first:
        raise click.UsageError("--again må ha --since.")
    reports: list[tuple[Feed, Report]] = []
    for feed in feeds:
        reports.append((feed, _one(feed, first, last, again)))
        if reports[-1][1].is_interrupted:
            break
    _tell(reports, as_json_)
    if any(report.is_interrupted for _, report in reports):
        raise SystemExit(EXIT_INTERRUPTED)
    if not all(report.is_whole for _, report in reports):
        raise SystemExit(EXIT_MISSED)


def _one(feed: Feed, first: date | None, last: date, again: bool) -> Report:
    """Gather from one feed. Ctrl+C and SIGTERM stop it between two writes, as a kill would."""
    from django.conf import settings

    file = StateFile(Path(settings.RAW), feed.scope, feed.name)
    with _one_sentence(), file.held() as state:
        days = state.wanted(first, last, again=again)
        with progress(sum(map(len, days)) * PARTS, f"Henter fra {feed.name}") as step, _ended_by_sigterm():
            gathering = Gathering(
                feed, RawStore(Path(settings.RAW)), file, state, today(), lambda: datetime.now(UTC), Bar(step)
            )
            try:
                gathering.run(days)
            except KeyboardInterrupt:
                gathering.report.is_interrupted = True
        return gathering.report


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except Trouble as trouble:
        raise click.ClickException(trouble.sentence) from None


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    def end(*given: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Bar(Watch):
    """Shows the days on a progress bar: each notice is its part of the days it was listed under."""

    def __init__(self, step: Any) -> None:
        self.step = step
        self.left = self.share = 0

    def listed(self, days: int, count: int) -> None:
        """So many notices were listed for so many days."""
        self.left = days * PARTS
        self.share = self.left // count if count else 0

    def looked_at(self) -> None:
        """One of them is dealt with."""
        self.left -= self.share
        self.step(self.share)

    def done(self) -> None:
        """All of them are."""
        self.step(self.left)


def _tell(reports: list[tuple[Feed, Report]], as_json_: bool) -> None:
    if as_json_:
        click.echo(as_json([{"source": feed.scope, **report.data()} for feed, report in reports]))
    else:
        for feed, report in reports:
            click.echo("\n".join(report.lines(feed.name)))
