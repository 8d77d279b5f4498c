"""How likely it is that a notice asks for something new: the one door. Pure: no Django, no network, no clock."""

from math import exp

from ringvirkning.analysis.signals.terms import Reading, Signal
from ringvirkning.sources.notices.record import Notice

METHOD = "0"  # grows whenever the same notice could be read otherwise
PRIOR = -3.0
STATED = {"mar-nov": 3.0, "rd-act": 3.0, "prod-innov": 2.5, "proc-innov": 2.5}


def read_innovation(record: Notice) -> Reading:
    """Return what a notice's words and codes say of innovation. Never raises, and the same notice reads the same."""
    signals = tuple(
        Signal(code=f"stated-{code}", weight=STATED[code], field="BT-776", words=code)
        for code in record.innovation
        if code in STATED
    )
    likelihood = 1 / (1 + exp(-(PRIOR + sum(one.weight for one in signals))))
    suggested = next((one.words for one in signals), None)
    return Reading(likelihood=likelihood, signals=signals, suggested=suggested, method=METHOD)
