"""Award criteria of several lots, said as shortly as they can be."""

from collections import Counter

import msgspec

from ringvirkning.sources.notices.record import Criterion


def merged(by_lot: dict[str, list[Criterion]]) -> tuple[Criterion, ...]:
    """Return the criteria with the lots they hold for; one that holds for every lot is said once, without a lot.

    Two criteria of one lot that look alike are two: many write weights without names.
    """
    told: dict[tuple[object, ...], tuple[Criterion, list[str]]] = {}
    for lot, criteria in by_lot.items():
        times: Counter[tuple[object, ...]] = Counter()
        for one in criteria:
            looks = (one.kind, tuple(one.names.items()), one.weight, one.weight_kind)
            times[looks] += 1
            told.setdefault((*looks, times[looks]), (one, []))[1].append(lot)
    return tuple(
        msgspec.structs.replace(one, lot=lot)
        for one, lots in told.values()
        for lot in ([None] if len(lots) == len(by_lot) else lots)
    )
