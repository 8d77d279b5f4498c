"""Which words of a text decided for a CPV code: those that say most of it in labels, in concepts, and as learnt."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.search.cpv.asked import Asked
from ringvirkning.search.cpv.evidence import LEARNT
from ringvirkning.search.cpv.labels import labels
from ringvirkning.search.cpv.learnt import learnt
from ringvirkning.search.text.tongues import terms_in

MOST = 4  # words told
LEAST = 0.25  # of what the first word says
COMMON = 100  # classes: a word in the labels of more decides for none
LOOKED_AT = 5  # notices whose titles are read when no label and no table says why
Crossed = Sequence[tuple[str, str, float]]


def deciding(asked: Asked, crossed: Crossed, prefix: str, voters: list[str]) -> tuple[str, ...]:
    """Return the words that speak for a code, the weightiest first. ``prefix`` is its digits, zeros taken off.

    ``crossed`` are the bridges that the text's concepts cross (``Bridges.crossed``). ``voters`` are keys of notices
    that have the code, the likest first: where only they speak for it, the words are those that the text and their
    titles share.
    """
    points: dict[str, float] = defaultdict(float)
    for term, said in _said(asked, crossed, prefix):
        points[term] += said
    return _best(asked, points) or _best(asked, _shared(asked, voters[:LOOKED_AT]))


def _said(asked: Asked, crossed: Crossed, prefix: str) -> Iterator[tuple[str, float]]:
    """Yield terms of the text with how much each says of a code."""
    for term, weight in asked.terms.items():
        yield term, weight * _tells(term, prefix)
    for start, term, weight in crossed:
        yield start, weight * _in_label(term, prefix)


def _tells(term: str, prefix: str) -> float:
    known = learnt().get(term, {})
    return _in_label(term, prefix) + LEARNT.weight * sum(known[key] for key in known if _is_of(key, prefix))


def _in_label(term: str, prefix: str) -> float:
    classes = labels().classes.get(term, ())
    if len(classes) > COMMON:
        return 0.0
    return labels().rarity(term) * max((share for key, share in classes if _is_of(key, prefix)), default=0.0)


def _is_of(key: str, prefix: str) -> bool:
    """Tell whether a class lies in a code or a code in the class."""
    return key.startswith(prefix) or prefix.startswith(key)


def _shared(asked: Asked, voters: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for notice in Notice.objects.filter(key__in=voters):
        titles = queries.record_of(notice).titles
        said = {term for language, title in titles.items() for term in terms_in(language, title)}
        found |= {term: asked.terms[term] for term in said & asked.terms.keys()}
    return found


def _best(asked: Asked, points: dict[str, float]) -> tuple[str, ...]:
    words: dict[str, float] = defaultdict(float)
    for term, value in points.items():
        for word in asked.words_of([term])[:1]:
            words[word] += value
    ranked = sorted((word for word in words if words[word] > 0), key=lambda word: (-words[word], word))
    return tuple(word for word in ranked if words[word] >= LEAST * words[ranked[0]])[:MOST]
