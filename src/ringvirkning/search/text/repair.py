"""Mending what people type: æøå written as ae/oe/aa or a/o, and one slip of the finger in a long word."""

from collections import defaultdict
from functools import lru_cache

from rapidfuzz.distance import OSA

from ringvirkning.foundation.words import fold
from ringvirkning.search.text.analyser import Analyser, analyser
from ringvirkning.search.text.vocabulary import Vocabulary, reading_with, vocabulary

ENDINGS = ("ne", "ene", "ane", "et", "en", "er", "ar", "a", "e", "s", "n", "r", "t", "te", "de")
LONGEST = 40  # no word anybody means is longer; guessing at one would only cost time
LONG = 7  # shorter words are not guessed at: too many neighbours
MOST = 3


class Mender:
    """Knows the words of our language and finds what an unknown word was meant to be."""

    def __init__(self, known: Analyser) -> None:
        self.analyser = known
        self.by_fold: dict[str, set[str]] = defaultdict(set)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.stems: set[str] = set()
        for form in known.known_forms:
            self.learn(form)
        self.mend = lru_cache(maxsize=50_000)(self._mend)

    def learn(self, form: str) -> None:
        """Take a word form into the language."""
        stem = self.analyser.stem_word(form)
        self.by_fold[fold(form)].add(form)
        self.by_fold[fold(stem)].add(form)
        self.stems.add(stem)
        if len(form) >= LONG:
            self.by_length[len(form)].append(form)

    def knows(self, form: str) -> bool:
        """Tell whether the form, a plain inflection of it, or what it is put together of, is a word we know."""
        if self.analyser.stem_word(form) in self.stems or self.analyser.splitter.split(form):
            return True
        known = self.analyser.known_forms
        return any(form.endswith(ending) and form.removesuffix(ending) in known for ending in ENDINGS)

    def _mend(self, form: str) -> tuple[str, ...]:
        """Return what an unknown word was likely meant to be, best first; () when known or past guessing."""
        if len(form) > LONGEST or not form.isalpha() or self.knows(form):
            return ()
        # Who types æ, ø or å once does not leave them out elsewhere in the same word.
        folded = self._folded(form) if form.isascii() else ()
        if folded or len(form) < LONG:
            return () if form in folded else folded
        near = [
            word
            for length in (len(form) - 1, len(form), len(form) + 1)
            for word in self.by_length.get(length, ())
            if word[0] == form[0]  # a finger seldom slips on the first letter, and "faktisk" is not "taktisk"
            if OSA.distance(form, word, score_cutoff=1) <= 1
        ]
        return tuple(near[:MOST]) or self._mended_compound(form)

    def _folded(self, form: str) -> tuple[str, ...]:
        """Return the words that look like ``form`` when written without æøå, compounds too."""
        found = self.by_fold.get(fold(form)) or self.by_fold.get(fold(self.analyser.stem_word(form))) or set()
        if found:
            return tuple(sorted(found)[:MOST])
        for cut in range(len(form) - 3, 2, -1):
            first, last = self.by_fold.get(fold(form[:cut])), self._last(form[cut:])
            first = first or self.by_fold.get(fold(form[: cut - 1])) if form[cut - 1] in "se" else first
            if first and last:
                meant = min(first) + form[cut - 1] * (fold(min(first)) != fold(form[:cut])) + min(last)
                if self._looks_like(meant, form):
                    return (meant,)
        return ()

    def _looks_like(self, meant: str, form: str) -> bool:
        """Tell whether a word is the typed one but for æ, ø, å and its ending: parts are found by their stems."""
        return fold(self.analyser.stem_word(meant)) == fold(self.analyser.stem_word(form))

    def _last(self, part: str) -> set[str] | None:
        return self.by_fold.get(fold(part)) or self.by_fold.get(fold(self.analyser.stem_word(part)))

    def _mended_compound(self, form: str) -> tuple[str, ...]:
        """Mend one slip in one half of a compound whose other half we know."""
        for cut in range(len(form) - 4, 3, -1):
            first, last = form[:cut], form[cut:]
            for known, other, put in ((first, last, "{0}{1}"), (last, first, "{1}{0}")):
                if known in self.analyser.known_forms and len(other) >= LONG - 1:
                    near = [w for n in (-1, 0, 1) for w in self.by_length.get(len(other) + n, ()) if w[0] == other[0]]
                    match = next((w for w in near if OSA.distance(other, w, score_cutoff=1) <= 1), None)
                    if match:
                        return (put.format(known, match),)
        return ()


@lru_cache(maxsize=3)
def _mender_of(chosen: Vocabulary) -> Mender:
    with reading_with(chosen):
        return Mender(analyser())


def mender() -> Mender:
    """Return the mender of the vocabulary in use."""
    return _mender_of(vocabulary())
