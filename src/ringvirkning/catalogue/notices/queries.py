"""Named reads of notices."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from ringvirkning.catalogue.models import Change, Organisation
from ringvirkning.catalogue.notices.models import LoadedFile, Notice, NoticeVersion
from ringvirkning.catalogue.notices.packing import unpacked
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.sources.notices.numbers import ted_number
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import PHASES, Phase

_LONG_AGO = date(1, 1, 1)


def notice_by_key(key: str) -> Notice | None:
    """Return one notice by its key."""
    return Notice.objects.filter(key=key).first()


def notice_by_number(number: str) -> Notice | None:
    """Return the notice published under a number in Doffin or TED, however the number is written.

    Should several have been published under it, the newest.
    """
    bare = number.strip()
    found = Notice.objects.filter(versions__number__in={bare, ted_number(bare) or bare})
    return found.order_by("-published", "key").first()


def record_of(notice: Notice) -> Record:
    """Return what a notice says."""
    return unpacked(notice.record)


def life_of(notice: Notice) -> list[Notice]:
    """Return all notices of the same procurement in the order of its life, corrected ones and this one too."""
    return sorted(Notice.objects.filter(life=notice.life), key=_in_time)


def _in_time(notice: Notice) -> tuple[date, int, str]:
    return notice.published or _LONG_AGO, PHASES.index(Phase(notice.phase)), notice.key


def versions_of(notice: Notice) -> list[NoticeVersion]:
    """Return every publication of a notice, the newest first."""
    return sorted(notice.versions.all(), key=_newness, reverse=True)


def versions_by_key(keys: Collection[str]) -> dict[str, list[NoticeVersion]]:
    """Return every publication of some notices by the notice's key, the newest first; what they say is not fetched."""
    rows = NoticeVersion.objects.filter(notice__key__in=keys).select_related("notice")
    found: dict[str, list[NoticeVersion]] = defaultdict(list)
    for version in sorted(rows.defer("record", "notice__record"), key=_newness, reverse=True):
        found[version.notice.key].append(version)
    return found


def days_read(raws: Iterable[str]) -> dict[str, date]:
    """Return the day bytes were last read, by their SHA-256."""
    rows = LoadedFile.objects.filter(raw__in=set(raws)).values_list("raw", "at")
    return {raw: localdate(at) for raw, at in rows}


def _newness(version: NoticeVersion) -> tuple[int, date, str, str]:
    number = int(version.version) if version.version.isdigit() else 0
    return number, version.published or _LONG_AGO, version.source, version.raw


def notices_of(organisation: Organisation) -> QuerySet[Notice]:
    """Return the notices an organisation has a part in, the newest first. A part is not always certain: see it."""
    pks = organisation.notice_parts.values("notice")
    return Notice.objects.filter(pk__in=pks).order_by("-published", "key")


def all_notices() -> Iterator[Notice]:
    """Yield every notice by its key, in bounded memory."""
    return Notice.objects.order_by("pk").iterator(chunk_size=500)


def last_notice_change() -> int:
    """Return the number of the newest change of a notice, 0 when there is none."""
    return Change.objects.filter(kind=ChangeKind.NOTICE).aggregate(newest=Max("seq"))["newest"] or 0


def changed_notices(after: int, until: int) -> list[str]:
    """Return the keys of notices changed in (after, until], each once. After a load that may be very many.

    Whoever must not hold them all asks for one stretch of numbers at a time.
    """
    rows = Change.objects.filter(kind=ChangeKind.NOTICE, seq__gt=after, seq__lte=until)
    return sorted(set(rows.values_list("key", flat=True)))


def notice_changes(after: int, until: int) -> int:
    """Return how many changes of notices there are in (after, until]."""
    return Change.objects.filter(kind=ChangeKind.NOTICE, seq__gt=after, seq__lte=until).count()
