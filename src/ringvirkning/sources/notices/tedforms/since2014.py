"""Forms of the directives of 2014 (R2.0.9): F01–F25, and T01 and T02 for passenger transport."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.record import Change, Money, Texts
from ringvirkning.sources.notices.tedforms.awards import Awards
from ringvirkning.sources.notices.tedforms.codes import LAWS, NATURES, PROCEDURES
from ringvirkning.sources.notices.tedforms.form import Form
from ringvirkning.sources.notices.tedforms.lots import Lots, main_cpv
from ringvirkning.sources.notices.tedforms.parties import winners
from ringvirkning.sources.notices.tedforms.sums import clock, sum_at
from ringvirkning.sources.notices.tedforms.tree import (
    Node,
    attribute,
    everything,
    kid,
    kids,
    line,
    told,
    within,
    words,
)
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.notices.when import moment

TECHNIQUES = {"FRAMEWORK": "framework", "DPS": "dps", "EAUCTION_USED": "auction"}
REASONS = {"ADDITIONAL_NEED": "add-wss", "UNFORESEEN_CIRCUMSTANCE": "mod-cir"}
OTHER_LAW = "other"
LONGEST_CHANGE = 20_000  # characters of one corrigendum


def fields(form: Form) -> dict[str, Any]:
    """Return what a form says, by the names of the record."""
    techniques = _techniques(form)
    reader = Lots(form, _shared(form, techniques))
    awards = Awards(form, list(reader.given))
    lots = reader.lots(awards.by_lot)
    own = [code for lot in lots for code in lot.nuts]
    return {
        "legal_basis": _law(form),
        "titles": form.texts(lambda one: kid(one, "OBJECT_CONTRACT", "TITLE"), one_line=True),
        "descriptions": form.texts(_description),
        "cpv": main_cpv(form),
        "nuts": tuple(dict.fromkeys(own)),
        "contract_nature": NATURES.get(attribute(form.element, "OBJECT_CONTRACT", "TYPE_CONTRACT", "CTYPE") or ""),
        "procedure": _procedure(form),
        "accelerated": next(within(_procedure_part(form), "ACCELERATED_PROC"), None) is not None,
        "techniques": techniques,
        "lots": lots,
        "values": tuple(_values(form)),
        "criteria": reader.criteria(),
        "winners": winners(awards.won),
        "deadline": _deadline(form),
        "change": _correction(form) or _modification(form),
    }


def references(form: Form) -> Iterator[tuple[str, str | None]]:
    """Yield how another notice is named and its number."""
    relation = {"F14": "changed", "F20": "modified"}.get(form.number or "", "previous")
    for element in within(form.element, "NOTICE_NUMBER_OJ"):
        yield relation, told(element)


def links(form: Form) -> Iterator[tuple[str, str | None]]:
    """Yield what a link leads to and its address."""
    body = kid(form.element, "CONTRACTING_BODY")
    for kind, name in (("documents", "URL_DOCUMENT"), ("submission", "URL_PARTICIPATION")):
        for element in kids(body, name):
            yield kind, told(element)
    for element in kids(body, "ADDRESS_CONTRACTING_BODY", "URL_BUYER"):
        yield "buyer-profile", told(element)


def _law(form: Form) -> str | None:
    if kid(form.element, "LEGAL_BASIS_OTHER") is not None:
        return OTHER_LAW
    directive = attribute(form.element, "DIRECTIVE", "VALUE")
    return attribute(form.element, "LEGAL_BASIS", "VALUE") or LAWS.get(directive or "")


def _description(form: Node) -> Node | None:
    """Return where the whole is described; forms without such a place describe it in the first lot."""
    whole = kid(form, "OBJECT_CONTRACT", "SHORT_DESCR")
    return whole if whole is not None else kid(form, "OBJECT_CONTRACT", "OBJECT_DESCR", "SHORT_DESCR")


def _procedure_part(form: Form) -> Node | None:
    return kid(form.element, "PROCEDURE")


def _procedure(form: Form) -> str | None:
    part = _procedure_part(form)
    return next((PROCEDURES[name] for one in everything(part) if (name := one.name) in PROCEDURES), None)


def _techniques(form: Form) -> tuple[str, ...]:
    part = _procedure_part(form)
    return tuple(word for name, word in TECHNIQUES.items() if kid(part, name) is not None)


def _shared(form: Form, techniques: tuple[str, ...]) -> dict[str, Any]:
    """Return what a form says once of all its lots."""
    if "dps" not in techniques:
        return {}
    others = next(within(_procedure_part(form), "DPS_ADDITIONAL_PURCHASERS"), None)
    return {"dynamic_purchasing": "dps-list" if others is None else "dps-nlist"}


def _values(form: Form) -> Iterator[Money]:
    for one in kids(form.element, "OBJECT_CONTRACT"):
        yield from sum_at(kid(one, "VAL_ESTIMATED_TOTAL"), ValueKind.ESTIMATED, "VAL_ESTIMATED_TOTAL", form.noted)
        yield from sum_at(kid(one, "VAL_TOTAL"), ValueKind.AWARDED, "VAL_TOTAL", form.noted)
        yield from sum_at(kid(one, "VAL_RANGE_TOTAL"), ValueKind.AWARDED, "VAL_RANGE_TOTAL", form.noted)
    for name in ("VAL_TOTAL_AFTER", "VAL_TOTAL_BEFORE"):
        for one in within(kid(form.element, "MODIFICATIONS_CONTRACT"), name):
            yield from sum_at(one, ValueKind.AWARDED, name, form.noted)


def _deadline(form: Form) -> datetime | None:
    part = _procedure_part(form)
    on, at = told(part, "DATE_RECEIPT_TENDERS"), told(part, "TIME_RECEIPT_TENDERS")
    return moment(on, clock(at), "DATE_RECEIPT_TENDERS", form.noted, form.land)


def _correction(form: Form) -> Change | None:
    """Return what a corrigendum (F14) corrects."""
    if form.number != "F14":
        return None
    changed = next((number for _, number in references(form)), None)
    return Change(notice=changed, reason=_why_corrected(form), texts=_corrected(form))


def _why_corrected(form: Form) -> str | None:
    part = kid(form.element, "CHANGES")
    if next(within(part, "PUBLICATION_TED"), None) is not None:
        return "cor-pub"
    return "cor-buy" if next(within(part, "MODIFICATION_ORIGINAL"), None) is not None else None


def _corrected(form: Form) -> Texts:
    """Return each change as "place: new", and what is added, by language."""
    found: Texts = {}
    for spoken, element in form.spoken:
        part = kid(element, "CHANGES")
        lines = [_one_change(one) for one in kids(part, "CHANGE")]
        text = form.clean("\n".join([*filter(None, lines), words(kid(part, "INFO_ADD"))])[:LONGEST_CHANGE])
        if text:
            found.setdefault(spoken, text)
    return found


def _one_change(element: Node) -> str:
    where = " ".join(filter(None, (told(element, "WHERE", "SECTION"), line(kid(element, "WHERE", "LABEL")))))
    new = kid(element, "NEW_VALUE")
    said = words(kid(new, "TEXT")) or " ".join(text for one in everything(new) if (text := _value(one)))
    return ": ".join(filter(None, (where, said)))


def _value(element: Node) -> str | None:
    return element.get("CODE") or told(element)


def _modification(form: Form) -> Change | None:
    """Return how a contract was changed (F20)."""
    part = kid(form.element, "MODIFICATIONS_CONTRACT", "INFO_MODIFICATIONS")
    if part is None:
        return None
    reason = next((code for name, code in REASONS.items() if kid(part, name) is not None), None)
    texts = form.texts(lambda one: kid(one, "MODIFICATIONS_CONTRACT", "INFO_MODIFICATIONS", "SHORT_DESCR"))
    return Change(notice=next((number for _, number in references(form)), None), reason=reason, texts=texts)


def coded_places(form: Form) -> tuple[str, ...]:
    """Return the places TED's staff coded."""
    part = form.coded("NOTICE_DATA")
    given = [*kids(part, "PERFORMANCE_NUTS"), *kids(part, "ORIGINAL_NUTS")]
    return codes.nuts((one.get("CODE") for one in given), form.noted)
