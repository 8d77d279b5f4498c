"""How the program talks: progress bars, tables and JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import click


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[..., None]]:
    """Show a progress bar on a terminal, nothing elsewhere. Yields a function to call per step, or for some steps."""
    if not sys.stderr.isatty():
        yield lambda steps=1: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda steps=1: bar.update(steps)


@contextmanager
def counting(label: str) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many there have been, when nobody knows how many there will be. Yields how to count."""
    if not sys.stderr.isatty():
        yield lambda steps: None
        return
    with click.progressbar(count(), label=label, file=sys.stderr, show_pos=True, show_eta=False) as bar:
        yield bar.update


def as_json(value: object, *, indent: int | None = 2) -> str:
    """Return a value as JSON with Norwegian letters kept."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a plain text table, first column left, the others right."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    lines = []
    for row in [heads, *rows]:
        cells = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
