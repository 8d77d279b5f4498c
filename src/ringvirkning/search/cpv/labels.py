"""The labels of the CPV codes as a small index in memory, made the first time it is asked.

Labels are read in bokmål by our own analysis, so that compounds and concepts meet, and in English by its stems. They
are searched twice: each code by itself, and each class with all the labels in it, for a text often has one word from
each of several codes in the right class.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ringvirkning.search.cpv.weights import CLASS
from ringvirkning.search.text.stopwords import SMALL
from ringvirkning.search.text.tongues import ENGLISH, stem_in, terms_in
from ringvirkning.search.text.vocabulary import Vocabulary, vocabulary
from ringvirkning.search.text.words import forms
from ringvirkning.sources.tables import cpv_labels

ENOUGH = 1.2  # how soon more labels with the same word add nothing, as in BM25
COMMON = 100  # codes: a term in more labels than this tells none of them apart, and takes most of the time
LARGE = 0.2  # how much a class with many codes is held back
Terms = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Labels:
    """Term → where it stands. ``codes`` and ``classes`` are searched by ``of_codes`` and ``of_classes``."""

    codes: dict[str, tuple[str, ...]]
    lengths: dict[str, float]
    classes: dict[str, tuple[tuple[str, float], ...]]  # with how much the term says of the class, 0–1

    def of_codes(self, terms: Terms) -> dict[str, float]:
        """Return code → points: rare words count most, and short labels that are wholly said."""
        found: dict[str, float] = defaultdict(float)
        for term, weight in terms.items():
            codes = self.codes.get(term, ())
            gain = weight * self.rarity(term) ** 2
            for code in codes if len(codes) <= COMMON else ():
                found[code] += gain
        return {code: points / self.lengths[code] for code, points in found.items()}

    def of_classes(self, terms: Terms) -> dict[str, float]:
        """Return class → points."""
        found: dict[str, float] = defaultdict(float)
        for term, weight in terms.items():
            classes = self.classes.get(term, ())
            gain = weight * math.log1p(self.most_classes / len(classes)) if classes else 0.0
            for key, share in classes:
                found[key] += gain * share
        return dict(found)

    def rarity(self, term: str) -> float:
        """Return how much a term tells codes apart; 0 when no label has it."""
        codes = self.codes.get(term)
        return math.log1p(len(self.lengths) / len(codes)) if codes else 0.0

    @property
    def most_classes(self) -> int:
        """How many classes there may be to tell apart."""
        return len(self.lengths) // 10


def labels() -> Labels:
    """Return the index of labels for the vocabulary in use."""
    return _labels_of(vocabulary())


@lru_cache(maxsize=2)
def _labels_of(_chosen: Vocabulary) -> Labels:
    read = {code: Counter(_terms(*both[:2])) for code, both in cpv_labels().items()}
    codes: dict[str, list[str]] = defaultdict(list)
    for code, terms in read.items():
        for term in terms:
            codes[term].append(code)
    kept = {term: tuple(listed) for term, listed in codes.items()}
    unweighed = Labels(kept, dict.fromkeys(read, 1.0), {})
    lengths = {
        code: math.sqrt(math.fsum(unweighed.rarity(t) ** 2 for t in terms)) or 1.0 for code, terms in read.items()
    }
    return Labels(kept, lengths, _classes(read))


def _terms(norwegian: str, english: str = "") -> Iterable[str]:
    """Return the terms of a label in both languages. English words are not taken apart as Norwegian ones."""
    return [*terms_in("nb", norwegian), *(stem_in(ENGLISH, form) for form in forms(english) if form not in SMALL)]


def _classes(read: Mapping[str, Iterable[str]]) -> dict[str, tuple[tuple[str, float], ...]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sizes = Counter(code[:CLASS] for code in read)
    for code, terms in read.items():
        for term in terms:
            counts[term][code[:CLASS]] += 1
    usual = len(read) / len(sizes)
    shares = {key: ENOUGH * (1 - LARGE + LARGE * size / usual) for key, size in sizes.items()}
    return {
        term: tuple((key, count / (count + shares[key])) for key, count in of.items()) for term, of in counts.items()
    }
