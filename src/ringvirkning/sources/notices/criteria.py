"""Award criteria of several lots, said as shortly as they can be."""

import msgspec

from ringvirkning.sources.notices.record import Criterion


def merged(by_lot: dict[str, list[Criterion]]) -> tuple[Criterion, ...]:
    """Return the criteria with the lots they hold for; one that holds for every lot is said once, without a lot."""
    told: dict[tuple[object, ...], tuple[Criterion, dict[str, None]]] = {}
    for lot, criteria in by_lot.items():
        for one in criteria:
            key = (one.kind, tuple(one.names.items()), one.weight, one.weight_kind)
            told.setdefault(key, (one, {}))[1][lot] = None
    return tuple(
        msgspec.structs.replace(one, lot=lot)
        for one, lots in told.values()
        for lot in ([None] if len(lots) == len(by_lot) else lots)
    )
