"""One eForms notice, from its tree to a record."""

from collections.abc import Iterable, Iterator
from typing import Any

from ringvirkning.sources.notices.addresses import address
from ringvirkning.sources.notices.codes import nuts
from ringvirkning.sources.notices.eforms import naming
from ringvirkning.sources.notices.eforms.gather import Part, first
from ringvirkning.sources.notices.eforms.kinds import PHASE_OF_ROOT, is_national, kind_and_phase
from ringvirkning.sources.notices.eforms.lots import STRATEGIC, Lots, cpv_of, deadline_of, strategic, values_of
from ringvirkning.sources.notices.eforms.parties import Parties
from ringvirkning.sources.notices.eforms.places import NOTICE
from ringvirkning.sources.notices.eforms.results import Results
from ringvirkning.sources.notices.eforms.voice import Voice
from ringvirkning.sources.notices.oddities import Noted, Unreadable
from ringvirkning.sources.notices.record import Change, Link, Lot, Notice, Organisation, Reference
from ringvirkning.sources.notices.terms import Format, Source
from ringvirkning.sources.notices.texts import is_a_test
from ringvirkning.sources.notices.when import Land, day, moment

ROOTS = frozenset(PHASE_OF_ROOT)
SDK = "eforms-sdk-"
STRATEGIC_OF_NOTICE = {**STRATEGIC, "strategic-procurement": "strategic"}  # BT-06
ACCELERATED = "accelerated-procedure"
UNUSED = frozenset({None, "none"})
# Without all of these there is nothing to keep.
ESSENTIAL = ("uuid", "titles", "descriptions", "organisations", "lots", "registered")


def read(root: Any, name: str, *, file: str, source: Source | None, noted: Noted) -> Notice:
    """Return the notice in a tree whose root is called ``name``. Raises ``Unreadable`` when there is nothing in it."""
    part = NOTICE.gather(root)
    if not any(part.get(what) for what in ESSENTIAL):
        raise Unreadable("no-content")
    voice = Voice(part, noted)
    parties = Parties(part, voice, noted)
    results = Results(first(part, "results") or {}, noted)
    reader = Lots(voice, noted, parties.land)
    lots = reader.lots(part.get("lots", ()), results.awards)
    buyers = parties.buyers(part.get("buyers", ()))
    fields: dict[str, Any] = {
        **_identity(part, file, source, noted),
        **_kind(part, name, noted),
        **_times(part, lots, noted, parties.land),
        **_words(part, voice, noted),
        **_content(part, lots, noted),
        **_around(part, voice, noted),
    }
    return Notice(
        file=file,
        format=Format.EFORMS,
        language=voice.main,
        buyers=buyers,
        winners=parties.winners(results.won),
        countries=_countries(buyers),
        lots=lots,
        values=(*values_of(part, "Procedure", noted), *results.values()),
        criteria=reader.criteria(part.get("lots", ())),
        oddities=noted.all(),
        **fields,
    )


def _identity(part: Part, file: str, source: Source | None, noted: Noted) -> dict[str, Any]:
    found = naming.number_of(part, file, source, noted)
    return {
        "source": found.source,
        "publication_number": found.number,
        "doffin_number": found.number if found.source is Source.DOFFIN else None,
        "ted_number": found.number if found.source is Source.TED else None,
        "sdk": _sdk(first(part, "sdk") or "", noted),
        "notice_uuid": _uuid(first(part, "uuid"), noted),
        "version": _stripped(part, "version"),
        "procedure_id": _stripped(part, "procedure_id"),
    }


def _sdk(customization: str, noted: Noted) -> str | None:
    sdk = customization.partition("#")[0].strip()
    if not sdk:
        noted("sdk-missing")
    elif not sdk.removeprefix(SDK)[:1].isdigit():
        noted("sdk-unknown", given=sdk)
    return sdk or None


def _uuid(given: str | None, noted: Noted) -> str | None:
    text = (given or "").strip()
    if not text:
        noted("uuid-missing")
        return None
    if naming.UUID.fullmatch(text):
        return text.lower()
    if naming.doffin_number(text):  # carried over from the old Doffin, which had no ids
        noted("uuid-is-a-number", given=text)
        return None
    noted("uuid-not-valid", given=text)
    return text


def _stripped(part: Part, name: str) -> str | None:
    return (first(part, name) or "").strip() or None


