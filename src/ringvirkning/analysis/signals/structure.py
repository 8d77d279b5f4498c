"""Signals from a notice's codes: the fields that say innovation, the way of buying, and what CPV says is bought."""

import re
from collections.abc import Iterator

from ringvirkning.analysis.signals.terms import Signal
from ringvirkning.sources.notices.record import Notice

# BT-776. Why so little for DFØ's own four codes: in the graded set every real notice that had one was an everyday
# purchase in its text (6 of 6). They count as much as one clear word does. The retired ones hardly count
# ("other" stands on office paper).
STATED = {"mar-nov": 1.9, "rd-act": 1.9, "prod-innov": 1.9, "proc-innov": 1.5}
STATED_WEAKLY = {"buy-eff": 0.2, "fp-requ": 0.8, "org-nov": 0.2, "other": 0.0}
STRATEGIC = 0.5  # BT-06 "inn-pur": follows from BT-776, so it adds little

# BT-105. Innovation partnership alone was right 16 of 24 times: elsewhere it is chosen by mistake.
PROCEDURES = {"innovation": 3.4, "comp-dial": 2.6}
# BT-02 of design contests; misused for ordinary purchases now and then, which CPV then takes down.
CONTESTS = {"cn-desg": 2.6, "can-desg": 2.6}
# Asking the market before anything is decided.
EARLY = {"pin-buyer": 0.3, "pin-only": 0.3}
DIRECT = {"veat": -0.8, "can-modif": -0.5, "qu-sy": -0.8}

RESEARCH = 0.5  # CPV 73: in Norway mostly inquiries and evaluations
# CPV divisions of goods and services that are bought the same way year after year.
EVERYDAY = frozenset("03 09 14 15 16 18 19 22 24 37 39 41 44 50 55 60 63 64 65 66 70 75 76 77 83 92 98".split())
EVERYDAY_GROUPS = tuple("301 331 336 341 452 454 503 791 792 795 796 797 851 906 909".split())
EVERYDAY_WEIGHT = -1.5
CRITERION = re.compile(r"innov|nyskap|nyskab|nytenk|nytænk|nytänk", re.IGNORECASE)
CRITERION_WEIGHT = 1.6


def structure_signals(notice: Notice) -> Iterator[Signal]:
    """Return the signals of the notice's codes."""
    yield from _stated(notice)
    yield from _way_of_buying(notice)
    yield from _what_is_bought(notice)
    yield from _criteria(notice)


def _stated(notice: Notice) -> Iterator[Signal]:
    for code in dict.fromkeys(notice.innovation):
        if code in STATED:
            yield Signal(code=f"stated-{code}", weight=STATED[code], field="BT-776", lot=_lot(notice, code), words=code)
        elif code in STATED_WEAKLY:
            weight = STATED_WEAKLY[code]
            yield Signal(code="stated-weakly", weight=weight, field="BT-776", lot=_lot(notice, code), words=code)
    if "inn-pur" in notice.strategic:
        yield Signal(code="stated-strategic", weight=STRATEGIC, field="BT-06", words="inn-pur")


def _lot(notice: Notice, code: str) -> str | None:
    return next((lot.lot_id for lot in notice.lots if code in lot.innovation), None)


def _way_of_buying(notice: Notice) -> Iterator[Signal]:
    procedure, kind = notice.procedure or "", notice.kind or ""
    if procedure in PROCEDURES:
        yield Signal(code=f"procedure-{procedure}", weight=PROCEDURES[procedure], field="BT-105", words=procedure)
    for table, code in ((CONTESTS, "kind-contest"), (EARLY, "kind-early"), (DIRECT, "kind-direct")):
        if kind in table:
            yield Signal(code=code, weight=table[kind], field="BT-02", words=kind)


def _what_is_bought(notice: Notice) -> Iterator[Signal]:
    main = notice.cpv[0] if notice.cpv else ""
    if main.startswith("73"):
        yield Signal(code="cpv-research", weight=RESEARCH, field="BT-262", words=main)
    elif main[:2] in EVERYDAY or main.startswith(EVERYDAY_GROUPS):
        yield Signal(code="cpv-everyday", weight=EVERYDAY_WEIGHT, field="BT-262", words=main)


def _criteria(notice: Notice) -> Iterator[Signal]:
    for one in notice.criteria:
        for language, name in one.names.items():
            if match := CRITERION.search(name):
                yield Signal(
                    code="criterion",
                    weight=CRITERION_WEIGHT,
                    field="criterion",
                    lot=one.lot,
                    language=language,
                    start=match.start(),
                    end=match.end(),
                    words=match.group(),
                )
                return
