"""``ringvirkning``: the one command-line program."""

from importlib import import_module

import click

from ringvirkning.cli.house_door import open_house
from ringvirkning.foundation.version import __version__

# Command → where it is, whether it needs the tables, and what it does. Only the one asked for is loaded.
COMMANDS = {
    "setup": ("house", True, "Gjør et hjem klart: tabeller, bibliotek og søkeindeks."),
    "serve": ("house", True, "Vis biblioteket i nettleseren."),
    "work": ("working", True, "Gjør det som venter: brev, dokumenter, lenker."),
    "find": ("finding", True, "Finn anskaffelser som svarer på et behov."),
    "measure-search": ("measuring_search", True, "Mål hvor godt søket er."),
    "measure-innovation": ("measuring", False, "Mål hvor godt kunngjøringer om innovasjon blir funnet."),
    "users": ("users", True, "Brukere: legg til, vis, prøv med demonstrasjonsbrukere."),
    "fetch": ("fetching", True, "Hent kunngjøringer fra Doffin og TED."),
    "load": ("loading", True, "Last kunngjøringer inn i biblioteket."),
    "notices": ("notices", False, "Kunngjøringer: les filer og vis hva som står i dem."),
    "cases": ("cases", False, "Saksfiler: kontroller, last inn, vis skjemaet."),
}


class Lazy(click.Group):
    """Finds its commands by name and loads them when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, needs_tables, _ = COMMANDS[cmd_name]
        if needs_tables:
            open_house()
        command: click.Command = getattr(import_module(f"ringvirkning.cli.{module}"), cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without loading anything."""
        with formatter.section("Kommandoer"):
            formatter.write_dl([(name, told) for name, (_, _, told) in COMMANDS.items()])


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Eksempel: ringvirkning find "gamle som faller"',
)
@click.version_option(__version__, prog_name="ringvirkning")
def main() -> None:
    """Bibliotek over innovative offentlige anskaffelser. Skriv «ringvirkning KOMMANDO --help» for mer."""


if __name__ == "__main__":
    main()
