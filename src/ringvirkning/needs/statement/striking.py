"""What the reader took out and put in: done to the text before it is read, so that everything follows from it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ringvirkning.search.query import Understood
from ringvirkning.search.text.analyser import HINTS, NAMES, analyser
from ringvirkning.search.text.words import Word, words


def without_words(text: str, struck: Iterable[str]) -> str:
    """Return the text without the struck words, in any inflection; struck expressions go where they stand whole."""
    typed = words(text)
    gone = {place for one in struck if not one.startswith(NAMES) for place in _places(typed, one)}
    for place in sorted(gone, reverse=True):
        text = f"{text[: typed[place].start]} {text[typed[place].end :]}"
    return text


def _places(typed: Sequence[Word], expression: str) -> set[int]:
    """Return which words an expression stands on: by its forms, or word by word by their stems."""
    asked = words(expression)
    size = len(asked)
    starts = range(len(typed) - size + 1) if size else ()
    same = (start for start in starts if all(_same(typed[start + n], asked[n]) for n in range(size)))
    return {start + n for start in same for n in range(size)}


def _same(one: Word, other: Word) -> bool:
    return one.form == other.form or analyser().read_form(one.form)[0] == analyser().read_form(other.form)[0]


def without_concepts(understood: Understood, struck: Iterable[str]) -> Understood:
    """Return what was understood without the struck concepts, and without what only they brought along."""
    gone = {one.removeprefix(NAMES) for one in struck} & analyser().concepts.keys()
    if not gone:
        return understood
    kept = {concept: weight for concept, weight in understood.concepts.items() if concept not in gone}
    near = {other for concept in kept for other in analyser().concepts[concept].near}
    wanted = (kept.keys() | near) - gone
    brought = {other for concept in gone for other in analyser().concepts[concept].near} - wanted
    terms = {prefix + concept for prefix in (NAMES, HINTS) for concept in gone | brought}
    left = {term: weight for term, weight in understood.terms.items() if term not in terms}
    return replace(understood, terms=left, concepts=kept)


def merged(first: Understood, second: Understood, share: float = 1.0) -> Understood:
    """Return two readings as one; the second counts ``share`` of its weight and adds nothing to the text."""
    return replace(
        first,
        terms=_most(first.terms, second.terms, share),
        concepts=_most(first.concepts, second.concepts, share),
        mended={**second.mended, **first.mended},
    )


def _most(first: dict[str, float], second: dict[str, float], share: float) -> dict[str, float]:
    """Return the weights of both, the greater where both have one, in the order they were met."""
    keys = dict.fromkeys((*first, *second))
    return {key: max(first.get(key, 0.0), second.get(key, 0.0) * share) for key in keys}
