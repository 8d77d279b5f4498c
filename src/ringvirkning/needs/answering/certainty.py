"""How sure we are that the library answers a need: by the score of the best case and the concepts it shares.

The numbers were chosen on the tuning half of the judged needs, where 14 of 132 have no answer among the cases
(docs/explanation/behov.md): few, so they are round, and the middle is wide. They follow the vocabulary: when it grows,
they are to be chosen anew.
"""

import math
from collections.abc import Collection, Mapping

from ringvirkning.needs.terms import Certainty
from ringvirkning.search.text.analyser import HINTS, NAMES

SHARED = 1.0  # what it counts that the best case speaks of all concepts of the need, beside the log of its score
FOUND, UNSURE = 3.4, 2.5
SPOKEN_OF = 0.6  # of a need, from which a notice answers it
# On the tuning half, seven of ten judged answers among the first 25 cases come over the limit, and half of what does
# is an answer. A limit on strength alone that lets as many over lets over more that is none: four of ten are answers.
COVERED, SCORED, CLOSE = 0.5, 0.2, 1.2


def case_is_close(strength: float, covers: float, score: float) -> bool:
    """Tell whether a case is near enough to a need to be an answer to it.

    ``strength`` is its part of the best case's score (0–1), ``covers`` how much of the need it speaks of (0–1).
    """
    return strength + covers * COVERED + math.log1p(score) * SCORED >= CLOSE


def notice_is_close(covers: float) -> bool:
    """Tell the same of a notice, of which the library knows only what it says."""
    return covers >= SPOKEN_OF


def certainty(score: float, concepts: Mapping[str, float], said: Collection[str]) -> Certainty:
    """Return how sure we are, from the best case's score and terms and the need's concepts with their weights."""
    total = sum(concepts.values())
    shared = sum(weight for one, weight in concepts.items() if NAMES + one in said or HINTS + one in said)
    worth = math.log1p(score) + (SHARED * shared / total if total else 0.0)
    return Certainty.FOUND if worth >= FOUND else Certainty.UNSURE if worth >= UNSURE else Certainty.NOTHING
