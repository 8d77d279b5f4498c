"""What a notice is called: ids, numbers and the source it was published in, and other notices it names."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from ringvirkning.sources.notices.eforms.gather import Part, first
from ringvirkning.sources.notices.numbers import ted_number
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.record import Reference
from ringvirkning.sources.notices.terms import Source

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_UUID_VERSION = re.compile(rf"({UUID.pattern})-([0-9]{{1,3}})", re.I)
_DOFFIN = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{6}")
_DOFFIN_IN_NAME = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}-[0-9]{6})(?![0-9])")
_TED_IN_NAME = re.compile(r"(?<![0-9])([0-9]{5,8})[-_]((?:19|20)[0-9]{2})(?![0-9])")
NORWEGIAN_RULES = "anskaffelser.no"


class Number(NamedTuple):
    """A publication number and the source that gave it."""

    source: Source
    number: str | None


def doffin_number(text: str | None) -> str | None:
    """Return a Doffin number ("2023-653024"), None when it is not one."""
    given = (text or "").strip()
    return given if _DOFFIN.fullmatch(given) else None


def number_of(part: Part, file: str, source: Source | None, noted: Noted) -> Number:
    """Return source and publication number: as the notice says, else as its file is named, else by its rules."""
    given = first(part, "number")
    found = _old_doffin(first(part, "uuid"), given, noted) or _as_number(given) or _in_name(file, source, noted)
    if found is None:
        norwegian = NORWEGIAN_RULES in (first(part, "sdk") or "")
        found = Number(Source.DOFFIN if norwegian else Source.TED, None)
    return found if source in {None, found.source} else Number(source or found.source, None)


def _old_doffin(notice_id: str | None, given: str | None, noted: Noted) -> Number | None:
    """Return the number of a notice carried over from the old Doffin, where it stands in the place of the id.

    What stands in the place of the number is then that of an earlier notice, which is named as such elsewhere.
    """
    number = doffin_number(notice_id)
    if number is None:
        return None
    if _as_number(given):
        noted("number-of-another", given=(given or "").strip())
    return Number(Source.DOFFIN, number)


def _as_number(text: str | None) -> Number | None:
    if number := doffin_number(text):
        return Number(Source.DOFFIN, number)
    if number := ted_number(text):
        return Number(Source.TED, number)
    return None


def _in_name(file: str, source: Source | None, noted: Noted) -> Number | None:
    """Return the number a file is named after, when it agrees with where the file is known to come from."""
    stem = PurePosixPath(file).stem
    doffin, ted = _DOFFIN_IN_NAME.search(stem), _TED_IN_NAME.search(stem)
    found = _as_number(doffin[1] if doffin else f"{ted[1]}-{ted[2]}" if ted else None)
    if found is None or source not in {None, found.source}:
        return None
    noted("number-from-name")
    return found


def reference(relation: str, given: str, noted: Noted) -> Reference | None:
    """Return another notice as this one names it: by id and version, or by number."""
    text = given.strip()
    if found := _UUID_VERSION.fullmatch(text):
        return Reference(relation=relation, notice_uuid=found[1].lower(), version=found[2])
    if UUID.fullmatch(text):
        return Reference(relation=relation, notice_uuid=text.lower())
    if number := _as_number(text):
        return Reference(relation=relation, publication_number=number.number)
    noted("reference-unreadable", given=text)
    return None
