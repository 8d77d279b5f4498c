"""Searching from the command line, and measuring how good the search is."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from ringvirkning.cli.house_door import need_tables
from ringvirkning.cli.show import as_json
from ringvirkning.search import index as search_index
from ringvirkning.search.find import KINDS, Answer
from ringvirkning.search.find import find as search
from ringvirkning.search.meaning.why import PART
from ringvirkning.search.why import Reason

EXIT_NOTHING = 1
# Whether anything was found, and the answer as data and as text, made when it is wanted.
Told = tuple[bool, Callable[[], dict[str, Any]], Callable[[], str]]
Asker = Callable[[str], Told]


@click.command(epilog='Eksempel: ringvirkning find "eldre faller hjemme om natta" --limit 5')
@click.argument("need", required=False, default="")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="Antall treff.")
@click.option("--kind", type=click.Choice(KINDS), help="Bare denne typen treff.")
@click.option("--notices", is_flag=True, help="Søk i kunngjøringer i stedet for saker.")
@click.option(
    "--each-line", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="En fil med ett behov per linje."
)
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON (med --each-line: én JSON-linje per behov).")
def find(need: str, *, limit: int, kind: str | None, notices: bool, each_line: Path | None, as_json_: bool) -> None:
    """Finn anskaffelser som svarer på et behov. Avslutter med 1 når ingenting ble funnet."""
    if bool(need) == bool(each_line):
        raise click.UsageError("Skriv enten et behov eller --each-line FIL.")
    if notices and kind:
        raise click.UsageError("--kind gjelder saker. Bruk enten --kind eller --notices.")
    need_tables()
    ask = _notices(limit) if notices else _cases(limit, kind)
    needs: Iterable[str] = _lines(each_line) if each_line else [need]
    nothing = True
    for one in needs:
        found, data, text = ask(one)
        nothing = nothing and not found
        click.echo(as_json(data(), indent=None if each_line else 2) if as_json_ else text())
    if nothing and not each_line:
        raise SystemExit(EXIT_NOTHING)


def _cases(limit: int, kind: str | None) -> Asker:
    search_index.ensure()

    def ask(need: str) -> Told:
        answer = search(need, limit=limit, kinds=(kind,) if kind else KINDS)
        return bool(answer.hits), partial(_as_data, need, answer), partial(_as_text, need, answer)

    return ask


def _notices(limit: int) -> Asker:
    from ringvirkning.cli import finding_notices
    from ringvirkning.search.notices.index import ensure_notices

    ensure_notices()

    def ask(need: str) -> Told:
        answer = finding_notices.answer_for(need, limit)
        data, text = finding_notices.as_data, finding_notices.as_text
        return bool(answer.hits), partial(data, need, answer), partial(text, need, answer)

    return ask


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


def _said(reason: Reason) -> str:
    return f"Ligner i mening, ikke på ordene: {reason.text}" if reason.part == PART else reason.text


def _as_text(need: str, answer: Answer) -> str:
    if not answer.hits:
        return f"Ingen treff for «{need}». Prøv andre ord, eller færre."
    lines = [f"{answer.total} treff for «{need}»"]
    for number, hit in enumerate(answer.hits, start=1):
        lines.append(f"{number:>3}. {hit.case.title}  ({hit.score:.1f})  /biblioteket/{hit.case.case_id}/")
        lines += [f"     {_said(reason)}" for reason in hit.why[:1]]
    return "\n".join(lines)
