"""The seam between what we want to find and the engine that finds it.

Everything here is plain data: terms are ready (see ``text``), so any engine that can add up weighted terms,
filter and count will do. ``engines`` holds one file per engine. What kinds of things are found, and by which parts,
facets and numbers, is a ``Shape``: cases have one (``casedoc``), notices another (``notices/noticedoc``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


@dataclass(frozen=True, eq=False)
class Shape:
    """What the documents of one index look like. Make one per kind of document and keep it: it is known by itself."""

    kinds: tuple[str, ...]
    fields: Mapping[str, float]  # part of a document → how much a term counts in it
    facets: tuple[str, ...]
    ranks: tuple[str, ...]  # whole numbers to sort by and to narrow by
    ascending: frozenset[str] = frozenset()  # ranks that are sorted smallest first
    # Facet whose values are codes with shorter codes above them → how long the codes of its levels are.
    trees: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    told: str = ""  # the facet whose values are told with each hit
    tie: float = 1.0  # how much the weaker fields add to the strongest one; 1 adds them up


@dataclass(frozen=True)
class Document:
    """One thing that can be found: ready terms per field, facet values, and whole numbers to sort by.

    A document of a tree's code has the codes above it as values too. A rank that is absent is in no range and last.
    """

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


class Range(NamedTuple):
    """The least and the largest number wanted, both included; None where there is no limit."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Plan:
    """A query as an engine sees it. No terms means everything. ``only`` narrows to documents with these keys."""

    terms: tuple[WeightedTerm, ...] = ()
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    sort: str = "score"
    offset: int = 0
    limit: int = 20
    counted: tuple[str, ...] | None = None  # the facets to count; None for every one
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """An engine's answer. ``counts`` of a facet hold under all other facets' filters.

    Of a tree the top level is counted, and what lies right below each chosen code. ``told`` are each hit's values of
    the facet that the shape tells, by key, in the document's own order.
    """

    total: int
    hits: list[tuple[str, float]]
    counts: dict[str, dict[str, int]]
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Batch(NamedTuple):
    """Some changes in their order: documents to put in, keys to take out, and the change number they lead to."""

    changed: list[Document]
    gone: list[str]
    until: int


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

    @property
    def size(self) -> int:
        """How many documents the index holds."""
