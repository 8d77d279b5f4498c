"""What CPV codes the notices most like a text have: each of the best votes, the likest with the most weight."""

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.search.cpv.asked import Asked
from ringvirkning.search.notices.index import notices_index
from ringvirkning.search.notices.noticedoc import KIND, NOTICES
from ringvirkning.search.notices.query import TOGETHER, weigh
from ringvirkning.search.plan import Engine, EngineBroken, Plan, WeightedTerm

# Measured on the tuning half of the notices (docs/how-to/male-soket.md).
MOST = 30  # notices that vote
POWER = 2  # of its score: what a vote weighs
FURTHER = 0.2  # a further code of a notice weighs this share of its first
MOST_CODES = 6  # of a notice with very many codes, each says little
AMONG = 20_000  # notices that may be brought in to choose them from: among millions the rarest words do
MANY = 100_000  # notices: a term in more of them says little of likeness, and takes most of the time
MORE_TERMS = 16  # beyond those that bring notices in, so that likeness is of the whole text


@dataclass(frozen=True)
class Neighbours:
    """The votes for each code, and who voted."""

    votes: dict[str, float] = field(default_factory=dict)
    notices: dict[str, tuple[str, ...]] = field(default_factory=dict)  # key of a notice → its codes


def neighbours(asked: Asked, *, without: Collection[str] = ()) -> Neighbours:
    """Return what the likest notices of this installation say. ``without`` are lives (procurements) left out.

    No notices, no index, or one that is being mended: nobody votes.
    """
    engine = notices_index.engine()
    if engine is None or not asked.terms:
        return Neighbours()
    try:
        return _voted(_best(engine, asked, MOST + len(without) * MOST), frozenset(without))
    except EngineBroken:
        notices_index.heal()
        return Neighbours()


def _best(engine: Engine, asked: Asked, most: int) -> list[tuple[str, float]]:
    telling = weigh(asked.weighed, engine.shares, together=min(TOGETHER, AMONG / max(1, engine.size)))
    if not telling:
        return []
    share = engine.shares(term.term for term in telling)
    chosen = [term for term in telling if term.telling or share[term.term] * engine.size <= MANY]
    plan = Plan((*chosen, *_more(engine, asked, telling)), NOTICES.kinds, limit=most, counted=())
    return [(key.removeprefix(f"{KIND}/"), score) for key, score in engine.find(plan).hits]


def _more(engine: Engine, asked: Asked, chosen: tuple[WeightedTerm, ...]) -> list[WeightedTerm]:
    """Return further terms that have a say in the order, without bringing anything in."""
    left = asked.terms.keys() - {term.term for term in chosen}
    share = engine.shares(left)
    present = [(asked.terms[term], term) for term in left if 0 < share[term] * engine.size <= MANY]
    present.sort(key=lambda one: (-one[0] * math.log1p(1 / share[one[1]]), one[1]))
    return [WeightedTerm(term, weight, telling=False) for weight, term in present[:MORE_TERMS]]


def _voted(hits: list[tuple[str, float]], without: frozenset[str]) -> Neighbours:
    found = Notice.objects.in_bulk([key for key, _ in hits], field_name="key")
    votes: dict[str, float] = defaultdict(float)
    said: dict[str, tuple[str, ...]] = {}
    for key, score in hits:
        notice = found.get(key)
        codes = queries.record_of(notice).cpv[:MOST_CODES] if notice and notice.life not in without else ()
        if codes and len(said) < MOST:
            said[key] = tuple(codes)
            for place, code in enumerate(dict.fromkeys(codes)):
                votes[code] += score**POWER * (FURTHER if place else 1.0)
    return Neighbours(dict(votes), said)
