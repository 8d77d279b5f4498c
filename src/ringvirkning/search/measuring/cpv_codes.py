"""CPV: does what we suggest from a notice's title and description hold the code its buyer gave it?

Right is the first code. The notice itself, and all others of its procurement, are left out of the neighbours, ours and
the peers' alike. A peer votes with its own nearest notices, or searches the labels of the codes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ringvirkning.search.cpv.asked import asked
from ringvirkning.search.cpv.evidence import evidence
from ringvirkning.search.cpv.neighbours import Neighbours, neighbours
from ringvirkning.search.cpv.suggest import suggest_cpv
from ringvirkning.search.cpv.weights import CLASS, DIVISION, at_level
from ringvirkning.search.measuring.figures import OURS, Measured, Nearest, Values
from ringvirkning.search.measuring.notices import Held, as_text, is_held_out, plain, said
from ringvirkning.search.measuring.peers import LABELS, peers, skipped
from ringvirkning.sources.tables import cpv_labels

NEIGHBOURS = 20  # notices that vote for a peer: with 20 peers did best on the tuning half
SOME_MORE = 10  # asked for beyond that, for those of the same procurement are left out
TOP = 5
Classes = Mapping[str, float]
Guess = Callable[["Coded"], Classes]


class Coded(NamedTuple):
    """A notice with a text and a first CPV code."""

    key: str
    life: str
    text: str
    code: str


def coded(notices: Iterable[Held]) -> list[Coded]:
    """Return the Norwegian notices with title, description and code; one of each procurement and text."""
    found: list[Coded] = []
    seen: set[str] = set()
    for one in notices:
        title, description = said(one.record.titles), _described(one)
        marks = {f"t {plain(title)}", f"d {plain(description)}", f"l {one.life}"}
        if title and description and one.record.cpv and not marks & seen:
            seen |= marks
            found.append(Coded(one.key, one.life, f"{title}\n{description}", one.record.cpv[0]))
    return found


def _described(one: Held) -> str:
    lots = (said(lot.descriptions) for lot in one.record.lots)
    return said(one.record.descriptions) or next((text for text in lots if text), "")


def learnable(notices: Iterable[Held]) -> list[Held]:
    """Return the notices words may be learnt from: no held-out Norwegian one, none of its procurement or title."""
    held = list(notices)
    kept_out = [one for one in held if said(one.record.titles) and is_held_out(one.key)]
    lives, titles = {one.life for one in kept_out}, {plain(said(one.record.titles)) for one in kept_out}
    return [one for one in held if one.life not in lives and plain(said(one.record.titles)) not in titles]


def ours(one: Coded) -> Classes:
    """Return our evidence for each class."""
    read = asked(one.text)
    return evidence(read, neighbours(read, without=[one.life])).classes


def ours_alone(one: Coded) -> Classes:
    """Return our evidence in an installation without notices."""
    return evidence(asked(one.text), Neighbours()).classes


def voting(nearest: Nearest, notices: Mapping[str, Held]) -> Guess:
    """Return the guess of a peer: its nearest notices vote for their first class, by their scores."""

    def guess(one: Coded) -> Classes:
        near = [(notices[key], score) for key, score in nearest(one.text, NEIGHBOURS + SOME_MORE)]
        votes: dict[str, float] = defaultdict(float)
        for other, score in [pair for pair in near if pair[0].life != one.life and pair[0].record.cpv][:NEIGHBOURS]:
            votes[other.record.cpv[0][:CLASS]] += score
        return votes

    return guess


def label_search(nearest: Nearest) -> Guess:
    """Return the guess of a peer that searches the labels: the classes of the codes it finds, by their scores."""

    def guess(one: Coded) -> Classes:
        votes: dict[str, float] = defaultdict(float)
        for code, score in nearest(one.text, NEIGHBOURS):
            votes[code[:CLASS]] += score
        return votes

    return guess


def guesses(notices: list[Held], postgres: str | None) -> dict[str, Guess]:
    """Return everybody who guesses, us first."""
    by_key = {one.key: one for one in notices}
    bare = {one.key: as_text(one.record, labels=False) for one in notices}
    labelled = {one.key: as_text(one.record, labels=True) for one in notices}
    labels = {code: "\n".join(both) for code, both in cpv_labels().items()}
    return {
        OURS: ours,
        f"{OURS}, without notices": ours_alone,
        **{name: voting(one, by_key) for name, one in peers(bare, postgres).items()},
        **{name: voting(one, by_key) for name, one in peers(labelled, postgres, note=LABELS).items()},
        **{name: label_search(one) for name, one in peers(labels, postgres, note="over the labels").items()},
    }


def measure(notices: list[Held], postgres: str | None = None) -> Measured:
    """Measure everybody on the half of the notices that nothing was tuned on."""
    wanted = [one for one in coded(notices) if is_held_out(one.key)]
    if not wanted:
        return Measured({}, {"notices": 0}, skipped(postgres))
    groups = {
        "held_out": {who: values(wanted, guess) for who, guess in guesses(notices, postgres).items()},
        "held_out, suggestions": {OURS: suggestions(wanted)},
    }
    return Measured(groups, {"notices": len(wanted)}, skipped(postgres))


def values(wanted: Iterable[Coded], guess: Guess) -> Values:
    """Return whether the right division and class came first, and among the first five."""
    found: Values = {"division_1": [], "division_5": [], "class_1": [], "class_5": []}
    for one in wanted:
        classes = guess(one)
        for name, level in (("division", DIVISION), ("class", CLASS)):
            best = _best(at_level(classes, level))
            found[f"{name}_1"].append(float(one.code[:level] in best[:1]))
            found[f"{name}_5"].append(float(one.code[:level] in best[:TOP]))
    return found


def _best(points: Mapping[str, float]) -> list[str]:
    return sorted(points, key=lambda key: (-points[key], key))


def suggestions(wanted: Iterable[Coded]) -> Values:
    """Return how often the first suggestion, and any of five, is right as far as it goes, and how far the first goes.

    ``reach_1`` is the digits of the first suggestion by 8: 0.25 for a division, 0.5 for a class.
    """
    found: Values = {"right_1": [], "right_5": [], "reach_1": []}
    for one in wanted:
        said_ = [_digits(it.code) for it in suggest_cpv(one.text, without=[one.life])]
        found["right_1"].append(float(bool(said_) and one.code.startswith(said_[0])))
        found["right_5"].append(float(any(one.code.startswith(prefix) for prefix in said_)))
        found["reach_1"].append(len(said_[0]) / 8 if said_ else 0.0)
    return found


def _digits(code: str) -> str:
    return code.rstrip("0").ljust(DIVISION, "0")
