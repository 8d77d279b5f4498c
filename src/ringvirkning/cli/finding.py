"""Searching from the command line, and measuring how good the search is."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.show import as_json, progress, table
from ringvirkning.search import index as search_index
from ringvirkning.search import measure
from ringvirkning.search.find import KINDS, Answer
from ringvirkning.search.find import find as search

EXIT_NOTHING = 1


@click.command(epilog='Eksempel: ringvirkning find "eldre faller hjemme om natta" --limit 5')
@click.argument("need", required=False, default="")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="Antall treff.")
@click.option("--kind", type=click.Choice(KINDS), help="Bare denne typen treff.")
@click.option(
    "--each-line", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="En fil med ett behov per linje."
)
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON (med --each-line: én JSON-linje per behov).")
def find(need: str, limit: int, kind: str | None, each_line: Path | None, as_json_: bool) -> None:
    """Finn anskaffelser som svarer på et behov. Avslutter med 1 når ingenting ble funnet."""
    if bool(need) == bool(each_line):
        raise click.UsageError("Skriv enten et behov eller --each-line FIL.")
    need_tables()
    search_index.ensure()
    needs: Iterable[str] = _lines(each_line) if each_line else [need]
    nothing = True
    for one in needs:
        answer = search(one, limit=limit, kinds=(kind,) if kind else KINDS)
        nothing = nothing and not answer.hits
        if as_json_:
            click.echo(as_json(_as_data(one, answer), indent=None if each_line else 2))
        else:
            click.echo(_as_text(one, answer))
    if nothing and not each_line:
        raise SystemExit(EXIT_NOTHING)


def _lines(path: Path) -> Iterable[str]:
    with path.open(encoding="utf-8", errors="replace") as handle:
        for line in handle:
            yield line.rstrip("\r\n")


def _as_data(need: str, answer: Answer) -> dict[str, Any]:
    hits = [
        {
            "kind": "case",
            "id": hit.case.case_id,
            "title": hit.case.title,
            "score": round(hit.score, 4),
            "url": f"/biblioteket/{hit.case.case_id}/",
            "why": [asdict(reason) for reason in hit.why],
        }
        for hit in answer.hits
    ]
    return {"query": need, "total": answer.total, "hits": hits, "facets": answer.counts}


def _as_text(need: str, answer: Answer) -> str:
    if not answer.hits:
        return f"Ingen treff for «{need}». Prøv andre ord, eller færre."
    lines = [f"{answer.total} treff for «{need}»"]
    for number, hit in enumerate(answer.hits, start=1):
        lines.append(f"{number:>3}. {hit.case.title}  ({hit.score:.1f})  /biblioteket/{hit.case.case_id}/")
        lines += [f"     {reason.text}" for reason in hit.why[:1]]
    return "\n".join(lines)


@click.command("measure-search", epilog="Eksempel: ringvirkning measure-search --json")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="En annen fil med vurderte behov.",
)
@click.option("--no-peers", is_flag=True, help="Mål bare vårt eget søk.")
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def measure_search(path: Path | None, no_peers: bool, as_json_: bool) -> None:
    """Mål søket mot vurderte behov: nDCG@10, gjenfinning@10 og MRR, ved siden av enkle søkemotorer."""
    need_tables()
    search_index.ensure()
    needs = measure.judged_needs(path)
    rankers: dict[str, measure.Ranker] = {"Ringvirkning": measure.ours}
    if not no_peers:
        rankers |= measure.peers()
    groups = measure.slices(needs)
    with progress(len(rankers) * len(groups), "Måler") as step:
        scores: dict[str, dict[str, measure.Score]] = {}
        for name, rank in rankers.items():
            scores[name] = {}
            for group, members in groups.items():
                scores[name][group] = measure.score(members, rank)
                step()
    if as_json_:
        click.echo(as_json({name: {group: asdict(one) for group, one in by.items()} for name, by in scores.items()}))
        return
    for group, members in groups.items():
        answered = sum(bool(need.grades) for need in members)
        rows = [
            [name, f"{by[group].ndcg:.3f}", f"{by[group].recall:.3f}", f"{by[group].mrr:.3f}"]
            for name, by in scores.items()
        ]
        click.echo(f"\n{group} ({answered} behov)\n{table(['', 'nDCG@10', 'recall@10', 'MRR'], rows)}")
