"""Two versions of a case side by side, in words: areas, the items in them, and a row for each field that differs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from ringvirkning.catalogue.compare import Difference, Kind, Path, Piece, compare, pieces
from ringvirkning.publishing.terms import OWNS
from ringvirkning.sources.tables import cpv_labels, themes
from ringvirkning.web import words as reading_words
from ringvirkning.web.life import words
from ringvirkning.web.templatetags.rv import day, number, plain

# What every version differs in, or what only programs read, as ids inside the document are too.
NOT_SHOWN = {"format", "version", "id", "revised"}
Document = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One field: how it was and how it is. An empty side was not there."""

    label: str
    kind: str
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True)
class Item:
    """One item of a list, or one part that stands alone, with its fields that differ."""

    heading: str
    kind: str
    rows: list[Row]


@dataclass(frozen=True)
class Area:
    """One area of the case with what differs in it."""

    heading: str
    items: list[Item]


def side_by_side(old: Document, new: Document) -> list[Area]:
    """Return everything a reader can see that differs, in the order of the steps."""
    found = [one for one in compare(old, new) if one.path[0] not in NOT_SHOWN and one.path[-1] != "id"]
    areas = []
    for step, keys in OWNS.items():
        inside = [one for key in keys for one in found if one.path[0] == key]
        if inside:
            areas.append(Area(str(words.STEPS[step]), list(_items(inside, old, new))))
    return areas


def _items(found: Iterable[Difference], old: Document, new: Document) -> Iterable[Item]:
    for (place, gone), rows in groupby(found, key=_item_of):
        told = list(rows)
        kind = told[0].kind if told[0].whole else Kind.CHANGED
        yield Item(_heading(place, old if gone else new), str(kind), [_row(one, place, old, new) for one in told])


def _item_of(one: Difference) -> tuple[Path, bool]:
    """Return the item a difference is in, and whether we must look for it in the old version."""
    in_list = len(one.path) > 1 and isinstance(one.path[1], int)
    return one.path[: 2 if in_list else 1], one.whole and one.kind is Kind.REMOVED


def _heading(place: Path, document: Document) -> str:
    """Return what the part is called: "Tall: Spart strøm", or "Tittel"."""
    name = str(words.PARTS.get(str(place[0]), place[0]))
    item = document.get(str(place[0])) if len(place) == 1 else _at(document, place)
    own = item_name(item) if len(place) > 1 else ""
    return f"{name}: {own}" if own else name


def _at(document: Document, path: Path) -> Any:
    found: Any = document
    for part in path:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def item_name(item: Any) -> str:
    """Return what an item is called: its own name or title, else who it is about, else how its text begins."""
    if not isinstance(item, dict):
        return ""
    who = item.get("organisation") if isinstance(item.get("organisation"), dict) else {}
    phase = reading_words.PHASES.get(str(item.get("phase", "")))
    candidates = (item.get("name"), item.get("title"), item.get("label"), (who or {}).get("name"), phase)
    told = next((one for one in candidates if one), item.get("text") or item.get("description") or "")
    text = plain(told) if isinstance(told, dict) else str(told)
    return text if len(text) <= 60 else f"{text[:58].rsplit(' ', 1)[0]} …"


def _row(one: Difference, place: Path, old: Document, new: Document) -> Row:
    label = _label(one, place)
    if one.kind is Kind.MOVED:
        return Row(label, str(one.kind), [], [Piece("same", _("Rekkefølgen er endret."))])
    was, now = shown(one, one.old, old), shown(one, one.new, new)
    if one.kind is Kind.CHANGED:
        return Row(label, str(one.kind), *_marked(one, was, now))
    return Row(label, str(one.kind), _whole("removed", was), _whole("added", now))


def _whole(kind: str, values: list[str]) -> list[Piece]:
    return [Piece(kind, ", ".join(values))] if values else []


def _marked(one: Difference, was: list[str], now: list[str]) -> tuple[list[Piece], list[Piece]]:
    """Return both sides with what differs marked: words of a text, items of a list, or the whole value."""
    if isinstance(one.old, list) and isinstance(one.new, list):
        return _list_side(was, now, "removed"), _list_side(now, was, "added")
    if not _is_text(one):
        return _whole("removed", was), _whole("added", now)
    told = pieces("".join(was), "".join(now))
    return [one for one in told if one.kind != "added"], [one for one in told if one.kind != "removed"]


def _is_text(one: Difference) -> bool:
    texts = isinstance(one.old, str) and isinstance(one.new, str)
    return texts and one.label not in words.CODES and one.label.split(".")[-1] not in words.DATES


def _list_side(values: list[str], others: list[str], kind: str) -> list[Piece]:
    told = []
    for place, value in enumerate(values):
        told.append(Piece("same" if value in others else kind, value))
        told += [Piece("same", ", ")] if place < len(values) - 1 else []
    return told


def _label(one: Difference, place: Path) -> str:
    """Return what the field is called inside its item, with its language when that is not bokmål."""
    inside = len(one.path) > len(place)
    # What the heading has said already is not said again.
    name = words.field_word(one.label) if one.label != place[0] else ""
    language = reading_words.LANGUAGES.get(str(one.path[-1])) if inside and one.path[-1] != "nb" else None
    return " ".join(part for part in (name, f"({language})" if language else "") if part)


def shown(one: Difference, value: Any, document: Document) -> list[str]:
    """Return a value in words, a list of values as several. The document knows what ids in it stand for."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [_said(one, each, document) for each in values]


def _said(one: Difference, value: Any, document: Document) -> str:
    last = one.label.split(".")[-1]
    if one.label in words.CODES:
        return str(getattr(reading_words, words.CODES[one.label]).get(str(value), value))
    if last in words.DATES:
        return _day(value)
    if one.label in NAMED:
        return NAMED[one.label](str(value), document)
    if last == "sources" and one.path != ("sources",):
        return _source(str(value), document)
    return number(value) if isinstance(value, int | float) else _number(last, value)


def _number(last: str, value: Any) -> str:
    """Return an amount that the document keeps as digits with spaces between thousands."""
    digits = str(value)
    if last not in {"amount", "value", "low", "high"}:
        return digits
    try:
        return number(Decimal(digits))
    except ArithmeticError:
        return digits


def _day(value: Any) -> str:
    try:
        return day(value)
    except ValueError:
        return str(value)


def _source(source_id: str, document: Document) -> str:
    titles = {str(one.get("id")): str(one.get("title", "")) for one in document.get("sources", [])}
    return titles.get(source_id) or source_id


def _figure(figure_id: str, document: Document) -> str:
    labels = {str(one.get("id")): plain(one.get("label")) for one in document.get("figures", [])}
    return labels.get(figure_id) or figure_id


NAMED: dict[str, Callable[[str, Document], str]] = {
    "themes": lambda value, document: plain(themes().get(value)) or value,
    "cpv": lambda value, document: " ".join([value, *cpv_labels().get(value, [])[:1]]),
    "infographic.figures": _figure,
}
