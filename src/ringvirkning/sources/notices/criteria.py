"""Award criteria of several lots, said as shortly as they can be."""

from collections import Counter

from ringvirkning.sources.notices.record import Criterion

# Kind, names, weight and kind of weight: what makes two criteria the same.
Looks = tuple[str | None, tuple[tuple[str, str], ...], float | None, str | None]


def merged(by_lot: dict[str, list[Looks]]) -> tuple[Criterion, ...]:
    """Return the criteria with the lots they hold for; one that holds for every lot is said once, without a lot.

    Two criteria of one lot that look alike are two: many write weights without names.
    """
    told: dict[tuple[Looks, int], list[str]] = {}
    for lot, criteria in by_lot.items():
        times: Counter[Looks] = Counter()
        for looks in criteria:
            times[looks] += 1
            told.setdefault((looks, times[looks]), []).append(lot)
    return tuple(_for(looks, lot) for (looks, _), lots in told.items() for lot in _lots_or_all(lots, len(by_lot)))


def _lots_or_all(lots: list[str], count: int) -> list[str | None]:
    return [None] if len(lots) == count else [*lots]


def _for(looks: Looks, lot: str | None) -> Criterion:
    kind, names, weight, weight_kind = looks
    return Criterion(kind=kind, names=dict(names), weight=weight, weight_kind=weight_kind, lot=lot)
