"""What came of a procurement, in forms of 2014: for each lot who won, for how much, or why nobody did."""

import re
from dataclasses import dataclass, field

from ringvirkning.sources.notices.record import Money
from ringvirkning.sources.notices.tedforms.form import Form
from ringvirkning.sources.notices.tedforms.parties import Won, winner
from ringvirkning.sources.notices.tedforms.sums import sum_at, whole_number
from ringvirkning.sources.notices.tedforms.tree import Node, kid, kids, told, within
from ringvirkning.sources.notices.terms import ValueKind

WON, NOBODY_WON = "selec-w", "clos-nw"
OTHER_REASON = "other"
_SEVERAL = re.compile(r"[\s,;/&+]+")


@dataclass
class Award:
    """What came of one lot."""

    result: str | None = None
    reason: str | None = None
    values: list[Money] = field(default_factory=list)
    _counts: set[int] = field(default_factory=set)

    def note_count(self, count: int | None) -> None:
        """Note how many tenders one contract of this lot was chosen among."""
        if count is not None:
            self._counts.add(count)

    @property
    def tenders_received(self) -> int | None:
        """How many tenders came in; None when the contracts of the lot say differently."""
        return next(iter(self._counts)) if len(self._counts) == 1 else None


class Awards:
    """Reads the awards of one form, given the numbers of its lots."""

    def __init__(self, form: Form, lots: list[str]) -> None:
        self._form, self._lots = form, lots
        self.by_lot: dict[str, Award] = {}
        self.won: Won = []
        for element in kids(form.element, "AWARD_CONTRACT"):
            self._read(element)
        for element in kids(form.element, "RESULTS"):
            self._read_contest(element)
        self._read_modification(kid(form.element, "MODIFICATIONS_CONTRACT"))

    def _read_modification(self, element: Node | None) -> None:
        """After a modification the contract is with those it names, who may write their names anew."""
        contractors = list(within(element, "CONTRACTOR"))
        if contractors:
            self.won.clear()
        for contractor in contractors:
            self._add_winner(contractor, self._numbers(None))

    def _read(self, element: Node) -> None:
        lots = self._numbers(told(element, "LOT_NO"))
        awarded = kid(element, "AWARDED_CONTRACT")
        for lot in lots:
            self._read_outcome(element, awarded, self.by_lot.setdefault(lot, Award()))
        if awarded is not None:
            self._read_values(awarded, lots)
            for contractor in within(awarded, "CONTRACTOR"):
                self._add_winner(contractor, lots)

    def _numbers(self, given: str | None) -> list[str]:
        """Return the lots an award is for: the only one when it does not say."""
        if not given:
            return self._lots if len(self._lots) == 1 else []
        several = [one for one in _SEVERAL.split(given) if one]
        return several if given not in self._lots and all(one in self._lots for one in several) else [given]

    def _read_outcome(self, element: Node, awarded: Node | None, award: Award) -> None:
        if awarded is not None:
            award.result, award.reason = WON, None
            count = next(within(awarded, "NB_TENDERS_RECEIVED"), None)
            award.note_count(whole_number(told(count), self._form.noted))
        elif award.result is None and (none := kid(element, "NO_AWARDED_CONTRACT")) is not None:
            award.result = NOBODY_WON
            award.reason = OTHER_REASON if kid(none, "PROCUREMENT_DISCONTINUED") is not None else None

    def _read_values(self, awarded: Node, lots: list[str]) -> None:
        """Note the sums under their lots. A contract for several lots has one sum, which is no lot's own."""
        holder = kid(awarded, "VALUES")
        holder = awarded if holder is None else holder
        for name, kind in (("VAL_TOTAL", ValueKind.AWARDED), ("VAL_ESTIMATED_TOTAL", ValueKind.ESTIMATED)):
            found = sum_at(kid(holder, name), kind, f"AWARD_CONTRACT/{name}", self._form.noted)
            if len(lots) == 1:
                self.by_lot[lots[0]].values.extend(found)
        sum_at(kid(holder, "VAL_RANGE_TOTAL"), ValueKind.AWARDED, "VAL_RANGE_TOTAL", self._form.noted)

    def _read_contest(self, element: Node) -> None:
        """Read the result of a design contest."""
        lots = self._numbers(None)
        prizes = list(kids(element, "AWARDED_PRIZE"))
        for lot in lots:
            award = self.by_lot.setdefault(lot, Award())
            award.result = WON if prizes else NOBODY_WON
            for prize in prizes:
                found = sum_at(next(within(prize, "VAL_PRIZE"), None), ValueKind.AWARDED, "VAL_PRIZE", self._form.noted)
                award.values.extend(found)
        for contractor in within(element, "WINNER"):
            self._add_winner(contractor, lots)

    def _add_winner(self, contractor: Node, lots: list[str]) -> None:
        if found := winner(self._form, contractor):
            self.won.extend((found, lot) for lot in lots or [""])
