"""Solution approaches: which kinds of answers a text tells of.

The kinds and their words are in ``approach_lists.py``. Text is read with the analyser, so a word counts in its
inflections, in nynorsk and as a part of a compound, as it does in the vocabulary. Pure: no Django, no database.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ringvirkning.search.approach_lists import SolutionApproach, approach_files, approaches
from ringvirkning.search.text.analyser import WINDOW, Analyser, analyser
from ringvirkning.search.text.tongues import ENGLISH, OURS
from ringvirkning.search.text.vocabulary import Vocabulary, vocabulary
from ringvirkning.search.text.words import forms

__all__ = ["Found", "SolutionApproach", "approaches", "approaches_in", "digest"]

READ = OURS | {ENGLISH}  # the lists have no words for other languages, and a chance likeness would deceive
MOST = 3  # approaches of one text
# What a word counts in each part of a case or notice. A part that is not here is not read: names, themes.
PARTS = {
    "title": 3.0,
    "solution": 3.0,
    "specification": 1.5,
    "summary": 1.5,
    "lot": 1.0,
    "description": 1.0,
    "need": 1.0,
    "keywords": 1.0,
    "results": 0.5,
    "approach": 0.5,
    "codes": 0.3,
    "lessons": 0.3,
    "reuse": 0.3,
    "document": 0.2,
}
PHRASE = 0.5  # how much more each further word of an expression makes it count: it says more exactly what is meant
AGAIN, MOST_AGAIN = 0.25, 4  # what each repetition adds, and how many of them count
ENOUGH = 2.0  # weight below which a mention is only in passing
SHARE = 0.35  # of the heaviest approach's weight: what is far below it is not what the text is about
BESIDE, WAYS_OF_BUYING = 3.0, "innkjop"

Said = tuple[str, str, str]  # part, text, language
Stems = tuple[str, ...]
_Word = tuple[str, Stems]  # as it stands in the text; hundreds a text, so it is nothing more


class Found(NamedTuple):
    """An approach a text tells of: how weighty, the words that decided, and the part where they count the most."""

    approach: str
    weight: float
    words: tuple[str, ...]
    part: str


class _Phrase(NamedTuple):
    stems: Stems
    approach: str
    maybe: bool


class _Hit(NamedTuple):
    """Some words of a passage that say an approach: how they stand there, and their stems."""

    words: str
    stems: Stems
    part: str


def approaches_in(said: Iterable[Said]) -> list[Found]:
    """Return what kinds of answers a text tells of, the weightiest first, at most three.

    ``said`` is the text in passages: the part, the words, and the language. A passage in a language without words in
    the lists, or in a part that is not weighed, is passed over.
    """
    return _finder_of(vocabulary()).find(said)


@cache
def digest() -> str:
    """Return a digest of the lists and of the reading of them: when it changes, texts must be read again."""
    total = hashlib.sha256()
    for path in [*approach_files(), *sorted(Path(__file__).parent.glob("approach*.py"))]:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


@lru_cache(maxsize=3)
def _finder_of(chosen: Vocabulary) -> "Finder":
    # The vocabulary is the key: analyser() reads with the same one.
    return Finder(analyser())


@dataclass
class _Begins:
    """The phrases that begin with one stem: those of one word, and the others by their second."""

    alone: list[_Phrase] = field(default_factory=list)
    longer: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: _Phrase) -> None:
        """Add a phrase."""
        (self.longer[phrase.stems[1]] if len(phrase.stems) > 1 else self.alone).append(phrase)


@dataclass
class Finder:
    """The lists made ready for one analyser: phrases by their first stem, so most words of a text begin none."""

    analyser: Analyser
    by_first: dict[str, _Begins] = field(default_factory=lambda: defaultdict(_Begins))
    only_with: dict[str, frozenset[str]] = field(default_factory=dict)
    exclude: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in approaches().values():
            for maybe, listed in ((False, (*one.words, *self._of_concepts(one))), (True, one.maybe)):
                for stems in dict.fromkeys(self._stems(word, one) for word in listed):
                    self.by_first[stems[0]].add(_Phrase(stems, one.id, maybe))
            self.only_with[one.id] = frozenset(self._stems(word, one)[0] for word in one.only_with)
            self.exclude[one.id] = frozenset(self._stems(word, one)[0] for word in one.exclude)

    def _of_concepts(self, one: SolutionApproach) -> list[str]:
        for concept in one.concepts:
            if concept not in self.analyser.concepts:
                raise ValueError(
                    f"{one.theme}.yaml: {one.id} names the concept {concept}, which is not in the vocabulary"
                )
        return [word for concept in one.concepts for word in self.analyser.concepts[concept].words]

    def _stems(self, word: str, one: SolutionApproach) -> Stems:
        stems = tuple(reading.stem for reading in self.analyser.read(word) if not reading.small)
        if not stems:
            raise ValueError(f"{one.theme}.yaml: «{word}» of {one.id} is only small words, and can never be found")
        return stems

    def find(self, said: Iterable[Said]) -> list[Found]:
        """Return the approaches a text tells of, the weightiest first."""
        hits: dict[str, list[_Hit]] = defaultdict(list)
        title: frozenset[str] = frozenset()
        for part, text, language in said:
            if part not in PARTS or language not in READ:
                continue
            kept = self._words(text)
            if part == "title":
                title |= {stem for _, stems in kept for stem in stems}
            self._gather(kept, part, title, hits)
        return _weightiest([_found(approach, listed) for approach, listed in hits.items()])

    def _words(self, text: str) -> list[_Word]:
        """Return the words of a passage without the small ones, from the memory the analyser has of them already."""
        entries = self.analyser.entries
        return [(form, entry.stems) for form in forms(text) if (entry := entries[form])]

    def _begun(self, kept: list[_Word]) -> Iterator[tuple[int, _Phrase]]:
        """Yield the phrases that may begin at each word. Most end here: their next word is nowhere in the passage."""
        by_first = self.by_first
        begins = [(at, by_first[stem]) for at, (_, stems) in enumerate(kept) for stem in stems if stem in by_first]
        said = {stem for _, stems in kept for stem in stems} if begins else set()
        for at, one in begins:
            yield from ((at, phrase) for phrase in one.alone)
            for second in one.longer.keys() & said:
                yield from ((at, phrase) for phrase in one.longer[second])

    def _gather(self, kept: list[_Word], part: str, title: frozenset[str], hits: dict[str, list[_Hit]]) -> None:
        """Add what one passage says. The title tells what is spoken of in the rest."""
        about: frozenset[str] | None = None
        said: set[tuple[str, tuple[int, ...]]] = set()  # the same words count once, however many expressions they fit
        for at, phrase in self._begun(kept):
            places = _places_of(phrase, kept, at)
            if not places or (phrase.approach, places) in said:
                continue
            about = about or title | {stem for _, stems in kept for stem in stems}
            if self._counts(phrase, about):
                said.add((phrase.approach, places))
                hits[phrase.approach].append(_hit([kept[one] for one in places], part))

    def _counts(self, phrase: _Phrase, about: frozenset[str]) -> bool:
        if phrase.maybe and not about & self.only_with[phrase.approach]:
            return False
        return not about & self.exclude[phrase.approach]


def _places_of(phrase: _Phrase, kept: list[_Word], at: int) -> tuple[int, ...]:
    """Return which words make the phrase that begins ``at``, in its order, or () when one is missing or far off.

    A compound may hold more than one of them.
    """
    places = [at]
    for stem in phrase.stems[1:]:
        near = range(places[-1], min(len(kept), places[-1] + WINDOW + 2))
        place = next((one for one in near if stem in kept[one][1]), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(dict.fromkeys(places))


def _hit(words: list[_Word], part: str) -> _Hit:
    return _Hit(" ".join(form for form, _ in words), tuple(stems[0] for _, stems in words), part)


def _found(approach: str, hits: list[_Hit]) -> Found:
    """Weigh what a text says of one approach: each wording once for each part, and a little for each repetition."""
    times: dict[tuple[Stems, str], int] = defaultdict(int)
    for hit in hits:
        times[hit.stems, hit.part] += 1
    weight = sum(PARTS[part] * _telling(stems) * _repeated(count) for (stems, part), count in times.items())
    best = max(hits, key=lambda hit: PARTS[hit.part])
    return Found(approach, round(weight, 2), tuple(dict.fromkeys(hit.words for hit in hits)), best.part)


def _telling(stems: Stems) -> float:
    return 1 + PHRASE * (len(stems) - 1)


def _repeated(count: int) -> float:
    return 1 + AGAIN * min(count - 1, MOST_AGAIN)


def _weightiest(found: list[Found]) -> list[Found]:
    ordered = sorted(found, key=lambda one: (-one.weight, one.approach))
    least = max(ENOUGH, SHARE * ordered[0].weight) if ordered else 0
    kept = [one for one in ordered if one.weight >= least or _is_beside(one)]
    return kept[:MOST]


def _is_beside(one: Found) -> bool:
    """Tell whether a way of buying is there: it stands beside what is bought, and need not be what is said the most."""
    return one.weight >= BESIDE and approaches()[one.approach].theme == WAYS_OF_BUYING
