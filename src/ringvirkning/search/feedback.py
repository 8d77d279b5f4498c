"""What the first hits have in common, as slight terms: the order gets better, and nothing more is found.

A need in everyday words finds a few cases by them. What else those cases say, in the words of the field, tells which of
the other hits are about the same. The numbers were chosen on the tuning half of the judged needs, where the optimum is
flat (docs/decisions/0006-search-by-concepts.md).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from ringvirkning.catalogue import queries
from ringvirkning.foundation.memo import Memo
from ringvirkning.search.casedoc import KIND, passages
from ringvirkning.search.plan import Engine, Found, Plan, WeightedTerm
from ringvirkning.search.text.analyser import analyser
from ringvirkning.sources.casefile.model import CaseFile

FIRST = 8  # hits that are listened to, the best with the most weight
MOST = 30  # terms
WEIGHT = 0.3  # of the term that most of them share, beside 1 for a word of the need
ENOUGH = 1.5  # how soon it adds nothing that a case says a term once more, as in BM25
TELLING_FIELDS = frozenset({"title", "need", "answer"})
SCORE = "score"

_worths: Memo[Mapping[str, float]] = Memo(300)  # of a case's terms; made anew when the library changes


def find_by_words(engine: Engine, plan: Plan) -> Found:
    """Answer a plan for cases, with the first hits having a say in the order. Raises ``EngineBroken``.

    Scores keep the scale of the need's own words: the best one is what the best would be by them alone.
    """
    by_score = plan.terms and plan.sort == SCORE
    hits = engine.find(replace(plan, offset=0, limit=FIRST, counted=())).hits if by_score else []
    if len(hits) < 2:
        return engine.find(plan)
    shared = _shared(engine, hits)
    asked = [replace(one, weight=one.weight + shared.pop(one.term, 0.0)) for one in plan.terms]
    slight = [WeightedTerm(term, weight, telling=False) for term, weight in shared.items()]
    found = engine.find(replace(plan, terms=(*asked, *slight), offset=0, limit=plan.offset + plan.limit))
    scale = hits[0][1] / found.hits[0][1] if found.hits else 1.0  # none when the index was changed in between
    return replace(found, hits=[(key, score * scale) for key, score in found.hits[plan.offset :]])


def _shared(engine: Engine, hits: list[tuple[str, float]]) -> dict[str, float]:
    """Return the terms that say most of the first hits with their weights, the weightiest first."""
    scores = {key.removeprefix(f"{KIND}/"): score for key, score in hits}
    points: dict[str, float] = defaultdict(float)
    for case, case_file in queries.read_cases_by_id(scores):
        state = (case.revision and case.revision.digest, analyser().vocabulary.name, engine.change)
        for term, worth in _worths.get(state, partial(_telling, engine, case_file)).items():
            points[term] += scores[case.case_id] * worth
    best = sorted(points, key=lambda term: (-points[term], term))[:MOST]
    most = max(points.values(), default=0.0)
    return {term: WEIGHT * points[term] / most for term in best}


def _telling(engine: Engine, case_file: CaseFile) -> dict[str, float]:
    """Return how much each term says of a case: often there, and rare elsewhere."""
    told = (one.text for one in passages(case_file) if one.field in TELLING_FIELDS)
    counts = Counter(term for text in told for term in analyser().terms(text))
    share = engine.shares(counts)
    return {
        term: count / (count + ENOUGH) * math.log(1 / share[term])
        for term, count in counts.items()
        if 0 < share[term] < 1
    }
