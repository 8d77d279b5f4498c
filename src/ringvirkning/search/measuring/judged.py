"""Judged needs over the cases: how good the answers are, and whether a need nobody answers comes back as empty."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from ringvirkning.search.meaning.stage import stage, without_meaning
from ringvirkning.search.measure import (
    JudgedNeed,
    Ranker,
    case_texts,
    judged_needs,
    ndcg,
    ours,
    peers,
    ranker,
    recall,
    reciprocal_rank,
    slices,
)
from ringvirkning.search.measuring.figures import OURS, Group, Measured, Values
from ringvirkning.search.measuring.peers import POSTGRES, nearest_postgres, skipped

WORDS_ONLY = "the same search by words alone"  # measured beside when searching by meaning is on
EMPTY, ANSWERED = "no answer: called empty", "with answer: not called empty"
Given = TypeVar("Given")
IsEmpty = Callable[[str], bool]


def finds_nothing(rank: Ranker) -> IsEmpty:
    """Return the plainest verdict on a need: that it has no answer when nothing is found."""
    return lambda need: not rank(need)


def by_words(call: Callable[[str], Given]) -> Callable[[str], Given]:
    """Return a call that searches by words alone."""

    def called(need: str) -> Given:
        with without_meaning():
            return call(need)

    return called


def everybody(*, with_peers: bool = True, postgres: str | None = None) -> dict[str, Ranker]:
    """Return everybody who is asked, us first."""
    rankers: dict[str, Ranker] = {OURS: ours}
    if stage():
        rankers[WORDS_ONLY] = by_words(ours)
    if with_peers:
        rankers |= peers()
        for note, keywords in (("", False), (" + keywords", True)) if postgres else ():
            found = nearest_postgres(case_texts(keywords=keywords), postgres or "")
            rankers[f"{POSTGRES}{note}"] = ranker(found)
    return rankers


def measure(
    path: Path | None = None,
    postgres: str | None = None,
    *,
    with_peers: bool = True,
    is_empty: IsEmpty | None = None,
) -> Measured:
    """Measure everybody. ``is_empty`` is our own verdict on a need; for peers it is that nothing is found."""
    needs = judged_needs(path)
    groups: dict[str, Group] = {}
    for who, rank in everybody(with_peers=with_peers, postgres=postgres).items():
        kept = lru_cache(maxsize=None)(rank)
        for name, members in slices(needs).items():
            groups.setdefault(name, {})[who] = values([one for one in members if one.grades], kept)
        own = {OURS: is_empty, WORDS_ONLY: by_words(is_empty)} if is_empty else {}
        verdict = lru_cache(maxsize=None)(own.get(who) or finds_nothing(kept))
        for half in ("", "held_out"):
            found = verdicts([one for one in needs if half in ("", one.half)], verdict)
            for name, right in found.items():
                groups.setdefault(f"{half} {name}".strip(), {})[who] = right
    counts = {"needs": len(needs), "without_answer": sum(not one.grades for one in needs)}
    return Measured(groups, counts, skipped(postgres) if with_peers else {})


def values(needs: list[JudgedNeed], rank: Ranker) -> Values:
    """Return the measures of each need that has an answer."""
    ranked = [(rank(one.need), one.grades) for one in needs]
    measures = {"ndcg": ndcg, "recall": recall, "mrr": reciprocal_rank}
    return {name: [gain(*one) for one in ranked] for name, gain in measures.items()}


def verdicts(needs: list[JudgedNeed], is_empty: IsEmpty) -> dict[str, Values]:
    """Return how often needs without answer are called empty, and those with one are not."""
    return {
        EMPTY: {"right": [float(is_empty(one.need)) for one in needs if not one.grades]},
        ANSWERED: {"right": [float(not is_empty(one.need)) for one in needs if one.grades]},
    }
