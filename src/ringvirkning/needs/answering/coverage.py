"""How much of what a need says a case or notice speaks of, and which words it does not.

A word of the need is spoken of when the thing says it, or names or hints at a concept it means; half when the thing
says a part of it. Rare words weigh more than common ones.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import HINTS, NAMES, Reading, analyser

Shares = Callable[[Iterable[str]], Mapping[str, float]]
RAREST = 0.003  # share of the documents: a rarer word weighs no more
HALF = 0.5
SHORTEST = 3  # letters of a word that is told as lacking: shorter ones tell a reader nothing


class Asked(NamedTuple):
    """A word of a need: as it was typed, what it weighs, the terms that say it, and those that say a part of it."""

    form: str
    weight: float
    whole: frozenset[str]
    parts: frozenset[str]


class Coverage(NamedTuple):
    """How much is spoken of, 0–1, and the words that are not, the weightiest first."""

    share: float
    lacks: tuple[str, ...]


def asked_words(understood: Understood, shares: Shares) -> list[Asked]:
    """Return the words of a need that mean something, each once."""
    readings = analyser().read(understood.text)
    concepts: dict[int, set[str]] = defaultdict(set)
    for mention in analyser().mentions(readings):
        if mention.concept in understood.concepts:
            for place in mention.readings:
                concepts[place] |= {NAMES + mention.concept, HINTS + mention.concept}
    found: dict[str, Asked] = {}
    for place, reading in enumerate(readings):
        if not reading.small and not analyser().is_padding(reading.word.form):
            asked = _asked(reading, understood, concepts[place])
            found.setdefault(reading.stem, asked)
    share = shares({term for one in found.values() for term in one.whole})
    return [one._replace(weight=_weight(one, share)) for one in found.values()]


def _asked(reading: Reading, understood: Understood, concepts: set[str]) -> Asked:
    mended = {analyser().read_form(form)[0] for form in understood.mended.get(reading.word.form, ())}
    return Asked(reading.word.form, 0.0, frozenset({reading.stem, *mended, *concepts}), frozenset(reading.parts))


def _weight(asked: Asked, share: Mapping[str, float]) -> float:
    """Return what a word weighs: by the rarest thing that says it, so a rare word with a common concept is rare."""
    return math.log1p(1 / max(RAREST, min(share.get(term, 0.0) for term in asked.whole)))


def covered(asked: Iterable[Asked], said: Collection[str]) -> Coverage:
    """Return how much of the need is spoken of by whatever says these terms."""
    total = spoken = 0.0
    lacking = []
    for one in asked:
        part = 1.0 if not one.whole.isdisjoint(said) else HALF if not one.parts.isdisjoint(said) else 0.0
        total += one.weight
        spoken += part * one.weight
        if part == 0.0 and len(one.form) >= SHORTEST:
            lacking.append(one)
    lacking.sort(key=lambda one: -one.weight)
    return Coverage(spoken / total if total else 0.0, tuple(one.form for one in lacking))
