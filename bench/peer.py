"""What every peer of searching notices is asked, and how a need is read for all of them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from peers import Row
from ringvirkning.search.text.stopwords import SMALL

WORD = re.compile(r"[^\W_]+")
Counts = dict[str, dict[str, int]]


class Answer(NamedTuple):
    """What a peer found: how many, the best first, and facet → value → how many."""

    total: int
    best: list[str]
    counts: Counts


def forms(text: str) -> list[str]:
    """Return the different words of a need in lower case, small words left out. Letters and digits only."""
    found = dict.fromkeys(WORD.findall(text.lower()))
    return [form for form in found if form not in SMALL]


class Peer:
    """What every peer can do. ``folder`` is its own place."""

    name = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def missing(cls) -> str | None:
        """Return why this peer cannot be asked here; None when it can."""
        return None

    @property
    def data(self) -> Path:
        """Where the index lies."""
        return self.folder

    def build(self, rows: Iterable[Row]) -> None:
        """Build a new index and close it."""
        raise NotImplementedError

    def open(self) -> None:
        """Open a finished index."""
        raise NotImplementedError

    def answer(self, need: str) -> Answer:
        """Find the best notices and count facets."""
        raise NotImplementedError

    def find(self, need: str) -> int:
        """Do all that ``answer`` does; return how many match."""
        return self.answer(need).total

    def close(self) -> None:
        """Let go of what ``open`` took."""
