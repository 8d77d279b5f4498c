"""From concepts to CPV: everyday words lead to field words, and field words stand in the labels of codes.

Two reviewed lists know which words mean the same: our vocabulary, and Los, the vocabulary of public services. When a
text speaks of one of their concepts, the labels are searched with all the words of the concept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ringvirkning.search.cpv.asked import Asked
from ringvirkning.search.text.analyser import Analyser, analyser
from ringvirkning.search.text.vocabulary import Concept, Vocabulary, vocabulary
from ringvirkning.sources.tables import los_concepts

MOST_WORDS = 25  # of a concept, the most usual in its names
LABEL = 3  # times: a concept's own label counts as three of its words
LOS = 0.5  # a concept of Los weighs half of one of ours: its words are found without looking at what is near them


@dataclass(frozen=True, eq=False)
class Bridges:
    """What concepts are called, as terms: ours by id, and those of Los by the first term of each name."""

    ours: Mapping[str, Mapping[str, float]]
    los: Mapping[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]  # (terms of a name, terms of all names)

    def reach(self, asked: Asked) -> dict[str, float]:
        """Return the terms that the concepts of a text lead to, with weights. Its own words are among them."""
        found: dict[str, float] = defaultdict(float)
        for concept, term, weight in self.crossed(asked):
            if concept:
                found[term] = max(found[term], weight)
        return dict(found)

    def crossed(self, asked: Asked) -> Iterator[tuple[str, str, float]]:
        """Yield a term of the text, the term it leads to, and the weight."""
        for concept, weight in asked.named.items():
            for term, share in self.ours.get(concept, {}).items():
                yield f"={concept}", term, weight * share
        for start in asked.understood.terms:
            for name, all_names in self.los.get(start, ()):
                if name <= asked.understood.terms.keys():
                    yield from ((start, term, LOS) for term in all_names)


def bridges() -> Bridges:
    """Return the bridges of the vocabulary in use."""
    return _bridges_of(vocabulary())


@lru_cache(maxsize=2)
def _bridges_of(_chosen: Vocabulary) -> Bridges:
    reader = analyser()
    return Bridges({one.id: _called(reader, one) for one in reader.concepts.values()}, _los(reader))


def _called(reader: Analyser, concept: Concept) -> dict[str, float]:
    """Return the terms of a concept's words, the usual ones heaviest (1)."""
    counts: Counter[str] = Counter()
    for text in (*[concept.labels["nb"]] * LABEL, *concept.words):
        counts.update(_telling(reader, text))
    most = max(counts.values(), default=1)
    return {term: count / most for term, count in counts.most_common(MOST_WORDS)}


def _telling(reader: Analyser, text: str) -> list[str]:
    readings = [one for one in reader.read(text) if not one.small and not reader.is_padding(one.word.form)]
    return [stem for one in readings for stem in one.stems]


def _los(reader: Analyser) -> dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    for concept in los_concepts().values():
        names = [tuple(one.stem for one in reader.read(name) if not one.small) for name in _names(concept)]
        names = [name for name in dict.fromkeys(names) if name]
        everything = frozenset(term for name in names for term in name)
        for name in names:
            found[name[0]].append((frozenset(name), everything))
    return {start: tuple(listed) for start, listed in found.items()}


def _names(concept: Mapping[str, Any]) -> list[str]:
    hidden = [word for listed in concept.get("synonyms", {}).values() for word in listed]
    return [str(name) for name in (concept.get("nb", ""), concept.get("nn", ""), *hidden) if name]
