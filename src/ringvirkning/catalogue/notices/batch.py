"""A batch of publications on its way into the tables, with everything it touches that is there already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ringvirkning.catalogue.notices.assembling import Publication, assembled
from ringvirkning.catalogue.notices.living import Touched, portions, settle_lives
from ringvirkning.catalogue.notices.matching import Register
from ringvirkning.catalogue.notices.models import Notice, NoticeName, NoticeParty, NoticeVersion
from ringvirkning.catalogue.notices.naming import key_of, names_of
from ringvirkning.catalogue.notices.packing import Packer, unpacked
from ringvirkning.catalogue.notices.rows import notice_row, party_rows, version_row
from ringvirkning.catalogue.notices.terms import Loadable, NameRole
from ringvirkning.sources.notices.record import Notice as Record

Names = dict[str, NameRole]
# What ``living`` decides is left as it is when a notice is written again.
_WRITTEN = ["phase", "kind", "national", "country", "published", "deadline", "calls_off", "record", "digest"]


@dataclass(frozen=True)
class Now:
    """What a notice is after the batch."""

    record: Record
    names: Names
    row: Notice


class Batch:
    """A batch; made and written in one transaction, by one writer at a time."""

    def __init__(self, items: Sequence[Loadable]) -> None:
        self.pack = Packer()
        self.arriving = _arriving(items)
        touched = {*self.arriving, *_taken_away([item.raw for item in items])}
        stood = (one for some in portions(sorted(touched)) for one in Notice.objects.filter(key__in=some))
        self.before = {notice.key: notice for notice in stood}
        self.now = self._put_together(touched)
        self.written = [now for key, now in self.now.items() if not self._says_the_same(key, now)]
        self.gone = [notice for key, notice in self.before.items() if key not in self.now]
        self.new = [key for key in self.now if key not in self.before]

    def _put_together(self, touched: Iterable[str]) -> dict[str, Now]:
        standing = _standing(self.before)
        found = {}
        for key in sorted(touched):
            publications = [*standing[key], *self.arriving[key]]
            if publications:
                record, names = assembled(publications), _names(publications)
                found[key] = Now(record, names, notice_row(key, record, names, self.pack(record)))
        return found

    def _says_the_same(self, key: str, now: Now) -> bool:
        return key in self.before and self.before[key].digest == now.row.digest

    def write(self, register: Register) -> list[str]:
        """Write all that follows from the batch; return the keys of notices that readers see differently."""
        rows = [now.row for now in self.written]
        Notice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN)
        notices = {**self.before, **{row.key: row for row in rows}}
        self._write_versions(notices)
        self._write_parties(register)
        moved = settle_lives(
            Touched(
                stood=[key for key in self.now if key in self.before],
                new={key: self.now[key].names for key in self.new},
                left={notice.life for notice in self.gone},
                names=self._write_names(notices) | _names_taken_away(self.gone),
            )
        )
        return sorted({*(row.key for row in rows), *(notice.key for notice in self.gone), *moved})

    def _write_versions(self, notices: dict[str, Notice]) -> None:
        NoticeVersion.objects.bulk_create(
            version_row(notices[key], one, self.pack(one.record))
            for key, publications in self.arriving.items()
            for one in publications
        )

    def _write_parties(self, register: Register) -> None:
        old = [now.row.pk for now in self.written if now.row.key in self.before]
        for some in portions(old):
            NoticeParty.objects.filter(notice__in=some).delete()
        NoticeParty.objects.bulk_create(
            party for now in self.written for party in party_rows(now.row, now.record, register)
        )

    def _write_names(self, notices: dict[str, Notice]) -> set[str]:
        """Write the names that differ from those that stand there, and return them."""
        had = _names_standing([notice.pk for notice in self.before.values()])
        moved: set[str] = set()
        lost, added = [], []
        for key, now in self.now.items():
            before = had.get(notices[key].pk, {})
            lost += [pk for name, (pk, role) in before.items() if now.names.get(name) != role]
            got = [name for name, role in now.names.items() if name not in before or before[name][1] != role]
            added += [NoticeName(notice=notices[key], name=name, role=now.names[name].value) for name in got]
            moved.update(got, (name for name in before if name not in now.names))
        for some in portions(lost):
            NoticeName.objects.filter(pk__in=some).delete()
        NoticeName.objects.bulk_create(added)
        return moved


def _arriving(items: Iterable[Loadable]) -> dict[str, list[Publication]]:
    found: dict[str, list[Publication]] = defaultdict(list)
    for item in items:
        for place, record in enumerate(item.notices):
            # The same bytes may have several names; which one they were met under must not matter.
            publication = Publication(replace(record, file=""), item.raw, place)
            found[key_of(record, raw=item.raw, place=place)].append(publication)
    return found


def _taken_away(raws: Sequence[str]) -> set[str]:
    """Take away what was read from the same bytes before, and return the notices it was of."""
    losing: set[str] = set()
    for some in portions(raws):
        versions = NoticeVersion.objects.filter(raw__in=some)
        losing.update(versions.values_list("notice__key", flat=True))
        versions.delete()
    return losing


def _standing(notices: dict[str, Notice]) -> dict[str, list[Publication]]:
    """Return the publications that stand in the tables and stay there, by notice."""
    keys = {notice.pk: key for key, notice in notices.items()}
    standing: dict[str, list[Publication]] = defaultdict(list)
    for some in portions(sorted(keys)):
        for version in NoticeVersion.objects.filter(notice__in=some):
            publication = Publication(unpacked(version.record), version.raw, version.place)
            standing[keys[version.notice_id]].append(publication)
    return standing


def _names_taken_away(gone: Sequence[Notice]) -> set[str]:
    """Take away notices that a better reading no longer finds, and return the names they bore."""
    pks = [notice.pk for notice in gone]
    names = {name for some in _names_standing(pks).values() for name in some}
    for some in portions(pks):
        Notice.objects.filter(pk__in=some).delete()
    return names


def _names(publications: Iterable[Publication]) -> dict[str, NameRole]:
    """Return the names in all publications of a notice; what one says is its own is so for all."""
    order = list(NameRole)
    found: dict[str, NameRole] = {}
    for publication in publications:
        for name, role in names_of(publication.record).items():
            found[name] = min(role, found.get(name, role), key=order.index)
    return found


def _names_standing(pks: Sequence[int]) -> dict[int, dict[str, tuple[int, str]]]:
    found: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
    for some in portions(sorted(pks)):
        for name in NoticeName.objects.filter(notice__in=some):
            found[name.notice_id][name.name] = (name.pk, name.role)
    return found
