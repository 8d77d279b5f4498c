"""What a text is about, as terms ready for any search engine.

A term is one of
- a stem (``ferg``): nynorsk is first turned into bokmål, then inflection is taken off;
- the stem of a part of a compound (``overvannshåndtering`` also gives ``overvann`` and ``håndtering``);
- a concept of the reviewed vocabulary that the text names (``=fall``) or hints at (``~fall``).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import NamedTuple

import Stemmer

from ringvirkning.search.text.compounds import Splitter, Stem
from ringvirkning.search.text.stopwords import EVERYDAY, PADDING, SMALL
from ringvirkning.search.text.vocabulary import Concept, Vocabulary, nynorsk_pairs, vocabulary
from ringvirkning.search.text.words import Word, forms, pieces, words

WINDOW = 3  # how many words may stand between the words of a phrase
MOST_ENTRIES = 200_000  # words, about half a kilobyte each
NO_MEMORY = 0  # of its own for a stemmer: it takes four times as long as stemming
NAMES, HINTS = "=", "~"
Named = tuple[str, tuple[int, ...]]  # a concept as a term, and which words say it
# The stemmer takes -lege for an ending, and would find a family doctor (fastlege) in everything firm (fast).
DOCTORS = re.compile(
    r"((?:fast|tann|kommune|over|vakt|sykehus|turnus|tilsyns|nett|sykehjems|sjukeheims)?lege)(?:n|r|ne|s)?"
)


class Reading(NamedTuple):
    """One word read: its stem, the stems of its parts, and whether it is a small word."""

    word: Word
    stem: str
    parts: tuple[str, ...]
    small: bool

    @property
    def stems(self) -> tuple[str, ...]:
        """Every stem the word answers to."""
        return (self.stem, *self.parts) if self.parts else (self.stem,)


class Mention(NamedTuple):
    """A concept found in a text, by a word of its own or by a hint, and which readings made it so."""

    concept: str
    hint: bool
    readings: tuple[int, ...]


class Longer(NamedTuple):
    """The phrases of several words that begin with one stem, by their second."""

    seconds: frozenset[str]  # to be asked first, and quick to ask: most texts have none of them
    by_second: dict[str, list["Phrase"]]


@dataclass(frozen=True)
class Phrase:
    """Words of a concept as stems, in the order they are written."""

    stems: tuple[str, ...]
    concept: str
    hint: bool
    others: frozenset[str]  # the stems after the first

    @property
    def term(self) -> str:
        """The concept as a term of an index."""
        return (HINTS if self.hint else NAMES) + self.concept


class Entry(NamedTuple):
    """What a word gives an index wherever it stands: its stems, its concepts, and phrases it may begin.

    The phrases are found by their second stem: most of them end there, since that word is nowhere in the text.
    """

    stems: tuple[str, ...]
    named: tuple[str, ...]
    longer: tuple["Longer", ...]
    telling: bool  # names a concept or may begin to


class Entries(dict[str, Entry | None]):
    """Entries by word, made when asked for first; None for a small word.

    Looked up for every word of every text, so it is a plain dictionary. When it is half full it becomes the old one
    and a new one is begun: what is asked for again moves over, and what nobody asked for goes with the old one.
    """

    def __init__(self, make: Callable[[str], Entry | None], most: int) -> None:
        super().__init__()
        self._make, self._half = make, most // 2
        self._old: dict[str, Entry | None] = {}

    def __missing__(self, form: str) -> Entry | None:
        """Fetch the entry of a word from the old ones, or make it."""
        if len(self) >= self._half:
            self._old = dict(self)
            self.clear()
        entry = self[form] = self._old[form] if form in self._old else self._make(form)
        return entry


@dataclass
class Analyser:
    """Reads texts. Make one per vocabulary (``analyser()``): building it takes a moment, reading is quick."""

    vocabulary: Vocabulary = field(default_factory=vocabulary)
    stemmer: Stemmer.Stemmer = field(default_factory=lambda: Stemmer.Stemmer("norwegian", NO_MEMORY))

    def __post_init__(self) -> None:
        plain = self.vocabulary.plain_words
        self.to_bokmal = {self.stem_word(nn): nb for nn, nb in nynorsk_pairs().items()}
        self.known_forms = plain
        stems = frozenset(self.stem_word(word) for word in plain)
        self.splitter = Splitter(plain, stems, Stem(self.stem_word))
        self.read_form = lru_cache(maxsize=20_000)(self._read_form)
        self.entries = Entries(self._entry, MOST_ENTRIES)
        self.concepts = {concept.id: concept for concept in self.vocabulary.concepts}
        self.phrases = self._phrases(self.concepts.values())
        self.longer = {stem: longer for stem, found in self.phrases.items() if (longer := _longer(found)).seconds}

    def stem_word(self, form: str) -> str:
        """Return the Norwegian stem of one lower-case form."""
        doctor = DOCTORS.fullmatch(form) if "lege" in form else None
        return doctor.group(1) if doctor else str(self.stemmer.stemWord(form))

    def _stem(self, form: str) -> str:
        """Return the stem, by way of bokmål when the form is nynorsk."""
        stem = self.stem_word(form)
        return self.stem_word(self.to_bokmal[stem]) if stem in self.to_bokmal else stem

    def _read_form(self, form: str) -> tuple[str, tuple[str, ...]]:
        split = pieces(form)
        whole = "".join(split)
        own = split if len(split) > 1 else []
        parts = [piece for one in (own or [whole]) for piece in (self.splitter.split(one) or ((one,) if own else ()))]
        stem = self._stem(whole)
        stems = dict.fromkeys(self._stem(part) for part in parts)
        # A nynorsk compound takes its bokmål form part by part: sjukeheim → syke + hjem → sykehjem.
        if parts and stem == self.stem_word(whole) and any(self.stem_word(p) in self.to_bokmal for p in parts):
            stem = self.stem_word("".join(self.to_bokmal.get(self.stem_word(part), part) for part in parts))
        return stem, tuple(one for one in stems if one != stem)

    def read(self, text: str) -> list[Reading]:
        """Return every word of the text read."""
        return [self.read_word(word) for word in words(text)]

    def read_word(self, word: Word) -> Reading:
        """Return one word read."""
        stem, parts = self.read_form(word.form)
        return Reading(word, stem, parts, word.form in SMALL)

    def mentions(self, readings: list[Reading]) -> list[Mention]:
        """Return the concepts the readings name or hint at, in the order they are met."""
        kept = [(number, reading.stems) for number, reading in enumerate(readings) if not reading.small]
        said = {stem for _, stems in kept for stem in stems}
        found = []
        for at, (_, stems) in enumerate(kept):
            for stem in stems:
                for phrase in self.phrases.get(stem, ()):
                    # Most phrases of a word end here: their other words are nowhere in the text.
                    places = _places_of(phrase.stems, kept, at) if phrase.others <= said else ()
                    if places:
                        found.append(Mention(phrase.concept, phrase.hint, places))
        return found

    def terms(self, text: str) -> list[str]:
        """Return the text as terms for an index, one for each time something is said.

        Says what ``read`` and ``mentions`` say, without places in the text, which takes most of the time.
        """
        return self.terms_of(forms(text))

    def terms_of(self, typed: Iterable[str]) -> list[str]:
        """Return the lower-case forms of a text's words as terms for an index."""
        kept = [entry for entry in map(self.entries.__getitem__, typed) if entry]
        stems = [stem for entry in kept for stem in entry.stems]
        telling = [(at, entry) for at, entry in enumerate(kept) if entry.telling]
        said: set[Named] = {(term, (at,)) for at, entry in telling for term in entry.named}
        begun = _begun(telling, set(stems))
        if begun:
            placed = [(at, entry.stems) for at, entry in enumerate(kept)]
            found = ((phrase.term, _places_of(phrase.stems, placed, at)) for at, phrase in begun)
            said.update((term, places) for term, places in found if places)
        return stems + sorted(term for term, _ in said)

    def _entry(self, form: str) -> Entry | None:
        if form in SMALL:
            return None
        stem, parts = self._read_form(form)  # what is remembered here need not be remembered there too
        stems = (intern(stem), *map(intern, parts))  # many words have parts in common: each is held once
        phrases = [phrase for one in stems for phrase in self.phrases.get(one, ())]
        named = tuple(sorted({phrase.term for phrase in phrases if not phrase.others}))
        longer = tuple(self.longer[one] for one in stems if one in self.longer)
        return Entry(stems, named, longer, bool(named or longer))

    def is_padding(self, form: str) -> bool:
        """Tell whether a word says little on its own: padding around a need, or a word of any story."""
        return form in PADDING or form in EVERYDAY

    def _phrases(self, all_concepts: Iterable[Concept]) -> dict[str, list[Phrase]]:
        by_first: dict[str, list[Phrase]] = defaultdict(list)
        for concept in all_concepts:
            for hint, written in ((False, concept.words), (True, concept.hints)):
                for text in written:
                    stems = tuple(reading.stem for reading in self.read(text) if not reading.small)
                    if stems:
                        by_first[stems[0]].append(Phrase(stems, concept.id, hint, frozenset(stems[1:])))
        return by_first


