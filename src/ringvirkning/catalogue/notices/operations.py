"""Verbs of notices. ``store`` takes what was read into the tables, a batch in one transaction.

The tables are a function of the publications in them: ``store`` replaces what was read from the same bytes, puts every
notice that is touched together again from all its publications, and works out the lives it touches. So the order files
come in, and how they are batched, makes no difference; and a load that is killed has either stored a batch or not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from msgspec.structs import replace

from ringvirkning.catalogue.notices.assembling import Publication, assembled
from ringvirkning.catalogue.notices.living import portions, settle_lives
from ringvirkning.catalogue.notices.matching import Register
from ringvirkning.catalogue.notices.models import LoadedFile, Notice, NoticeName, NoticeParty, NoticeVersion
from ringvirkning.catalogue.notices.naming import key_of, names_of
from ringvirkning.catalogue.notices.packing import Packer, unpacked
from ringvirkning.catalogue.notices.registering import register_in_use
from ringvirkning.catalogue.notices.rows import cut, notice_row, party_rows, version_row
from ringvirkning.catalogue.notices.terms import Loadable, NameRole, Stored
from ringvirkning.catalogue.operations import record_changes, writers_turn
from ringvirkning.catalogue.terms import ChangeKind
from ringvirkning.sources.notices.record import Notice as Record

# What ``living`` decides is left as it is when a notice is written again.
_WRITTEN = ["phase", "kind", "national", "country", "published", "deadline", "calls_off", "record", "digest"]


@transaction.atomic
def store(items: Sequence[Loadable], *, at: datetime) -> Stored:
    """Take a batch of what was read into the tables, and return what became of it.

    Bytes that the same reader has read before are passed over, so the same batch can be offered again. Nothing is
    stored of what was refused but that it was, and why.
    """
    writers_turn()
    refused = Counter(item.refusal for item in items if item.refusal)
    items, known = _not_known(items)
    if not items:
        return Stored(known=known, refused=dict(refused))
    batch = _Batch(items)
    changed = batch.write(register_in_use())
    record_changes(kind=ChangeKind.NOTICE, keys=sorted(changed), at=at)
    _note_files(items, at)
    return Stored(batch.new, batch.changed, batch.unchanged, known, dict(refused))


def _not_known(items: Sequence[Loadable]) -> tuple[list[Loadable], int]:
    """Return the items that say something new, each once, and how many did not.

    Bytes under several names are read under the first of them, so that it does not matter which was met first.
    """
    first = {item.raw: item for item in sorted(items, key=lambda item: item.name, reverse=True)}
    known = {file.raw: file for some in portions(sorted(first)) for file in LoadedFile.objects.filter(raw__in=some)}
    new = [item for item in first.values() if not is_known(known.get(item.raw), item.name, item.reader)]
    return sorted(new, key=lambda item: item.raw), _readable(items) - _readable(new)


def _readable(items: Iterable[Loadable]) -> int:
    return sum(not item.refusal for item in items)


def is_known(file: LoadedFile | None, name: str, reader: str) -> bool:
    """Tell whether reading these bytes again would tell us nothing."""
    return file is not None and file.reader == reader and file.name <= file_name(name)


def file_name(name: str) -> str:
    """Return the name of a file without its folders: the same bytes in another folder are the same file."""
    return cut(name.replace("\\", "/").rsplit("/", 1)[-1], 500)


def _note_files(items: Iterable[Loadable], at: datetime) -> None:
    noted = [LoadedFile(item.raw, file_name(item.name), item.reader, cut(item.refusal, 40), at) for item in items]
    columns = ["name", "reader", "refusal", "at"]
    LoadedFile.objects.bulk_create(noted, update_conflicts=True, unique_fields=["raw"], update_fields=columns)


class _Batch:
    """A batch on its way into the tables, with everything it touches that is there already."""

    def __init__(self, items: Sequence[Loadable]) -> None:
        self.arriving: dict[str, list[Publication]] = defaultdict(list)
        for item in items:
            for place, record in enumerate(item.notices):
                key = key_of(record, raw=item.raw, place=place)
                # The same bytes may have several names; which one they were met under must not matter.
                self.arriving[key].append(Publication(replace(record, file=""), item.raw, place))
        losing = self._take_away([item.raw for item in items])
        touched = sorted({*self.arriving, *losing})
        self.before = {one.key: one for some in portions(touched) for one in Notice.objects.filter(key__in=some)}
        self.standing = self._standing()
        self.touched = touched
        self.pack = Packer()
        self.new = self.changed = self.unchanged = 0

    def _take_away(self, raws: Sequence[str]) -> set[str]:
        """Take away what was read from the same bytes before, and return the notices it was of."""
        losing: set[str] = set()
        for some in portions(raws):
            versions = NoticeVersion.objects.filter(raw__in=some)
            losing.update(versions.values_list("notice__key", flat=True))
            versions.delete()
        return losing

    def _standing(self) -> dict[str, list[Publication]]:
        """Return the publications that stand in the tables and stay there, by notice."""
        keys = {notice.pk: key for key, notice in self.before.items()}
        standing: dict[str, list[Publication]] = defaultdict(list)
        for some in portions(sorted(keys)):
            for version in NoticeVersion.objects.filter(notice__in=some):
                publication = Publication(unpacked(version.record), version.raw, version.place)
                standing[keys[version.notice_id]].append(publication)
        return standing

    def write(self, register: Register) -> set[str]:
        """Write all that follows from the batch; return the keys of notices that readers see differently."""
        names, records = {}, {}
        for key in self.touched:
            publications = [*self.standing[key], *self.arriving[key]]
            if publications:
                records[key] = assembled(publications)
                names[key] = _names(publications)
        rows = {key: notice_row(key, record, names[key], self.pack(record)) for key, record in records.items()}
        written = [row for key, row in rows.items() if key not in self.before or self.before[key].digest != row.digest]
        self.new = sum(row.key not in self.before for row in written)
        self.changed = len(written) - self.new
        self.unchanged = len(rows) - len(written)
        Notice.objects.bulk_create(written, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN)
        notices = {**self.before, **{row.key: row for row in written}}
        self._write_versions(notices)
        self._write_parties([(row, records[row.key]) for row in written], register)
        moved_names = self._write_names({notices[key]: found for key, found in names.items()})
        gone = [notice for key, notice in self.before.items() if key not in rows]
        moved_names |= self._take_notices(gone)
        new = {key: names[key] for key in rows if key not in self.before}
        moved = settle_lives([key for key in rows if key in self.before], moved_names, new)
        return {*(row.key for row in written), *(notice.key for notice in gone), *moved}

    def _write_versions(self, notices: dict[str, Notice]) -> None:
        NoticeVersion.objects.bulk_create(
            version_row(notices[key], one, self.pack(one.record))
            for key, publications in self.arriving.items()
            for one in publications
        )

    def _write_parties(self, written: Sequence[tuple[Notice, Record]], register: Register) -> None:
        old = [row.pk for row, _ in written if row.key in self.before]
        for some in portions(old):
            NoticeParty.objects.filter(notice__in=some).delete()
        NoticeParty.objects.bulk_create(party for row, record in written for party in party_rows(row, record, register))

    def _write_names(self, names: dict[Notice, dict[str, NameRole]]) -> set[str]:
        """Write the names that differ from those that stand there, and return them."""
        had = _names_standing([notice.pk for notice in names if notice.key in self.before])
        moved: set[str] = set()
        lost, added = [], []
        for notice, now in names.items():
            before = had.get(notice.pk, {})
            lost += [pk for name, (pk, role) in before.items() if now.get(name) != role]
            got = [name for name, role in now.items() if name not in before or before[name][1] != role]
            added += [NoticeName(notice=notice, name=name, role=now[name].value) for name in got]
            moved.update(got, (name for name in before if name not in now))
        for some in portions(lost):
            NoticeName.objects.filter(pk__in=some).delete()
        NoticeName.objects.bulk_create(added)
        return moved

    def _take_notices(self, gone: Sequence[Notice]) -> set[str]:
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
