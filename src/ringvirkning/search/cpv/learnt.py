"""What words tell of CPV classes, learnt once from published notices and kept as figures in ``data/cpv_words.json``.

The table holds, for each stem of a word in our dictionary, how strongly it goes with some classes. It holds no text and
no name. It was never shown the notices that suggestions are measured on (``learning.py``).
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ringvirkning.sources.tables import data_folder, table

FILE = "cpv_words.json"
Learnt = Mapping[str, Mapping[str, float]]  # stem → class → how strongly they go together


@cache
def learnt() -> Learnt:
    """Return the table; an empty one when the program comes without it."""
    if not (data_folder() / FILE).exists():
        return {}
    words: Learnt = table(FILE)["words"]
    return words


def of_classes(known: Learnt, terms: Mapping[str, float]) -> dict[str, float]:
    """Return class → points."""
    found: dict[str, float] = defaultdict(float)
    for term, weight in terms.items():
        for key, strength in known.get(term, {}).items():
            found[key] += weight * strength
    return dict(found)
