"""All that speaks for CPV codes, put together: labels, concepts, learnt words, and notices like the text.

Each source is sharpened to shares and weighed. Powers and weights were measured on the tuning half of the notices and,
for the bridges, of the judged needs (docs/how-to/male-soket.md). A source that has nothing to say leaves its part to
the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ringvirkning.search.cpv.asked import Asked
from ringvirkning.search.cpv.bridges import bridges
from ringvirkning.search.cpv.labels import labels
from ringvirkning.search.cpv.learnt import learnt, of_classes
from ringvirkning.search.cpv.neighbours import Neighbours
from ringvirkning.search.cpv.weights import CLASS, DIVISION, GROUP, add_up, at_level, by_class, sharpened


class Say(NamedTuple):
    """How a source has its say: a larger power lets its best stand out, the weight is its part of the whole."""

    power: float
    weight: float


NOTICES = Say(1.5, 1.0)
LEARNT = Say(3.0, 0.3)
LABELS_OF_CLASSES = Say(3.0, 0.2)
LABELS_OF_CODES = Say(3.0, 0.2)
CONCEPTS_TO_CLASSES = Say(2.0, 0.2)
CONCEPTS_TO_CODES = Say(2.0, 0.2)
Source = tuple[Say, Mapping[str, float]]


@dataclass(frozen=True)
class Evidence:
    """Shares of all evidence, 0–1: of each class, and of each whole code."""

    classes: Mapping[str, float]
    codes: Mapping[str, float]

    @cached_property
    def divisions(self) -> dict[str, float]:
        """Return the shares of the divisions."""
        return at_level(self.classes, DIVISION)

    @cached_property
    def groups(self) -> dict[str, float]:
        """Return the shares of the groups."""
        return at_level(self.classes, GROUP)

    @cached_property
    def _codes_of(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for code, share in self.codes.items():
            found[code[:CLASS]][code] = share
        return found

    def inside(self, above: str, digits: int) -> dict[str, float]:
        """Return what lies inside a class or category: codes of so many digits, with their parts of it."""
        codes = self._codes_of.get(above[:CLASS], {})
        return sharpened(at_level({one: codes[one] for one in codes if one.startswith(above)}, digits), 1.0)


def evidence(asked: Asked, near: Neighbours) -> Evidence:
    """Put together what speaks for codes."""
    over = bridges().reach(asked)
    own_codes, led_codes = labels().of_codes(asked.terms), labels().of_codes(over)
    voted = (NOTICES, near.votes)
    of_classes_ = [
        (NOTICES, at_level(near.votes, CLASS)),
        (LEARNT, of_classes(learnt(), asked.terms)),
        (LABELS_OF_CLASSES, labels().of_classes(asked.terms)),
        (LABELS_OF_CODES, by_class(own_codes)),
        (CONCEPTS_TO_CLASSES, labels().of_classes(over)),
        (CONCEPTS_TO_CODES, by_class(led_codes)),
    ]
    return Evidence(
        _together(of_classes_), _together([voted, (LABELS_OF_CODES, own_codes), (CONCEPTS_TO_CODES, led_codes)])
    )


def _together(sources: Iterable[Source]) -> dict[str, float]:
    """Return the shares of all sources together; they add up to 1 when any has something to say."""
    heard = [(say.weight, sharpened(points, say.power)) for say, points in sources if points]
    return sharpened(add_up(heard), 1.0)
