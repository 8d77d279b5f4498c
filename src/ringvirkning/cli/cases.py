"""Case files from the command line: check them, load them, print their schema."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from ringvirkning.cli.house_door import need_tables, open_house
from ringvirkning.cli.show import as_json, progress
from ringvirkning.sources.casefile.check import Checked, check_files
from ringvirkning.sources.casefile.schema import schema as case_schema

EXIT_REFUSED = 3
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group(epilog="Eksempel: ringvirkning cases check min-sak.json")
def cases() -> None:
    """Saksfiler: kontroller, last inn, vis skjemaet."""


@cases.command(epilog="Eksempel: ringvirkning cases check min-sak.json")
@FILES
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def check(files: tuple[Path, ...], as_json_: bool) -> None:
    """Kontroller saksfiler. Forklarer hver feil med sted og hvordan den rettes. Avslutter med 3 ved feil."""
    outcome = check_files(_unfolded(files))
    if as_json_:
        click.echo(as_json([_as_data(checked) for checked in outcome]))
    else:
        for checked in outcome:
            click.echo(_as_text(checked))
    if any(checked.faults for checked in outcome):
        raise SystemExit(EXIT_REFUSED)


@cases.command(epilog="Eksempel: ringvirkning cases load saker/*.json")
@FILES
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def load(files: tuple[Path, ...], as_json_: bool) -> None:
    """Last saksfiler inn i biblioteket. Gyldige lastes selv om andre avvises; da er avslutningskoden 3."""
    open_house()
    need_tables()
    from ringvirkning.catalogue import seed
    from ringvirkning.catalogue.terms import Origin
    from ringvirkning.search import index as search_index

    paths = _unfolded(files)
    with progress(len(paths), "Laster") as step:
        loaded, refused = seed.load_case_files(paths=paths, origin=Origin.FILE, at=datetime.now(UTC), step=step)
    search_index.ensure()
    if as_json_:
        done = [{"id": one.case_id, "outcome": one.outcome} for one in loaded]
        click.echo(as_json({"loaded": done, "refused": [_as_data(checked) for checked in refused]}))
    else:
        told = {"new": "ny", "revised": "ny versjon", "unchanged": "uendret", "kept": "beholdt den nyere"}
        for one in loaded:
            click.echo(f"{one.case_id}: {told[one.outcome]}")
        for checked in refused:
            click.echo(_as_text(checked), err=True)
    if refused:
        raise SystemExit(EXIT_REFUSED)


@cases.command(epilog="Eksempel: ringvirkning cases schema > sak.schema.json")
def schema() -> None:
    """Skriv JSON-skjemaet for saksfiler."""
    click.echo(json.dumps(case_schema(), ensure_ascii=False, indent=2))


def _unfolded(files: tuple[Path, ...]) -> list[Path]:
    """Return the files, with each folder's .json files in its place."""
    return [path for one in files for path in (sorted(one.glob("*.json")) if one.is_dir() else [one])]


def _as_data(checked: Checked) -> dict[str, object]:
    faults = [
        {"code": one.code, "place": one.place, "line": one.line, "what": one.sentence, "mend": one.mend}
        for one in checked.faults
    ]
    return {"file": checked.name, "id": checked.case_file.id if checked.case_file else None, "faults": faults}


def _as_text(checked: Checked) -> str:
    if checked.case_file:
        return f"{checked.name}: i orden"
    lines = [f"{checked.name}: {len(checked.faults)} feil"]
    for fault in checked.faults:
        where = ", ".join(part for part in (f"linje {fault.line}" if fault.line else "", fault.place) if part)
        lines.append(f"  {where + ': ' if where else ''}{fault.sentence} {fault.mend}")
    return "\n".join(lines)
