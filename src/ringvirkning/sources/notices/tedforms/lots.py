"""The lots of a form of 2014: what is asked for in each, and what came of it."""

from typing import Any

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.criteria import Looks, merged
from ringvirkning.sources.notices.record import Criterion, Lot, Texts
from ringvirkning.sources.notices.tedforms.awards import Award
from ringvirkning.sources.notices.tedforms.form import Form
from ringvirkning.sources.notices.tedforms.sums import months, start_and_end, sum_at, weight
from ringvirkning.sources.notices.tedforms.tree import Node, attribute, kid, kids, told
from ringvirkning.sources.notices.terms import ValueKind

MOST = 5_000
CRITERIA = {"AC_PRICE": "price", "AC_COST": "cost", "AC_QUALITY": "quality", "AC_CRITERION": None}
HUNDRED = 100.0
PERCENT = "per-exa"
NO_AWARD = Award()


def descriptions(form: Node) -> list[Node]:
    """Return the elements that each describe a lot, in their order."""
    return kids(form, "OBJECT_CONTRACT", "OBJECT_DESCR")


class Lots:
    """Reads the lots of one form."""

    def __init__(self, form: Form, shared: dict[str, Any]) -> None:
        self._form, self._noted, self._shared = form, form.noted, shared
        self._described = {id(one): descriptions(one) for _, one in form.spoken}
        self._has_several = {id(one): len(kids(one, "OBJECT_CONTRACT")) > 1 for _, one in form.spoken}
        self._judged: dict[int, list[Node]] = {}  # the criteria of each description, by its id
        self.given = self._numbered(descriptions(form.element)) if form.element is not None else {}

    def _numbered(self, elements: list[Node]) -> dict[str, int]:
        """Return lot's number → its place. A contract that is not divided is lot 1."""
        found: dict[str, int] = {}
        for place, element in enumerate(elements[:MOST]):
            number = told(element, "LOT_NO") or str(place + 1)
            if number in found:
                self._noted("lot-twice", lot=number)
            found.setdefault(number, place)
        if len(elements) > MOST:
            self._noted("too-many-lots", most=MOST)
        return found

    def lots(self, awards: dict[str, Award]) -> tuple[Lot, ...]:
        """Return the lots with what came of them."""
        for number in awards.keys() - self.given.keys():
            self._noted("lot-unknown", lot=number)
        return tuple(self._lot(number, place, awards.get(number, NO_AWARD)) for number, place in self.given.items())

    def _lot(self, number: str, place: int, award: Award) -> Lot:
        element = self._original(place)
        start, end = start_and_end(element, self._noted)
        return Lot(
            lot_id=number,
            titles=self._title(place),
            descriptions=self._form.texts(lambda form: kid(self._at(form, place), "SHORT_DESCR")),
            cpv=codes.cpv((one.get("CODE") for one in kids(element, "CPV_ADDITIONAL", "CPV_CODE")), self._noted),
            nuts=codes.nuts((one.get("CODE") for one in kids(element, "NUTS")), self._noted),
            values=(*sum_at(kid(element, "VAL_OBJECT"), ValueKind.ESTIMATED, "VAL_OBJECT", self._noted), *award.values),
            months=months(kid(element, "DURATION"), self._noted),
            start=start,
            end=end,
            result=award.result,
            not_awarded_reason=award.reason,
            tenders_received=award.tenders_received,
            **self._shared,
        )

    def _original(self, place: int) -> Node:
        return self._described[id(self._form.element)][place]

    def _at(self, form: Node, place: int) -> Node | None:
        """Return the same lot in another language: translations name the lots in the same order."""
        described = self._described[id(form)]
        return described[place] if place < len(described) else None

    def _title(self, place: int) -> Texts:
        return self._form.texts(lambda form: self._title_in(form, place), one_line=True)

    def _title_in(self, form: Node, place: int) -> Node | None:
        """Return a lot's title; where a form has several objects, each with one lot, that of its object."""
        description = self._at(form, place)
        own = kid(description, "TITLE")
        if own is not None or description is None or not self._has_several[id(form)]:
            return own
        return kid(description.parent, "TITLE")

    def criteria(self) -> tuple[Criterion, ...]:
        """Return the award criteria; one that holds for every lot is said once, without a lot."""
        return merged({number: self._criteria(place) for number, place in self.given.items()})

    def _criteria(self, place: int) -> list[Looks]:
        """Return the criteria of a lot. TED does not say how weights are meant; a hundred in all means per cent."""
        judged = self._criteria_in(self._original(place))
        weights = [weight(told(element, "AC_WEIGHTING"), self._noted) for element in judged]
        meant = PERCENT if sum(one or 0 for one in weights) == HUNDRED else None
        return [
            (CRITERIA[element.name], self._criterion_names(place, position), given, None if given is None else meant)
            for position, (element, given) in enumerate(zip(judged, weights, strict=True))
        ]

    def _criterion_names(self, place: int, position: int) -> tuple[tuple[str, str], ...]:
        names = self._form.texts(lambda form: self._name_of_criterion(form, place, position), one_line=True)
        return tuple(names.items())

    def _name_of_criterion(self, form: Node, place: int, position: int) -> Node | None:
        judged = self._criteria_in(self._at(form, place))
        one = judged[position] if position < len(judged) else None
        return one if one is None or one.name == "AC_CRITERION" else kid(one, "AC_CRITERION")

    def _criteria_in(self, description: Node | None) -> list[Node]:
        if description is None:
            return []
        if id(description) not in self._judged:
            self._judged[id(description)] = _judged(description)
        return self._judged[id(description)]


def _judged(description: Node) -> list[Node]:
    """Return the criteria; the first releases of the forms had them without a frame."""
    holders = (description, *kids(description, "AC"))
    return [one for holder in holders for one in holder.kids if one.name in CRITERIA]


def main_cpv(form: Form) -> tuple[str, ...]:
    """Return the CPV codes of the whole form, the main one first; what TED's staff coded when the form has none."""
    objects = kids(form.element, "OBJECT_CONTRACT")
    given = [attribute(one, "CPV_MAIN", "CPV_CODE", "CODE") for one in objects]
    more = [code.get("CODE") for one in objects for code in kids(one, "OBJECT_DESCR", "CPV_ADDITIONAL", "CPV_CODE")]
    found = codes.cpv([*given, *more], form.noted)
    return found or codes.cpv((one.get("CODE") for one in kids(form.coded("NOTICE_DATA"), "ORIGINAL_CPV")), form.noted)
