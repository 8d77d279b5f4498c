"""Reading a draft's typed words as the case file's shape wants them, and taking away what is blank. Pure.

What is read keeps track of where it was typed (``Document.typed_at``): blank rows fall out, and a fault in the third
figure must still be told at the third figure of the form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ringvirkning.publishing.typed import normalise
from ringvirkning.publishing.typed.normalise import (
    Amount,
    has_odd_ore,
    plain_number,
    read_amount,
    read_part,
    share_scale,
)
from ringvirkning.publishing.typed.shape import ByLanguage, Fields, Kind, Leaf, Many, Shape, case_shape
from ringvirkning.sources.casefile.model import CaseFile, Figure, Money, Person
from ringvirkning.sources.casefile.terms import Unit

Place = tuple[str | int, ...]

# Filled in by the form or by us: it does not make a row worth keeping.
COMES_BY_ITSELF = frozenset({"sources", "licence", "checked", "consented", "confirmed"})
# Parts that say nothing without what they are about.
NEED_WORDS = (Money, Person)

READERS: dict[Kind, Callable[[str], object]] = {
    Kind.LINE: normalise.tidy_line,
    Kind.TEXT: normalise.tidy_text,
    Kind.CODE: str.strip,
    Kind.OTHER: str.strip,
    Kind.NUMBER: str.strip,  # read with the fields beside it: see BEFORE
    Kind.COUNT: normalise.read_count,
    Kind.DATE: normalise.read_date,
    Kind.DAY: normalise.read_date,
    Kind.ADDRESS: normalise.read_address,
    Kind.EMAIL: normalise.read_email,
    Kind.PHONE: normalise.read_phone,
    Kind.ORGANISATION_NUMBER: normalise.read_organisation_number,
    Kind.CPV: normalise.read_cpv,
}


@dataclass(frozen=True)
class Read:
    """A value that was read, and for lists which rows it came from. ``None`` stands for blank: nothing was there."""

    value: Any
    rows: Any = None


class Document(dict[str, Any]):
    """A document that was read from typed words, and remembers where they stood."""

    rows: Any = None

    def ordered(self, document: Mapping[str, Any]) -> "Document":
        """Return these contents in the order of the case file, with our memory of rows."""
        order = list(CaseFile.model_fields)
        made = Document(sorted(document.items(), key=lambda item: order.index(item[0])))
        made.rows = self.rows
        return made

    def typed_at(self, place: Place) -> Place:
        """Return where the words of this place stood in what was typed."""
        rows, found = self.rows, []
        for step in place:
            if isinstance(step, int) and isinstance(rows, list) and step < len(rows):
                row, rows = rows[step]
                found.append(row)
            else:
                rows = rows.get(step) if isinstance(rows, dict) else None
                found.append(step)
        return tuple(found)


def read(raw: Mapping[str, Any]) -> Document:
    """Return what these typed words say, blank parts taken away."""
    found = _fields(case_shape(), raw)
    document = Document(found.value or {})
    document.rows = found.rows
    return document


def _read(shape: Shape, raw: Any) -> Read:
    if raw is None:
        return Read(None)
    if isinstance(shape, Leaf):
        return Read(_leaf(shape, raw))
    if isinstance(shape, Many):
        return _many(shape, _listed(shape, raw))
    if not isinstance(raw, dict):
        return Read(None if isinstance(raw, str) and not raw.strip() else raw)
    if isinstance(shape, ByLanguage):
        return _kept({key: _read(shape.item, value) for key, value in raw.items()})
    return _part(shape, raw)


def _leaf(leaf: Leaf, raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw if raw not in ([], {}) else None
    if not normalise.tidy(raw):
        return None
    said = READERS[leaf.kind](raw)
    return raw.strip() if said is None else said


def _listed(many: Many, raw: Any) -> Any:
    """Return a list; several short things typed in one field are parted at commas and line ends."""
    if not isinstance(raw, str) or not isinstance(many.item, Leaf):
        return raw
    marks = "\n" if many.item.kind is Kind.ADDRESS else ",;\n"
    for mark in marks:
        raw = raw.replace(mark, "\n")
    return raw.split("\n")


def _many(many: Many, raw: Any) -> Read:
    if not isinstance(raw, list):
        return Read(None if raw in ("", {}) else raw)
    found = [(row, _read(many.item, one)) for row, one in enumerate(raw)]
    said = [(row, one) for row, one in found if one.value is not None and _says(many.item, one.value)]
    return Read([one.value for _, one in said] or None, [(row, one.rows) for row, one in said])


def _part(shape: Fields, raw: dict[str, Any]) -> Read:
    found = _fields(shape, raw)
    if shape.model in NEED_WORDS and found.value is not None and not _says(shape, found.value):
        return Read(None)
    return found if found.value is None or set(found.value) - {"sources"} else Read(None)


def _fields(shape: Fields, raw: Mapping[str, Any]) -> Read:
    """Read the fields the part has; the rest is no part of a case."""
    prepared = BEFORE.get(shape.model, dict)(raw)
    return _kept({name: _read(shape.fields[name], prepared[name]) for name in shape.fields if name in prepared})


def _kept(found: Mapping[str, Read]) -> Read:
    said = {name: one for name, one in found.items() if one.value is not None}
    return Read({name: one.value for name, one in said.items()} or None, {name: one.rows for name, one in said.items()})


def _says(shape: Shape, value: Any) -> bool:
    """Tell whether a row holds anything somebody gave, and not only choices that a form begins with."""
    if not isinstance(shape, Fields) or not isinstance(value, dict):
        return True
    return any(_says_something(shape.fields[name], one) for name, one in value.items() if name not in COMES_BY_ITSELF)


def _says_something(shape: Shape, value: Any) -> bool:
    if isinstance(shape, Leaf):
        return shape.kind is not Kind.CODE
    return _says(shape, value)


# Numbers that spread over several fields.


def _figure(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read a figure's number: "10–12 %" in its one field is a range, "2" and "3 mill" in two are both millions."""
    figure = dict(raw)
    amount = read_amount(figure["value"]) if isinstance(figure.get("value"), str) else None
    if amount and _fits(figure, amount) and not (_money(figure, amount) and has_odd_ore(figure["value"])):
        _spread(figure, amount)
    _read_ends(figure)
    return figure


