"""How good the search is, measured on judged needs, beside simple peers in the same run.

Grades are 0–3 (3 = just this). nDCG uses gain 2^grade - 1, recall counts grades of 2 and more.
"""

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ringvirkning.catalogue import queries
from ringvirkning.search.casedoc import passages
from ringvirkning.search.find import find
from ringvirkning.search.measuring.figures import Nearest
from ringvirkning.search.measuring.peers import nearest_fts5, nearest_tantivy
from ringvirkning.sources.tables import data_folder

DEPTH = 10
LANGUAGES = ("nb", "nn", "en", "da", "sv")
Ranker = Callable[[str], list[str]]


@dataclass(frozen=True)
class JudgedNeed:
    """A need with the cases that answer it and how well (1–3)."""

    id: str
    need: str
    language: str
    half: str
    avoids_case_words: bool
    grades: dict[str, int]


@dataclass(frozen=True)
class Score:
    """Means over some needs, each 0–1."""

    needs: int
    ndcg: float
    recall: float
    mrr: float


def judged_needs(path: Path | None = None) -> list[JudgedNeed]:
    """Return the judged needs of a file; our own when none is given."""
    rows = json.loads((path or data_folder() / "judged" / "needs.json").read_text(encoding="utf-8"))["needs"]
    return [
        JudgedNeed(row["id"], row["need"], row["language"], row["half"], row["avoids_case_words"], row["grades"])
        for row in rows
    ]


def ndcg(ranked: list[str], grades: dict[str, int]) -> float:
    """Return nDCG@10 of a ranking; 0 when nothing is relevant."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(one, 0) for one in ranked[:DEPTH]]) / ideal if ideal else 0.0


def _gain(grades: list[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


def recall(ranked: list[str], grades: dict[str, int]) -> float:
    """Return the share of cases graded 2 or 3 (1–3 when there are none) among the first ten."""
    relevant = {case for case, grade in grades.items() if grade >= 2} or set(grades)
    return len(relevant & set(ranked[:DEPTH])) / min(len(relevant), DEPTH) if relevant else 0.0


def reciprocal_rank(ranked: list[str], grades: dict[str, int]) -> float:
    """Return 1/place of the first case graded 2 or 3, 0 when it is not there."""
    return next((1 / (place + 1) for place, case in enumerate(ranked) if grades.get(case, 0) >= 2), 0.0)


def score(needs: Iterable[JudgedNeed], rank: Ranker) -> Score:
    """Return the mean measures of a ranker over the needs that have an answer."""
    answered = [need for need in needs if need.grades]
    rankings = [(rank(need.need), need.grades) for need in answered]
    count = max(1, len(rankings))
    return Score(
        len(answered),
        sum(ndcg(*one) for one in rankings) / count,
        sum(recall(*one) for one in rankings) / count,
        sum(reciprocal_rank(*one) for one in rankings) / count,
    )


def ours(need: str) -> list[str]:
    """Rank with our own search."""
    return [hit.case.case_id for hit in find(need, limit=DEPTH, with_reasons=False).hits]


def case_texts(*, keywords: bool) -> dict[str, str]:
    """Return every case as one plain text for the peers, with or without the keywords an editor added."""
    cases = queries.read_cases(queries.all_cases())
    return {
        case.case_id: "\n".join(one.text for one in passages(case_file) if keywords or one.part != "keywords")
        for case, case_file in cases
    }


def peers() -> dict[str, Ranker]:
    """Return simple engines over the cases' texts, keyed by name.

    Each is shown twice: over the texts as a reader meets them, and over the texts with our editors' keywords added,
    so that what the keywords give is not taken for what the search gives.
    """
    rankers: dict[str, Ranker] = {}
    for note, keywords in (("", False), (" + keywords", True)):
        texts = case_texts(keywords=keywords)
        rankers |= {
            f"SQLite FTS5{note}": fts5(texts, "unicode61"),
            f"SQLite FTS5 trigram{note}": fts5(texts, "trigram"),
            f"tantivy{note}": plain_tantivy(texts, "default"),
            f"tantivy, Norwegian stemmer{note}": plain_tantivy(texts, "norwegian"),
        }
    return rankers


def ranker(nearest: Nearest) -> Ranker:
    """Return a ranker of the ten best."""
    return lambda need: [key for key, _ in nearest(need, DEPTH)]


def fts5(texts: dict[str, str], tokenizer: str) -> Ranker:
    """Return a ranker that uses SQLite's full-text search with BM25, any word matching."""
    return ranker(nearest_fts5(texts, tokenizer))


def plain_tantivy(texts: dict[str, str], analyser: str) -> Ranker:
    """Return a ranker that uses tantivy on the plain text, with or without its Norwegian stemmer."""
    return ranker(nearest_tantivy(texts, analyser))


def slices(needs: list[JudgedNeed]) -> dict[str, list[JudgedNeed]]:
    """Return the needs in the groups we report: all, halves, languages, and those that avoid the cases' words."""
    groups = {"all": needs, "avoids the cases' words": [need for need in needs if need.avoids_case_words]}
    for half in ("tune", "held_out"):
        groups[half] = [need for need in needs if need.half == half]
    for language in LANGUAGES:
        groups[f"held_out {language}"] = [n for n in needs if n.language == language and n.half == "held_out"]
    return groups
