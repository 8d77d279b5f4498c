"""The lots of an OCDS release, and what came of each. A process that is not divided is lot 1."""

from collections.abc import Iterable, Iterator
from typing import Any

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.criteria import Looks, merged
from ringvirkning.sources.notices.jsonparts import Node, at, nodes, text, texts
from ringvirkning.sources.notices.ocdsparts.codes import CRITERIA, RESULTS, WEIGHTS
from ringvirkning.sources.notices.ocdsparts.voice import Voice
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Criterion, Lot, Money
from ringvirkning.sources.notices.sums import money, number
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.notices.when import day

WHOLE = "1"
DAYS_IN_MONTH = 365 / 12
MOST = 5_000


class Lots:
    """Reads the lots of one release."""

    def __init__(self, release: Node, voice: Voice, noted: Noted) -> None:
        self._release, self._voice, self._noted = release, voice, noted
        given = [(text(one, "id") or "", one) for one in nodes(release, "tender", "lots")]
        self.given: dict[str, Node] = dict(one for one in given[:MOST] if one[0])
        if len(given) > MOST:
            noted("too-many-lots", most=MOST)
        self._awards = list(nodes(release, "awards"))
        self._items = [*nodes(release, "tender", "items"), *_items_of(self._awards)]

    def lots(self) -> tuple[Lot, ...]:
        """Return the lots."""
        if not self.given:
            return (self._lot(WHOLE, at(self._release, "tender"), whole=True),)
        return tuple(self._lot(name, one, whole=False) for name, one in self.given.items())

    def cpv(self, lot: str | None = None) -> tuple[str, ...]:
        """Return the CPV codes of the items, or of those of one lot."""
        found = (code for item in self._items if lot is None or lot in _lots_of(item) for code in _cpv_codes(item))
        main = _cpv_codes(at(self._release, "tender")) if lot is None else ()
        return codes.cpv([*main, *found], self._noted)

    def nuts(self, lot: str | None = None) -> tuple[str, ...]:
        """Return where the items are to be delivered."""
        found = [place for item in self._items if lot is None or lot in _lots_of(item) for place in _places(item)]
        return codes.nuts(found, self._noted)

    def won(self) -> Iterator[tuple[Node, list[str]]]:
        """Yield each supplier of an award with the lots of that award."""
        for award in self._awards:
            if (text(award, "status") or "active") == "active":
                lots = _lots_of(award) or ([] if self.given else [WHOLE])
                yield from ((supplier, lots) for supplier in nodes(award, "suppliers"))

    def _lot(self, name: str, node: Any, *, whole: bool) -> Lot:
        awards = [award for award in self._awards if whole or name in _lots_of(award)]
        period = at(node, "contractPeriod")
        start, end = (day(text(period, which), self._noted) for which in ("startDate", "endDate"))
        results = [RESULTS[status] for one in awards if (status := text(one, "status") or "active") in RESULTS]
        return Lot(
            lot_id=name,
            titles={} if whole else self._voice.texts(node, "title"),
            descriptions={} if whole else self._voice.texts(node, "description"),
            cpv=() if whole else self.cpv(name),
            nuts=() if whole else self.nuts(name),
            values=tuple(self._values(node, awards, whole=whole)),
            months=self._months(text(period, "durationInDays")),
            start=start,
            end=end,
            result=next((one for one in results if one == "selec-w"), next(iter(results), None)),
            tenders_received=self._received(None if whole else name),
        )

    def _values(self, node: Any, awards: Iterable[Node], *, whole: bool) -> Iterator[Money]:
        places = [] if whole else [(at(node, "value"), ValueKind.ESTIMATED, "tender/lots/value")]
        for award in awards:
            # A sum for several lots is no lot's own.
            if whole or len(_lots_of(award)) == 1:
                places.append((at(award, "value"), ValueKind.AWARDED, "awards/value"))
        for value, kind, field in places:
            if found := self.money(value, kind, field):
                yield found

    def money(self, value: Any, kind: ValueKind, field: str) -> Money | None:
        """Return a sum given as amount and currency."""
        return money(text(value, "amount"), text(value, "currency"), kind, field, self._noted)

    def _months(self, days: str | None) -> float | None:
        if not days:
            return None
        length = number(days, Noted())
        if length is None or length < 0:
            self._noted("duration-unreadable", given=days)
            return None
        self._noted("duration-converted", given=f"{days} DAY")
        return round(length / DAYS_IN_MONTH, 2)

    def _received(self, lot: str | None) -> int | None:
        """Return how many bids came in, for one lot or for all."""
        for one in nodes(self._release, "bids", "statistics"):
            if text(one, "measure") == "bids" and text(one, "relatedLot") == lot:
                return self._count(text(one, "value"))
        return self._count(text(self._release, "tender", "numberOfTenderers")) if lot is None else None

    def _count(self, given: str | None) -> int | None:
        if given is None:
            return None
        count = number(given, Noted())
        if count is None or count < 0:
            self._noted("count-unreadable", given=given)
            return None
        return int(count)

    def criteria(self) -> tuple[Criterion, ...]:
        """Return the award criteria; one that holds for every lot is said once, without a lot."""
        holders = self.given or {WHOLE: at(self._release, "tender") or {}}
        return merged({name: list(self._criteria(node)) for name, node in holders.items()})

    def _criteria(self, node: Node) -> Iterator[Looks]:
        for one in nodes(node, "awardCriteria", "criteria"):
            weight = next(nodes(one, "numbers"), {})
            kind, given = text(one, "type") or "", text(weight, "number")
            names = self._voice.texts(one, "name") or self._voice.texts(one, "description")
            yield (
                kind if kind in CRITERIA else None,
                tuple(names.items()),
                number(given, Noted()) if given else None,
                WEIGHTS.get(text(weight, "weight") or ""),
            )


def _items_of(holders: Iterable[Node]) -> Iterator[Node]:
    for one in holders:
        yield from nodes(one, "items")


def _lots_of(node: Node) -> list[str]:
    related = text(node, "relatedLot")
    return [*texts(node, "relatedLots"), *([related] if related else [])]


def _cpv_codes(item: Any) -> Iterator[str | None]:
    main = at(item, "classification")
    for one in (main, *nodes(item, "additionalClassifications")):
        if (text(one, "scheme") or "").upper() == "CPV":
            yield text(one, "id")


def _places(item: Node) -> Iterator[str | None]:
    for one in (at(item, "deliveryAddress"), *nodes(item, "deliveryAddresses")):
        yield text(one, "region")
