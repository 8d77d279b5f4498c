"""Two people wrote the same part at the same time: where they differ, and what stands once somebody chose. Pure."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ringvirkning.publishing.typed.normalise import written
from ringvirkning.web.needs.assess.forms import Content, at, put
from ringvirkning.web.needs.assess.words import ENDS, ITEM_FIELDS, field_word

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Clash:
    """One place where the two texts differ. None where a side has nothing."""

    place: str
    mine: Any
    theirs: Any

    @property
    def label(self) -> str:
        """Return what the place is called."""
        return field_word(self.place)

    @property
    def mine_said(self) -> str:
        """Return my side in words."""
        return said(self.place, self.mine)

    @property
    def theirs_said(self) -> str:
        """Return the other's side in words."""
        return said(self.place, self.theirs)

    @property
    def can_keep_both(self) -> bool:
        """Tell whether both can stand: long texts one after the other, lists together."""
        texts = isinstance(self.mine, str) and isinstance(self.theirs, str) and self.place != "title"
        lists = isinstance(self.mine, list) and isinstance(self.theirs, list)
        return bool(self.mine and self.theirs) and (lists or (texts and not _is_number(self.place)))

    @property
    def suggested(self) -> str:
        """Return the choice that loses least."""
        return BOTH if self.can_keep_both else MINE if self.theirs is None else THEIRS


def clashes(mine: Content, theirs: Content) -> list[Clash]:
    """Return every place where two versions of a part differ, in the order of theirs and then mine."""
    places = dict.fromkeys([*leaves(theirs), *leaves(mine)])
    pairs = ((place, at(mine, place), at(theirs, place)) for place in places)
    return [Clash(place, own, other) for place, own, other in pairs if own != other]


def leaves(content: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Yield the place of each text, number and list."""
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def chosen(mine: Content, theirs: Content, answers: Mapping[str, str]) -> Content:
    """Return what stands: what both say, and for each clash what was chosen."""
    content = deepcopy(theirs)
    for one in clashes(mine, theirs):
        put(content, one.place, _settled(one, answers.get(one.place, one.suggested)))
    return content


def _settled(one: Clash, answer: str) -> Any:
    if answer == BOTH and one.can_keep_both:
        if isinstance(one.mine, list):
            return [*one.theirs, *(item for item in one.mine if item not in one.theirs)]
        return f"{one.theirs}\n\n{one.mine}"
    return one.mine if answer == MINE else one.theirs


def _is_number(place: str) -> bool:
    return place.rpartition(".")[2] in ENDS


def said(place: str, value: Any) -> str:
    """Return a value in words: a number as people write it, a list with an item on each line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_item(one) for one in value)
    return written(value) if _is_number(place) else str(value)


def _item(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    told = (f"{words}: {item[name]}" for name, words in ITEM_FIELDS.items() if item.get(name))
    return "\n".join(told) + "\n"
