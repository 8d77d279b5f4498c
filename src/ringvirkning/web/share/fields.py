"""From what the browser sent to the content of a step. Only known places are written; the rest is left as it was.

What was typed is kept as it was typed: "ca 10" stays "ca 10" until ``publishing.compose`` reads it. A name in the form
is a place in the case file with the language behind it ("need.description.text.nb", "figures.0.label.nb").
"""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from ringvirkning.sources.tables import cpv_labels, themes
from ringvirkning.web.share.shapes import CHOSEN, SEVERAL, Field, Guide, Items, Kind, Part, fields_in, lists_in

Content = dict[str, Any]
MOST_ITEMS = 200
# What stands in an item without anybody having written anything.
QUIET = {"id", "language", "licence", "checked", "sources"}


@dataclass(frozen=True)
class Typed:
    """What the browser sent for one step: its values, the languages asked in, and the sources that may be named."""

    values: QueryDict
    languages: Sequence[str]
    source_ids: Collection[str] = ()

    def text(self, name: str) -> str | None:
        """Return what was typed, with plain line breaks; None when the form did not ask."""
        value = self.values.get(name)
        # A null character cannot be stored, and nobody types one.
        return None if value is None else value.replace("\r\n", "\n").replace("\x00", "")


def read(guide: Guide, stored: Content, typed: Typed) -> Content:
    """Return the step's content with what was typed put in."""
    content = deepcopy(stored)
    _read_parts(content, guide.parts, "", typed)
    return content


def _read_parts(target: Content, parts: tuple[Part, ...], prefix: str, typed: Typed) -> None:
    fields = list(fields_in(parts))
    answers = {
        field.when.field: _answer(target, field.when.field, fields, prefix, typed) for field in fields if field.when
    }
    for field in fields:
        if field.when is None:
            _read_field(target, field, prefix, typed)
    _read_conditional([field for field in fields if field.when], answers, target, prefix, typed)
    for items in lists_in(parts):
        _read_items(target, items, prefix, typed)


def _answer(target: Content, asked: str, fields: list[Field], prefix: str, typed: Typed) -> tuple[str, bool]:
    """Return the answer that decides which fields apply, and whether the writer was the one to give it."""
    given = typed.text(prefix + asked) if any(field.path == asked for field in fields) else None
    return (given, True) if given else (answer_in(target, asked), False)


def _read_conditional(
    fields: list[Field], answers: dict[str, tuple[str, bool]], target: Content, prefix: str, typed: Typed
) -> None:
    """Read the fields that apply. A place that no longer applies is emptied: two kinds of figures never blur."""
    applies = {field.path for field in fields if field.when and answers[field.when.field][0] in field.when.answers}
    for field in fields:
        if field.when is None:
            continue
        answer, given = answers[field.when.field]
        if answer in field.when.answers:
            _read_field(target, field, prefix, typed)
        elif given and field.path not in applies:
            put(target, _whole(field), None)


def _read_items(target: Content, items: Items, prefix: str, typed: Typed) -> None:
    name = prefix + items.path
    count = typed.text(f"{name}.count") or ""
    if not count.isascii() or not count.isdigit():
        return
    before = as_list(at(target, items.path))
    after = []
    for number in range(min(int(count[:6]), MOST_ITEMS)):
        item = deepcopy(as_dict(before[number])) if number < len(before) else {}
        _read_parts(item, items.parts, f"{name}.{number}.", typed)
        if number < len(before) or not is_blank(item):
            after.append(item)
    # What the page did not know of stays: somebody else has added it.
    put(target, items.path, after + before[min(int(count[:6]), MOST_ITEMS) :])


def _read_field(target: Content, field: Field, prefix: str, typed: Typed) -> None:
    name = prefix + field.name
    if field.kind is Kind.FORK:
        return
    if field.kind in SEVERAL:
        _read_several(target, field, name, typed)
    elif field.written:
        for language in typed.languages:
            _write(target, field, f"{field.path}.{language}", typed.text(f"{name}.{language}"))
    else:
        _write(target, field, field.path, typed.text(name))


def _write(target: Content, field: Field, path: str, text: str | None) -> None:
    if text is None or (field.kind in CHOSEN and text and text not in (field.choices or ())):
        return
    if field.kind is Kind.LINES:
        put(target, path, [line.strip() for line in text.split("\n") if line.strip()])
    elif field.kind is Kind.ORGANISATION:
        _name_organisation(target, path, text)
    else:
        put(target, path, text if text.strip() else None)


def _whole(field: Field) -> str:
    """Return the place that a field stands for: an organisation's name stands for the organisation."""
    return field.path.rpartition(".")[0] if field.kind is Kind.ORGANISATION else field.path


