"""What the house adds to typed content: ids, and marks at what awaits a yes. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# No database keeps these, and nobody has typed them: the one character that ends strings, and halves of others.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
FIRST = {"sources": "s", "figures": "tall-"}


def storable(value: Any) -> Any:
    """Return typed content without characters that a database cannot keep."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, Mapping):
        return {storable(key): storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def with_ids(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step's content with an id on each source and figure that says something. Ids once given never change.

    They are numbers, not names: a row gets its id while its name is still being typed.
    """
    return {key: _numbered(key, value) if key in FIRST else value for key, value in content.items()}


def _numbered(key: str, rows: Any) -> Any:
    if not isinstance(rows, list):
        return rows
    taken = [row["id"] for row in rows if isinstance(row, dict) and row.get("id")]
    found = []
    for row in rows:
        lacks = isinstance(row, dict) and not row.get("id") and _says_something(row)
        if lacks:
            taken.append(next_id(FIRST[key], taken))
        found.append({**row, "id": taken[-1]} if lacks else row)
    return found


def next_id(first: str, taken: Iterable[object]) -> str:
    """Return the first free id in a row: "s1", "s2", …"""
    used = set(map(str, taken))
    return next(wanted for wanted in (f"{first}{number}" for number in range(1, len(used) + 2)) if wanted not in used)


def _says_something(row: Mapping[str, Any]) -> bool:
    return any(_text(row.get(name)) for name in ("title", "url", "label", "value", "low", "high"))


def _text(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_text, value.values()))
    return bool(value.strip()) if isinstance(value, str) else value is not None


def moved_marks(marks: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the marks that still stand: at what nobody has touched, wherever in its list it is now."""
    found = [_moved(place.split("."), old, new) for place in marks]
    return list(dict.fromkeys(place for place in found if place))


def _moved(place: list[str], old: Any, new: Any) -> str:
    """Return where an unchanged value stands now, "" when it is changed or gone."""
    if not place:
        return ""
    key, rest = place[0], place[1:]
    if isinstance(old, list):
        return _moved_row(int(key) if key.isdecimal() else -1, rest, old, new)
    before, now = _get(old, key), _get(new, key)
    if before is None or now is None:
        return ""
    if not rest:
        return key if before == now else ""
    inner = _moved(rest, before, now)
    return f"{key}.{inner}" if inner else ""


def _moved_row(number: int, rest: list[str], old: list[Any], new: Any) -> str:
    if not isinstance(new, list) or not 0 <= number < len(old):
        return ""
    row = old[number]
    here = number if number < len(new) and _same(row, new[number], rest) else None
    there = here if here is not None else next((i for i, one in enumerate(new) if _same(row, one, rest)), None)
    return "" if there is None else ".".join([str(there), *rest])


def _same(old: Any, new: Any, rest: list[str]) -> bool:
    for key in rest:
        old, new = _get(old, key), _get(new, key)
    return old is not None and old == new


def _get(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return value[int(key)] if key.isdecimal() and int(key) < len(value) else None
    return value.get(key) if isinstance(value, dict) else None
