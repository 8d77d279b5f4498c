"""The seam between what we want to find and the engine that finds it.

Everything here is plain data: terms are ready (see ``text``), so any engine that can add up weighted terms,
filter and count will do. ``engines`` holds one file per engine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

# Parts of a document, from what says most about it to what says least.
FIELDS = ("title", "need", "answer", "other", "document")
FACETS = ("theme", "status", "procedure", "kind", "buyer", "county", "size", "figure", "year")
RANKS = ("year", "fullness", "alphabet")


@dataclass(frozen=True)
class Document:
    """One thing that can be found: ready terms per field, facet values, and whole numbers to sort by."""

    key: str  # "case/elektronisk-medisineringsstotte"
    kind: str
    terms: Mapping[str, list[str]]
    facets: Mapping[str, list[str]]
    ranks: Mapping[str, int]


@dataclass(frozen=True)
class WeightedTerm:
    """A term with its weight. Only documents with at least one ``telling`` term are found."""

    term: str
    weight: float
    telling: bool = True


@dataclass(frozen=True)
class Plan:
    """A query as an engine sees it. No terms means everything."""

    terms: tuple[WeightedTerm, ...] = ()
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "score"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Found:
    """An engine's answer. ``counts`` of a facet hold under all other facets' filters."""

    total: int
    hits: list[tuple[str, float]]
    counts: dict[str, dict[str, int]]


class EngineBroken(Exception):
    """The index is damaged or missing and must be built anew."""


class Engine(Protocol):
    """What an engine must do. One object serves one finished index folder."""

    def find(self, plan: Plan) -> Found:
        """Answer a plan."""

    def shares(self, terms: Iterable[str]) -> dict[str, float]:
        """Return how large a share of the documents holds each term, 0–1."""

    def apply(self, changed: Iterable[Document], gone: Iterable[str], until: int) -> None:
        """Put in, replace and take out documents, and remember the change number, in one commit."""

    def reload(self) -> None:
        """See what other processes have put in."""

    @property
    def change(self) -> int:
        """The change number the index reflects."""