def _name_organisation(target: Content, path: str, name: str) -> None:
    """Write the name. Its number belongs to the old name, so it goes when the name is another."""
    parent = path.rpartition(".")[0]
    if name.strip() != str(at(target, path) or "").strip():
        put(target, parent, {"name": name} if name.strip() else None)


def _read_several(target: Content, field: Field, name: str, typed: Typed) -> None:
    if name not in typed.values:
        return
    before = [one for one in as_list(at(target, field.path)) if isinstance(one, str)]
    known = _known(field, typed)
    chosen = [one for one in typed.values.getlist(name) if one in before or known(one)]
    # What was chosen before keeps its order: the first theme is the case's main one.
    put(target, field.path, list(dict.fromkeys([*(one for one in before if one in chosen), *chosen])))


def _known(field: Field, typed: Typed) -> Callable[[str], bool]:
    known: dict[Kind, Collection[str]] = {
        Kind.THEMES: themes(),
        Kind.CODES: cpv_labels(),
        Kind.SPEAKERS: typed.source_ids,
    }
    values = known.get(field.kind, field.choices or ())
    return lambda value: value in values


# What decides which questions an item is asked, when the case file does not hold the answer itself.


def answer_in(item: Content, asked: str) -> str:
    """Return the answer an item already gives to a question that decides which fields apply."""
    forks: dict[str, Callable[[Content], str]] = {"shape": _shape, "who": _who, "place": _place}
    return forks[asked](item) if asked in forks else str(at(item, asked) or "")


def _shape(figure: Content) -> str:
    low, high = "low" in figure, "high" in figure
    return "between" if low and high else "over" if low else "upto" if high else "value"


def _who(item: Content) -> str:
    return "group" if item.get("group") and not item.get("organisation") else "named"


def _place(document: Content) -> str:
    file = document.get("file")
    if not isinstance(file, dict):
        return "url"
    return "picture" if str(file.get("media_type", "")).startswith("image/") else "file"


# Small things about places in a document.


def at(content: Any, path: str) -> Any:
    """Return what stands at a place such as "need.description.text" or "figures.0.label"; None when nothing does."""
    for part in path.split("."):
        if isinstance(content, dict):
            content = content.get(part)
        elif isinstance(content, list) and _place_in(content, part) is not None:
            content = content[int(part)]
        else:
            return None
    return content


def _place_in(rows: list[Any], number: str) -> int | None:
    """Return the place in a list that a name speaks of, None when there is none: a name may end in anything."""
    known = number.isascii() and number.isdigit() and len(number) <= len(str(MOST_ITEMS)) + 1
    return int(number) if known and int(number) < len(rows) else None


def put(content: Content, path: str, value: Any) -> None:
    """Write a value at a place. None, "" and an empty list take the place away, and whatever is left empty above it."""
    first, _, rest = path.partition(".")
    if not rest:
        if value in (None, "", [], {}):
            content.pop(first, None)
        else:
            content[first] = value
        return
    child = content.get(first)
    child = child if isinstance(child, dict) else {}
    put(child, rest, value)
    put(content, first, child)


def is_blank(item: Any) -> bool:
    """Tell whether nobody has written anything in an item."""
    if isinstance(item, dict):
        return all(is_blank(value) for key, value in item.items() if key not in QUIET)
    if isinstance(item, list):
        return all(is_blank(value) for value in item)
    return item is None or not str(item).strip()


def tidy(guide: Guide, content: Content) -> Content:
    """Return the content without items that were emptied."""
    tidied = deepcopy(content)
    for items in lists_in(guide.parts):
        put(tidied, items.path, [item for item in as_list(at(tidied, items.path)) if not is_blank(item)])
    return tidied


def without(guide: Guide, content: Content, name: str) -> Content:
    """Return the content without the item of that name ("figures.1"), and the infographic without that figure."""
    path, _, number = name.rpartition(".")
    kept = deepcopy(content)
    known = any(items.path == path for items in lists_in(guide.parts))
    before = as_list(at(kept, path)) if known else []
    place = _place_in(before, number)
    if place is None:
        return kept
    gone = as_dict(before.pop(place))
    put(kept, path, before)
    if path == "figures":
        shown = [one for one in as_list(at(kept, "infographic.figures")) if one != gone.get("id")]
        put(kept, "infographic", {**as_dict(kept.get("infographic")), "figures": shown} if shown else None)
    return kept


def as_list(value: Any) -> list[Any]:
    """Return the value when it is a list, else an empty one: stored content may be anything."""
    return list(value) if isinstance(value, list) else []


def as_dict(value: Any) -> Content:
    """Return the value when it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}
