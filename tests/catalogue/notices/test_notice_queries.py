"""The named reads of notices."""

from datetime import date

import pytest
from notice_records import AT, a_file, a_record, uuid

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.sources.notices.record import Organisation as Party
from ringvirkning.sources.notices.terms import Phase, Source

pytestmark = pytest.mark.usefixtures("empty_catalogue")


def test_a_notice_is_found_by_key_and_by_every_way_of_writing_its_number() -> None:
    doffin = a_record(1, source=Source.DOFFIN, publication_number="2024-100001")
    store([a_file(doffin), a_file(a_record(1, publication_number="00104432-2024"))], at=AT)
    ways = ("2024-100001", "104432-2024", "00104432-2024", "2024/S 055-104432")
    found = [queries.notice_by_number(way) for way in ways]
    assert {notice.key for notice in found if notice} == {uuid(1)}
    assert queries.notice_by_key(uuid(1)) == found[0]
    assert queries.notice_by_key("x") is queries.notice_by_number("1-1999") is None


def test_a_life_stands_in_the_order_of_time_then_of_phases() -> None:
    day = date(2024, 3, 1)
    told = [(1, Phase.RESULT, day), (2, Phase.COMPETITION, day), (3, Phase.DIALOGUE, date(2023, 1, 1))]
    store([a_file(a_record(n, phase=p, publication_date=d, procedure_id="P-1")) for n, p, d in told], at=AT)
    notice = queries.notice_by_key(uuid(1))
    assert notice and notice.life == "p-1"
    assert [one.key for one in queries.life_of(notice)] == [uuid(3), uuid(2), uuid(1)]


def test_versions_stand_newest_first() -> None:
    for number, version in enumerate(("02", "10", "01"), 1):
        store([a_file(a_record(1, version=version, publication_number=f"{number}-2024"))], at=AT)
    notice = queries.notice_by_key(uuid(1))
    assert notice
    assert [version.version for version in queries.versions_of(notice)] == ["10", "02", "01"]
    assert queries.record_of(notice).version == "10"


def test_an_organisation_has_its_notices() -> None:
    larvik = Organisation.objects.create(slug="larvik", name="Larvik kommune", kind="municipality", number="918082956")
    buyer = Party(name="Noe annet", number="918082956", identifier="918 082 956", country="NOR")
    other = Party(name="Bodø kommune", country="NOR")
    store([a_file(a_record(1, buyers=(other, buyer))), a_file(a_record(2, buyers=(other,)))], at=AT)
    assert [notice.key for notice in queries.notices_of(larvik)] == [uuid(1)]


def test_changes_are_told_by_number() -> None:
    store([a_file(a_record(1)), a_file(a_record(2))], at=AT)
    seen = queries.last_notice_change()
    assert queries.changed_notices(0, seen) == [uuid(1), uuid(2)]
    store([a_file(a_record(1)), a_file(a_record(3))], at=AT)
    assert queries.changed_notices(seen, queries.last_notice_change()) == [uuid(3)]
    assert sorted(notice.key for notice in queries.all_notices()) == [uuid(1), uuid(2), uuid(3)]
