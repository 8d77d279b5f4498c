"""From a need to weighted terms for notices, which are very many and in many languages.

The numbers were chosen by measuring (docs/decisions/0013): fewer terms and a limit to how many notices they may bring
in cost nothing in what is found, and make the difference between seconds and milliseconds among millions.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ringvirkning.search.plan import WeightedTerm
from ringvirkning.search.query import COMMON, TELLING, WORD, Understood, understand
from ringvirkning.search.text.analyser import analyser
from ringvirkning.search.text.repair import mender
from ringvirkning.search.text.tongues import other_stems
from ringvirkning.search.text.words import words

MOST_TERMS = 24
TOGETHER = 0.1  # of the notices: the telling terms are the rarest ones that are not in more than this together
ALWAYS = 3  # telling terms a need may have, however common


def understand_anywhere(text: str) -> Understood:
    """Read a need as Norwegian, and its words also as they would stand in other languages."""
    return anywhere(understand(text))


def anywhere(understood: Understood) -> Understood:
    """Add to a need, as it was understood, its words as they stand in other languages; what was struck stays out."""
    terms = dict(understood.terms)
    for word in words(understood.text):
        reading = analyser().read_word(word)
        if reading.stem in terms and not reading.small and not analyser().is_padding(word.form):
            for stem in other_stems(word.form, known=mender().knows(word.form)):
                terms[stem] = max(terms.get(stem, 0.0), WORD)
    return replace(understood, terms=terms)


def weigh(
    understood: Understood, shares: Callable[[Iterable[str]], Mapping[str, float]], *, together: float = TOGETHER
) -> tuple[WeightedTerm, ...]:
    """Return the terms that say most, for an engine: the rarest bring notices in, the others put them in order.

    ``together`` is the largest share of the notices that they may bring in.
    """
    share = shares(understood.terms)
    wanted = {**understood.terms, **_instead(understood, share)}
    present = [(term, weight) for term, weight in wanted.items() if share[term] > 0]
    chosen = sorted(present, key=lambda one: -one[1] * math.log1p(1 / share[one[0]]))[:MOST_TERMS]
    telling = _telling(chosen, share, together)
    return tuple(WeightedTerm(term, weight, term in telling or not telling) for term, weight in chosen)


def _instead(understood: Understood, share: Mapping[str, float]) -> dict[str, float]:
    """Return the parts of compounds that no notice has whole: they stand for the word, and weigh as it would."""
    readings = [analyser().read_word(word) for word in words(understood.text)]
    meant = [one for one in readings if not one.small and not analyser().is_padding(one.word.form)]
    return {part: WORD for one in meant if not share.get(one.stem) for part in one.parts if part in share}


def _telling(chosen: list[tuple[str, float]], share: Mapping[str, float], most: float) -> set[str]:
    """Return the terms a notice must have one of. None when the need is common words only: then any will do."""
    able = [term for term, weight in chosen if weight >= TELLING and share[term] <= COMMON]
    able.sort(key=lambda term: share[term])
    telling, together = set(able[:ALWAYS]), sum(share[term] for term in able[:ALWAYS])
    for term in able[ALWAYS:]:
        together += share[term]
        if together > most:
            break
        telling.add(term)
    return telling
