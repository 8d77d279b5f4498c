"""Opening what people hand us: files, folders, archives and packages, one notice at a time in bounded memory.

Names in ``Item`` and ``Refused`` are for people: ``package.tar.gz/00012/123.xml``. What is inside is told by the bytes,
never by the ending. Whatever cannot be opened is handed back as ``Refused`` with a code, and the rest goes on; nothing
is raised. Knows nothing of what a notice is; it only leaves out what cannot be one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """How much is taken. Bytes are bytes when unpacked."""

    item: int = 50_000_000  # one notice or one OCDS package
    total: int = 100_000_000_000  # one archive, everything in it
    members: int = 5_000_000  # one archive
    listed: int = 100_000  # one zip, whose list of contents has to be in memory
    ratio: int = 250  # unpacked to packed: notices pack 5–30 times
    nested: int = 1  # archives inside an archive


@dataclass(frozen=True)
class Item:
    """The bytes of something that may be a notice."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Refused:
    """Something that was not opened, and why. ``skipped`` when it is of a kind that is never a notice."""

    name: str
    code: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def skipped(self) -> bool:
        """Tell whether this is merely left out (a picture, a read-me) and no reason to warn anybody."""
        return False

    @property
    def sentence(self) -> str:
        """Why, and what to do, in bokmål."""
        return self.code


def open_paths(paths: Iterable[Path], limits: Limits = Limits()) -> Iterator[Item | Refused]:
    """Yield what is in files, folders and archives, in sorted order, one at a time. Raises nothing for bad input."""
    for path in paths:
        yield Refused(path.name, "missing")
