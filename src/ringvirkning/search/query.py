"""From a need in plain words to weighted terms, with the reasons kept.

The numbers here were tuned on the tuning half of the judged needs (docs/decisions/0006-search-by-concepts.md).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ringvirkning.search.plan import WeightedTerm
from ringvirkning.search.text.analyser import HINTS, NAMES, Reading, analyser
from ringvirkning.search.text.neighbours import neighbour, neighbour_language
from ringvirkning.search.text.repair import mender
from ringvirkning.search.text.words import Word, words

MOST_WORDS = 400  # of a long text; what comes after says little new
MOST_CHARACTERS = 10_000
MOST_TERMS = 120

WORD = 1.0
PART = 0.4
MENDED = 0.8
PADDING = 0.25
NAMED = 1.0  # a concept the need names
HINTED = 0.6  # a concept the need hints at
WEAKER = 0.4  # a document that only hints at the concept counts this share
NEAR = 0.25  # a concept near one that is named
TELLING = 0.36  # a lighter term does not bring a notice in by itself
# Among the cases, which are few and well told, hints and what is near say more than among notices.
BRINGS_IN = 0.3  # a lighter term than this does not bring a case in by itself
CONCEPTS = 0.5  # a concept's weight is raised to this
COMMON = 0.3  # a term in more documents than this share is not telling


@dataclass(frozen=True)
class Understood:
    """What we read out of a need."""

    text: str
    terms: dict[str, float] = field(default_factory=dict)
    concepts: dict[str, float] = field(default_factory=dict)  # id → weight, named or hinted at
    mended: dict[str, tuple[str, ...]] = field(default_factory=dict)  # typed form → what we searched for


def understand(text: str) -> Understood:
    """Read a need. Any text will do: empty, very long, or odd."""
    clean = "".join(character if character.isprintable() else " " for character in text[:MOST_CHARACTERS])
    typed = words(clean)[:MOST_WORDS]
    mended: dict[str, tuple[str, ...]] = {}
    readings: list[Reading] = []
    terms: dict[str, float] = {}
    for word in _in_our_words(typed, mended, terms):
        reading = analyser().read_word(word)
        meant = () if reading.small else mender().mend(word.form)
        if meant:
            mended[word.form] = meant
        _add_word_terms(terms, reading, meant)
        readings.append(analyser().read_word(Word(meant[0], word.start, word.end)) if meant else reading)
    concepts = _concepts(readings)
    for concept, weight in concepts.items():
        _add_concept_terms(terms, concept, weight)
    return Understood(clean, terms, concepts, mended)


def _in_our_words(typed: list[Word], mended: dict[str, tuple[str, ...]], terms: dict[str, float]) -> list[Word]:
    """Return the words as they are, or in bokmål when they are Danish or Swedish: those are told in ``mended``.

    A word of a neighbour language is searched for as it stands too, for the notices that are written in it.
    """
    language = neighbour_language([word.form for word in typed])
    if not language:
        return typed
    ours: list[Word] = []
    for word in typed:
        meant = neighbour(language).meant(word.form)
        if meant.word and meant.word != word.form:
            mended[word.form] = (meant.word,)
            for stem in meant.own:
                _raise_to(terms, stem, WORD)
        ours += [Word(meant.word, word.start, word.end)] if meant.word else []
    return ours


def _add_word_terms(terms: dict[str, float], reading: Reading, meant: tuple[str, ...]) -> None:
    if reading.small:
        return
    weight = PADDING if analyser().is_padding(reading.word.form) else WORD
    _raise_to(terms, reading.stem, weight)
    for part in reading.parts:
        _raise_to(terms, part, weight * PART)
    for place, form in enumerate(meant):
        stem, parts = analyser().read_form(form)
        _raise_to(terms, stem, MENDED / (place + 1))
        for part in parts:
            _raise_to(terms, part, MENDED * PART / (place + 1))


def _concepts(readings: list[Reading]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for mention in analyser().mentions(readings):
        if not all(analyser().is_padding(readings[place].word.form) for place in mention.readings):
            _raise_to(weights, mention.concept, HINTED if mention.hint else NAMED)
    return weights


def _add_concept_terms(terms: dict[str, float], concept: str, weight: float) -> None:
    _raise_to(terms, NAMES + concept, weight)
    _raise_to(terms, HINTS + concept, weight * WEAKER)
    known = analyser().concepts
    for other in known[concept].near:
        if other in known:
            _raise_to(terms, NAMES + other, weight * NEAR)


def _raise_to(weights: dict[str, float], key: str, weight: float) -> None:
    weights[key] = max(weights.get(key, 0.0), weight)


def weigh(understood: Understood, shares: Callable[[Iterable[str]], Mapping[str, float]]) -> tuple[WeightedTerm, ...]:
    """Return the terms for an engine of cases: what no case says is left out, common terms tell nothing alone."""
    share = shares(understood.terms)
    present = [
        (term, weight**CONCEPTS if term.startswith((NAMES, HINTS)) else weight)
        for term, weight in understood.terms.items()
        if share[term] > 0
    ]
    chosen = sorted(present, key=lambda one: -one[1])[:MOST_TERMS]
    telling = {term for term, weight in chosen if weight >= BRINGS_IN and share[term] <= COMMON}
    # A need of common words only ("bedre tjenester") is answered by them rather than by nothing.
    return tuple(WeightedTerm(term, weight, term in telling or not telling) for term, weight in chosen)
