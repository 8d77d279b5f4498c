"""What a measured set gives: for each group, who was asked, and each measure's value for every item.

From that come means, and how far ahead we are of each peer with the interval that chance leaves: a paired bootstrap,
in which the items are drawn again and again and the difference is taken over those drawn.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean

OURS = "Ringvirkning"
SEED = 20261127
RESAMPLES = 2_000
SURE = 0.95
DECIMALS = 4
Values = dict[str, list[float]]  # measure → a value for each item, 0–1
Nearest = Callable[[str, int], list[tuple[str, float]]]  # a text and how many → the best keys with their scores
Group = dict[str, Values]  # who → values, the items in the same order for everybody


@dataclass(frozen=True)
class Measured:
    """One set measured. ``items`` tells what was left out and why, ``skipped`` who could not be asked."""

    groups: dict[str, Group]
    items: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def told(measured: Measured) -> dict[str, object]:
    """Return a measured set as plain data."""
    groups = {
        name: {"n": count(group), "scores": means(group), "ahead": ahead(group)}
        for name, group in measured.groups.items()
        if count(group)
    }
    return {"groups": groups, "items": measured.items, "skipped": measured.skipped}


def count(group: Group) -> int:
    """Return how many items a group has."""
    return max((len(one) for values in group.values() for one in values.values()), default=0)


def means(group: Group) -> dict[str, dict[str, float]]:
    """Return who → measure → mean."""
    return {
        who: {name: round(fmean(listed), DECIMALS) for name, listed in values.items() if listed}
        for who, values in group.items()
    }


def ahead(group: Group, resamples: int = RESAMPLES) -> dict[str, dict[str, dict[str, float]]]:
    """Return peer → measure → how far we are ahead of it, with least and most. Ways of our own are no peers."""
    ours = group.get(OURS, {})
    return {
        peer: {
            name: difference(ours[name], values[name], resamples)
            for name in ours
            if len(values.get(name, ())) == len(ours[name]) > 0
        }
        for peer, values in group.items()
        if not peer.startswith(OURS)
    }


def difference(ours: list[float], theirs: list[float], resamples: int = RESAMPLES) -> dict[str, float]:
    """Return the mean of ours − theirs, and the interval that holds it ``SURE`` of the times the items are drawn."""
    apart = [mine - other for mine, other in zip(ours, theirs, strict=True)]
    dice = random.Random(SEED)  # noqa: S311 - no secret: the same draw each time
    drawn = sorted(fmean(dice.choices(apart, k=len(apart))) for _ in range(resamples))
    outside = round((1 - SURE) / 2 * resamples)
    told_ = {"difference": fmean(apart), "least": drawn[outside], "most": drawn[-1 - outside]}
    return {name: round(value, DECIMALS) for name, value in told_.items()}
