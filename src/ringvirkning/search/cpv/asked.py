"""A text whose CPV codes are wanted, read into weighted terms: what stands in the first line weighs more.

The first line of a notice or of a pasted document is its title, and says more about what is wanted than what follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ringvirkning.search.notices.query import understand_anywhere
from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import HINTS, NAMES, Reading, analyser
from ringvirkning.search.text.tongues import other_stems
from ringvirkning.search.text.words import words

TITLE = 4.0  # times: measured on the tuning half of the notices (docs/how-to/male-soket.md)


@dataclass(frozen=True)
class Asked:
    """A text as terms. ``named`` are the concepts it speaks of; ``typed`` says which words gave each term."""

    understood: Understood
    terms: Mapping[str, float]
    named: Mapping[str, float]
    typed: Mapping[str, tuple[str, ...]]

    @property
    def weighed(self) -> Understood:
        """Return what was understood with the weights that hold here."""
        return replace(self.understood, terms=dict(self.terms))

    def words_of(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Return the words that gave these terms, each once, as they were typed in lower case."""
        return tuple(dict.fromkeys(word for term in terms for word in self.typed.get(term, ())))


def asked(text: str) -> Asked:
    """Read a text."""
    understood = understand_anywhere(text)
    first, _, rest = text.strip().partition("\n")
    title = understand_anywhere(first) if rest else understood
    return Asked(
        understood=understood,
        terms=_heavier(understood.terms, title.terms),
        named=_heavier(understood.concepts, title.concepts),
        typed=_typed(understood),
    )


def _heavier(weights: Mapping[str, float], in_title: Mapping[str, float]) -> dict[str, float]:
    return {term: weight * (TITLE if term in in_title else 1.0) for term, weight in weights.items()}


def _typed(understood: Understood) -> dict[str, tuple[str, ...]]:
    """Return term → the words that gave it, in the order they stand."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    readings = [analyser().read_word(word) for word in words(understood.text)]
    for reading in readings:
        for term in (*reading.stems, *other_stems(reading.word.form, known=True), *_mended(understood, reading)):
            found[term][reading.word.form] = None
    for mention in analyser().mentions(readings):
        said = " ".join(readings[place].word.form for place in mention.readings)
        for mark in (NAMES, HINTS):
            found[mark + mention.concept][said] = None
    return {term: tuple(said) for term, said in found.items()}


def _mended(understood: Understood, reading: Reading) -> list[str]:
    meant = [analyser().read_form(form) for form in understood.mended.get(reading.word.form, ())]
    return [term for stem, parts in meant for term in (stem, *parts)]
