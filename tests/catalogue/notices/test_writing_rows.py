"""Rows written by one sentence are what Django's own verbs would have written, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ringvirkning.catalogue.notices.models import LoadedFile, Notice, NoticeName
from ringvirkning.catalogue.notices.writing import update_rows, write_rows

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 9, 30, 15, 123456, tzinfo=UTC)
COLUMNS = [field.attname for field in Notice._meta.concrete_fields if field.attname != "id"]
TOLD: dict[str, Any] = {
    "life": "liv «æøå» 100 %s",
    "phase": "competition",
    "kind": "",
    "national": True,
    "country": "NOR",
    "published": date(2024, 2, 29),
    "deadline": AT,
    "calls_off": False,
    "cancelled": False,
    "replaced_by": "",
    "record": b"\x00\xff'%s",
    "digest": "d" * 64,
}


def row(key: str, **more: Any) -> list[Any]:
    return [{**TOLD, "key": key, **more}[name] for name in COLUMNS]


def told(key: str) -> dict[str, Any]:
    found = Notice.objects.filter(key=key).values(*TOLD).get()
    return {**found, "record": bytes(found["record"])}


@pytest.mark.parametrize("more", [{}, {"published": None, "deadline": None, "national": False, "record": b""}])
def test_every_kind_of_value_is_read_back_as_it_was_and_as_django_writes_it(more: dict[str, Any]) -> None:
    write_rows(Notice, COLUMNS, [row("ours", **more)])
    Notice.objects.create(**{**TOLD, **more, "key": "django's"})
    assert told("ours") == told("django's") == {**TOLD, **more}


def test_django_finds_a_row_by_its_day_and_its_time() -> None:
    write_rows(Notice, COLUMNS, [row("ours")])
    assert Notice.objects.filter(published=date(2024, 2, 29), deadline=AT, deadline__gte=AT).count() == 1


def test_a_row_that_is_known_gets_the_other_values_and_others_are_left_alone() -> None:
    columns = ("raw", "name", "reader", "refusal", "at")
    write_rows(LoadedFile, columns, [("a", "a.xml", "1", "", AT), ("b", "b.xml", "1", "", AT)], known_by="raw")
    write_rows(LoadedFile, columns, [("a", "c.xml", "2", "broken-xml", AT)], known_by="raw")
    found = sorted(LoadedFile.objects.values_list("raw", "name", "reader", "refusal"))
    assert found == [("a", "c.xml", "2", "broken-xml"), ("b", "b.xml", "1", "")]


def test_a_row_that_may_not_be_twice_is_refused_and_nothing_of_the_lot_stays() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(Notice, COLUMNS, [row("one"), row("one")])
    assert not Notice.objects.exists()


def test_rows_get_other_values_by_their_number_alone() -> None:
    write_rows(Notice, COLUMNS, [row("one"), row("two")])
    number = Notice.objects.get(key="one").pk
    update_rows(Notice, ("life", "deadline"), [("another", None, number)])
    assert told("one") == {**TOLD, "life": "another", "deadline": None}
    assert told("two") == TOLD


def test_no_rows_say_nothing_to_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        write_rows(NoticeName, ("notice", "name", "role"), [])
        update_rows(Notice, ("life",), [])
