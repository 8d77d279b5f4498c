"""How sure we are that the library answers a need: by the score of the best case and the concepts it shares.

The numbers were chosen on the tuning half of the judged needs, where 14 of 132 have no answer among the cases
(docs/explanation/behov.md): few, so they are round, and the middle is wide.
"""

import math
from collections.abc import Collection, Mapping

from ringvirkning.needs.terms import Certainty
from ringvirkning.search.text.analyser import HINTS, NAMES

SHARED = 2.0  # what it counts that the best case speaks of all concepts of the need, beside the log of its score
FOUND, UNSURE = 4.0, 2.75
SPOKEN_OF = 0.6  # of a need, from which a notice answers it


def certainty(score: float, concepts: Mapping[str, float], said: Collection[str]) -> Certainty:
    """Return how sure we are, from the best case's score and terms and the need's concepts with their weights."""
    total = sum(concepts.values())
    shared = sum(weight for one, weight in concepts.items() if NAMES + one in said or HINTS + one in said)
    worth = math.log1p(score) + (SHARED * shared / total if total else 0.0)
    return Certainty.FOUND if worth >= FOUND else Certainty.UNSURE if worth >= UNSURE else Certainty.NOTHING
