"""The lists of solution approaches: ``data/approaches/<theme>.yaml``, written to be read and mended by people who know
the field. Their form is told in docs/how-to/losningsmater.md. What is found by them stands in ``approaches.py``.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ringvirkning.sources.tables import data_folder

LANGUAGES = ("nb", "nn", "en")
KNOWN = frozenset({"id", "nb", "nn", "en", "what", "concepts", "words", "maybe", "only_with", "not"})


@dataclass(frozen=True)
class SolutionApproach:
    """One kind of answer: a technology, a way of working, of building or of buying. Never a problem or a theme.

    ``words`` mean it beyond doubt, and so do the words of ``concepts``; ``maybe`` do where the text also says one of
    ``only_with``; where it says one of ``exclude`` (``not`` in the files), nothing counts.
    """

    id: str
    theme: str
    labels: dict[str, str]
    what: dict[str, str]
    concepts: tuple[str, ...]
    words: tuple[str, ...]
    maybe: tuple[str, ...]
    only_with: tuple[str, ...]
    exclude: tuple[str, ...]


def approach_files() -> list[Path]:
    """Return the files of approaches."""
    return sorted((data_folder() / "approaches").glob("*.yaml"))


@cache
def approaches() -> dict[str, SolutionApproach]:
    """Return every approach by id. Raises ``ValueError`` naming the file and the entry that cannot be used."""
    found: dict[str, SolutionApproach] = {}
    for path in approach_files():
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            one = approach_of(row, path.name)
            if one.id in found:
                raise ValueError(f"{path.name}: {one.id} is already in {found[one.id].theme}.yaml; give it another id")
            found[one.id] = one
    return found


def approach_of(row: dict[str, Any], file: str) -> SolutionApproach:
    """Return one entry of a file. Raises ``ValueError`` that says what is wrong and where."""
    if fault := _fault(row):
        raise ValueError(f"{file}: {row.get('id', 'an entry without id')} {fault}")
    listed = {name: tuple(str(word) for word in row.get(name, ())) for name in ("words", "maybe", "only_with", "not")}
    return SolutionApproach(
        id=row["id"],
        theme=file.removesuffix(".yaml"),
        labels={language: row[language] for language in LANGUAGES},
        what={language: row["what"][language] for language in LANGUAGES},
        concepts=tuple(row.get("concepts", ())),
        words=listed["words"],
        maybe=listed["maybe"],
        only_with=listed["only_with"],
        exclude=listed["not"],
    )


def _fault(row: dict[str, Any]) -> str:
    """Return what is wrong with an entry, or ""."""
    lacking = [name for name in ("id", *LANGUAGES, "what") if not row.get(name)]
    if not lacking:
        lacking = [f"what.{language}" for language in LANGUAGES if not row["what"].get(language)]
    if lacking:
        return f"lacks {', '.join(lacking)}"
    if strange := sorted(set(row) - KNOWN):
        return f"has {', '.join(strange)}, which means nothing here; known are {', '.join(sorted(KNOWN))}"
    if bool(row.get("maybe")) != bool(row.get("only_with")):
        return "needs both maybe and only_with, or neither"
    return "" if row.get("words") or row.get("concepts") or row.get("maybe") else "lacks words, and can never be found"
