"""Running a fetch from the command line: the bar, the summary, the codes, and how it is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.show import as_json, progress
from ringvirkning.cli.stopping import ended_by_sigterm
from ringvirkning.sources.fetching.feed import Feed
from ringvirkning.sources.fetching.gathering import Gathering
from ringvirkning.sources.fetching.report import Report
from ringvirkning.sources.fetching.state import StateFile
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.fetching.watch import Watch
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore

EXIT_MISSED = 3
EXIT_INTERRUPTED = 130
STOPPED = "Stanset. Det som er hentet, er tatt vare på. Kjør kommandoen igjen, så går den videre der den slapp."
PARTS = 1_000  # of a day, on the progress bar


def today() -> date:
    """Return the day it is where the sources publish."""
    return datetime.now(ZoneInfo("Europe/Oslo")).date()


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def gather(
    *feeds: Feed, since: datetime | None, until: datetime | None, again: bool, no_load: bool, as_json_: bool
) -> None:
    """Gather from each, load what came, tell how it went, and end with the code for it."""
    first, last = since.date() if since else None, min(until.date() if until else today(), today())
    if first and first > last:
        raise click.UsageError(f"--since {first} er etter den siste dagen, {last}.")
    if again and not first:
        raise click.UsageError("--again må ha --since.")
    if not no_load:
        need_tables()
    try:
        with ended_by_sigterm():
            reports = [(feed, _one(feed, first, last, again)) for feed in feeds]
            loaded = None if no_load else _loaded(feeds[0].source)
    except KeyboardInterrupt:
        click.echo(STOPPED, err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None
    _tell(reports, loaded, as_json_)
    if (loaded and loaded.refused) or not all(report.is_whole for _, report in reports):
        raise SystemExit(EXIT_MISSED)


@dataclass(frozen=True)
class Loaded:
    """What became of a load, for programs and for people."""

    data: dict[str, object]
    text: str
    refused: int


def _loaded(source: Source) -> Loaded:
    from ringvirkning.cli.loading import as_data, as_text, load_new  # brings the search engine, which takes a while

    total = load_new(source)
    return Loaded(as_data(total), as_text(total), total.refused)


def _one(feed: Feed, first: date | None, last: date, again: bool) -> Report:
    """Gather from one feed. When it is interrupted, what came until then is told."""
    from django.conf import settings

    folder = Path(settings.RAW)
    file, report = StateFile(folder, feed.scope, feed.name), Report()
    with _one_sentence(), file.held() as state:
        days = state.wanted(first, last, again=again)
        with progress(sum(map(len, days)) * PARTS, f"Henter fra {feed.name}") as step:
            try:
                Gathering(feed, RawStore(folder), file, state, today(), now, Bar(step), report).run(days)
            except KeyboardInterrupt:
                click.echo("\n".join(report.lines(feed.name)), err=True)
                raise
    return report


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except Trouble as trouble:
        raise click.ClickException(trouble.sentence) from None
    except OSError as error:
        told = f"Kan ikke skrive i hjemmet: {error.strerror}. Det som er hentet, er trygt. Rydd plass, og kjør igjen."
        raise click.ClickException(told) from None


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


def _tell(reports: list[tuple[Feed, Report]], loaded: Loaded | None, as_json_: bool) -> None:
    if as_json_:
        fetched = [{"source": feed.scope, **report.data()} for feed, report in reports]
        click.echo(as_json({"fetched": fetched, "loaded": loaded.data if loaded else None}))
        return
    for feed, report in reports:
        click.echo("\n".join(report.lines(feed.name)))
    if loaded:
        click.echo(loaded.text)
