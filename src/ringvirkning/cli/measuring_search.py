"""Measuring how good the search is: five sets, peers beside us, in one run."""

from pathlib import Path
from typing import Any

import click

from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.show import as_json, progress, table
from ringvirkning.needs.answering.answer import Question, answer
from ringvirkning.needs.terms import Certainty
from ringvirkning.search import index as search_index
from ringvirkning.search.meaning import stage as meaning
from ringvirkning.search.measuring.figures import OURS, Group, Measured, ahead, count, means, told
from ringvirkning.search.measuring.sets import SETS, Run, measured
from ringvirkning.search.notices.index import ensure_notices
from ringvirkning.search.query import understand


@click.command("measure-search", epilog="Eksempel: ringvirkning measure-search --set needs --json")
@click.option("--set", "names", multiple=True, type=click.Choice(list(SETS)), help="Bare dette settet. Kan gjentas.")
@click.option(
    "--file",
    "needs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="En annen fil med vurderte behov.",
)
@click.option(
    "--los",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Los som JSON, med forklaringer. Uten den søkes det bare i navnene.",
)
@click.option("--postgres", metavar="URL", help="Adressen til en PostgreSQL-tjener som skal måles ved siden av.")
@click.option("--no-peers", is_flag=True, help="Mål bare vårt eget søk i de vurderte behovene.")
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def measure_search(*, names: tuple[str, ...], no_peers: bool, as_json_: bool, **given: Any) -> None:
    """Mål søket på fem prøvesett ved siden av andre søkemotorer, med usikkerheten i forskjellene."""
    need_tables()
    search_index.ensure()
    meaning.ensure()
    ensure_notices()
    chosen = names or (("needs",) if no_peers or given["needs"] else tuple(SETS))
    run = Run(**given, with_peers=not no_peers, is_empty=nothing_answers)
    with progress(len(chosen), "Måler") as step:
        found = measured(run, chosen, step)
    if as_json_:
        click.echo(as_json({name: told(one) for name, one in found.items()}))
    else:
        click.echo("\n\n".join(_as_text(name, one) for name, one in found.items()))


def nothing_answers(need: str) -> bool:
    """Tell whether our answer to a need is that nothing answers it."""
    return answer(Question(understand(need))).certainty is Certainty.NOTHING


def _as_text(name: str, found: Measured) -> str:
    parts = [_group(f"{name}: {group}", one) for group, one in found.groups.items() if count(one)]
    if not parts:
        return f"{name}: det er ingenting å måle på her."
    return "\n\n".join([*parts, *(f"{name}: {who} er ikke målt. {why}" for who, why in found.skipped.items())])


def _group(title: str, group: Group) -> str:
    lead, measures = ahead(group), list(group[OURS])
    rows = [
        [who, *(f"{values.get(one, 0):.3f}{_lead(lead.get(who, {}).get(one))}" for one in measures)]
        for who, values in means(group).items()
    ]
    return f"{title} ({count(group)})\n{table(['', *measures], rows)}"


def _lead(apart: dict[str, float] | None) -> str:
    """Return how far ahead we are of a peer, with the interval."""
    return f" ({apart['difference']:+.3f}; {apart['least']:+.3f} til {apart['most']:+.3f})" if apart else ""
