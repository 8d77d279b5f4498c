"""How well notices about innovation are found, on graded notices, beside simpler ways in the same run.

Precision: the share of what is shown that is right. Recall: the share of what is right that is shown. Both at a
likelihood of ``LIKELY``. Average precision looks at the whole order and needs no threshold. Intervals hold 95 of 100
samples drawn anew from the same notices; the draw is the same each time.
"""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ringvirkning.analysis.innovation import LIKELY, read_innovation
from ringvirkning.analysis.judged import Judged
from ringvirkning.analysis.signals.structure import STATED
from ringvirkning.analysis.signals.texts import READ
from ringvirkning.sources.notices.record import Notice

Way = Callable[[Notice], float]
Pair = tuple[Judged, Notice]
Interval = tuple[float, float]
DRAWS = 1_000
FEWEST = 10  # notices in a language, for figures of its own
# The list a careful person would write at once: the words for innovation, pilots, research and development.
KEYWORDS = re.compile(
    r"innov|nyskap|nyskab|nytenk|nytænk|nytänk|pilot|prototyp|\bfou\b|\bf&u\b|\br&d\b|forskning|forsking|research"
    r"|utvikl|udvikl|utveckl|develop|førkommers|ny teknologi|new technolog|ny teknik",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Score:
    """How one way did on some notices. All between 0 and 1."""

    notices: int
    positives: int
    shown: int
    precision: float
    recall: float
    f1: float
    average_precision: float
    precision_between: Interval
    recall_between: Interval
    f1_between: Interval
    average_precision_between: Interval


def ours(notice: Notice) -> float:
    """Return our likelihood."""
    return read_innovation(notice).likelihood


def field_alone(notice: Notice) -> float:
    """Return 1 when the buyer has filled in BT-776 or BT-06 for innovation: what Doffin marks."""
    return float(bool(notice.innovation) or "inn-pur" in notice.strategic)


def codes_alone(notice: Notice) -> float:
    """Return 1 when the buyer has given one of the four codes DFØ explains; the retired ones do not count."""
    return float(any(code in STATED for code in notice.innovation))


def keywords(notice: Notice) -> float:
    """Return 1 when a plain list of words finds something in any text, in any language."""
    texts = [notice.titles, notice.descriptions, *(lot.titles for lot in notice.lots)]
    texts += [lot.descriptions for lot in notice.lots]
    return float(any(KEYWORDS.search(text) for by_language in texts for text in by_language.values()))


WAYS: dict[str, Way] = {
    "Ringvirkning": ours,
    "BT-776 or BT-06 filled in": field_alone,
    "DFØ's four codes": codes_alone,
    "plain list of keywords": keywords,
}


def score(pairs: Sequence[Pair], way: Way, *, least: int = 1) -> Score:
    """Return how a way did. ``least`` is the grade that counts as right; lower grades above 0 are then left out."""
    kept = [(one.grade >= least, way(notice)) for one, notice in pairs if one.grade >= least or one.grade == 0]
    draw = random.Random(20261127)  # noqa: S311 - no secret: the same draw each time
    drawn = [_measures(draw.choices(kept, k=len(kept))) for _ in range(DRAWS)] if kept else []
    between = [_middle([one[place] for one in drawn]) for place in range(4)]
    positives, shown = sum(right for right, _ in kept), sum(likelihood >= LIKELY for _, likelihood in kept)
    return Score(len(kept), positives, shown, *_measures(kept), *between)


def _measures(answers: Sequence[tuple[bool, float]]) -> tuple[float, float, float, float]:
    shown = [right for right, likelihood in answers if likelihood >= LIKELY]
    hits, positives = sum(shown), sum(right for right, _ in answers)
    precision = hits / len(shown) if shown else 0.0
    recall = hits / positives if positives else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1, average_precision(answers)


def average_precision(answers: Sequence[tuple[bool, float]]) -> float:
    """Return the precision at each place where something right is met, averaged; equal likelihoods are one place."""
    positives = sum(right for right, _ in answers)
    if not positives:
        return 0.0
    counts: dict[float, list[int]] = {}
    for right, likelihood in answers:
        counts.setdefault(likelihood, [0, 0])[right] += 1
    seen = hits = 0
    total = 0.0
    for likelihood in sorted(counts, reverse=True):
        wrong, right_here = counts[likelihood]
        seen, hits = seen + wrong + right_here, hits + right_here
        total += right_here * hits / seen
    return total / positives


def _middle(values: list[float]) -> Interval:
    if not values:
        return 0.0, 0.0
    ordered = sorted(values)
    return ordered[round(0.025 * (len(ordered) - 1))], ordered[round(0.975 * (len(ordered) - 1))]


def code_accuracy(pairs: Iterable[Pair]) -> tuple[int, int]:
    """Return how many suggested codes were the graded ones, of how many notices that have a graded code."""
    coded = [(one.code, read_innovation(notice).suggested) for one, notice in pairs if one.code]
    return sum(code == suggested for code, suggested in coded), len(coded)


def language_of(notice: Notice) -> str:
    """Return the language a notice is read in: the first that the word lists know, "other" when none is."""
    found = next((language for language in READ if language in {**notice.titles, **notice.descriptions}), "other")
    return "nb" if found == "no" else found


def slices(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Return the graded notices in the groups we report: the halves, and languages with enough notices to say much."""
    groups = {half: [pair for pair in pairs if pair[0].half == half] for half in ("tune", "held_out")}
    languages: dict[str, list[Pair]] = {}
    for pair in groups["held_out"]:
        languages.setdefault(f"held_out {language_of(pair[1])}", []).append(pair)
    return groups | {name: some for name, some in sorted(languages.items()) if len(some) >= FEWEST}
