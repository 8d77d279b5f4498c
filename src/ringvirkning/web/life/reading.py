"""A draft read through, step by step: how it will look, what is wrong, what is missing, and what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ringvirkning.publishing.comments import comments_on
from ringvirkning.publishing.drafts import faults_of
from ringvirkning.publishing.models import Comment, Draft
from ringvirkning.publishing.terms import OWNS, Step
from ringvirkning.publishing.typed import completeness, compose
from ringvirkning.web.case_page import CasePage
from ringvirkning.web.life.comparing import item_name
from ringvirkning.web.life.draft_page import draft_page, looks_of
from ringvirkning.web.life.words import PARTS, STEPS


@dataclass(frozen=True)
class Placed:
    """A comment with the name of the part it is about."""

    comment: Comment
    about: str


@dataclass(frozen=True)
class Read:
    """One step of the draft as its reader meets it."""

    step: Step
    heading: str
    looks: list[str]
    faults: list[compose.DraftFault]
    gaps: list[completeness.Gap]
    comments: list[Placed]
    places: list[tuple[str, str]]  # what can be commented on: path, name

    @property
    def waiting(self) -> int:
        """Return how many comments are not done."""
        return sum(1 for placed in self.comments if placed.comment.done is None)


@dataclass(frozen=True)
class Reading:
    """The whole draft."""

    page: CasePage
    steps: list[Read]
    faults: list[compose.DraftFault]
    gaps: list[completeness.Gap]
    fullness: int

    @property
    def waiting(self) -> int:
        """Return how many comments are not done."""
        return sum(read.waiting for read in self.steps)


def reading(draft: Draft, document: dict[str, Any]) -> Reading:
    """Return the draft read through. ``document`` is its composed document."""
    case_file = compose.presentable(document)
    page = draft_page(draft, case_file)
    faults, gaps = faults_of(draft, document), completeness.gaps(case_file)
    comments = list(comments_on(draft))
    steps = [
        Read(
            step,
            str(STEPS[step]),
            looks_of(step, page),
            [fault for fault in faults if fault.step == step],
            [gap for gap in gaps if gap.step == step],
            [Placed(one, place_name(one.place, document)) for one in comments if one.step == step],
            list(_places(step, document)),
        )
        for step in Step
    ]
    return Reading(page, steps, faults, gaps, completeness.fullness(case_file))


def _places(step: Step, document: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield each item of the step's lists with its name. Parts that stand alone are the step itself."""
    for key in OWNS[step]:
        items = document.get(key)
        if isinstance(items, list) and any(isinstance(item, dict) for item in items):
            for number in range(len(items)):
                place = f"{key}.{number}"
                yield place, place_name(place, document)


def place_name(place: str, document: dict[str, Any]) -> str:
    """Return the name of a place: "Tall 1: Spart strøm"; "" for a whole step."""
    key, _, rest = place.partition(".")
    if key not in PARTS:
        return ""
    number = rest.split(".")[0]
    if not number.isdecimal():
        return str(PARTS[key])
    items = document.get(key)
    here = isinstance(items, list) and int(number) < len(items)
    own = item_name(items[int(number)]) if here and isinstance(items, list) else ""
    name = f"{PARTS[key]} {int(number) + 1}"
    return f"{name}: {own}" if own else name
