"""Who buys and who won, in forms of TED. Contact points, telephones and e-mail addresses are never read."""

from collections.abc import Iterable

import msgspec

from ringvirkning.sources.notices.codes import country, nuts
from ringvirkning.sources.notices.identifiers import read_identifier
from ringvirkning.sources.notices.persons import is_personal
from ringvirkning.sources.notices.record import Organisation
from ringvirkning.sources.notices.tedforms.codes import ACTIVITIES, BUYER_TYPES
from ringvirkning.sources.notices.tedforms.form import Form
from ringvirkning.sources.notices.tedforms.tree import Node, attribute, kid, kids, line, told, within

Won = list[tuple[Organisation, str]]  # winner, the lot it won ("" when it is not told)


def buyers(form: Form) -> tuple[Organisation, ...]:
    """Return the buyers of a form, the first responsible; of the title when the form names none."""
    body = kid(form.element, "CONTRACTING_BODY")
    given = [
        *kids(body, "ADDRESS_CONTRACTING_BODY"),
        *kids(body, "ADDRESS_CONTRACTING_BODY_ADDITIONAL"),
        *within(None if form.is_new else form.element, "CA_CE_CONCESSIONAIRE_PROFILE"),
    ]
    kind, activity = _kind_of_buyer(form)
    found = [msgspec.structs.replace(one, buyer_type=kind, activity=activity) for one in _read(form, given)]
    return tuple(found) or _buyer_of_title(form)


def _read(form: Form, given: Iterable[Node]) -> list[Organisation]:
    found: dict[tuple[str | None, str | None], Organisation] = {}
    for element in given:
        one = organisation(form, element)
        if one.name or one.identifier:
            found.setdefault((one.name, one.identifier), one)
    return list(found.values())


def _kind_of_buyer(form: Form) -> tuple[str | None, str | None]:
    kind = next(within(form.element, "CA_TYPE", "TYPE_OF_CONTRACTING_AUTHORITY"), None)
    activity = next(within(form.element, "CA_ACTIVITY", "CE_ACTIVITY", "TYPE_OF_ACTIVITY", "ACTIVITY_OF_ENTITY"), None)
    return BUYER_TYPES.get(attribute(kind, "VALUE") or ""), ACTIVITIES.get(attribute(activity, "VALUE") or "")


def _buyer_of_title(form: Form) -> tuple[Organisation, ...]:
    name = form.clean(line(form.translated("ML_AA_NAMES", "AA_NAME")))
    if not name:
        form.noted("buyer-missing")
        return ()
    return (Organisation(name=name, country=country(_coded_country(form), form.noted)),)


def _coded_country(form: Form) -> str | None:
    return attribute(form.coded("NOTICE_DATA", "ISO_COUNTRY"), "VALUE")


def countries(form: Form, buying: Iterable[Organisation]) -> tuple[str, ...]:
    """Return the countries of the buyers, else the one TED's staff coded."""
    found = [one.country for one in buying]
    given = found if any(found) else [country(_coded_country(form), form.noted)]
    return tuple(dict.fromkeys(code for code in given if code))


def organisation(form: Form, element: Node) -> Organisation:
    """Return an organisation from its address, of either generation of forms."""
    land = country(attribute(element, "COUNTRY", "VALUE"), form.noted)
    inner = kid(element, "ORGANISATION")
    holder = element if inner is None else inner
    given = told(holder, "NATIONALID")
    if not given:
        form.noted("identifier-missing")
    identifier, number = read_identifier(given, land, form.noted)
    # Before 2013 the name stood in ORGANISATION itself.
    name = line(kid(holder, "OFFICIALNAME")) or (line(inner) if inner is not None and not inner.kids else None)
    return Organisation(
        name=form.clean(name),
        identifier=identifier,
        number=number,
        country=land,
        nuts=next(iter(nuts([attribute(element, "NUTS", "CODE")], form.noted)), None),
        town=form.clean(told(element, "TOWN")),
    )


def winner(form: Form, contractor: Node) -> Organisation | None:
    """Return the winner in a CONTRACTOR, WINNER or old ECONOMIC_OPERATOR_NAME_ADDRESS; None when it is withheld.

    These forms do not say who is a natural person: one without a number and with a name like a person's is left out.
    """
    address = next(
        within(contractor, "ADDRESS_CONTRACTOR", "ADDRESS_WINNER", "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME"), None
    )
    if address is None:
        return None
    found = organisation(form, address)
    if found.name and not found.identifier and is_personal(found.name):
        form.noted("perhaps-person")
        return None
    return msgspec.structs.replace(found, size=_size(contractor)) if found.name or found.identifier else None


def _size(contractor: Node) -> str | None:
    if kid(contractor, "SME") is not None:
        return "sme"
    return "large" if kid(contractor, "NO_SME") is not None else None


def winners(won: Won) -> tuple[Organisation, ...]:
    """Return each winner once, with the lots it won."""
    found: dict[tuple[str | None, str | None], tuple[Organisation, dict[str, None]]] = {}
    for one, lot in won:
        lots = found.setdefault((one.name, one.identifier), (one, {}))[1]
        if lot:
            lots[lot] = None
    return tuple(msgspec.structs.replace(one, lots=tuple(lots)) for one, lots in found.values())
