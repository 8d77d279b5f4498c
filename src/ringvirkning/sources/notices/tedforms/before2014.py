"""Forms of the directives of 2004 and 2009 (R2.0.7 and R2.0.8): the names differ from form to form, the parts do not.

So parts are found by what they are called anywhere in the form, outside those that are about something else: awards,
appeals, and other addresses.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.criteria import Looks, merged
from ringvirkning.sources.notices.record import Change, Lot, Money, Texts
from ringvirkning.sources.notices.tedforms.awards import WON, Award
from ringvirkning.sources.notices.tedforms.codes import NATURES, PROCEDURES
from ringvirkning.sources.notices.tedforms.form import Form
from ringvirkning.sources.notices.tedforms.parties import Won, winner, winners
from ringvirkning.sources.notices.tedforms.sums import months, split_day, sum_at, weight, whole_number
from ringvirkning.sources.notices.tedforms.tree import Node, attribute, everything, kid, line, told, within, words
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.notices.when import moment

AWARDS = ("AWARD_OF_CONTRACT", "AWARD_OF_CONTRACT_DEFENCE", "AWARD_AND_CONTRACT_VALUE", "RESULT_CONTEST")
TITLES = (
    "TITLE_CONTRACT",
    "TITLE_DESIGN_CONTACT_NOTICE",
    "TITLE_QUALIFICATION_SYSTEM",
    "TITLE_NOTICE_BUYER_PROFILE",
    "TITLE_CONCESSION",
)
DESCRIPTIONS = (
    "SHORT_CONTRACT_DESCRIPTION",
    "SHORT_DESCRIPTION_CONTRACT",
    "SHORT_DESCRIPTION",
    "DESCRIPTION_OF_CONTRACT",
    "DESCRIPTION",
    "TOTAL_QUANTITY_OR_SCOPE",
    "NATURE_QUANTITY_SCOPE",
)
FRAMEWORKS = frozenset({"FRAMEWORK_AGREEMENT", "CONCLUSION_FRAMEWORK_AGREEMENT", "ESTABLISHMENT_FRAMEWORK_AGREEMENT"})
SYSTEMS = frozenset({"DYNAMIC_PURCHASING_SYSTEM", "CONTRACTS_DPS", "SETTING_UP_DYNAMIC_PURCHASING_SYSTEM"})
WHOLE = "1"  # the lot of a contract that is not divided


def fields(form: Form) -> dict[str, Any]:
    """Return what a form says, by the names of the record."""
    awards, won = _awards(form)
    lots = _lots(form, awards)
    return {
        "legal_basis": None,
        "titles": _texts(form, *TITLES, one_line=True),
        "descriptions": _texts(form, *DESCRIPTIONS),
        "cpv": codes.cpv(_cpv(form), form.noted),
        "nuts": codes.nuts(_places(form), form.noted),
        "contract_nature": NATURES.get(_nature(form) or ""),
        "procedure": _procedure(form),
        "accelerated": any("ACCELERATED" in name for name in _procedure_names(form)),
        "techniques": _techniques(form),
        "lots": lots,
        "values": tuple(_values(form)),
        "criteria": merged({WHOLE: list(_criteria(form))}),
        "winners": winners(won),
        "deadline": _deadline(form),
        "change": _correction(form),
    }


def references(form: Form) -> Iterator[tuple[str, str | None]]:
    """Yield how another notice is named and its number."""
    relation = "changed" if form.number == "F14" else "previous"
    for element in within(form.element, "NOTICE_NUMBER_OJ"):
        yield relation, told(element)


def links(form: Form) -> Iterator[tuple[str, str | None]]:
    """Yield what a link leads to and its address."""
    for kind, name in (("submission", "URL_PARTICIPATE"), ("buyer-profile", "URL_BUYER")):
        for element in within(form.element, name):
            yield kind, told(element)


def _outside_awards(form: Node | None, *names: str) -> Iterator[Node]:
    """Yield the elements with these names that are not part of an award."""
    for element in within(form, *names):
        if not _in_award(element):
            yield element


def _in_award(element: Node | None) -> bool:
    while element is not None and element.name not in AWARDS:
        element = element.parent
    return element is not None


def _first(form: Node, names: tuple[str, ...]) -> Node | None:
    """Return the first element by the first name that says anything."""
    return next((one for name in names for one in _outside_awards(form, name) if words(one)), None)


def _texts(form: Form, *names: str, one_line: bool = False) -> Texts:
    return form.texts(lambda one: _first(one, names), one_line=one_line)


def _cpv(form: Form) -> Iterator[str | None]:
    for name in ("CPV_MAIN", "CPV_ADDITIONAL"):
        for element in within(form.element, name):
            yield attribute(element, "CPV_CODE", "CODE")


def _places(form: Form) -> Iterator[str | None]:
    for element in within(form.element, "LOCATION_NUTS", "SITE_OR_LOCATION"):
        for one in within(element, "NUTS"):
            yield one.get("CODE")


def _nature(form: Form) -> str | None:
    own = next(within(form.element, "TYPE_CONTRACT"), None)
    typed = (one.get("CTYPE") for one in everything(form.element))
    given = attribute(own, "VALUE") or next(filter(None, typed), "")
    return given.upper() or None


def _procedure_names(form: Form) -> list[str]:
    return [name for one in everything(form.element) if (name := one.name).startswith("PT_")]


def _procedure(form: Form) -> str | None:
    return next((PROCEDURES[name] for name in _procedure_names(form) if name in PROCEDURES), None)


def _techniques(form: Form) -> tuple[str, ...]:
    """Return techniques. Forms have a place for each that says YES or NO, or that is there only when it is so."""
    present = {one.name for one in everything(form.element) if one.get("VALUE") != "NO"}
    auction = any(one.endswith("ELECTRONIC_AUCTION_USABLE") and not one.startswith("NO_") for one in present)
    used = {"framework": bool(present & FRAMEWORKS), "dps": bool(present & SYSTEMS), "auction": auction}
    return tuple(name for name, is_used in used.items() if is_used)


def _values(form: Form) -> Iterator[Money]:
    """Yield the sums of the whole; a sum outside the total final value is an estimate."""
    total = next(within(form.element, "TOTAL_FINAL_VALUE"), None)
    final = next(within(total, "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE"), total)
    yield from sum_at(final, ValueKind.AWARDED, "TOTAL_FINAL_VALUE", form.noted)
    if total is None:
        estimate = next(_outside_awards(form.element, "COSTS_RANGE_AND_CURRENCY"), None)
        yield from sum_at(estimate, ValueKind.ESTIMATED, "COSTS_RANGE_AND_CURRENCY", form.noted)


def _deadline(form: Form) -> datetime | None:
    element = next(within(form.element, "RECEIPT_LIMIT_DATE"), None)
    on = split_day(element, form.noted)
    at = told(element, "TIME")
    return moment(on.isoformat(), at, "RECEIPT_LIMIT_DATE", form.noted, form.land) if on else None


def _criteria(form: Form) -> Iterator[Looks]:
    for element in within(form.element, "CRITERIA_DEFINITION"):
        named = form.clean(line(kid(element, "CRITERIA")))
        given = weight(told(element, "WEIGHTING"), form.noted)
        yield None, ((form.language, named),) if named else (), given, None
    if next(within(form.element, "LOWEST_PRICE"), None) is not None:
        yield "price", (), None, None


def _lots(form: Form, awards: dict[str, Award]) -> tuple[Lot, ...]:
    """Return the lots; a contract that is not divided is one."""
    given = [one for element in _outside_awards(form.element, "LOT_NUMBER") if (one := element.parent) is not None]
    numbered = {number: one for one in given if (number := told(one, "LOT_NUMBER"))}
    if not numbered:
        return (_lot(form, WHOLE, None, awards.get(WHOLE, Award())),)
    return tuple(_lot(form, number, one, awards.get(number, Award())) for number, one in numbered.items())


def _lot(form: Form, number: str, element: Node | None, award: Award) -> Lot:
    start, end = _period(form)
    return Lot(
        lot_id=number,
        titles=_said(form, kid(element, "LOT_TITLE"), one_line=True),
        descriptions=_said(form, kid(element, "LOT_DESCRIPTION")),
        cpv=codes.cpv((one.get("CODE") for one in within(element, "CPV_CODE")), form.noted),
        values=tuple(award.values),
        months=months(_duration(form), form.noted),
        start=start,
        end=end,
        result=award.result,
        tenders_received=award.tenders_received,
    )


def _said(form: Form, element: Node | None, *, one_line: bool = False) -> Texts:
    text = form.clean(line(element) if one_line else words(element))
    return {form.language: text} if text else {}


def _duration(form: Form) -> Node | None:
    period = next(within(form.element, "PERIOD_WORK_DATE_STARTING", "SCHEDULED_DATE_PERIOD"), None)
    return next(within(period, "MONTHS", "DAYS"), None)


def _period(form: Form) -> tuple[date | None, date | None]:
    between = next(within(form.element, "INTERVAL_DATE"), None)
    start, end = (split_day(kid(between, name), form.noted) for name in ("START_DATE", "END_DATE"))
    return start, end


def _awards(form: Form) -> tuple[dict[str, Award], Won]:
    awards: dict[str, Award] = {}
    won: Won = []
    for element in within(form.element, *AWARDS):
        lot = told(element, "LOT_NUMBER") or WHOLE
        award = awards.setdefault(lot, Award())
        _read_award(form, element, award)
        for contractor in within(element, "ECONOMIC_OPERATOR_NAME_ADDRESS"):
            if found := winner(form, contractor):
                award.result = WON
                won.append((found, lot))
    return awards, won


def _read_award(form: Form, element: Node, award: Award) -> None:
    count = next(within(element, "OFFERS_RECEIVED_NUMBER"), None)
    award.note_count(whole_number(told(count), form.noted))
    for name, kind in (
        ("COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE", ValueKind.AWARDED),
        ("INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT", ValueKind.ESTIMATED),
    ):
        award.values.extend(sum_at(next(within(element, name), None), kind, name, form.noted))


def _correction(form: Form) -> Change | None:
    """Return what a corrigendum corrects."""
    if form.number != "F14":
        return None
    changed = next((number for _, number in references(form)), None)
    return Change(notice=changed, texts=_texts(form, "INFORMATION_CORRECTED_ADDED", "OTHER_ADDITIONAL_INFO"))
