"""The reviewed vocabulary: concepts with the words people use for them, and nynorsk beside bokmål.

The files are written to be read and mended by people who know the field: ``data/vocabulary/<theme>.yaml`` and
``data/nynorsk.yaml``. Their form is told in docs/how-to/ordlisten.md.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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


def vocabulary_files() -> list[Path]:
    """Return every file that the reading of text depends on."""
    folder = data_folder()
    return [*sorted((folder / "vocabulary").glob("*.yaml")), folder / "nynorsk.yaml", folder / "cpv.json"]


@cache
def concepts() -> tuple[Concept, ...]:
    """Return the concepts of all vocabulary files."""
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
def plain_words() -> frozenset[str]:
    """Return the Norwegian word forms we know: the dictionary for compounds and for typing errors."""
    texts = [label[0] for label in cpv_labels().values()]
    for concept in los_concepts().values():
        texts += [concept.get("nb", ""), concept.get("nn", "")]
        texts += [word for listed in concept.get("synonyms", {}).values() for word in listed]
    for one in concepts():
        texts += [*one.words, *one.hints, *one.labels.values()]
    for nn, nb in nynorsk_pairs().items():
        texts += [nn, nb]
    return frozenset(piece for text in texts for word in words(text) for piece in (word.form, *pieces(word.form)))


@cache
def digest() -> str:
    """Return a digest of everything the reading of text depends on; an index made with another must be rebuilt."""
    total = hashlib.sha256()
    for path in vocabulary_files() + sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
