"""Where cases and notices are told of, and when that was last looked at: what a document must say of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ringvirkning.catalogue.notices.models import NoticeVersion
from ringvirkning.catalogue.notices.queries import days_read, versions_by_key
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.web.notices.publications import published_in


@dataclass(frozen=True)
class Trace:
    """The source in words ("Doffin 2026-123456"), and the day, month or year it was last looked at ("2026-11")."""

    source: str = ""
    checked: str = ""


NO_TRACE = Trace()


def trace_of_case(case_file: CaseFile) -> Trace:
    """Return who tells of a case. Its day is the oldest of theirs: all of them have been looked at since."""
    told = dict.fromkeys(one.publisher or one.title for one in case_file.sources)
    return Trace(", ".join(told), min((one.checked for one in case_file.sources), default=""))


def traces_of_notices(keys: Collection[str]) -> Mapping[str, Trace]:
    """Return where notices are published, by key, and the day we last read one of their publications."""
    versions = versions_by_key(keys)
    read = days_read(one.raw for listed in versions.values() for one in listed)
    return {key: _trace(listed, read) for key, listed in versions.items()}


def _trace(versions: Sequence[NoticeVersion], read: Mapping[str, date]) -> Trace:
    days = [read[one.raw] for one in versions if one.raw in read]
    published = (f"{one.name} {one.number}".strip() for one in published_in(versions))
    return Trace(", ".join(published), max(days).isoformat() if days else "")
