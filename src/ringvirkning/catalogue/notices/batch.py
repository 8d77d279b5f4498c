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
from ringvirkning.catalogue.notices.rows import PARTY_COLUMNS, VERSION_COLUMNS, notice_row, party_rows, version_row
from ringvirkning.catalogue.notices.terms import Loadable, NameRole
from ringvirkning.catalogue.notices.writing import Row, update_rows, write_rows
from ringvirkning.sources.notices.record import Notice as Record

Names = dict[str, NameRole]
Numbers = dict[str, int]  # of rows, by the key of the notice
# What ``living`` decides is left as it is when a notice is written again.
_WRITTEN = ("phase", "kind", "national", "country", "published", "deadline", "calls_off", "record", "digest")
_ALONE = ("key", "life", "cancelled", "replaced_by", *_WRITTEN)


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
        numbers = self._write_notices()
        self._write_versions(numbers)
        self._write_parties(numbers, register)
        moved = settle_lives(
            Touched(
                stood=[key for key in self.now if key in self.before],
                new={key: self.now[key].names for key in self.new},
                left={notice.life for notice in self.gone},
                names=self._write_names(numbers) | _names_taken_away(self.gone),
            )
        )
        return sorted({*(now.row.key for now in self.written), *(notice.key for notice in self.gone), *moved})

    def _write_notices(self) -> Numbers:
        """Write what each notice is now, and return the numbers of all rows, those that stood there too."""
        new = [now.row for now in self.written if now.row.key not in self.before]
        numbers = {key: notice.pk for key, notice in self.before.items()}
        again = [now.row for now in self.written if now.row.key in self.before]
        write_rows(Notice, _ALONE, ([getattr(row, name) for name in _ALONE] for row in new))
        update_rows(Notice, _WRITTEN, ([*(getattr(row, name) for name in _WRITTEN), numbers[row.key]] for row in again))
        for some in portions([row.key for row in new]):
            numbers.update(Notice.objects.filter(key__in=some).values_list("key", "pk"))
        return numbers

    def _write_versions(self, numbers: Numbers) -> None:
        rows = (
            version_row(numbers[key], one, self.pack(one.record))
            for key, publications in self.arriving.items()
            for one in publications
        )
        write_rows(NoticeVersion, VERSION_COLUMNS, rows)

    def _write_parties(self, numbers: Numbers, register: Register) -> None:
        old = [numbers[now.row.key] for now in self.written if now.row.key in self.before]
        for some in portions(old):
            NoticeParty.objects.filter(notice__in=some).delete()
        parties = (row for now in self.written for row in party_rows(numbers[now.row.key], now.record, register))
        write_rows(NoticeParty, PARTY_COLUMNS, parties)

    def _write_names(self, numbers: Numbers) -> set[str]:
        """Write the names that differ from those that stand there, and return them."""
        had = _names_standing([notice.pk for notice in self.before.values()])
        moved: set[str] = set()
        lost: list[int] = []
        added: list[Row] = []
        for key, now in self.now.items():
            before = had.get(numbers[key], {})
            lost += [pk for name, (pk, role) in before.items() if now.names.get(name) != role]
            got = [name for name, role in now.names.items() if name not in before or before[name][1] != role]
            added += [(numbers[key], name, now.names[name].value) for name in got]
            moved.update(got, (name for name in before if name not in now.names))
        for some in portions(lost):
            NoticeName.objects.filter(pk__in=some).delete()
        write_rows(NoticeName, ("notice", "name", "role"), added)
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