def _fits(figure: Mapping[str, Any], amount: Amount) -> bool:
    """Tell whether the unit and span in the words agree with those chosen, or none is chosen."""
    if amount.currency not in (None, "NOK"):
        return False
    pairs = ((figure.get("unit"), amount.unit), (figure.get("per"), amount.per))
    return all(not chosen or not named or chosen == named for chosen, named in pairs)


def _money(figure: Mapping[str, Any], amount: Amount) -> bool:
    return Unit.NOK in (figure.get("unit"), amount.unit)


def _spread(figure: dict[str, Any], amount: Amount) -> None:
    ends = {"low": amount.low, "high": amount.high}
    if amount.value is None and any(_typed(figure.get(end)) for end in ends):
        return
    figure["value"] = None
    for name, number in {"value": amount.value, **ends}.items():
        if number is not None:
            figure[name] = plain_number(number)
    for name, named in (("unit", amount.unit), ("per", amount.per)):
        if named and not figure.get(name):
            figure[name] = named.value


def _read_ends(figure: dict[str, Any]) -> None:
    typed = {end: figure[end] for end in ("low", "high") if isinstance(figure.get(end), str)}
    parts = {end: part for end, text in typed.items() if (part := read_part(text)) and _agrees(figure, part.unit)}
    for end, part in parts.items():
        figure[end] = plain_number(part.whole)
    if len(parts) == 2:
        low, high = share_scale(parts["low"], parts["high"])
        figure["low"], figure["high"] = plain_number(low), plain_number(high)


def _agrees(figure: Mapping[str, Any], unit: Unit | None) -> bool:
    return unit is None or figure.get("unit") == unit


def _typed(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _amount_of_money(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read "10 mill. kr", with another currency when the words say so."""
    money = dict(raw)
    typed = money.get("amount")
    amount = read_amount(typed) if isinstance(typed, str) and not has_odd_ore(typed) else None
    if amount is None or amount.value is None or amount.unit not in (None, Unit.NOK) or amount.per:
        return money
    chosen = money.get("currency")
    if amount.currency and chosen and chosen != amount.currency:
        return money
    money["amount"] = plain_number(amount.value)
    if amount.currency not in (None, "NOK"):
        money["currency"] = amount.currency
    return money


BEFORE: dict[Any, Callable[[Mapping[str, Any]], dict[str, Any]]] = {Figure: _figure, Money: _amount_of_money}


def as_typed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case file's contents as somebody would have typed them: numbers in Norwegian, the rest as it stands."""
    typed: dict[str, Any] = _typed_form(case_shape(), document)
    return typed


def _typed_form(shape: Shape, value: Any) -> Any:
    if isinstance(shape, Leaf):
        is_number = shape.kind in {Kind.NUMBER, Kind.COUNT} and _is_number(value)
        return normalise.written(value) if is_number else value
    if isinstance(shape, Many):
        return [_typed_form(shape.item, one) for one in value] if isinstance(value, list) else value
    if not isinstance(value, Mapping):
        return value
    if isinstance(shape, ByLanguage):
        return {key: _typed_form(shape.item, one) for key, one in value.items()}
    return {key: _typed_form(shape.fields[key], one) if key in shape.fields else one for key, one in value.items()}


def _is_number(value: Any) -> bool:
    """Tell whether it is a number as JSON or as a stored document writes it ("1.5")."""
    if isinstance(value, str):
        return bool(normalise.STORED.fullmatch(value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_part_of(shape: Fields, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the typed words of one part say."""
    return _fields(shape, raw).value or {}
