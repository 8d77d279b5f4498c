"""What came of a procurement: which lots were awarded, to whom, and for how much.

eForms tells it in a web: a lot result names tenders and contracts, a contract names the tenders that won, a tender
names its lot and the party behind it, and a party names its organisations.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ringvirkning.sources.notices.eforms.gather import Part, first
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Money
from ringvirkning.sources.notices.sums import finite, money
from ringvirkning.sources.notices.terms import ValueKind

AWARDED = "selec-w"
TENDERS = "tenders"  # the code that counts all tenders received
FIRST_RANK = "1"


@dataclass
class Award:
    """What came of one lot."""

    result: str | None = None
    reason: str | None = None
    tenders_received: int | None = None
    values: list[Money] = field(default_factory=list)


class Results:
    """Reads the result of one notice."""

    def __init__(self, part: Part, noted: Noted) -> None:
        self._noted = noted
        self._part = part
        self._tenders = _by_id(part.get("tenders", ()))
        self._contracts = _by_id(part.get("contracts", ()))
        self._parties = _by_id(part.get("parties", ()))
        self._paid: set[tuple[str, str]] = set()
        self.awards: dict[str, Award] = {}
        self.won: dict[str, list[str]] = {}  # organisation's id in the notice → lots it won
        for one in part.get("lot_results", ()):
            self._read(one)

    def values(self) -> list[Money]:
        """Return the sums of the whole notice."""
        given = (
            ("total", ValueKind.AWARDED, "BT-161-NoticeResult"),
            ("maximum", ValueKind.FRAMEWORK_MAXIMUM, "BT-118-NoticeResult"),
            ("reestimated", ValueKind.ESTIMATED, "BT-1118-NoticeResult"),
        )
        return [value for name, kind, place in given if (value := self._money(self._part, name, kind, place))]

    def _read(self, part: Part) -> None:
        lot = (first(part, "lot") or "").strip()
        award = self.awards.setdefault(lot, Award())
        self._read_outcome(part, award)
        for name, kind, place in (
            ("maximum", ValueKind.FRAMEWORK_MAXIMUM, "BT-709-LotResult"),
            ("reestimated", ValueKind.ESTIMATED, "BT-660-LotResult"),
        ):
            if value := self._money(part, name, kind, place):
                award.values.append(value)
        for name, tender in self._winning(part, lot):
            self._read_tender(name, tender, lot, award)

    def _read_outcome(self, part: Part, award: Award) -> None:
        result = first(part, "result")
        if award.result is None or result == AWARDED:
            award.result = result
        award.reason = award.reason or first(part, "reason")
        for one in part.get("received", ()):
            if first(one, "code") == TENDERS and award.tenders_received is None:
                award.tenders_received = self._count(first(one, "number"))

    def _count(self, text: str | None) -> int | None:
        if text is None:
            return None
        count = finite(text)
        if count is None:
            self._noted("count-unreadable", given=text)
            return None
        return int(count) if count >= 0 else None  # -1 is withheld

    def _winning(self, part: Part, lot: str) -> Iterator[tuple[str, Part]]:
        """Yield the tenders that won this lot: those with a contract, else those named, the first-ranked of them."""
        if first(part, "result") not in {AWARDED, None}:
            return
        named = _by_id(part.get("tenders", ()))
        signed = [name.strip() for contract in part.get("contracts", ()) for name in self._signed(contract.strip())]
        chosen = [name for name in dict.fromkeys(signed) if self._is_for(name, lot, named)]
        for name in chosen or self._ranked_first(named):
            yield name, self._tenders.get(name) or named.get(name) or {}

    def _signed(self, contract: str) -> list[str]:
        return self._contracts.get(contract, {}).get("tenders", [])

    def _is_for(self, tender: str, lot: str, named: dict[str, Part]) -> bool:
        lots = self._tenders.get(tender, {}).get("lot", ())
        return tender in named or lot in map(str.strip, lots)

    def _ranked_first(self, named: dict[str, Part]) -> list[str]:
        best = [name for name in named if first(self._tenders.get(name, {}), "rank") == FIRST_RANK]
        return best or list(named)

    def _read_tender(self, name: str, tender: Part, lot: str, award: Award) -> None:
        if (name, lot) in self._paid:
            return
        self._paid.add((name, lot))
        if value := self._money(tender, "value", ValueKind.AWARDED, "BT-720-Tender"):
            award.values.append(value)
        for party in tender.get("party", ()):
            for member in self._parties.get(party.strip(), {}).get("members", ()):
                self.won.setdefault(member.strip(), []).append(lot)

    def _money(self, part: Part, name: str, kind: ValueKind, place: str) -> Money | None:
        currency, amount = first(part, name) or (None, None)
        return money(amount, currency, kind, place, self._noted)


def _by_id(parts: Iterable[Part]) -> dict[str, Part]:
    return {name.strip(): part for part in parts for name in part.get("id", ())[:1]}
