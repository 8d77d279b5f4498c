"""The telling words of a text: stems that are neither grammar, nor said in every notice, nor part of a buyer's name.

Pure: no Django. The list of words that many notices have is ``data/notice_words.json`` (counted on real notices).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from math import log

import Stemmer

from ringvirkning.sources.tables import table

WORD = re.compile(r"[^\W\d_]{5,}")
MOST_RARE = 6.0  # no single word counts more than one in four hundred does
FEWEST = 70  # documents; with fewer, words are judged as if there were so many and none of the others had them
NO_MEMORY = 0  # of its own for a stemmer: it takes four times as long as stemming
_STEMMERS = {"en": "english", "sv": "swedish", "da": "danish"}


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_STEMMERS.get(language, "norwegian"), NO_MEMORY)


@cache
def common_words() -> frozenset[str]:
    """Return the stems that stand in many notices, whatever they are about."""
    return frozenset(stem for stems in table("notice_words.json")["stems"].values() for stem in stems)


def telling(texts: Mapping[str, str]) -> frozenset[str]:
    """Return the telling stems of texts per language ("nb" → words)."""
    found: set[str] = set()
    for language, text in texts.items():
        found.update(_stemmer(language).stemWords(sorted(set(WORD.findall(text.lower())))))
    return frozenset(found - common_words())


def rarities(documents: Iterable[frozenset[str]]) -> dict[str, float]:
    """Return stem → how much it tells: the logarithm of how few of the documents have it."""
    listed = list(documents)
    many = max(FEWEST, len(listed)) + 1
    counts = Counter(stem for stems in listed for stem in stems)
    return {stem: min(MOST_RARE, log(many / count)) for stem, count in counts.items()}
