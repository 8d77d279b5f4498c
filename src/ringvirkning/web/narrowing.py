"""Facets, chosen filters and pages of a list, as the templates show them. Pure: what codes mean is handed in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from django.http import QueryDict
from django.utils.functional import Promise

Filters = dict[str, tuple[str, ...]]
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Value:
    """One value of a facet with how many things it would give."""

    code: str
    label: str
    count: int | None  # None where it is not counted
    chosen: bool
    level: int = 0  # how deep in a tree
    address: str = ""  # of the list with this value chosen instead of others; in trees only


@dataclass(frozen=True)
class Facet:
    """A facet with the values that mean something in this list."""

    name: str
    label: str
    values: list[Value]
    open: bool
    tree: bool = False


@dataclass(frozen=True)
class Chip:
    """A chosen filter and the address without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True)
class Page:
    """A link in the row of pages; ``number`` is None where some are left out."""

    number: int | None
    address: str = ""
    current: bool = False


@dataclass(frozen=True)
class Narrowing:
    """The facets of one kind of list.

    ``knows`` tells whether a code of a facet can be chosen: what we do not know in an address is ignored, since
    addresses are shared. ``labels`` gives code → label for the codes in a list, in the order they are shown. The
    values of a tree are shown as ``branches`` gives them.
    """

    names: Mapping[str, str | Promise]  # facet → what it is called, in order
    knows: Callable[[str, str], bool]
    labels: Callable[[str, Counts, tuple[str, ...]], Mapping[str, str]]
    open: frozenset[str] = frozenset()  # facets that stand open before anybody has chosen
    trees: Mapping[str, Callable[["Narrowing", QueryDict, Counts, tuple[str, ...]], list[Value]]] = field(
        default_factory=dict
    )

    def chosen(self, query: QueryDict) -> Filters:
        """Return the known facet values of an address."""
        found = {
            name: tuple(dict.fromkeys(code for code in query.getlist(name) if self.knows(name, code)))
            for name in self.names
        }
        return {name: values for name, values in found.items() if values}

    def facets(self, query: QueryDict, counts: Mapping[str, Counts], chosen: Filters) -> list[Facet]:
        """Return every facet in order. A chosen value stays in sight also when it would give nothing."""
        found = []
        for name, label in self.names.items():
            values = self._values(name, query, counts.get(name, {}), chosen.get(name, ()))
            is_open = bool(values) and (name in self.open or name in chosen)
            found.append(Facet(name, str(label), values, is_open, name in self.trees))
        return found

    def _values(self, facet: str, query: QueryDict, counts: Counts, chosen: tuple[str, ...]) -> list[Value]:
        if facet in self.trees:
            return self.trees[facet](self, query, counts, chosen)
        return [
            Value(code, label, counts.get(code, 0), code in chosen)
            for code, label in self.labels(facet, counts, chosen).items()
            if counts.get(code) or code in chosen
        ]

    def chips(self, query: QueryDict, chosen: Filters) -> list[Chip]:
        """Return the chosen filters, each with the address that takes it away and goes back to the first page."""
        made = []
        for facet, values in chosen.items():
            labels = self.labels(facet, {}, values)
            for value in values:
                address = address_with(query, facet, [other for other in values if other != value])
                made.append(Chip(str(self.names[facet]), labels.get(value, value), address))
        return made

    def without_filters(self, query: QueryDict) -> str:
        """Return the address with the same need and order and no filters."""
        rest = _without_page(query)
        for name in self.names:
            rest.pop(name, None)
        return f"?{rest.urlencode()}"


def address_with(query: QueryDict, name: str, values: list[str]) -> str:
    """Return the address of the same list with other values of one facet, on its first page."""
    rest = _without_page(query)
    rest.setlist(name, values)
    return f"?{rest.urlencode()}"


def _without_page(query: QueryDict) -> QueryDict:
    rest = query.copy()
    rest.pop("side", None)
    return rest


def pages(query: QueryDict, current: int, last: int) -> list[Page]:
    """Return the row of pages: the first, the last and those around the current, with gaps between."""
    shown = sorted({1, last, *(n for n in (current - 1, current, current + 1) if 1 <= n <= last)})
    row: list[Page] = []
    for number in shown:
        if row and row[-1].number != number - 1:
            row.append(Page(None))
        row.append(Page(number, page_address(query, number), number == current))
    return row


def page_address(query: QueryDict, number: int) -> str:
    """Return the address of one page of the same list."""
    rest = _without_page(query)
    if number > 1:
        rest["side"] = str(number)
    return f"?{rest.urlencode()}"


def page_number(query: QueryDict) -> int:
    """Return the page asked for; 1 when it is not a sensible number."""
    asked = query.get("side", "")
    return max(1, int(asked)) if re.fullmatch(r"[0-9]{1,5}", asked, re.ASCII) else 1


class RowOfPages(TypedDict):
    """What the template of the row of pages asks for."""

    pages: list[Page]
    previous_page: str
    next_page: str


def row_of_pages(query: QueryDict, page: int, last: int) -> RowOfPages:
    """Return the row of pages with the ways back and on."""
    return {
        "pages": pages(query, page, last) if last > 1 else [],
        "previous_page": page_address(query, page - 1) if page > 1 else "",
        "next_page": page_address(query, page + 1) if page < last else "",
    }
