"""Notices in the Open Contracting Data Standard, 1.0 and 1.1: releases, records, and packages of them.

A release is what was published at one time about one procurement (``ocid``); each becomes a record of ours. Of an OCDS
record we read the releases it holds; where it only points at them, the compiled one.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ringvirkning.sources.notices.addresses import address
from ringvirkning.sources.notices.jsonparts import Node, at, nodes, text, texts
from ringvirkning.sources.notices.ocdsparts.codes import (
    DOCUMENTS,
    NATURES,
    PHASES,
    PROCEDURE_WORDS,
    PROCEDURES,
    TECHNIQUES,
)
from ringvirkning.sources.notices.ocdsparts.lots import Lots
from ringvirkning.sources.notices.ocdsparts.parties import Parties
from ringvirkning.sources.notices.ocdsparts.voice import Voice
from ringvirkning.sources.notices.oddities import Noted, Unreadable
from ringvirkning.sources.notices.record import Change, Link, Money, Notice
from ringvirkning.sources.notices.terms import PHASES as ORDER
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind
from ringvirkning.sources.notices.when import day, moment

PACKAGES = frozenset({"releases", "records"})
RELEASE = frozenset({"ocid"})
CANCELLED = frozenset({"cancelled", "withdrawn"})
_UUID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-([0-9]{1,4}))?", re.IGNORECASE)
LONGEST_NUMBER = 64


def is_ocds(document: Any) -> bool:
    """Tell whether a JSON document is OCDS: a package, a record, a release, or a list of them."""
    first = document[0] if isinstance(document, list) and document else document
    return isinstance(first, dict) and bool(first.keys() & PACKAGES or first.keys() >= RELEASE)


def read(document: Any, *, file: str, source: Source | None = None) -> list[Notice]:
    """Return a record for each release. Raises ``Unreadable`` when there is none that says anything."""
    given = list(_releases(document))
    said = [one for one in given if isinstance(one, dict) and _says_something(one)]
    if not said:
        raise Unreadable("no-content")
    left_out = len(given) - len(said)
    return [_notice(one, file, source, left_out if place == 0 else 0) for place, one in enumerate(said)]


def _releases(document: Any) -> Iterator[Any]:
    """Yield the releases in a document, however they are packed."""
    if isinstance(document, list):
        for one in document:
            yield from _releases(one)
    elif not isinstance(document, dict):
        yield document
    elif isinstance(document.get("records"), list):
        for one in document["records"]:
            yield from _of_record(one)
    elif isinstance(document.get("releases"), list):
        yield from document["releases"] if "ocid" not in document else _of_record(document)
    else:
        yield from _of_record(document) if "compiledRelease" in document else [document]


def _of_record(record: Any) -> Iterator[Any]:
    whole = [one for one in nodes(record, "releases") if "ocid" in one]  # others are only addresses
    compiled = at(record, "compiledRelease")
    yield from whole or ([compiled] if compiled else [record])


def _says_something(release: Node) -> bool:
    parts = ("tender", "planning", "awards", "contracts", "buyer", "parties")
    return any(release.get(part) for part in parts)


def _notice(release: Node, file: str, source: Source | None, left_out: int) -> Notice:
    noted = Noted()
    if left_out:
        noted("part-unreadable", count=left_out)
    voice = Voice(release, list(nodes(release, "parties")), noted)
    parties = Parties(release, voice.clean, noted)
    reader = Lots(release, voice, noted)
    buyers = parties.buyers()
    tender = at(release, "tender")
    return Notice(
        file=file,
        source=source or Source.OCDS,
        format=Format.OCDS,
        **_identity(release),
        **_times(release, noted),
        kind=None,
        phase=_phase(release, noted),
        language=voice.main,
        **_words(release, voice, noted),
        buyers=buyers,
        winners=parties.winners(reader.won()),
        countries=tuple(dict.fromkeys(one.country for one in buyers if one.country)),
        cpv=reader.cpv(),
        nuts=reader.nuts(),
        contract_nature=NATURES.get(text(tender, "mainProcurementCategory") or ""),
        procedure=_procedure(tender),
        techniques=tuple(name for name, place in TECHNIQUES.items() if at(tender, "techniques", place) is True),
        lots=reader.lots(),
        values=tuple(_values(release, reader)),
        criteria=reader.criteria(),
        change=_change(release, voice),
        links=tuple(dict.fromkeys(_links(tender, noted))),
        oddities=noted.all(),
    )


def _identity(release: Node) -> dict[str, Any]:
    """Return ids. Releases made from eForms often bear the notice's own id; others have one of their publisher's."""
    number = text(release, "id")
    uuid = _UUID.fullmatch(number or "")
    return {
        "notice_uuid": uuid[1].lower() if uuid else None,
        "version": uuid[2] if uuid else None,
        "publication_number": number[:LONGEST_NUMBER] if number else None,
        "procedure_id": text(release, "ocid"),
    }


def _times(release: Node, noted: Noted) -> dict[str, Any]:
    given = text(release, "date")
    return {
        "publication_date": day(given, noted),
        "dispatched": _moment(given, "date", noted),
        "deadline": _moment(text(release, "tender", "tenderPeriod", "endDate"), "tenderPeriod/endDate", noted),
    }


def _moment(given: str | None, field: str, noted: Noted) -> datetime | None:
    on, _, at_time = (given or "").replace(" ", "T", 1).partition("T")
    return moment(on, at_time, field, noted)


def _phase(release: Node, noted: Noted) -> Phase:
    """Return the latest phase a release is about; of a compiled one, by what it holds."""
    tagged = [PHASES[tag] for tag in texts(release, "tag") if tag in PHASES]
    held = [PHASES[tag] for tag, part in (("planning", "planning"), ("tender", "tender")) if at(release, part)]
    if at(release, "awards") or at(release, "contracts"):
        held.append(Phase.RESULT)
    found = tagged or held
    if not found:
        noted("phase-unknown")
    return max(found, key=ORDER.index, default=Phase.PLANNING)


def _words(release: Node, voice: Voice, noted: Noted) -> dict[str, Any]:
    """Return title and description: of the tender, else of the plan, the award or the contract."""
    plan = at(release, "planning")
    holders = [
        at(release, "tender"),
        at(plan, "project"),
        plan,
        *nodes(release, "awards"),
        *nodes(release, "contracts"),
    ]
    titles = next((found for one in holders if (found := voice.texts(one, "title"))), {})
    if not titles:
        noted("title-missing")
    descriptions = next((found for one in holders if (found := voice.texts(one, "description"))), {})
    return {"titles": titles, "descriptions": descriptions or voice.texts(plan, "rationale")}


def _procedure(tender: Any) -> str | None:
    details = (text(tender, "procurementMethodDetails") or "").lower()
    told = next((code for words, code in PROCEDURE_WORDS.items() if details.startswith(words)), None)
    return told or PROCEDURES.get(text(tender, "procurementMethod") or "")


def _values(release: Node, reader: Lots) -> Iterator[Money]:
    places = [(at(release, "tender", "value"), ValueKind.ESTIMATED, "tender/value")]
    if not places[0][0]:
        places = [(at(release, "planning", "budget", "amount"), ValueKind.ESTIMATED, "planning/budget/amount")]
    awards = list(nodes(release, "awards"))
    contracts = list(nodes(release, "contracts"))
    if len(awards) == 1:  # the sum of the only award is the sum of the whole
        places.append((at(awards[0], "value"), ValueKind.AWARDED, "awards/value"))
    elif not awards and len(contracts) == 1:
        places.append((at(contracts[0], "value"), ValueKind.AWARDED, "contracts/value"))
    for value, kind, field in places:
        if found := reader.money(value, kind, field):
            yield found


def _change(release: Node, voice: Voice) -> Change | None:
    tags = texts(release, "tag")
    if text(release, "tender", "status") in CANCELLED or "tenderCancellation" in tags:
        return Change(reason="cancel", texts=voice.texts(at(release, "tender"), "statusDetails"))
    if "tenderAmendment" not in tags:
        return None
    last = next(iter(reversed(list(nodes(release, "tender", "amendments")))), {})
    return Change(texts=voice.texts(last, "description") or voice.texts(last, "rationale"))


def _links(tender: Any, noted: Noted) -> Iterator[Link]:
    for one in nodes(tender, "documents"):
        kind = DOCUMENTS.get(text(one, "documentType") or "")
        if kind and (url := address(text(one, "url"), noted)):
            yield Link(kind=kind, url=url)