def _begun(telling: Iterable[tuple[int, Entry]], stems: set[str]) -> list[tuple[int, Phrase]]:
    """Return the phrases of several words whose first two stand in a text, and where they would begin."""
    return [
        (at, phrase)
        for at, entry in telling
        for longer in entry.longer
        if not longer.seconds.isdisjoint(stems)
        for second in longer.seconds & stems
        for phrase in longer.by_second[second]
    ]


def _longer(phrases: Iterable[Phrase]) -> Longer:
    """Return those of the phrases that have several words."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        if phrase.others:
            found[phrase.stems[1]].append(phrase)
    return Longer(frozenset(found), dict(found))


def _places_of(stems: tuple[str, ...], kept: list[tuple[int, tuple[str, ...]]], at: int) -> tuple[int, ...]:
    """Return which words hold the phrase that starts with the word ``at``, or () when not all are near."""
    if len(stems) == 1:
        return (kept[at][0],)
    near = kept[max(0, at - WINDOW) : at + len(stems) + WINDOW]
    places = [kept[at][0]]
    for stem in stems[1:]:
        place = next((number for number, said in near if stem in said), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(sorted(set(places)))


@lru_cache(maxsize=3)
def _analyser_of(chosen: Vocabulary) -> Analyser:
    return Analyser(chosen)


def analyser() -> Analyser:
    """Return the analyser of the vocabulary in use."""
    return _analyser_of(vocabulary())
