"""Learning which words go with which CPV classes, from notices somebody has given codes."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ringvirkning.search.cpv.weights import CLASS
from ringvirkning.search.notices.noticedoc import passages
from ringvirkning.search.text.analyser import HINTS, NAMES, analyser
from ringvirkning.search.text.tongues import terms_in
from ringvirkning.search.text.vocabulary import plain_words
from ringvirkning.sources.notices.record import Notice as Record

SAID = frozenset({"title", "description", "lot"})  # parts of a notice in words of its own; names of buyers are not
LEAST_NOTICES = 3  # a word in fewer says something of those notices rather than of a class
COMMON = 0.3  # of the notices: a more common word tells nothing
RARE_CLASS = 3  # notices added to those of each class, so that a class seen once does not take every word
LEAST, MOST = 0.02, 15  # weaker ties are left out; classes kept for a word
ROUNDED = 3  # decimals


@dataclass
class Counted:
    """How many notices have each word, each class, and each word in each class."""

    notices: int = 0
    words: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    together: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def count(self, words: Iterable[str], key: str) -> None:
        """Count one notice."""
        self.notices += 1
        self.classes[key] += 1
        for word in words:
            self.words[word] += 1
            self.together[word][key] += 1

    def strengths(self, word: str) -> dict[str, float]:
        """Return class → how strongly a word goes with it: Ochiai's coefficient times the word's rarity."""
        seen, rarity = self.words[word], math.log1p(self.notices / self.words[word])
        alike = {
            key: count / math.sqrt((seen + 1) * (self.classes[key] + RARE_CLASS))
            for key, count in self.together[word].items()
        }
        kept = sorted((key for key in alike if alike[key] >= LEAST), key=lambda key: (-alike[key], key))[:MOST]
        return {key: round(alike[key] * rarity, ROUNDED) for key in kept}


def learn(records: Iterable[Record]) -> dict[str, dict[str, float]]:
    """Return the table of words and classes that these notices teach. Only words of our dictionary are in it."""
    counted = Counted()
    for record in records:
        if record.cpv:
            counted.count(_words(record), record.cpv[0][:CLASS])
    known = _dictionary()
    enough = sorted(word for word in counted.words if _is_kept(word, counted, known))
    found = {word: counted.strengths(word) for word in enough}
    return {word: classes for word, classes in found.items() if classes}


def _words(record: Record) -> set[str]:
    said = [one for one in passages(record) if one.part in SAID]
    return {term for one in said for term in terms_in(one.language, one.text)}


def _is_kept(word: str, counted: Counted, known: frozenset[str]) -> bool:
    spread = LEAST_NOTICES <= counted.words[word] <= COMMON * counted.notices
    return spread and (word[0] in (NAMES, HINTS) or (word.isalpha() and word in known))


def _dictionary() -> frozenset[str]:
    """Return the stems of the words we know, so that no name of a person or a place is taken for a word."""
    reader = analyser()
    return frozenset(stem for form in plain_words() for stem in (reader.read_form(form)[0], reader.stem_word(form)))
