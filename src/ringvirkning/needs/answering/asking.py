"""Asking both indices: the need in, what may answer it out, best first, as candidates."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from ringvirkning.needs.answering.grouping import Candidate
from ringvirkning.needs.terms import AnswerKind
from ringvirkning.search.casedoc import CASES
from ringvirkning.search.cpv.widen import with_codes
from ringvirkning.search.index import index
from ringvirkning.search.live import LiveIndex
from ringvirkning.search.meaning import stage as meaning
from ringvirkning.search.meaning.fusion import Fused, find_near
from ringvirkning.search.notices.index import notices_index
from ringvirkning.search.notices.noticedoc import NOTICES
from ringvirkning.search.notices.query import weigh as weigh_for_notices
from ringvirkning.search.plan import Engine, EngineBroken, Found, Plan, WeightedTerm
from ringvirkning.search.query import Understood, weigh

MOST_CASES, MOST_NOTICES = 60, 120
NOTICE_WORTH = 0.6  # a case tells what was done and what came of it, a notice what somebody asked for
WELL_SAID = 1.5  # BM25 gives a word that stands twice in a short text about this much of its rarity
LEAST_SHARE = 1e-4
SLIGHT = 0.12  # of what the best could be: what is weaker than this says next to nothing of the need
Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Heard:
    """What one index answered. ``engine`` is None while the index is being mended."""

    engine: Engine | None
    found: Found
    most: float  # what a thing would score that says all of the need
    alone: frozenset[str] = frozenset()  # keys of what is there for its meaning only

    @property
    def best(self) -> float:
        """The best hit's score."""
        return self.found.hits[0][1] if self.found.hits else 0.0


NONE = Found(0, [], {})


def ask_cases(understood: Understood) -> Heard:
    """Return the cases that may answer the need."""

    def plan(engine: Engine) -> Plan:
        return Plan(weigh(understood, engine.shares), CASES.kinds, limit=MOST_CASES, counted=())

    return _ask(index, plan, partial(find_near, near=meaning.near(understood.text)))


def ask_notices(understood: Understood, codes: Mapping[str, float], filters: Filters) -> Heard:
    """Return the notices that may answer the need, or have a CPV code that fits it (``Question.codes``)."""
    wide = with_codes(understood, codes)

    def plan(engine: Engine) -> Plan:
        terms = weigh_for_notices(wide, engine.shares)
        return Plan(terms, NOTICES.kinds, filters, limit=MOST_NOTICES, counted=())

    return _ask(notices_index, plan, lambda engine, asked: Fused(engine.find(asked)), understood.terms)


def _ask(
    live: LiveIndex,
    plan_for: Callable[[Engine], Plan],
    find: Callable[[Engine, Plan], Fused],
    own: Collection[str] | None = None,
) -> Heard:
    """Ask an index; a need without a word that it knows finds nothing rather than everything.

    ``own`` are the terms of the need itself: those a thing that says all of the need would say.
    """
    engine = live.engine()
    if engine is None:
        return Heard(None, NONE, 0.0)
    try:
        plan = plan_for(engine)
        said = [one for one in plan.terms if own is None or one.term in own]
        most = _most(said, engine.shares(one.term for one in said))
        fused = find(engine, plan) if plan.terms else Fused(NONE)
        return Heard(engine, fused.found, most, fused.alone)
    except EngineBroken:
        live.heal()
        return Heard(None, NONE, 0.0)


def _most(terms: Iterable[WeightedTerm], share: Mapping[str, float]) -> float:
    """Return about what a thing would score that says all of the need, and says it well."""
    return WELL_SAID * sum(one.weight * math.log1p(1 / max(LEAST_SHARE, share[one.term])) for one in terms)


def case_candidates(heard: Heard) -> list[Candidate]:
    """Return the cases found as candidates: the best one is as strong as anything can be."""
    return _candidates(AnswerKind.CASE, heard, 1 / heard.best if heard.best else 0.0)


def notice_candidates(heard: Heard) -> list[Candidate]:
    """Return the notices found as candidates, as strong as what they say of the need: the best of them may be weak."""
    return _candidates(AnswerKind.NOTICE, heard, NOTICE_WORTH / heard.most if heard.most else 0.0)


def _candidates(kind: AnswerKind, heard: Heard, worth: float) -> list[Candidate]:
    told = heard.found.told
    strengths = ((key, min(1.0, worth * score)) for key, score in heard.found.hits)
    return [
        Candidate(kind, key.split("/", 1)[1], strength, told.get(key, ()))
        for key, strength in strengths
        if strength >= SLIGHT
    ]