def _kind(part: Part, name: str, noted: Noted) -> dict[str, Any]:
    subtype = _stripped(part, "subtype")
    kind, phase = kind_and_phase(_stripped(part, "kind"), subtype, name, noted)
    return {
        "subtype": subtype,
        "kind": kind,
        "phase": phase,
        "legal_basis": _stripped(part, "legal_basis"),
        "national": is_national(subtype, first(part, "sdk") or ""),
    }


def _times(part: Part, lots: tuple[Lot, ...], noted: Noted, land: Land) -> dict[str, Any]:
    deadlines = [lot.deadline for lot in lots if lot.deadline]
    return {
        "publication_date": day(first(part, "published"), noted),
        "dispatched": moment(first(part, "day"), first(part, "time"), "BT-05", noted, land),
        "deadline": min(deadlines) if deadlines else deadline_of(part, noted, land),
    }


def _words(part: Part, voice: Voice, noted: Noted) -> dict[str, Any]:
    titles = voice.texts(part.get("titles", ()))
    if not titles:
        noted("title-missing")
    if any(is_a_test(title) for title in titles.values()):
        noted("test-notice")
    return {"titles": titles, "descriptions": voice.texts(part.get("descriptions", ()))}


def _content(part: Part, lots: tuple[Lot, ...], noted: Noted) -> dict[str, Any]:
    whole = (part, *part.get("lots", ()))
    return {
        "cpv": _once([*cpv_of(part, noted), *(code for lot in lots for code in lot.cpv)]),
        "nuts": _once([*nuts(part.get("nuts", ()), noted), *(code for lot in lots for code in lot.nuts)]),
        "contract_nature": first(part, "nature") or next((lot.contract_nature for lot in lots), None),
        "procedure": _stripped(part, "procedure"),
        "accelerated": (ACCELERATED, "true") in part.get("reasons", ()),
        "techniques": _techniques(part, lots),
        "framework": _framework(lots),
        **strategic((said for one in whole for said in one.get("strategic", ())), STRATEGIC_OF_NOTICE),
    }


def _techniques(part: Part, lots: tuple[Lot, ...]) -> tuple[str, ...]:
    used: dict[str, None] = {}
    for lot in lots:
        if lot.framework not in UNUSED:
            used["framework"] = None
        if lot.dynamic_purchasing not in UNUSED:
            used["dps"] = None
    if any("true" in one.get("auction", ()) for one in (part, *part.get("lots", ()))):
        used["auction"] = None
    return tuple(used)


def _framework(lots: tuple[Lot, ...]) -> str | None:
    given = [lot.framework for lot in lots if lot.framework]
    return next((one for one in given if one != "none"), next(iter(given), None))


def _around(part: Part, voice: Voice, noted: Noted) -> dict[str, Any]:
    changes = part.get("changes", ())
    changed = next((one["notice"][0].strip() for one in changes if "notice" in one), None)
    change = None
    if changes:
        texts = voice.joined(said for one in changes for said in one.get("texts", ()))
        change = Change(notice=changed, reason=next((first(one, "reason") for one in changes), None), texts=texts)
    return {
        "change": change,
        "references": _once(_references(part, changed, noted)),
        "links": _once(_links(part, noted)),
    }


def _references(part: Part, changed: str | None, noted: Noted) -> Iterator[Reference]:
    previous = (name for one in (part, *part.get("lots", ())) for name in one.get("previous", ()))
    given = [
        *(("changed", name) for name in (changed,) if name),
        *(("modified", name) for name in part.get("modified", ())),
        *(("previous-planning", name) for name in previous),
    ]
    for relation, name in given:
        if found := naming.reference(relation, name, noted):
            yield found


def _links(part: Part, noted: Noted) -> Iterator[Link]:
    lots = part.get("lots", ())
    given = [
        *(("documents", url) for lot in lots for url in lot.get("documents", ())),
        *(("submission", url) for lot in lots for url in lot.get("submission", ())),
        *(("buyer-profile", url) for buyer in part.get("buyers", ()) for url in buyer.get("profile", ())),
        *(("notice", url) for url in part.get("address", ())),
    ]
    for kind, url in dict.fromkeys(given):
        if found := address(url, noted):
            yield Link(kind=kind, url=found)


def _countries(buyers: Iterable[Organisation]) -> tuple[str, ...]:
    return _once(buyer.country for buyer in buyers if buyer.country)


def _once(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(found))
