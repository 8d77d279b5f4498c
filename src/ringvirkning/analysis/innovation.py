"""How likely it is that a notice asks for something new: the one door. Pure: no Django, no network, no clock.

The reading adds up the weight of each signal, and a curve turns the sum into a likelihood. Nothing is learned by
machine: each weight stands in a file with the reason for it.
"""

from collections import defaultdict
from math import exp

from ringvirkning.analysis.signals.lists import rules
from ringvirkning.analysis.signals.structure import structure_signals
from ringvirkning.analysis.signals.terms import Reading, Signal
from ringvirkning.analysis.signals.words import word_signals
from ringvirkning.sources.notices.record import Notice

METHOD = "1"  # grows whenever the same notice could be read otherwise; a test holds it to the lists' digest
# The sum of weights at which a notice is as likely as not, and how fast likelihood grows around it. A logistic curve
# fitted to the tune half had 2.5 and 2.1; the slope is set lower, since a fit to the notices that set the weights is
# too sure of itself. A notice that says nothing then comes to 2 %, near the 4 in a hundred that were graded 1 or 2.
HALFWAY = 2.5
SLOPE = 1.6
LIKELY = 0.5
POSSIBLE = 0.2
# Pilot, trial and prototype say much of the same: together no more than one and a half of the heaviest.
KIN = {
    "trying": ("pilot", "trial", "prototype", "develop-and-try", "research-and-development", "research-mentioned"),
    "asking": ("market-dialogue", "request-for-information", "kind-early"),
    "dialogue": ("competitive-dialogue", "procedure-comp-dial"),
    "partnership": ("innovation-partnership", "procedure-innovation"),
    "contest": ("design-contest", "kind-contest"),
    "new": ("innovative", "new-solutions", "emerging-technology", "new-way-of-working", "new-service"),
    "everyday": ("everyday-goods", "cpv-everyday", "framework-agreement", "upkeep"),
    "stated": (
        "stated-mar-nov",
        "stated-rd-act",
        "stated-prod-innov",
        "stated-proc-innov",
        "stated-weakly",
        "stated-strategic",
    ),
}


def read_innovation(record: Notice) -> Reading:
    """Return what a notice's words and codes say of innovation. Never raises, and the same notice reads the same."""
    found = [*structure_signals(record), *word_signals(record)]
    signals = tuple(sorted(found, key=lambda one: -abs(one.weight)))
    likelihood = likelihood_of(signals)
    suggested = suggested_code(signals) if likelihood >= POSSIBLE else None
    return Reading(likelihood=likelihood, signals=signals, suggested=suggested, method=METHOD)


def likelihood_of(signals: tuple[Signal, ...]) -> float:
    """Return the likelihood 0–1 that the signals come to, rounded to three places."""
    return round(1 / (1 + exp(min(SLOPE * (HALFWAY - total(signals)), 700))), 3)


def total(signals: tuple[Signal, ...]) -> float:
    """Return the sum of weights, where signals that are kin do not count in full beside each other."""
    left = {one.code: one.weight for one in signals}
    sum_ = 0.0
    for codes in KIN.values():
        kin = [left.pop(code) for code in codes if code in left]
        sum_ += _together(kin)
    return sum_ + sum(left.values())


def _together(weights: list[float]) -> float:
    """Return the heaviest in full and half of the rest, at most half the heaviest more."""
    if not weights:
        return 0.0
    heaviest = max(weights, key=abs)
    rest = sum(weights) - heaviest
    return heaviest + max(-abs(heaviest), min(abs(heaviest), rest)) / 2


def suggested_code(signals: tuple[Signal, ...]) -> str | None:
    """Return the BT-776 code most of the weight points at; None when nothing points at one.

    What the buyer has stated counts double: nobody knows better which kind it is.
    """
    points = {rule.code: rule.suggests for rule in rules()}
    weights: defaultdict[str, float] = defaultdict(float)
    for one in signals:
        code = one.words if one.code.startswith("stated-") and one.field == "BT-776" else points.get(one.code)
        if code and one.weight > 0 and one.code != "stated-weakly":
            weights[code] += one.weight * (2 if one.field == "BT-776" else 1)
    return max(weights, key=lambda code: weights[code]) if weights else None
