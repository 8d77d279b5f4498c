"""What the case file expects at each place, read from its model so that the two cannot drift apart. Pure.

``Shape`` is a small picture of the model: a leaf with its kind, a list, texts by language, or a part with fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ringvirkning.sources.casefile import model
from ringvirkning.sources.casefile.model import CaseFile


class Kind(StrEnum):
    """Kinds of leaves, named by how they are read from what is typed."""

    LINE = "line"
    TEXT = "text"
    CODE = "code"  # a choice, or an id somebody or something gave
    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    DAY = "day"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"
    ORGANISATION_NUMBER = "organisation_number"
    CPV = "cpv"
    OTHER = "other"


@dataclass(frozen=True)
class Leaf:
    """One value."""

    kind: Kind
    hint: Any
    chosen: bool = False  # picked from a closed list: says nothing alone


@dataclass(frozen=True)
class Many:
    """A list of something."""

    item: "Shape"


@dataclass(frozen=True)
class ByLanguage:
    """Something for each language."""

    item: "Shape"


@dataclass(frozen=True)
class Fields:
    """A part with named fields."""

    model: type[BaseModel]
    fields: Mapping[str, "Shape"] = field(repr=False)

    @property
    def stated(self) -> bool:
        """Tell whether the part names its sources: then it is a statement, and somebody's."""
        return "sources" in self.fields and self.model is not CaseFile


Shape = Leaf | Many | ByLanguage | Fields

KINDS: tuple[tuple[Any, Kind], ...] = (
    (model.Words, Kind.TEXT),
    (model.Line, Kind.LINE),
    (model.Slug, Kind.CODE),
    (model.PartialDate, Kind.DATE),
    (model.WebAddress, Kind.ADDRESS),
    (model.OrganisationNumber, Kind.ORGANISATION_NUMBER),
    (model.CpvCode, Kind.CPV),
    (model.Count, Kind.COUNT),
    (date, Kind.DAY),
    (Decimal, Kind.NUMBER),
)
BY_NAME = {"email": Kind.EMAIL, "phone": Kind.PHONE, "amount": Kind.NUMBER}


@cache
def case_shape() -> Fields:
    """Return the shape of a whole case file."""
    return shape_of(CaseFile)


@cache
def shape_of(part: type[BaseModel]) -> Fields:
    """Return the shape of a part."""
    hints = get_type_hints(part, include_extras=True)
    fields = {name: _shape(hints[name], name) for name in part.model_fields}
    return Fields(part, fields)


def _shape(hint: Any, name: str) -> Shape:
    known = next((kind for one, kind in KINDS if hint == one), None)
    if known or name in BY_NAME:
        bare = _without_none(hint)
        return Leaf(BY_NAME.get(name) or known or Kind.OTHER, bare)
    return _compound(hint, name)


def _compound(hint: Any, name: str) -> Shape:
    origin, given = get_origin(hint), get_args(hint)
    if origin is Annotated or origin in {Union, UnionType}:
        return _shape(_without_none(given[0] if origin is Annotated else hint), name)
    if origin is list:
        return Many(_shape(given[0], ""))
    if origin is dict:
        return ByLanguage(_shape(given[1], ""))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return shape_of(hint)
    chosen = origin is Literal or (isinstance(hint, type) and issubclass(hint, Enum))
    return Leaf(Kind.CODE if chosen else Kind.OTHER, hint, chosen)


def _without_none(hint: Any) -> Any:
    """Return ``X`` for ``X | None``."""
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    return next(one for one in get_args(hint) if one is not NoneType)
