"""One list from two: what says the need's words, and what lies near it in meaning. Behind the engine's seam.

The numbers were chosen on the tuning half of the judged needs with a multilingual model (decision 0014). Nothing is
found by meaning when no word is found: a model finds something near to anything, also to a row of letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ringvirkning.search.feedback import SCORE, find_by_words
from ringvirkning.search.plan import Engine, Found, Plan

WEIGHT = 0.5  # of the nearest case's nearness, beside the score of the best case by words
ALONE = 0.6  # nearness from which a case without the need's words is found
MOST_ALONE = 5  # such cases
DEEP = 200  # hits by words that are put in another order


@dataclass(frozen=True)
class Fused:
    """What was found, and the keys of what is there for its meaning only."""

    found: Found
    alone: frozenset[str] = frozenset()


def find_near(engine: Engine, plan: Plan, near: Mapping[str, float]) -> Fused:
    """Answer a plan with the order of the best hits decided also by nearness, 0–1 by key, and the nearest added.

    Scores keep the scale of the engine: the best one is as it was. Counts are of what was found by words.
    Raises ``EngineBroken``.
    """
    if not near or plan.sort != SCORE or not plan.terms:
        return Fused(find_by_words(engine, plan))
    end = plan.offset + plan.limit
    deep = find_by_words(engine, replace(plan, offset=0, limit=max(DEEP, end)))
    if not deep.hits:
        return Fused(deep)
    alone = _alone(engine, plan, near, {key for key, _ in deep.hits})
    hits = [*fused(deep.hits[:DEEP], near, tuple(alone)), *deep.hits[DEEP:]][plan.offset : end]
    told = {**deep.told, **alone}
    told = {key: told[key] for key, _ in hits if key in told}
    return Fused(replace(deep, total=deep.total + len(alone), hits=hits, told=told), frozenset(alone))


def fused(
    hits: list[tuple[str, float]], near: Mapping[str, float], alone: tuple[str, ...] = ()
) -> list[tuple[str, float]]:
    """Return hits, the best first, and what is added, in their new order; the best score stays as it was."""
    best = hits[0][1] or 1.0
    share = {key: score / best + WEIGHT * near.get(key, 0.0) for key, score in hits}
    share |= {key: WEIGHT * near[key] for key in alone}
    scale = hits[0][1] / (max(share.values()) or 1.0)
    return sorted(((key, scale * one) for key, one in share.items()), key=lambda hit: -hit[1])


def _alone(engine: Engine, plan: Plan, near: Mapping[str, float], found: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the nearest things that no word finds and the filters let through, with what is told of each."""
    wanted = tuple(key for key, one in near.items() if one >= ALONE and key not in found)
    if not wanted:
        return {}
    those = replace(plan, only=wanted, offset=0, limit=len(wanted), counted=())
    by_words = {key for key, _ in engine.find(those).hits}
    let_through = engine.find(replace(those, terms=()))
    there = {key for key, _ in let_through.hits} - by_words
    return {key: let_through.told.get(key, ()) for key in [one for one in wanted if one in there][:MOST_ALONE]}
