"""Fetching notices from their sources. What is fetched is kept as it came; reading it is another matter."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ringvirkning.cli.fetch_runs import gather, today
from ringvirkning.sources.doffin import fetch as doffin_fetch
from ringvirkning.sources.doffin.source import DOFFIN
from ringvirkning.sources.fetching.calling import Manners
from ringvirkning.sources.fetching.trouble import Trouble
from ringvirkning.sources.ted import fetch as ted_fetch
from ringvirkning.sources.ted.packages import PackageFeed
from ringvirkning.sources.ted.source import TED

LARGEST_PACKAGE, LONGEST_PACKAGE = 2_000_000_000, 3_600  # bytes, seconds
DATE = click.DateTime(formats=["%Y-%m-%d"])
Command = TypeVar("Command", bound=Callable[..., None])


def choices(per_second: float | None) -> Callable[[Command], Command]:
    """Return what every source can be told."""
    options = (
        click.option("--since", type=DATE, metavar="DATO", help="Første dag, f.eks. 2024-01-31. Ellers: der vi slapp."),
        click.option("--until", type=DATE, metavar="DATO", help="Siste dag. Ellers: i dag."),
        click.option("--again", is_flag=True, help="Spør på nytt også om dager som er ferdige. Må ha --since."),
        click.option(
            "--pace",
            type=click.FloatRange(0.01, 10_000),
            default=per_second,
            show_default=True,
            metavar="TALL",
            help="Høyst så mange forespørsler i sekundet.",
        ),
        click.option("--no-load", is_flag=True, help="Bare hent. Last siden med «ringvirkning load --fetched»."),
        click.option("--json", "as_json_", is_flag=True, help="Skriv oppsummeringen som JSON."),
    )

    def wrap(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return wrap


@click.group(epilog="Eksempel: ringvirkning fetch doffin --since 2024-01-01")
def fetch() -> None:
    """Hent kunngjøringer og ta vare på dem slik de kom.

    Kan stanses når som helst og kjøres igjen: det som er hentet, hentes ikke på nytt. Avslutter med 3
    når noe mangler.
    """


@fetch.command(epilog="Eksempel: ringvirkning fetch doffin --since 2024-01-01")
@choices(DOFFIN.per_second)
def doffin(pace: float, **asked: Any) -> None:
    """Hent kunngjøringer fra Doffin. Krever en nøkkel (RINGVIRKNING_DOFFIN_KEY)."""
    from django.conf import settings

    try:
        caller = doffin_fetch.caller(settings.DOFFIN_URL, settings.DOFFIN_KEY, Manners(pace), settings.CONTACT)
    except Trouble as trouble:
        raise click.ClickException(trouble.sentence) from None
    gather(doffin_fetch.DoffinFeed(caller), **asked)


@fetch.command(epilog="Eksempel: ringvirkning fetch ted --country NOR --country SWE --since 2024-01-01")
@choices(TED.per_second)
@click.option(
    "--country",
    "countries",
    multiple=True,
    default=("NOR",),
    metavar="LAND",
    help="Oppdragsgivernes land med tre bokstaver, eller «all». Ellers: NOR. Kan gjentas.",
)
@click.option("--packages", is_flag=True, help="Hent dagspakker med alt fra alle land i stedet for én og én.")
def ted(pace: float, countries: tuple[str, ...], packages: bool, **asked: Any) -> None:
    """Hent kunngjøringer fra TED."""
    from django.conf import settings

    named = [_country(one) for one in dict.fromkeys(countries)]
    patient = Manners(pace, most_bytes=LARGEST_PACKAGE, whole=LONGEST_PACKAGE)
    site = ted_fetch.site_caller(settings.TED_URL, patient if packages else Manners(pace), settings.CONTACT)
    if packages:
        gather(PackageFeed(site, today()), **asked)
    else:
        api = ted_fetch.api_caller(settings.TED_API_URL, Manners(pace), settings.CONTACT)
        gather(*(ted_fetch.TedFeed(api, site, country) for country in named), **asked)


def _country(said: str) -> str | None:
    if said.lower() == "all":
        return None
    if not (len(said) == 3 and said.isascii() and said.isalpha()):
        raise click.BadParameter(f"«{said}» er ikke et land med tre bokstaver, f.eks. NOR.", param_hint="--country")
    return said.upper()
