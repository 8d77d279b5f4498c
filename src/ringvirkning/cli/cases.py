"""Case files from the command line: check them, load and export them, print their schema."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ringvirkning.cli.house_door import need_tables, open_house
from ringvirkning.cli.show import as_json, progress
from ringvirkning.sources.casefile.check import Checked, check_files
from ringvirkning.sources.casefile.schema import schema as case_schema

if TYPE_CHECKING:
    from ringvirkning.publishing.archives.loading import Outcome

EXIT_REFUSED = 3
FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group(epilog="Eksempel: ringvirkning cases check min-sak.json")
def cases() -> None:
    """Saksfiler: kontroller, last inn, ta ut, vis skjemaet."""


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


@cases.command(epilog="Eksempel: ringvirkning cases load saker/*.json bibliotek.zip")
@FILES
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def load(files: tuple[Path, ...], as_json_: bool) -> None:
    """Last saksfiler og arkiver (.zip) inn i biblioteket.

    Gyldige saker lastes selv om andre avvises; da er avslutningskoden 3. Avbrutt lasting kan
    kjøres igjen.
    """
    open_house()
    need_tables()
    from ringvirkning.search import index as search_index

    archives = [path for path in files if path.suffix.lower() == ".zip"]
    paths = _unfolded(tuple(path for path in files if path not in archives))
    outcome, unopened = _load_all(paths, archives)
    search_index.ensure()
    if as_json_:
        click.echo(as_json(_outcome_as_data(outcome, unopened)))
    else:
        _tell_outcome(outcome, unopened)
    if unopened or not outcome.whole:
        raise SystemExit(EXIT_REFUSED)


def _load_all(paths: list[Path], archives: list[Path]) -> "tuple[Outcome, list[tuple[Path, str]]]":
    """Load case files and archives; return what became of them, and the archives that could not be opened with why."""
    from ringvirkning.catalogue import seed
    from ringvirkning.catalogue.terms import Origin
    from ringvirkning.publishing.archives.archive import BadArchive
    from ringvirkning.publishing.archives.loading import Outcome, load_archive

    outcome, unopened = Outcome(), []
    now = datetime.now(UTC)
    with progress(len(paths), "Laster") as step:
        outcome.loaded, outcome.faulty = seed.load_case_files(paths=paths, origin=Origin.FILE, at=now, step=step)
    for path in archives:
        try:
            one = load_archive(path, at=now)
        except BadArchive as wrong:
            unopened.append((path, wrong.sentence))
        except OSError:
            unopened.append((path, "Filen kan ikke leses. Kontroller at den finnes og at du har tilgang til den."))
        else:
            outcome.loaded += one.loaded
            outcome.faulty += one.faulty
            outcome.held_back += one.held_back
    return outcome, unopened


def _outcome_as_data(outcome: "Outcome", unopened: list[tuple[Path, str]]) -> dict[str, object]:
    held = [_held_as_data(f"cases/{case_id}.json", wrong.code, wrong.sentence) for case_id, wrong in outcome.held_back]
    shut = [_held_as_data(str(path), "archive", sentence) for path, sentence in unopened]
    return {
        "loaded": [{"id": one.case_id, "outcome": one.outcome} for one in outcome.loaded],
        "refused": [*map(_as_data, outcome.faulty), *held, *shut],
    }


def _held_as_data(name: str, code: str, sentence: str) -> dict[str, object]:
    """Return what ``_as_data`` does, for what was held back whole and not for a fault in one place."""
    return {
        "file": name,
        "id": None,
        "faults": [{"code": code, "place": "", "line": None, "what": sentence, "mend": ""}],
    }


def _tell_outcome(outcome: "Outcome", unopened: list[tuple[Path, str]]) -> None:
    told = {"new": "ny", "revised": "ny versjon", "unchanged": "uendret", "kept": "beholdt den nyere"}
    for one in outcome.loaded:
        click.echo(f"{one.case_id}: {told[one.outcome]}")
    for checked in outcome.faulty:
        click.echo(_as_text(checked), err=True)
    for case_id, wrong in outcome.held_back:
        click.echo(f"{case_id}: ikke lastet. {wrong.sentence}", err=True)
    for path, sentence in unopened:
        click.echo(f"{path}: {sentence}", err=True)


@cases.command("export", epilog="Eksempel: ringvirkning cases export bibliotek.zip")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--case", "case_ids", multiple=True, metavar="ID", help="Bare denne saken. Kan gjentas.")
@click.option("--with-withdrawn", is_flag=True, help="Ta med saker som er trukket tilbake.")
@click.option("--json", "as_json_", is_flag=True, help="Svar som JSON.")
def export_(file: Path, case_ids: tuple[str, ...], with_withdrawn: bool, as_json_: bool) -> None:
    """Skriv saker med filene deres til et arkiv (.zip). Avslutter med 3 hvis en sak eller fil mangler."""
    open_house()
    need_tables()
    from ringvirkning.publishing.archives.exporting import cases_to_export, export

    chosen = cases_to_export(case_ids, with_withdrawn=with_withdrawn)
    unknown = sorted(set(case_ids) - set(chosen.values_list("case_id", flat=True)))
    if unknown and set(case_ids) == set(unknown):
        raise click.ClickException(f"Finner ikke saken: {', '.join(unknown)}. Ingenting er skrevet.")
    try:
        written = export(chosen, file)
    except OSError as error:
        raise click.ClickException(f"Kan ikke skrive {file}: {error.strerror}.") from None
    if as_json_:
        click.echo(as_json({**asdict(written), "file": str(file), "unknown": unknown}))
    else:
        click.echo(f"{file}: {written.cases} saker og {written.files} filer.")
    for lost in written.lost:
        click.echo(f"Filen er borte eller skadet, og er ikke med: {lost}", err=True)
    for case_id in unknown:
        click.echo(f"Finner ikke saken: {case_id}", err=True)
    if written.lost or unknown:
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
