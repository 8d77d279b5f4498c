"""Measuring how well notices about innovation are found."""

from dataclasses import asdict
from pathlib import Path

import click

from ringvirkning.analysis import measure
from ringvirkning.analysis.judged import judged, with_records
from ringvirkning.cli.show import as_json, progress, table

HEADS = ["", "vist", "presisjon", "gjenfinning", "F1", "snittpresisjon"]
GRADES = {"": 1, " (bare grad 2)": 2}
Scores = dict[str, dict[str, measure.Score]]


@click.command("measure-innovation", epilog="Eksempel: ringvirkning measure-innovation --data data/notices --json")
@click.option(
    "--data",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Mappen med kunngjøringene merkesettet viser til.",
)
@click.option(
    "--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Et annet merkesett."
)
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def measure_innovation(folder: Path, path: Path | None, as_json_: bool) -> None:
    """Mål hvor godt kunngjøringer om innovasjon blir funnet, ved siden av feltet alene og en ordliste."""
    graded = judged(path)
    with progress(len(graded), "Leser") as step:
        found = []
        for one, notice in with_records(graded, folder):
            step()
            if notice is not None:
                found.append((one, notice))
    if not found:
        raise click.ClickException(f"Ingen av kunngjøringene i merkesettet finnes i {folder}. Velg en annen --data.")
    groups = {
        f"{name}{note}": (pairs, least)
        for name, pairs in measure.slices(found).items()
        for note, least in (GRADES.items() if name in ("tune", "held_out") else [("", 1)])
    }
    scores: Scores = {
        group: {name: measure.score(pairs, way, least=least) for name, way in measure.WAYS.items()}
        for group, (pairs, least) in groups.items()
    }
    codes = {half: measure.code_accuracy(groups[half][0]) for half in ("tune", "held_out")}
    unread = len(graded) - len(found)
    click.echo(as_json(_as_data(scores, codes, unread)) if as_json_ else _as_text(scores, codes, unread))


def _as_data(scores: Scores, codes: dict[str, tuple[int, int]], unread: int) -> dict[str, object]:
    told = {group: {name: asdict(one) for name, one in by.items()} for group, by in scores.items()}
    right = {half: {"right": hits, "of": count} for half, (hits, count) in codes.items()}
    return {"scores": told, "suggested_codes": right, "not_read": unread}


def _as_text(scores: Scores, codes: dict[str, tuple[int, int]], unread: int) -> str:
    parts = []
    for group, by in scores.items():
        first = next(iter(by.values()))
        rows = [[name, str(one.shown), *_measures(one)] for name, one in by.items()]
        parts.append(f"{group} ({first.notices} kunngjøringer, {first.positives} treff)\n{table(HEADS, rows)}")
    parts += [f"Foreslått kode, {half}: {right} av {count} riktige" for half, (right, count) in codes.items()]
    if unread:
        parts.append(f"{unread} kunngjøringer i merkesettet ble ikke lest.")
    return "\n\n".join(parts)


def _measures(one: measure.Score) -> list[str]:
    measures = (
        (one.precision, one.precision_between),
        (one.recall, one.recall_between),
        (one.f1, one.f1_between),
        (one.average_precision, one.average_precision_between),
    )
    return [f"{value:.2f} ({low:.2f}–{high:.2f})" for value, (low, high) in measures]
