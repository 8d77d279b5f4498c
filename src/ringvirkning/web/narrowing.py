"""Facets, chosen filters and pages of a list, as the templates show them. Pure, apart from words in a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.http import QueryDict
from django.utils.translation import get_language

from ringvirkning.catalogue.queries import county_names, norwegian_order
from ringvirkning.search.casedoc import CASES
from ringvirkning.sources.tables import themes
from ringvirkning.web import words

OPEN = {"theme", "status"}  # facets that stand open before anybody has chosen
YEAR = re.compile(r"(19|20)[0-9]{2}", re.ASCII)
Filters = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Value:
    """One value of a facet with how many cases it would give."""

    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet with the values that mean something in this list."""

    name: str
    label: str
    values: list[Value]
    open: bool


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


def chosen_filters(query: QueryDict) -> Filters:
    """Return the known facet values of an address; what we do not know is ignored, since addresses are shared."""
    chosen = {name: tuple(dict.fromkeys(v for v in query.getlist(name) if _known(name, v))) for name in CASES.facets}
    return {name: values for name, values in chosen.items() if values}


def _known(facet: str, code: str) -> bool:
    return bool(YEAR.fullmatch(code)) if facet == "year" else code in labels(facet)


def labels(facet: str) -> dict[str, str]:
    """Return code → label of a facet in the page's language, in the order they are shown. Years have none."""
    return _labels(facet, get_language() or "nb")


@cache
def _labels(facet: str, language: str) -> dict[str, str]:
    """The labels come from our own tables and translations, which never change while the program runs."""
    if facet == "theme":
        return {code: names.get(language, names["nb"]) for code, names in themes().items()}
    if facet == "county":
        return dict(sorted(county_names().items(), key=lambda county: norwegian_order(county[1])))
    tables: dict[str, Mapping[str, object]] = {
        "status": words.STATUSES,
        "procedure": words.PROCEDURES,
        "kind": words.PROCUREMENT_KINDS,
        "buyer": words.ORGANISATION_KINDS,
        "size": words.SIZES,
        "figure": words.FIGURES,
    }
    return {code: str(label) for code, label in tables.get(facet, {}).items()}


def facets(counts: Mapping[str, Mapping[str, int]], chosen: Filters) -> list[Facet]:
    """Return every facet in order. A chosen value stays in sight also when it would give nothing."""
    found = []
    for name in CASES.facets:
        values = _values(name, counts.get(name, {}), chosen.get(name, ()))
        found.append(Facet(name, str(words.FACETS[name]), values, bool(values) and (name in OPEN or name in chosen)))
    return found


def _values(facet: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[Value]:
    known = labels(facet)
    if facet == "year":
        known = {year: year for year in sorted({*counts, *chosen}, reverse=True)}
    return [
        Value(code, label, counts.get(code, 0), code in chosen)
        for code, label in known.items()
        if counts.get(code) or code in chosen
    ]


def chips(query: QueryDict, chosen: Filters) -> list[Chip]:
    """Return the chosen filters, each with the address that takes it away and goes back to the first page."""
    made = []
    for facet, values in chosen.items():
        known = labels(facet)
        for value in values:
            rest = _without_page(query)
            rest.setlist(facet, [other for other in values if other != value])
            made.append(Chip(str(words.FACETS[facet]), known.get(value, value), f"?{rest.urlencode()}"))
    return made


def without_filters(query: QueryDict) -> str:
    """Return the address with the same need and order and no filters."""
    rest = _without_page(query)
    for name in CASES.facets:
        rest.pop(name, None)
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
