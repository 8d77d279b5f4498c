"""Rows that somebody made of notices: a JSON list of flat objects, one for each notice.

A row says little, but what it says (title, description, buyer, kind, day, CPV) is enough to be found by. Each record
says that it is from a row. A day without a time is no deadline, and a sum without a currency is no sum: both stay out.
"""

import re
from typing import Any

from ringvirkning.sources.notices import codes
from ringvirkning.sources.notices.eforms.kinds import PHASE_OF
from ringvirkning.sources.notices.identifiers import NORWAY, read_identifier
from ringvirkning.sources.notices.jsonparts import Node, text, texts
from ringvirkning.sources.notices.languages import form_of_norwegian
from ringvirkning.sources.notices.oddities import Noted, Unreadable
from ringvirkning.sources.notices.record import Notice, Organisation
from ringvirkning.sources.notices.sums import money
from ringvirkning.sources.notices.tedforms.kinds import form_number, kind_of
from ringvirkning.sources.notices.terms import Format, Phase, Source, ValueKind
from ringvirkning.sources.notices.texts import Cleaner
from ringvirkning.sources.notices.when import day

NEEDED = frozenset({"title", "buyer", "notice_type", "published"})
# Words of Doffin before eForms → kind.
_KINDS = {
    "konkurranse": "cn-standard",
    "tildeling": "can-standard",
    "veiledende": "pin-only",
    "intensjonskunngjøring": "veat",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOFFIN = re.compile(r"[0-9]{4}-[0-9]{5,7}")


def are_rows(document: Any) -> bool:
    """Tell whether a JSON document is rows of notices, by its first row."""
    return isinstance(document, list) and bool(document) and _is_row(document[0])


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and row.keys() >= NEEDED


def read(document: list[Any], *, file: str, source: Source | None = None) -> list[Notice]:
    """Return a record for each row. Raises ``Unreadable`` when none says anything."""
    given = [row for row in document if _is_row(row) and text(row, "title")]
    if not given:
        raise Unreadable("no-content")
    left_out = len(document) - len(given)
    return [_record(row, file, source, left_out if place == 0 else 0) for place, row in enumerate(given)]


def _record(row: Node, file: str, source: Source | None, left_out: int) -> Notice:
    noted = Noted()
    noted("from-row")
    if left_out:
        noted("part-unreadable", count=left_out)
    said = [found for name in ("title", "description") if (found := text(row, name))]
    spoken = form_of_norwegian(said) or "no"
    clean = Cleaner(noted)
    number = _number(row, noted)
    buyers = _buyers(row, clean, noted)
    value = money(text(row, "estimated_value"), text(row, "currency"), ValueKind.ESTIMATED, "estimated_value", noted)
    return Notice(
        file=file,
        source=source or Source.DOFFIN,
        format=Format.ROWS,
        publication_number=number,
        doffin_number=number,
        publication_date=day(_found(_DAY, text(row, "published")), noted),
        **_kind(row, noted),
        language=spoken,
        titles=_said(clean, row, "title", spoken),
        descriptions=_said(clean, row, "description", spoken),
        buyers=buyers,
        countries=tuple(one.country for one in buyers if one.country),
        cpv=codes.cpv([text(row, "cpv"), *texts(row, "additional_cpv")], noted),
        values=(value,) if value else (),
        oddities=noted.all(),
    )


def _found(pattern: re.Pattern[str], given: str | None) -> str | None:
    found = pattern.search(given or "")
    return found[0] if found else given


def _number(row: Node, noted: Noted) -> str | None:
    given = text(row, "reference")
    if given and not _DOFFIN.fullmatch(given):
        noted("publication-number", given=given)
        return None
    return given


def _kind(row: Node, noted: Noted) -> dict[str, Any]:
    given = text(row, "notice_type") or ""
    form = form_number(given)
    words = given.lower()
    kind = kind_of(form, None, None) if form else next((code for word, code in _KINDS.items() if word in words), None)
    if kind is None:
        noted("phase-unknown")
    return {"subtype": form, "kind": kind, "phase": PHASE_OF.get(kind or "", Phase.PLANNING)}


def _said(clean: Cleaner, row: Node, name: str, spoken: str) -> dict[str, str]:
    found = clean(text(row, name))
    return {spoken: found} if found else {}


def _buyers(row: Node, clean: Cleaner, noted: Noted) -> tuple[Organisation, ...]:
    name = clean(text(row, "buyer"))
    identifier, number = read_identifier(text(row, "buyer_identifier"), None, noted)
    if not name and not identifier:
        noted("buyer-missing")
        return ()
    return (Organisation(name=name, identifier=identifier, number=number, country=NORWAY if number else None),)
