"""How near each case is to a need in meaning, on a scale that does not depend on the model. Needs numpy."""

import numpy as np

from ringvirkning.search.meaning.kept import Kept
from ringvirkning.search.meaning.model import Vectors

MOST = 200  # cases: those further off count as not near


def nearness(need: Vectors, kept: Kept) -> dict[str, float]:
    """Return key → nearness of the cases that are nearer than most, the nearest first.

    1 is the nearest case of all and 0 the middle one. How large the numbers of a model are says nothing: one calls two
    texts that have nothing to do with each other 0.8 alike, another 0.1.
    """
    if not kept.keys:
        return {}
    alike = np.maximum.reduceat(kept.vectors @ need, kept.starts)  # a case is as near as its nearest text
    middle, top = float(alike.mean()), float(alike.max())
    nearest = np.argsort(-alike, kind="stable")[:MOST]
    return {
        kept.keys[place]: (float(alike[place]) - middle) / (top - middle) for place in nearest if alike[place] > middle
    }
