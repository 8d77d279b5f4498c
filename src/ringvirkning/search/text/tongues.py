"""Reading texts in other languages than Norwegian: a stem for each word, by the language it is written in.

Norwegian is read by ``analyser`` with compounds and concepts, and so is Danish, by way of Norwegian. English is too,
since the vocabulary has English words, and gets English stems besides. All stems share one space: *test* is one term
in any language.
"""

from functools import cache, lru_cache
from threading import local

import Stemmer

from ringvirkning.search.text.analyser import NO_MEMORY, Reading, analyser
from ringvirkning.search.text.neighbours import DANISH, neighbour
from ringvirkning.search.text.words import Word, forms, words

OURS = frozenset({"nb", "nn", "no", DANISH})
ENGLISH = "en"
STEMMERS = {
    "ca": "catalan",
    "cs": "czech",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
# The languages a typed word is tried in when it is no Norwegian word we know: those nearest to our readers.
NEAR = ("en", "sv", "de", "fi", "fr")
_of_thread = local()  # a stemmer serves one thread at a time


@lru_cache(maxsize=100_000)
def stem_in(language: str, form: str) -> str:
    """Return the stem of one lower-case form; the form itself in a language we have no stemmer for."""
    if language not in STEMMERS:
        return form
    stemmers = _of_thread.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(STEMMERS[language], NO_MEMORY)
    return str(stemmers[language].stemWord(form))


def read_in(language: str, text: str) -> list[Reading]:
    """Return every word of a text read as the language it is in."""
    if language == DANISH:
        return [_from_danish(word) for word in words(text)]
    if language in OURS:
        return analyser().read(text)
    if language == ENGLISH:
        return [_also_english(reading) for reading in analyser().read(text)]
    return [Reading(word, stem_in(language, word.form), (), word.form in _small()) for word in words(text)]


def _from_danish(word: Word) -> Reading:
    """Return a Danish word read as the Norwegian one, and as it stands."""
    meant = neighbour(DANISH).meant(word.form)
    if not meant.word:
        return Reading(word, word.form, (), small=True)
    reading = analyser().read_word(Word(meant.word, word.start, word.end))
    own = tuple(stem for stem in meant.own if stem not in reading.stems)
    return Reading(word, reading.stem, (*reading.parts, *own), reading.small)


def _also_english(reading: Reading) -> Reading:
    stem = stem_in(ENGLISH, reading.word.form)
    return reading if stem in reading.stems else reading._replace(parts=(*reading.parts, stem))


def terms_in(language: str, text: str) -> list[str]:
    """Return a text as terms for an index, one for each time something is said."""
    if language == DANISH:
        return _danish_terms(text)
    if language in OURS:
        return analyser().terms(text)
    if language == ENGLISH:
        return analyser().terms(text) + [stem for form in forms(text) for stem in _english_besides(form)]
    small = _small()
    return [stem_in(language, form) for form in forms(text) if form not in small]


def _danish_terms(text: str) -> list[str]:
    said = [*map(neighbour(DANISH).meant, forms(text))]
    terms = analyser().terms_of(meant.word for meant in said if meant.word)
    return terms + [stem for meant in said for stem in meant.own]


def _english_besides(form: str) -> tuple[str, ...]:
    """Return the English stem of a form where the Norwegian reading does not give it."""
    entry, stem = analyser().entries[form], stem_in(ENGLISH, form)
    return (stem,) if entry and stem not in entry.stems else ()


def other_stems(form: str, *, known: bool) -> list[str]:
    """Return the stems a typed word may have in other languages; only the English one of a Norwegian word we know."""
    found = [stem_in(language, form) for language in ((ENGLISH,) if known else NEAR)]
    return list(dict.fromkeys(found))


@cache
def _small() -> frozenset[str]:
    return frozenset(
        """
        och att det som för med den till inte ett har kan från ska vid eller samt enligt upphandling upphandlingen
        der die das und oder mit für von dem den des eine einer eines ist werden wird im zu auf nach
        ja on ei että sekä tai ovat joka mukaan hankinta hankinnan
        le la les des du de et un une pour dans par sur au aux est en à que qui
        el los las y del por para con una se il di e per della delle nel
        het een van voor op te met zijn dat
        """.split()
    )
