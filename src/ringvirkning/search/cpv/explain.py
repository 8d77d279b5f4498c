"""Which words of a text decided for a CPV code: those that say most of it in labels, in concepts, and as learnt."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.search.cpv.asked import Asked
from ringvirkning.search.cpv.bridges import bridges
from ringvirkning.search.cpv.evidence import LEARNT
from ringvirkning.search.cpv.labels import Labels, labels
from ringvirkning.search.cpv.learnt import learnt
from ringvirkning.search.text.tongues import terms_in

MOST = 4  # words told
LEAST = 0.25  # of what the first word says
COMMON = 100  # classes: a word in the labels of more decides for none
LOOKED_AT = 5  # notices whose titles are read when no label and no table says why
Led = Mapping[str, Sequence[tuple[str, float]]]  # an end → the terms of the text that lead there, and how much


class Speaking(NamedTuple):
    """What the words of a text speak for: terms of labels, by the concepts they name, and classes, as was learnt."""

    asked: Asked
    to_terms: Led
    to_classes: Led


def speaking(asked: Asked) -> Speaking:
    """Put together what a text's words speak for, once for all codes: thousands of things for a long text."""
    to_terms: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for start, end, weight in bridges().crossed(asked):
        to_terms[end].append((start, weight))
    to_classes: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for term, weight in asked.terms.items():
        for key, share in learnt().get(term, {}).items():
            to_classes[key].append((term, LEARNT.weight * weight * share))
    return Speaking(asked, to_terms, to_classes)


def deciding(text: Speaking, prefix: str, voters: list[str]) -> tuple[str, ...]:
    """Return the words that speak for a code, the weightiest first. ``prefix`` is its digits, zeros taken off.

    ``voters`` are keys of notices that have the code, the likest first: where only they speak for it, the words are
    those that the text and their titles share.
    """
    points: dict[str, float] = defaultdict(float)
    for term, said in _said(text, prefix):
        points[term] += said
    return _best(text.asked, points) or _best(text.asked, _shared(text.asked, voters[:LOOKED_AT]))


def _said(text: Speaking, prefix: str) -> Iterator[tuple[str, float]]:
    """Yield terms of the text with how much each says of a code."""
    labelled, terms = _in_labels(labels(), prefix), text.asked.terms
    yield from ((term, weight * labelled[term]) for term, weight in terms.items() if term in labelled)
    for term, leading in text.to_terms.items():
        if term in labelled:
            yield from ((start, weight * labelled[term]) for start, weight in leading)
    for key, leading in text.to_classes.items():
        if _is_of(key, prefix):
            yield from leading


@lru_cache(maxsize=1_000)
def _in_labels(of: Labels, prefix: str) -> dict[str, float]:
    """Return term → how much it says of a code, by the labels of the classes that the code lies in or holds."""
    found: dict[str, float] = defaultdict(float)
    for key, terms in _by_class(of).items():
        for term in terms if _is_of(key, prefix) else ():
            found[term] = max(found[term], terms[term])
    return dict(found)


@lru_cache(maxsize=2)
def _by_class(of: Labels) -> dict[str, dict[str, float]]:
    """Return class → term → how much it says of the class. Words in the labels of very many classes say nothing."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for term, classes in of.classes.items():
        for key, share in classes if len(classes) <= COMMON else ():
            found[key][term] = of.rarity(term) * share
    return dict(found)


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
