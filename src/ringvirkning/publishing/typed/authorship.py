"""Who said what, kept while people write. Pure.

A statement rests on its sources. When somebody changes what a statement says, their own word is added to them; when
somebody writes a new one without a source, it rests on their own word. Own words are the house's to keep: a form that
does not show them cannot take them away.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringvirkning.publishing.typed.reading import read_part_of
from ringvirkning.publishing.typed.shape import Fields, Many, Shape, case_shape


@dataclass(frozen=True)
class Voices:
    """Ids of own words in a draft: whose hand is writing, and who is meant where no source stands."""

    writer: str
    implied: str
    own: frozenset[str]


def stamped(new: Mapping[str, Any], old: Mapping[str, Any], voices: Voices) -> dict[str, Any]:
    """Return a step's new content with the own words that belong to what was changed since the old."""
    fields = case_shape().fields
    return {key: _stamp(fields[key], value, old.get(key), voices) for key, value in new.items()}


def _stamp(shape: Shape, new: Any, old: Any, voices: Voices) -> Any:
    if isinstance(shape, Many) and isinstance(new, list):
        if not isinstance(shape.item, Fields):
            return new
        pairs = _paired(shape.item, new, old if isinstance(old, list) else [])
        return [_stamp(shape.item, one, before, voices) for one, before in pairs]
    if not isinstance(shape, Fields) or not isinstance(new, dict):
        return new
    before = old if isinstance(old, dict) else {}
    fields = shape.fields
    part = {
        key: _stamp(fields[key], one, before.get(key), voices) if key in fields else one for key, one in new.items()
    }
    return _rested(shape, part, before, voices) if shape.stated else part


def _rested(shape: Fields, new: dict[str, Any], old: dict[str, Any], voices: Voices) -> dict[str, Any]:
    says, said = claim(shape, new), claim(shape, old)
    if says is None:
        return new
    given = _sources(new)
    kept = [one for one in (_sources(old) or [voices.implied]) if one in voices.own] if said else []
    if says == said:
        kept = kept if _sources(old) else []  # what was left unsaid stays unsaid
    elif said or not given:
        kept = [*kept, voices.writer]
    sources = list(dict.fromkeys([*given, *kept]))
    return {**new, "sources": sources} if sources != new.get("sources", []) else new


def _sources(part: Mapping[str, Any]) -> list[str]:
    named = part.get("sources")
    return [one for one in named if isinstance(one, str)] if isinstance(named, list) else []


def claim(shape: Fields, part: Mapping[str, Any]) -> str | None:
    """Return what a statement itself says, in a form to compare; None when it says nothing.

    How it is written does not count ("100 000" or 100000), nor what is understood anyway, nor the parts within it that
    have sources of their own.
    """
    told = read_part_of(shape, part)
    own = {
        name: value for name, value in told.items() if not _apart(shape, name) and not _understood(shape, name, value)
    }
    return json.dumps(own, sort_keys=True, default=str) if own else None


def _apart(shape: Fields, name: str) -> bool:
    inner = shape.fields[name]
    inner = inner.item if isinstance(inner, Many) else inner
    return name in {"sources", "id"} or (isinstance(inner, Fields) and inner.stated)


def _understood(shape: Fields, name: str, value: Any) -> bool:
    told = shape.model.model_fields[name]
    return not told.is_required() and value == told.default


def _paired(shape: Fields, new: list[Any], old: list[Any]) -> Iterable[tuple[Any, Any]]:
    """Give each new row with the old one it comes from: the same id, the same words, else the next that is left."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, one in reversed(list(enumerate(old))):
        for mark in _marks(shape, one):
            waiting[mark].append(number)
    taken: set[int] = set()
    found: dict[int, int] = {}
    for number, one in enumerate(new):
        same = next((old_number for mark in _marks(shape, one) for old_number in _free(waiting[mark], taken)), None)
        if same is not None:
            found[number] = same
            taken.add(same)
    rest = iter([number for number in range(len(old)) if number not in taken])
    origins = [found[number] if number in found else next(rest, None) for number in range(len(new))]
    return [(one, None if origin is None else old[origin]) for one, origin in zip(new, origins, strict=True)]


def _free(numbers: list[int], taken: set[int]) -> Iterable[int]:
    """Give the first of these rows that is not taken; those taken are dropped for good."""
    while numbers and numbers[-1] in taken:
        numbers.pop()
    return numbers[-1:]


def _marks(shape: Fields, row: Any) -> list[str]:
    if not isinstance(row, dict):
        return []
    says = claim(shape, row)
    known = [f"id {row['id']}"] if isinstance(row.get("id"), str) and row["id"] else []
    return [*known, *([f"says {says}"] if says else [])]
