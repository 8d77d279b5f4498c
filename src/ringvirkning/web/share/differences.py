"""Two people wrote in the same step: what differs between their texts, and what stands when they have chosen. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ringvirkning.web import words
from ringvirkning.web.share.drawing import summary
from ringvirkning.web.share.fields import Content, as_dict, as_list, at, is_blank, put
from ringvirkning.web.share.shapes import Field, Guide, Items, Kind, Part, fields_in, lists_in

MINE, THEIRS, BOTH = "mine", "theirs", "both"
ALIKE = 0.6


@dataclass(frozen=True)
class Difference:
    """One place where the two texts differ. ``mine`` or ``theirs`` is None where only the other has something."""

    name: str
    label: str
    mine: Any
    theirs: Any
    mine_said: tuple[tuple[str, str], ...]
    theirs_said: tuple[tuple[str, str], ...]
    can_keep_both: bool

    @property
    def suggested(self) -> str:
        """Return the choice that loses least: keep both where that can be, else what somebody has written."""
        if self.can_keep_both:
            return BOTH
        return THEIRS if self.theirs is not None else MINE


def differences(guide: Guide, mine: Content, theirs: Content) -> list[Difference]:
    """Return where the writer's text and the stored text differ, in the order of the form."""
    found = [one for path, asked in _places(guide.parts) for one in _field_difference(path, asked, mine, theirs)]
    for items in lists_in(guide.parts):
        pairs = paired(as_list(at(mine, items.path)), as_list(at(theirs, items.path)))
        found += [
            _item_difference(items, number, own, other) for number, (own, other) in enumerate(pairs) if own != other
        ]
    return found


def chosen(guide: Guide, mine: Content, theirs: Content, answers: Mapping[str, str]) -> Content:
    """Return the text that stands: what both agree on, and for each difference what was chosen."""
    content = deepcopy(theirs)
    for one in differences(guide, mine, theirs):
        path, is_item, _number = one.name.partition("#")
        if not is_item:
            put(content, path, _settled(one, answers.get(one.name, one.suggested)))
    for items in lists_in(guide.parts):
        pairs = paired(as_list(at(mine, items.path)), as_list(at(theirs, items.path)))
        kept = [item for number, pair in enumerate(pairs) for item in _kept(f"{items.path}#{number}", pair, answers)]
        put(content, items.path, kept)
    return content


def paired(mine: Sequence[Any], theirs: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return each item of theirs with the one of mine that it was, in their order; then those only mine has."""
    left = list(mine)
    pairs: list[list[Any]] = [[_take(left, other, same=True), other] for other in theirs]
    for pair in pairs:
        if pair[0] is None:
            pair[0] = _take(left, pair[1], same=False)
    return [(own, other) for own, other in pairs] + [(own, None) for own in left if not is_blank(own)]


def _take(left: list[Any], other: Any, *, same: bool) -> Any:
    for number, one in enumerate(left):
        if one == other if same else _alike(one, other):
            return left.pop(number)
    return None


def _alike(one: Any, other: Any) -> bool:
    one, other = as_dict(one), as_dict(other)
    if one.get("id") or other.get("id"):
        return bool(one.get("id") == other.get("id"))
    return SequenceMatcher(None, summary(one), summary(other)).ratio() > ALIKE


def _places(parts: tuple[Part, ...]) -> Iterator[tuple[str, Field]]:
    seen = set()
    for asked in fields_in(parts):
        if asked.kind is not Kind.FORK and asked.path not in seen:
            seen.add(asked.path)
            yield asked.path, asked


def _field_difference(path: str, asked: Field, mine: Content, theirs: Content) -> Iterator[Difference]:
    own, other = at(mine, path), at(theirs, path)
    if not asked.written:
        if own != other:
            yield _difference(path, str(asked.label), own, other, asked)
        return
    for language in dict.fromkeys([*as_dict(own), *as_dict(other)]):
        one, two = as_dict(own).get(language), as_dict(other).get(language)
        if one != two:
            label = f"{asked.label} ({words.LANGUAGES.get(language, language)})"
            yield _difference(f"{path}.{language}", label, one, two, asked)


def _difference(name: str, label: str, own: Any, other: Any, asked: Field) -> Difference:
    several = isinstance(own, list) and isinstance(other, list)
    both = bool(own and other) and (asked.kind is Kind.TEXT or several)
    return Difference(name, label, own, other, _said_value(asked, own), _said_value(asked, other), both)


def _item_difference(items: Items, number: int, own: Any, other: Any) -> Difference:
    name = f"{items.path}#{number}"
    both = own is not None and other is not None
    label = f"{items.one}: {summary(as_dict(other or own))}"
    return Difference(name, label, own, other, _said_item(items, own), _said_item(items, other), both)


def _said_item(items: Items, item: Any) -> tuple[tuple[str, str], ...]:
    """Return an item as labels and words."""
    told = [(asked, at(as_dict(item), path)) for path, asked in _places(items.parts)]
    return tuple(
        (str(asked.label), said) for asked, value in told for _label, said in _said_value(asked, value) if said
    )


def _said_value(asked: Field, value: Any) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    values = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
    choices: Mapping[str, str | Promise] = asked.choices or {}
    lines = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return (("", "\n".join(str(choices.get(str(one), one)) for one in lines)),)


def _settled(one: Difference, answer: str) -> Any:
    if answer == BOTH and one.can_keep_both:
        if isinstance(one.mine, list):
            return list(dict.fromkeys([*one.theirs, *one.mine]))
        return f"{one.theirs}\n\n{one.mine}"
    return one.mine if answer == MINE else one.theirs


def _kept(name: str, pair: tuple[Any, Any], answers: Mapping[str, str]) -> list[Any]:
    own, other = pair
    if own == other:
        return [other]
    default = BOTH if own is not None and other is not None else MINE if other is None else THEIRS
    answer = answers.get(name, default)
    picked = {MINE: [own], THEIRS: [other], BOTH: [other, own]}.get(answer, [other, own])
    return [one for one in picked if one is not None]


def leave_out(one: Difference) -> str:
    """Return what it means to choose the side that has nothing."""
    return _("Ta det bort") if one.theirs is not None else _("La det ligge")
