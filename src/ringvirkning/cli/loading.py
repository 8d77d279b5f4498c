"""Loading notices: from files, folders and archives, or what was fetched before, into tables and search index."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from ringvirkning.analysis.working import work_out, work_out_all
from ringvirkning.catalogue.notices.fetched import fetched, read_by_older_readers
from ringvirkning.catalogue.notices.handed_over import hand_over, not_handed_over
from ringvirkning.catalogue.notices.loading import Loading, Total
from ringvirkning.catalogue.notices.readers import WillNotStart
from ringvirkning.catalogue.notices.rematching import rematch
from ringvirkning.catalogue.queries import last_change
from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.index_beside import IndexBeside
from ringvirkning.cli.show import as_json, counting
from ringvirkning.cli.stopping import ended_by_sigterm
from ringvirkning.foundation.memory import thrifty
from ringvirkning.search.notices.index import ensure_notices
from ringvirkning.sources.notices.containers import open_paths
from ringvirkning.sources.notices.terms import Source
from ringvirkning.sources.raw import RawStore

EXIT_REFUSED = 3
EXIT_INTERRUPTED = 130
NOTHING = "Skriv hvilke filer, mapper eller arkiver som skal lastes, eller bruk --fetched."
NO_READERS = "Vi får ikke startet prosessene som leser. Er maskinen full? Prøv igjen med --processes 0."
STOPPED = "Stanset. Det som var lest, er lagret. Kjør kommandoen igjen, så går den videre der den slapp."
AT_ONCE = 1_000  # notices read for innovation in one transaction: more than a batch has
Step = Callable[[int], None]


@click.command(epilog="Eksempel: ringvirkning load kunngjøringer/ 2024-01.tar.gz")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fetched", "with_fetched", is_flag=True, help="Last alt som er hentet med «ringvirkning fetch».")
@click.option("--again", is_flag=True, help="Les på nytt det en eldre utgave av programmet leste.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(0, 64),
    metavar="TALL",
    help="Prosesser som leser mens denne lagrer. 0: les her.",
)
@click.option("--json", "as_json_", is_flag=True, help="Skriv oppsummeringen som JSON.")
def load(paths: tuple[Path, ...], with_fetched: bool, again: bool, processes: int, as_json_: bool) -> None:
    """Last kunngjøringer inn i biblioteket: filer, mapper, zip, tar og dagspakker.

    Kan stanses når som helst og kjøres igjen: det som er lastet, leses ikke på nytt. Avslutter med 3
    når minst én fil ble avvist; resten er da lastet.
    """
    if not (paths or with_fetched or again):
        raise click.UsageError(NOTHING)
    need_tables()
    try:
        with ended_by_sigterm():
            total = _load_all(paths, with_fetched, again, processes)
            bring_up_to_date()
    except WillNotStart:
        raise click.ClickException(NO_READERS) from None
    except KeyboardInterrupt:
        click.echo(STOPPED, err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None
    click.echo(as_json(as_data(total)) if as_json_ else as_text(total))
    if total.refused:
        raise SystemExit(EXIT_REFUSED)


def _load_all(paths: tuple[Path, ...], with_fetched: bool, again: bool, processes: int) -> Total:
    """Load from everywhere that was asked for; one count for all of it."""
    from django.conf import settings

    raw = RawStore(settings.RAW)
    with _loading(again=again, processes=processes) as load_:
        if paths:
            load_.run(open_paths(paths))
        for source in Source if with_fetched else ():
            load_.from_source(source, fetched(raw, source))
        if again and not paths:
            load_.run(read_by_older_readers(raw))
    return load_.total


def load_new(source: Source) -> Total:
    """Load what was fetched from a source since last time. For ``fetch``, which has just fetched it."""
    from django.conf import settings

    raw = RawStore(settings.RAW)
    end = raw.end(source)
    with _loading(processes=1) as load_:
        load_.from_source(source, not_handed_over(raw, source))
    hand_over(source, end)
    bring_up_to_date()
    return load_.total


@contextmanager
def _loading(*, processes: int, again: bool = False) -> Iterator[Loading]:
    """Give a load in which analysis and index follow along."""
    from django.conf import settings

    rematch(at=_now())
    with thrifty(), counting("Laster") as step, IndexBeside() as index:

        def stored() -> None:
            work_out_all(at=_now(), most=AT_ONCE)
            index.stored(last_change())

        yield Loading(_now, Telling(step), RawStore(settings.RAW), again, processes, stored=stored)


class Telling:
    """Tells of refused files on standard error, and counts the others."""

    def __init__(self, step: Step) -> None:
        self.done = step

    def refused(self, name: str, sentence: str) -> None:
        """Name a file that could not be read, with the reason."""
        click.echo(f"{name}: {sentence}", err=True)


def bring_up_to_date() -> None:
    """Let what follows from notices follow. Whatever is killed here, the worker and the next search go on with."""
    with counting("Leser etter innovasjon") as step:
        while some := work_out(at=_now()):
            step(some)
    with counting("Søkeindeksen") as step:
        ensure_notices(lambda: step(1))


def _now() -> datetime:
    return datetime.now(UTC)


def as_data(total: Total) -> dict[str, object]:
    """Return the summary for programs."""
    return {"files": total.files, "left_out": total.left_out, **asdict(total.stored)}


def as_text(total: Total) -> str:
    """Return the summary in sentences."""
    stored = total.stored
    lines = [
        f"Filer: {total.files}. Kjent fra før: {stored.known}. Utelatt: {total.left_out}. Avvist: {total.refused}.",
        f"Kunngjøringer: {stored.new} nye, {stored.changed} endret, {stored.unchanged} uendret.",
    ]
    lines += [f"  Avvist som «{code}»: {count}" for code, count in sorted(stored.refused.items())]
    return "\n".join(lines)
