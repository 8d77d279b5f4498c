"""How alike two needs are: the share of what they say, by weight, that they say both. No tables here.

A need is read as it is when it is searched for (``search.query.understand``), so that everyday words, field words,
nynorsk and compounds meet in the same concepts. The numbers were chosen on the tuning half of the judged needs, where
two needs count as the same when they have the same best case, and as unrelated when they share no case:

- A concept counts twice a word. With 1, 2 and 3: 18, 25 and 25 in 100 of the same stand above all but 5 in 1,000 of
  the unrelated.
- What is slight (padding, near concepts) is left out, and so is all but the 60 strongest terms: the same are told from
  the unrelated no worse (0.863 of pairs in the right order, 0.854 with everything), and comparing is quicker.
- How rare a term is among the open needs is not counted: it gave nothing (0.854 without, 0.853 with). So two needs are
  as alike today as they were yesterday, whatever others have come.
"""

import math
from collections import defaultdict
from collections.abc import Mapping

from ringvirkning.search.query import understand
from ringvirkning.search.text.analyser import HINTS, NAMES

Terms = Mapping[str, float]
CONCEPT = 2.0  # how much a concept that is named counts beside a word
SLIGHT = 0.3  # a term that weighs less than this is left out
MOST_TERMS = 60
DIGITS = 4


def terms_of(text: str) -> dict[str, float]:
    """Return what a need is about: its strongest terms, with weights whose squares add up to one. {} when nothing."""
    weights = {term: _weight(term, weight) for term, weight in understand(text).terms.items()}
    strong = sorted((term for term, weight in weights.items() if weight >= SLIGHT), key=lambda term: -weights[term])
    chosen = {term: weights[term] for term in strong[:MOST_TERMS]}
    length = math.sqrt(sum(weight * weight for weight in chosen.values()))
    return {term: round(weight / length, DIGITS) for term, weight in chosen.items()}


def _weight(term: str, weight: float) -> float:
    """Return what a term counts. A hint at a concept counts nothing: the concept's own term says the same."""
    if term.startswith(HINTS):
        return 0.0
    return weight * CONCEPT if term.startswith(NAMES) else weight


class Collection:
    """Many needs, to be compared with one. Needs come and go; whoever uses it lets one thread in at a time."""

    def __init__(self) -> None:
        self._terms: dict[str, Terms] = {}
        self._holders: dict[str, dict[str, float]] = defaultdict(dict)  # term → need → how strongly it says it

    def put(self, key: str, terms: Terms) -> None:
        """Put a need in, in place of what it was."""
        self.take_out(key)
        self._terms[key] = terms
        for term, weight in terms.items():
            self._holders[term][key] = weight

    def take_out(self, key: str) -> None:
        """Take a need out, if it is there."""
        for term in self._terms.pop(key, {}):
            del self._holders[term][key]

    def like(self, terms: Terms) -> list[tuple[str, float]]:
        """Return the needs that share anything with these terms, with their likeness 0–1, the most alike first."""
        sums: dict[str, float] = defaultdict(float)
        for term, weight in terms.items():
            for key, theirs in self._holders.get(term, {}).items():
                sums[key] += weight * theirs
        return sorted(((key, min(total, 1.0)) for key, total in sums.items()), key=lambda one: (-one[1], one[0]))
