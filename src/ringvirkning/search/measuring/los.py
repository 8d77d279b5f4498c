"""Los: do the hidden synonyms and the nynorsk names of public services find the bokmål texts of their concepts?

Everybody searches the bokmål names, with their explanations when a file of Los has them (``--los``). Our own table of
Los holds the synonyms as words that are spelt right; for this measure they are hidden from the reading, so that nobody
has seen what is asked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ringvirkning.search.measuring.figures import OURS, Group, Measured, Nearest, Values
from ringvirkning.search.measuring.notices import plain
from ringvirkning.search.measuring.ours import nearest_ours
from ringvirkning.search.measuring.peers import peers, skipped
from ringvirkning.search.notices.noticedoc import Passage
from ringvirkning.search.text.vocabulary import Vocabulary, reading_with
from ringvirkning.search.text.words import pieces, words
from ringvirkning.sources.tables import los_concepts

DEPTH = 10
SYNONYMS, NYNORSK = "hidden synonyms", "nynorsk names"


class Concept(NamedTuple):
    """A concept of Los: its path, its texts in bokmål, and what it should be found by."""

    path: str
    texts: tuple[str, ...]
    synonyms: tuple[str, ...]
    nynorsk: str


class Asked(NamedTuple):
    """A query and the concepts it may find: several when they share a synonym."""

    query: str
    right: frozenset[str]


def concepts(path: Path | None = None) -> list[Concept]:
    """Return the concepts of a file of Los as it is published (JSON), or those of our own table, without texts."""
    if path is None:
        return [_from_table(key, one) for key, one in los_concepts().items() if one.get("nb")]
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [_from_file(row) for row in rows if row.get("PrefLabel", {}).get("nb")]


def _from_table(path: str, row: Mapping[str, Any]) -> Concept:
    synonyms = tuple(word for listed in row.get("synonyms", {}).values() for word in listed)
    return Concept(path, (row["nb"],), synonyms, row.get("nn", ""))


def _from_file(row: Mapping[str, Any]) -> Concept:
    names, hidden = row["PrefLabel"], row.get("HiddenLabel", {})
    texts = (*names["nb"], *row.get("Note", {}).get("nb", ()))
    synonyms = tuple(word for language in ("nb", "nn") for word in hidden.get(language, ()))
    return Concept(row["path"], texts, synonyms, next(iter(names.get("nn", ())), ""))


def queries(all_of: Iterable[Concept]) -> dict[str, list[Asked]]:
    """Return what is asked, by kind. What stands in the bokmål name already is no question."""
    kinds: dict[str, dict[str, tuple[str, set[str]]]] = {SYNONYMS: {}, NYNORSK: {}}
    for concept in all_of:
        for kind, query in _asked_of(concept):
            if plain(query) and plain(query) != plain(concept.texts[0]):
                kinds[kind].setdefault(plain(query), (query, set()))[1].add(concept.path)
    return {kind: [Asked(query, frozenset(right)) for query, right in found.values()] for kind, found in kinds.items()}


def _asked_of(concept: Concept) -> Iterator[tuple[str, str]]:
    yield from ((SYNONYMS, word) for word in concept.synonyms)
    yield NYNORSK, concept.nynorsk


def hidden(all_of: Iterable[Concept]) -> Vocabulary:
    """Return a vocabulary whose dictionary lacks the words that only Los' synonyms and nynorsk names would give it."""
    kept = Vocabulary()
    shown = _forms(text for one in all_of for text in one.texts)
    asked = _forms(query for one in all_of for _, query in _asked_of(one))
    kept.__dict__["plain_words"] = kept.plain_words - (asked - shown)
    kept.__dict__["name"] = "without-los"
    return kept


def _forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(part for text in texts for word in words(text) for part in (word.form, *pieces(word.form)))


def measure(path: Path | None = None, postgres: str | None = None) -> Measured:
    """Measure everybody."""
    known = concepts(path)
    asked = queries(known)
    texts = {one.path: "\n".join(one.texts) for one in known}
    said = {one.path: [Passage("description", text, "nb") for text in one.texts] for one in known}
    with reading_with(hidden(known)):
        groups = {
            kind: {OURS: values(listed, nearest)} for nearest in [nearest_ours(said)] for kind, listed in asked.items()
        }
    for who, nearest in peers(texts, postgres).items():
        for kind, listed in asked.items():
            groups[kind][who] = values(listed, nearest)
    counts = {"concepts": len(known), **{kind: len(listed) for kind, listed in asked.items()}}
    return Measured(_as_groups(groups), counts, skipped(postgres))


def _as_groups(groups: dict[str, Group]) -> dict[str, Group]:
    return {kind: group for kind, group in groups.items() if any(group.values())}


def values(asked: Iterable[Asked], nearest: Nearest) -> Values:
    """Return whether the concept came first, among ten, and 1/place."""
    found: Values = {"mrr_10": [], "recall_1": [], "recall_10": []}
    for query, right in asked:
        best = [key for key, _ in nearest(query, DEPTH)]
        place = next((place for place, key in enumerate(best, start=1) if key in right), 0)
        found["mrr_10"].append(1 / place if place else 0.0)
        found["recall_1"].append(float(place == 1))
        found["recall_10"].append(float(place > 0))
    return found
