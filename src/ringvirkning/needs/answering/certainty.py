"""How sure we are that the library answers a need: by the score of the best case, and what no case speaks of.

The numbers were chosen on the tuning half of the judged needs, where 57 of 175 have no answer among the cases
(docs/explanation/behov.md). They follow the vocabulary: when it grows, they are to be chosen anew.
"""

import math

from ringvirkning.needs.terms import Certainty

UNHEARD = 2.0  # what it takes away that no case speaks of something the need names, beside the log of a score
FOUND, UNSURE = 3.0, 2.0
SPOKEN_OF = 0.6  # of a need, from which a notice answers it
# On the tuning half, eight of ten useful answers (graded 2 or 3) among the first 25 cases come over the limit, and
# nearly half of what does is an answer.
CLOSE, STRENGTH = 2.7, 0.5


def case_is_close(strength: float, covers: float, score: float, unheard: int) -> bool:
    """Tell whether a case is near enough to a need to be an answer to it.

    ``strength`` is its part of the best case's score (0–1), ``covers`` how much of the need it speaks of (0–1),
    ``unheard`` how many of the need's concepts no case speaks of.
    """
    return _worth(score, unheard) + covers + strength * STRENGTH >= CLOSE


def notice_is_close(covers: float) -> bool:
    """Tell the same of a notice, of which the library knows only what it says."""
    return covers >= SPOKEN_OF


def certainty(score: float, unheard: int) -> Certainty:
    """Return how sure we are, from the best case's score and how many of the need's concepts no case speaks of."""
    worth = _worth(score, unheard)
    return Certainty.FOUND if worth >= FOUND else Certainty.UNSURE if worth >= UNSURE else Certainty.NOTHING


def _worth(score: float, unheard: int) -> float:
    return math.log1p(score) - UNHEARD * math.log1p(unheard)
