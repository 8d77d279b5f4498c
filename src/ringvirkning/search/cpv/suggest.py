"""The door to CPV suggestions: a need or a notice's text in, codes with labels, how sure we are, and why out."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from ringvirkning.search.cpv.asked import asked
from ringvirkning.search.cpv.evidence import Evidence, evidence
from ringvirkning.search.cpv.explain import deciding, speaking
from ringvirkning.search.cpv.neighbours import Neighbours, neighbours
from ringvirkning.search.cpv.weights import CLASS, DIVISION, GROUP
from ringvirkning.search.query import TELLING
from ringvirkning.sources.tables import cpv_labels

DIGITS = 8
CATEGORY = 5
# How much of what speaks for a code must speak for one below it before we go down there, by digits: measured on the
# tuning half of the notices, where one step further down was more often wrong than right (docs/how-to/male-soket.md).
SURE = {GROUP: 0.7, CLASS: 0.7, CATEGORY: 0.9, DIGITS: 0.95}
LOOKED_AT = 8  # times as many classes as suggestions: the best ones often lie in one division
LEAST = 0.08  # of all evidence: below that three of four suggestions were wrong
Why = Callable[[str, list[str]], tuple[str, ...]]  # digits of a code, and notices that have it → deciding words


@dataclass(frozen=True)
class SuggestedCpv:
    """A code that fits, at the level we are sure of: "90400000" says group 904 and no more."""

    code: str
    label: str
    score: float  # 0–1: its share of all that spoke for any code
    because: tuple[str, ...]  # words of the text that decided, in lower case, the weightiest first
    notices: int = 0  # how many of the likest notices have it


def suggest_cpv(text: str, *, most: int = 5, reader: str = "nb", without: Collection[str] = ()) -> list[SuggestedCpv]:
    """Return codes for a text, the surest first. ``reader`` is the language of labels; ``without`` as ``neighbours``.

    Nothing is returned for a text that says nothing of goods or services.
    """
    read = asked(text)
    if max(read.understood.terms.values(), default=0.0) < TELLING:
        return []
    near = neighbours(read, without=without)
    found = evidence(read, near)
    why = partial(deciding, speaking(read))
    return [_told(why, near, prefix, share, reader) for prefix, share in _chosen(found, most)]


def _chosen(found: Evidence, most: int) -> list[tuple[str, float]]:
    """Return the prefixes to suggest with their shares: one for each class that stands out, none inside another."""
    chosen: dict[str, float] = {}
    best = sorted(found.classes, key=lambda key: (-found.classes[key], key))
    for key in best[: most * LOOKED_AT]:
        prefix, share = _as_deep_as_sure(found, key)
        if len(chosen) < most and share >= LEAST and not any(_overlap(prefix, one) for one in chosen):
            chosen[prefix] = share
    return sorted(chosen.items(), key=lambda one: (-one[1], one[0]))


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _as_deep_as_sure(found: Evidence, key: str) -> tuple[str, float]:
    """Return how far down towards a class, and below it, the evidence goes, and the share of all it has there."""
    prefix, share = key[:DIVISION], found.divisions[key[:DIVISION]]
    known, kept = cpv_labels(), (prefix, share)
    for below, inside in _path(found, key):
        if inside < SURE[len(below)]:
            break
        share *= inside
        if below.ljust(DIGITS, "0") in known:  # a few codes have others below them and are none themselves
            kept = (below, share)
    return _without_zeros(kept[0]), kept[1]


def _path(found: Evidence, key: str) -> Iterator[tuple[str, float]]:
    """Yield the codes on the way down, each with its part of what speaks for the one above."""
    yield key[:GROUP], found.groups[key[:GROUP]] / found.divisions[key[:DIVISION]]
    yield key, found.classes[key] / found.groups[key[:GROUP]]
    above = key
    for digits in (CATEGORY, DIGITS):
        inside = found.inside(above, digits)
        if not inside:
            return
        above = max(inside, key=lambda code: (inside[code], code))
        yield above, inside[above]


def _without_zeros(prefix: str) -> str:
    return prefix.rstrip("0").ljust(2, "0")


def _told(why: Why, near: Neighbours, prefix: str, share: float, reader: str) -> SuggestedCpv:
    code = prefix.ljust(DIGITS, "0")
    voters = [key for key, codes in near.notices.items() if any(one.startswith(prefix) for one in codes)]
    return SuggestedCpv(
        code=code,
        label=label_of(code, reader),
        score=min(1.0, share),
        because=why(prefix, voters),
        notices=len(voters),
    )


def label_of(code: str, reader: str) -> str:
    """Return the label of a code: in English for English readers, in bokmål for others (there is no nynorsk)."""
    norwegian, english = cpv_labels()[code][:2]
    return english if reader == "en" else norwegian
