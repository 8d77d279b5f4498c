"""The reviewed vocabulary: concepts with the words people use for them, and nynorsk beside bokmål.

The files are written to be read and mended by people who know the field: ``data/vocabulary/<theme>.yaml`` and
``data/nynorsk.yaml``. Their form is told in docs/how-to/ordlisten.md.

An installation may add words of its own to the concepts. A vocabulary with own words is a value (``vocabulary_of``);
one is in use in the process, and a stretch of work may read with another (``reading_with``). The index decides which:
text is always read with the words its index was built with (``search/index.py``).
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from ringvirkning.search.text.words import pieces, words
from ringvirkning.sources.tables import cpv_labels, data_folder, los_concepts


@dataclass(frozen=True)
class Concept:
    """One need, thing or kind of solution, with the words for it.

    ``words`` mean it beyond doubt, ``hints`` often point to it, ``near`` are concepts a searcher would also want.
    """

    id: str
    theme: str
    labels: dict[str, str]
    words: tuple[str, ...]
    hints: tuple[str, ...]
    near: tuple[str, ...]


class OwnWord(NamedTuple):
    """A word an installation has added to a concept: one that means it, or one that hints at it."""

    concept: str
    word: str
    hint: bool


def vocabulary_files() -> list[Path]:
    """Return every file that the reading of text depends on."""
    folder = data_folder()
    lists = (folder / name for name in ("nynorsk.yaml", "neighbours.yaml", "cpv.json"))
    return [*sorted((folder / "vocabulary").glob("*.yaml")), *lists]


@cache
def _concepts_of_files() -> tuple[Concept, ...]:
    return tuple(
        Concept(
            id=row["id"],
            theme=path.stem,
            labels={language: row[language] for language in ("nb", "nn", "en")},
            words=tuple(str(word) for word in row["words"]),
            hints=tuple(str(word) for word in row.get("hints", ())),
            near=tuple(row.get("near", ())),
        )
        for path in sorted((data_folder() / "vocabulary").glob("*.yaml"))
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    )


@cache
def nynorsk_pairs() -> dict[str, str]:
    """Return nynorsk word or compound part → bokmål."""
    text = (data_folder() / "nynorsk.yaml").read_text(encoding="utf-8")
    pairs: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {str(nn): str(nb) for nn, nb in pairs.items()}


@cache
def neighbour_pairs() -> dict[str, dict[str, str]]:
    """Return language (``da``, ``sv``) → its word or compound part → bokmål."""
    text = (data_folder() / "neighbours.yaml").read_text(encoding="utf-8")
    pairs: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return pairs


@cache
def _plain_words_of_files() -> frozenset[str]:
    texts = [label[0] for label in cpv_labels().values()]
    for concept in los_concepts().values():
        texts += [concept.get("nb", ""), concept.get("nn", "")]
        texts += [word for listed in concept.get("synonyms", {}).values() for word in listed]
    for one in _concepts_of_files():
        texts += [*one.words, *one.hints, *one.labels.values()]
    for nn, nb in nynorsk_pairs().items():
        texts += [nn, nb]
    return _forms(texts)


def _forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(piece for text in texts for word in words(text) for piece in (word.form, *pieces(word.form)))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The concepts of the files with an installation's own words among theirs. Made by ``vocabulary_of``."""

    own: tuple[OwnWord, ...] = ()

    @cached_property
    def name(self) -> str:
        """Return a short name that tells vocabularies with different own words apart."""
        told = "\n".join(f"{one.concept}\t{one.word}\t{one.hint}" for one in self.own)
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """Return the concepts. Own words of a concept that is no longer there are left out."""
        return tuple(self._with_own(concept) for concept in _concepts_of_files())

    def _with_own(self, concept: Concept) -> Concept:
        own = [one for one in self.own if one.concept == concept.id]
        if not own:
            return concept
        names = tuple(one.word for one in own if not one.hint)
        hints = tuple(one.word for one in own if one.hint)
        return replace(concept, words=concept.words + names, hints=concept.hints + hints)

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """Return the Norwegian word forms we know."""
        return _plain_words_of_files() | _forms(one.word for one in self.own)


@lru_cache(maxsize=4)
def _vocabulary_of(own: tuple[OwnWord, ...]) -> Vocabulary:
    return Vocabulary(own)


def vocabulary_of(own: Iterable[OwnWord]) -> Vocabulary:
    """Return the vocabulary with these own words; the same words give the same object, whatever their order."""
    return _vocabulary_of(tuple(sorted(set(own))))


_in_process = {"vocabulary": vocabulary_of(())}
_for_a_while: ContextVar[Vocabulary | None] = ContextVar("vocabulary", default=None)


def vocabulary() -> Vocabulary:
    """Return the vocabulary in use here and now."""
    return _for_a_while.get() or _in_process["vocabulary"]


def use(chosen: Vocabulary) -> None:
    """Read with this vocabulary from now on, in the whole process."""
    _in_process["vocabulary"] = chosen


@contextmanager
def reading_with(chosen: Vocabulary) -> Iterator[None]:
    """Read with this vocabulary inside the block. Other threads go on with theirs."""
    before = _for_a_while.set(chosen)
    try:
        yield
    finally:
        _for_a_while.reset(before)


def concepts() -> tuple[Concept, ...]:
    """Return the concepts of the vocabulary in use."""
    return vocabulary().concepts


def plain_words() -> frozenset[str]:
    """Return the Norwegian word forms we know: the dictionary for compounds and for typing errors."""
    return vocabulary().plain_words


@cache
def digest() -> str:
    """Return a digest of the files the reading of text depends on; an index made with another must be rebuilt.

    An installation's own words are not files: each index keeps the ones it was built with.
    """
    total = hashlib.sha256()
    for path in vocabulary_files() + sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
