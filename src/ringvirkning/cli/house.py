"""Setting up a home and serving it."""

import contextlib
from datetime import UTC, datetime

import click
from django.conf import settings
from django.core.management import call_command

from ringvirkning.catalogue import registers, seed
from ringvirkning.catalogue.notices.rematching import rematch
from ringvirkning.catalogue.terms import Origin
from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.show import counting, progress
from ringvirkning.cli.working import WorkerBeside
from ringvirkning.config.near import near_url
from ringvirkning.search import index
from ringvirkning.search.meaning import stage as meaning
from ringvirkning.search.notices.index import ensure_notices

SECONDS_TO_END = 10


@click.command(epilog="Eksempel: ringvirkning setup")
def setup() -> None:
    """Gjør et hjem klart: mappe, tabeller, bibliotek og søkeindeks. Kan kjøres så ofte du vil."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    click.echo(f"Datamappe: {settings.HOME}")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    click.echo("Tabellene er på plass.")
    with contextlib.redirect_stdout(None):
        call_command("collectstatic", interactive=False, verbosity=0)
    now = datetime.now(UTC)
    organisations = registers.load_organisations(at=now)
    rematch(at=now)
    click.echo(f"Virksomheter: {organisations} nye eller endret." if organisations else "Virksomheter: uendret.")
    files = seed.seed_files()
    with progress(len(files), "Biblioteket") as step:
        loaded, refused = seed.load_case_files(paths=files, origin=Origin.SEED, at=now, step=step)
    new = sum(one.outcome in {"new", "revised"} for one in loaded)
    click.echo(f"Saker: {len(loaded)}, {new} nye eller endret.")
    for checked in refused:
        click.echo(f"  {checked.name}: {checked.faults[0].place}: {checked.faults[0].sentence}", err=True)
    with progress(len(loaded), "Søkeindeksen") as step:
        outcome = index.ensure(step)
    told = {"built": "bygd", "followed": "oppdatert", "ready": "klar"}
    click.echo(f"Søkeindeks: {told[outcome]}.")
    with counting("Søk på mening") as step:
        on = meaning.ensure(lambda: step(1))
    if on:
        click.echo("Søk på mening: på.")
    with counting("Søkeindeksen for kunngjøringer") as step:
        outcome = ensure_notices(lambda: step(1))
    click.echo(f"Søkeindeks for kunngjøringer: {told[outcome]}.")


@click.command(epilog="Eksempel: ringvirkning serve --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen serveren lytter på.")
@click.option("--port", default=8000, show_default=True, help="Porten serveren lytter på.")
@click.option("--workers", default=2, show_default=True, help="Antall prosesser.")
@click.option("--no-work", is_flag=True, help="La være å gjøre det «ringvirkning work» gjør.")
def serve(host: str, port: int, workers: int, no_work: bool) -> None:
    """Vis biblioteket i nettleseren."""
    need_tables()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    here = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - read, not listened on
    # The letters that our processes write lead here, unless a public address is set.
    settings.NEAR_URL = near_url(here)
    click.echo(f"Biblioteket er åpent på {here}  (stopp med Ctrl+C)")
    server = Granian(
        "ringvirkning.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        # A process asked to end before it is up does not hear it.
        workers_kill_timeout=SECONDS_TO_END,
        log_level=LogLevels.warning,
        log_access=False,
    )
    with contextlib.nullcontext() if no_work else WorkerBeside():
        server.serve()
