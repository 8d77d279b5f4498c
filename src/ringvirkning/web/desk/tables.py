"""The desk's tables: rows of cells with a heading that sorts, cut into pages. One template draws them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from ringvirkning.catalogue.queries import norwegian_order
from ringvirkning.web import narrowing

PER_PAGE = 50
Words = str | Promise


@dataclass(frozen=True)
class Column:
    """A heading. ``sort`` gives what a row is sorted by; without it the column does not sort."""

    code: str
    label: Words
    sort: Callable[[Any], Any] | None = None
    numeric: bool = False
    short: bool = False  # a date or a word that should stand on one line


@dataclass(frozen=True)
class Link:
    """A link in a cell. ``about`` tells readers of which row, where many rows have the same link."""

    text: Words
    address: str
    about: str = ""


@dataclass(frozen=True)
class Button:
    """A button in a cell: a form of its own that sends ``fields`` to the page. ``about`` tells readers of which row."""

    text: Words
    about: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Choice:
    """A field in a cell that chooses among a few, sent with ``fields``. ``about`` tells of which row."""

    name: str
    label: Words
    about: str
    options: tuple[tuple[str, Words], ...]
    chosen: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Cell:
    """One cell: words or a number, perhaps a link, a remark under it, more links, and buttons."""

    text: Words = ""
    address: str = ""
    remark: Words = ""
    tag: Words = ""
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    choice: Choice | None = None


@dataclass(frozen=True)
class Heading:
    """A heading as it is drawn: where it leads, and how it sorts now ("ascending", "descending", "")."""

    label: Words
    address: str
    order: str
    numeric: bool
    short: bool


@dataclass(frozen=True)
class Table:
    """A table ready to be drawn. The first cell of each row is its heading."""

    id: str
    caption: Words
    headings: list[Heading]
    rows: list[list[tuple[Heading, Cell]]]
    total: int
    pages: list[narrowing.Page] = field(default_factory=list)
    previous_page: str = ""
    next_page: str = ""


def table(
    request: HttpRequest,
    caption: Words,
    columns: Iterable[Column],
    rows: Iterable[Any],
    cells: Callable[[Any], list[Cell]],
    *,
    name: str = "tabell",
    first: str = "",
) -> Table:
    """Return the rows as a table, sorted as the address says (``sorter=title``, ``sorter=-title``), else by ``first``.

    Cells are made only for the rows of the page.
    """
    columns = list(columns)
    asked = request.GET.get("sorter", "") or first
    chosen = next((one for one in columns if one.sort and one.code == asked.removeprefix("-")), None)
    ordered = list(rows)
    if chosen and chosen.sort:
        ordered.sort(key=chosen.sort, reverse=asked.startswith("-"))
    last = max(1, -(-len(ordered) // PER_PAGE))
    page = min(narrowing.page_number(request.GET), last)
    headings = [_heading(one, asked, request.GET) for one in columns]
    shown = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Table(
        id=name,
        caption=caption,
        headings=headings,
        rows=[list(zip(headings, cells(row), strict=True)) for row in shown],
        total=len(ordered),
        **narrowing.row_of_pages(request.GET, page, last),
    )


def _heading(column: Column, asked: str, query: QueryDict) -> Heading:
    if column.sort is None:
        return Heading(column.label, "", "", column.numeric, column.short)
    order = {column.code: "ascending", f"-{column.code}": "descending"}.get(asked, "")
    # Whoever presses a column of numbers wants the largest first.
    turned = {"ascending": f"-{column.code}", "descending": column.code}.get(order)
    wanted = turned or (f"-{column.code}" if column.numeric else column.code)
    rest = query.copy()
    rest.pop("side", None)
    rest["sorter"] = wanted
    return Heading(column.label, f"?{rest.urlencode()}", order, column.numeric, column.short)


def alphabetical(read: Callable[[Any], Any]) -> Callable[[Any], str]:
    """Return a sort by what ``read`` gives, in Norwegian order."""
    return lambda row: norwegian_order(str(read(row)))
