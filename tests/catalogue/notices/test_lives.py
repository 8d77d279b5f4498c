"""Notices of one procurement form its life, whatever order they come in; corrections and copies give way."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from notice_records import AT, a_file, a_record, uuid

from ringvirkning.catalogue.notices import lives
from ringvirkning.catalogue.notices.lives import Member, standings
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.catalogue.notices.queries import life_of, notice_by_key
from ringvirkning.catalogue.notices.terms import NameRole
from ringvirkning.sources.notices.record import Change, Reference
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import Format, Phase, Source

pytestmark = pytest.mark.usefixtures("empty_catalogue")

PLANNED = a_record(1, phase=Phase.PLANNING, publication_number="11-2023", publication_date=date(2023, 1, 1))
ASKED = a_record(
    2,
    procedure_id="bbbb",
    publication_number="22-2024",
    references=(Reference(relation="previous-planning", publication_number="11-2023"),),
)
AWARDED = a_record(3, phase=Phase.RESULT, procedure_id="bbbb", publication_date=date(2024, 9, 1))
CHANGED = a_record(
    4,
    phase=Phase.CHANGE,
    publication_date=date(2025, 1, 1),
    references=(Reference(relation="modified", notice_uuid=uuid(3), version="01"),),
)


def notice(number: int) -> Notice:
    found = notice_by_key(uuid(number))
    assert found
    return found


@pytest.mark.parametrize("order", [*permutations([PLANNED, ASKED, AWARDED, CHANGED])], ids=range(24))
def test_a_life_is_whole_whatever_came_first(order: tuple[Record, ...]) -> None:
    for one in order:
        store([a_file(one)], at=AT)
    assert {one.life for one in Notice.objects.all()} == {"bbbb"}
    assert [one.key for one in life_of(notice(4))] == [uuid(1), uuid(2), uuid(3), uuid(4)]
    assert not any(one.replaced_by for one in Notice.objects.all())  # a changed contract replaces no notice


def test_notices_that_name_each_other_only_through_one_that_comes_later_join_then() -> None:
    later = Reference(relation="previous", publication_number="2017/S 039-071501")
    store([a_file(a_record(1, references=(later,))), a_file(a_record(2, references=(later,)))], at=AT)
    assert notice(1).life == notice(2).life == uuid(1)  # they name the same notice, though we do not have it
    old = a_record(3, notice_uuid=None, format=Format.TED_EXPORT, publication_number="71501-2017")
    store([a_file(old)], at=AT)
    assert {one.life for one in Notice.objects.all()} == {uuid(1)}
    assert notice_by_key("ted-71501-2017") is not None


def test_a_number_in_doffin_and_one_in_ted_are_not_mixed_up() -> None:
    doffin = a_record(1, source=Source.DOFFIN, publication_number="2024-100829")
    pointing = a_record(2, references=(Reference(relation="previous", publication_number="2024-100829"),))
    other = a_record(3, publication_number="100829-2024")
    store([a_file(one) for one in (doffin, pointing, other)], at=AT)
    assert notice(1).life == notice(2).life != notice(3).life


def test_the_newest_correction_takes_the_place_of_all_before_it() -> None:
    def correcting(number: int, of: int, day: int) -> Record:
        change = Change(notice=f"{uuid(of)}-01", reason="update-add")
        return a_record(number, change=change, publication_date=date(2024, 3, day))

    store([a_file(one) for one in (correcting(3, of=1, day=9), a_record(1), correcting(2, of=1, day=5))], at=AT)
    assert [notice(n).replaced_by for n in (1, 2, 3)] == [uuid(3), uuid(3), ""]


def test_what_is_called_off_is_called_off_also_where_it_was_announced() -> None:
    store([a_file(a_record(1))], at=AT)
    assert not notice(1).cancelled
    change = Change(notice=uuid(1), reason="cancel")
    store([a_file(a_record(2, change=change, publication_date=date(2024, 4, 1)))], at=AT)
    assert [(notice(n).cancelled, notice(n).calls_off) for n in (1, 2)] == [(True, False), (True, True)]
    assert notice(1).replaced_by == uuid(2)


def test_an_old_correction_that_says_only_what_is_new_replaces_nothing() -> None:
    old: dict[str, Any] = {"notice_uuid": None, "format": Format.TED_EXPORT}
    original = a_record(1, **old, publication_number="1-2018")
    correction = a_record(
        2, **old, publication_number="2-2018", references=(Reference(relation="changed", publication_number="1-2018"),)
    )
    store([a_file(original), a_file(correction)], at=AT)
    assert {(one.life, one.replaced_by) for one in Notice.objects.all()} == {("ted-1-2018", "")}


def test_a_copy_without_uuid_gives_way_to_the_notice_whose_number_it_bears() -> None:
    copy = a_record(1, notice_uuid=None, source=Source.OCDS, format=Format.OCDS, publication_number="2024-100001")
    store([a_file(copy)], at=AT)
    store([a_file(a_record(2, source=Source.DOFFIN, publication_number="2024-100001"))], at=AT)
    assert [(one.key, one.replaced_by) for one in Notice.objects.order_by("pk")] == [
        ("ocds-2024-100001", uuid(2)),
        (uuid(2), ""),
    ]


def test_an_id_that_names_nothing_joins_nobody() -> None:
    nothing = "00000000-0000-0000-0000-000000000000"
    store([a_file(a_record(n, procedure_id=nothing)) for n in (1, 2)], at=AT)
    assert notice(1).life != notice(2).life


def test_a_name_that_too_many_bear_joins_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lives, "MOST_BEARERS", 2)
    crowd = [Member(f"n{n}", names={"procedure/x": NameRole.PROCEDURE}) for n in range(3)]
    assert {one.life for one in standings(crowd).values()} == {"n0", "n1", "n2"}
    assert {one.life for one in standings(crowd[:2]).values()} == {"x"}


def test_a_better_reading_that_no_longer_names_a_procurement_leaves_its_life() -> None:
    file = a_file(a_record(1, procedure_id="aaaa"))
    store([file, a_file(a_record(2, procedure_id="aaaa"))], at=AT)
    assert notice(1).life == notice(2).life == "aaaa"
    better = type(file)(file.raw, file.name, "2", (a_record(1),))
    store([better], at=AT)
    assert (notice(1).life, notice(2).life) == (uuid(1), "aaaa")


def test_a_notice_that_is_gone_does_not_lend_its_key_to_the_others() -> None:
    naming = (Reference(relation="previous", publication_number="7-2020"),)
    file = a_file(a_record(1, references=naming))
    store([file, a_file(a_record(2, references=naming))], at=AT)
    assert notice(2).life == uuid(1)
    store([type(file)(file.raw, file.name, "2", (a_record(3),))], at=AT)
    assert notice(2).life == uuid(2)
