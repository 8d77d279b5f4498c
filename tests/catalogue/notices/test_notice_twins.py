"""One notice however often it was published: versions, and the same version in Doffin and TED."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from notice_records import AT, a_file, a_record, uuid

from ringvirkning.catalogue.notices.assembling import Publication, assembled
from ringvirkning.catalogue.notices.models import Notice, NoticeVersion
from ringvirkning.catalogue.notices.operations import store
from ringvirkning.catalogue.notices.queries import record_of
from ringvirkning.catalogue.notices.terms import Loadable, Stored
from ringvirkning.sources.notices.record import Lot, Money
from ringvirkning.sources.notices.terms import Source, ValueKind


def doffin(**fields: Any) -> Publication:
    given = {"titles": {"nb": "Norsk"}, "doffin_number": "2024-100001", "publication_number": "2024-100001"}
    return Publication(a_record(1, source=Source.DOFFIN, **{**given, **fields}), "d")


def ted(**fields: Any) -> Publication:
    given = {"titles": {"en": "English"}, "ted_number": "7-2024", "publication_number": "7-2024"}
    return Publication(a_record(1, **{**given, **fields}), "t")


@pytest.mark.parametrize("order", [1, -1])
def test_twins_are_one_notice_with_two_addresses_and_all_languages(order: int) -> None:
    record = assembled([doffin(), ted()][::order])
    assert (record.source, record.doffin_number, record.ted_number) == (Source.DOFFIN, "2024-100001", "7-2024")
    assert record.titles == {"nb": "Norsk", "en": "English"}


def test_norwegian_from_doffin_is_not_joined_by_norwegian_from_ted() -> None:
    record = assembled([doffin(titles={"nn": "Nynorsk"}), ted(titles={"no": "Norsk", "en": "English"})])
    assert record.titles == {"nn": "Nynorsk", "en": "English"}


def test_a_twin_fills_in_what_the_other_does_not_say_and_changes_nothing_else() -> None:
    money = Money(amount=1.0, currency="NOK", kind=ValueKind.ESTIMATED, field="BT-27")
    deadline = datetime(2024, 5, 1, 10, tzinfo=UTC)
    record = assembled(
        [
            doffin(procedure="open", publication_date=None),
            ted(procedure="restricted", values=(money,), deadline=deadline),
        ]
    )
    assert (record.procedure, record.values, record.deadline) == ("open", (money,), deadline)
    assert record.publication_date == date(2024, 3, 1)


def test_texts_of_lots_are_joined_lot_by_lot() -> None:
    mine = (Lot(lot_id="LOT-1", titles={"nb": "En"}), Lot(lot_id="LOT-2", titles={"nb": "To"}))
    record = assembled([doffin(lots=mine), ted(lots=(Lot(lot_id="LOT-2", titles={"en": "Two"}),))])
    assert [lot.titles for lot in record.lots] == [{"nb": "En"}, {"nb": "To", "en": "Two"}]


def test_the_newest_version_is_the_notice_and_older_ones_only_lend_their_address() -> None:
    record = assembled([doffin(version="01"), ted(version="02")])
    assert (record.version, record.titles) == ("02", {"en": "English"})
    assert record.doffin_number == "2024-100001"


def test_versions_are_numbers_and_not_words() -> None:
    assert assembled([ted(version="9"), ted(version="10")]).version == "10"
    assert assembled([ted(version=None), ted(version="x"), ted(version="01")]).version == "01"


@pytest.mark.usefixtures("empty_catalogue")
class TestStored:
    """What the tables hold of it."""

    def test_twins_and_versions_are_one_row(self) -> None:
        files = [a_file(one.record) for one in (doffin(), ted(), ted(version="02", publication_number="8-2024"))]
        assert store(files, at=AT) == Stored(new=1)
        assert (Notice.objects.count(), NoticeVersion.objects.count()) == (1, 3)
        assert record_of(Notice.objects.get()).version == "02"

    def test_the_same_number_with_other_bytes_keeps_both_and_shows_the_one_sent_last(self) -> None:
        first, second = (
            a_record(1, publication_number="7-2024", dispatched=datetime(2024, 1, day, tzinfo=UTC)) for day in (1, 2)
        )
        for order in ((first, second), (second, first)):
            Notice.objects.all().delete()
            for one in order:
                store([a_file(one, reader=str(id(order)))], at=AT)
            assert record_of(Notice.objects.get()).dispatched == second.dispatched

    def test_what_a_better_reader_reads_replaces_what_was_read(self) -> None:
        file = a_file(a_record(1))
        store([file], at=AT)
        better = Loadable(
            file.raw, file.name, "2", (a_record(1, publication_number="5-2024", titles={"en": "Better"}),)
        )
        assert store([better], at=AT) == Stored(changed=1)
        assert [version.number for version in NoticeVersion.objects.all()] == ["5-2024"]
        assert record_of(Notice.objects.get()).titles == {"en": "Better"}

    def test_a_notice_that_a_better_reader_does_not_find_is_gone(self) -> None:
        file = a_file(a_record(1), a_record(2))
        store([file], at=AT)
        store([Loadable(file.raw, file.name, "2", (a_record(2),))], at=AT)
        assert [notice.key for notice in Notice.objects.all()] == [uuid(2)]

    def test_again_changes_nothing(self) -> None:
        files = [a_file(a_record(n)) for n in (1, 2)]
        store(files, at=AT)
        assert store(files, at=AT) == Stored(known=2)

    def test_a_very_strange_record_is_stored_all_the_same(self) -> None:
        long = "\x00" + "x" * 5_000
        strange = a_record(
            1, notice_uuid=long, version=long, procedure_id=long, publication_number=long, kind=long, countries=(long,)
        )
        assert store([a_file(strange, name=long)], at=AT) == Stored(new=1)
        assert store([a_file(a_record(2, notice_uuid=None, publication_number=None))], at=AT) == Stored(new=1)
