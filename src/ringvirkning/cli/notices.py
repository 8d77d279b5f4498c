"""Reading notices from the command line: files, folders and archives in, records out. Needs no database."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from ringvirkning.cli.notice_lines import as_line, as_object
from ringvirkning.sources.notices.containers import Item, Refused, open_paths
from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice

EXIT_REFUSED = 3
SILENT = frozenset({"system-file"})  # files that operating systems leave behind in every folder


@click.group(epilog="Eksempel: ringvirkning notices read kunngjøring.xml")
def notices() -> None:
    """Kunngjøringer: les filer og vis hva som står i dem."""


@notices.command(epilog="Eksempel: ringvirkning notices read mappe/ pakke.tar.gz --jsonl")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="Ett JSON-objekt per kunngjøring, ett på hver linje.")
def read(paths: tuple[Path, ...], jsonl: bool) -> None:
    """Les kunngjøringer i eForms, TED_EXPORT og OCDS uten å laste dem.

    En fil som ikke kan leses, navngis med grunnen på standard feil; resten skrives likevel, og koden er 3.
    Bilder, tekster og annet som aldri er kunngjøringer, navngis også, men regnes som utelatt og ikke som feil.
    """
    tally = Tally()
    out = sys.stdout.buffer  # JSON is UTF-8, whatever the terminal is set to
    for notice in _notices(paths, tally):
        _write(out, msgspec.json.encode(as_object(notice)) if jsonl else as_line(notice).encode())
    out.flush()
    click.echo(tally.sentence, err=True)
    if tally.refused:
        raise SystemExit(EXIT_REFUSED)


class Tally:
    """Counts what was read, and tells of what was not as it is met."""

    def __init__(self) -> None:
        self.read = self.refused = self.left_out = 0

    def refuse(self, name: str, sentence: str) -> None:
        """Name one thing that could not be read, with the reason."""
        self.refused += 1
        click.echo(f"{name}: {sentence}", err=True)

    def leave_out(self, name: str, sentence: str) -> None:
        """Name one thing that is never a notice (a picture, a read-me): nothing is wrong."""
        self.left_out += 1
        click.echo(f"{name}: {sentence}", err=True)

    @property
    def sentence(self) -> str:
        """What came of it all."""
        told = [f"{_counted(self.read, 'kunngjøring', 'kunngjøringer')} lest."]
        if self.left_out:
            told.append(f"{_counted(self.left_out, 'fil er utelatt', 'filer er utelatt')}.")
        if self.refused:
            told.append(f"{_counted(self.refused, 'fil', 'filer')} kunne ikke leses.")
        return " ".join(told)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _notices(paths: tuple[Path, ...], tally: Tally) -> Iterator[Notice]:
    """Yield the notices one at a time, however many there are."""
    for found in open_paths(paths):
        if isinstance(found, Refused):
            _tell(found, tally)
            continue
        for notice in _in_item(found, tally):
            tally.read += 1
            yield notice


def _tell(found: Refused, tally: Tally) -> None:
    if found.code not in SILENT:
        (tally.leave_out if found.skipped else tally.refuse)(found.name, found.sentence)


def _in_item(item: Item, tally: Tally) -> list[Notice]:
    try:
        return read_document(item.data, file=item.name)
    except Unreadable as why:
        tally.refuse(item.name, str(why))
        return []


def _write(out: BinaryIO, line: bytes) -> None:
    out.write(line)
    out.write(b"\n")
    if sys.stdout.isatty():
        out.flush()
