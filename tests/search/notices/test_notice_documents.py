"""What a notice is found by: its words, its facets with codes above codes, and its numbers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.search.notices.noticedoc import (
    MOST_CHARACTERS,
    Innovation,
    cpv_and_above,
    minute_number,
    notice_document,
    open_at,
    passages,
)
from ringvirkning.search.notices.places import county_of
from ringvirkning.search.plan import Document
from ringvirkning.sources.notices.record import Lot, Money, Organisation
from ringvirkning.sources.notices.record import Notice as Record
from ringvirkning.sources.notices.terms import ValueKind

UNREAD = Innovation()


def document(record: Record, innovation: Innovation = UNREAD, **columns: Any) -> Document:
    given = {"key": "n", "phase": record.phase.value, "published": record.publication_date, "deadline": record.deadline}
    return notice_document(Notice(**{**given, **columns}), record, [], innovation)


def money(amount: float, currency: str = "NOK", kind: ValueKind = ValueKind.ESTIMATED) -> Money:
    return Money(amount=amount, currency=currency, kind=kind, field="BT-27-Procedure")


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("72222300", ["72", "722", "7222", "72222", "72222300"]),
        ("72000000", ["72", "72000000"]),
        ("80000000", ["80", "80000000"]),
        ("30200000", ["30", "302", "30200000"]),
        ("33100000", ["33", "331", "33100000"]),
        ("45214210", ["45", "452", "4521", "45214", "45214210"]),
    ],
)
def test_a_code_lies_under_its_division_group_class_and_category(code: str, above: list[str]) -> None:
    assert cpv_and_above(code) == above


@pytest.mark.parametrize(
    ("nuts", "county"),
    [("NO081", "03"), ("NO0A1", "11"), ("NO011", "03"), ("NO022", "34"), ("NO082", ""), ("SE110", ""), ("NO", "")],
)
def test_a_region_lies_in_the_county_it_lies_in_today(nuts: str, county: str) -> None:
    assert county_of(nuts) == county


def test_what_is_unknown_is_no_value_and_no_number(record: Callable[..., Record]) -> None:
    made = document(record(language=None, buyers=(), countries=()), kind="", country="", published=None)
    assert {name for name, values in made.facets.items() if values} == {"source", "phase", "level", "standing"}
    assert made.ranks == {}


def test_values_of_lots_count_where_it_is_the_only_lot(record: Callable[..., Record]) -> None:
    lot = Lot(lot_id="LOT-0001", values=(money(3_000_000),))
    assert document(record(lots=(lot,))).ranks["estimated"] == 3_000_000
    assert document(record(lots=(lot,))).facets["estimated"] == ["1m-5m"]
    assert "estimated" not in document(record(lots=(lot, lot))).ranks


def test_estimated_and_awarded_are_never_mixed(record: Callable[..., Record]) -> None:
    made = document(record(values=(money(999_999), money(20_000_000, kind=ValueKind.AWARDED))))
    assert (made.ranks["estimated"], made.ranks["awarded"]) == (999_999, 20_000_000)
    assert (made.facets["estimated"], made.facets["awarded"]) == (["under-1m"], ["20m-100m"])


def test_other_currencies_are_not_taken_for_kroner(record: Callable[..., Record]) -> None:
    made = document(record(values=(money(5_000_000, "EUR"),)))
    assert "estimated" not in made.ranks
    assert made.facets["estimated"] == []


@pytest.mark.parametrize("amount", [0.0, -5.0, 1e30, 0.4])
def test_an_odd_amount_is_a_number_an_index_can_hold(amount: float, record: Callable[..., Record]) -> None:
    assert 0 <= document(record(values=(money(amount),))).ranks["estimated"] < 2**63


def test_twins_have_both_addresses(record: Callable[..., Record]) -> None:
    assert document(record(doffin_number="2024-100001")).facets["source"] == ["doffin", "ted"]


def test_a_confirmed_code_stands_beside_the_stated_ones(record: Callable[..., Record]) -> None:
    made = document(record(innovation=("other",)), Innovation("confirmed", "mar-nov", 1.0))
    assert made.facets["innovation_code"] == ["other", "mar-nov"]
    assert made.facets["innovation"] == ["confirmed"]
    assert made.ranks["likelihood"] == 1000


def test_a_deadline_is_a_minute_whatever_the_zone() -> None:
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert minute_number(at) == minute_number(at.astimezone(timezone(timedelta(hours=2))))
    assert minute_number(at + timedelta(seconds=59)) == minute_number(at)
    assert open_at(at).least == minute_number(at)
    assert minute_number(datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))) > minute_number(at)


def test_the_title_is_said_twice_and_the_goods_in_two_languages(record: Callable[..., Record]) -> None:
    terms = document(record(titles={"nb": "Zlokk"}, cpv=("72222300",))).terms["text"]
    assert terms.count("zlokk") == 2
    assert "ittjenest" in terms
    assert {"information", "inform", "servic"} <= set(terms)  # stemmed as Norwegian and as English


def test_each_text_is_read_once_and_no_more_of_them_than_there_is_room_for(record: Callable[..., Record]) -> None:
    same = tuple(Lot(lot_id=str(number), descriptions={"nb": "det samme"}) for number in range(50))
    found = passages(record(descriptions={"nb": "det samme"}, lots=same))
    assert [one.text for one in found].count("det samme") == 1
    long = passages(record(descriptions={"nb": "ord " * MOST_CHARACTERS, "en": "more"}))
    assert sum(len(one.text) for one in long if one.part in ("title", "description")) == MOST_CHARACTERS


def test_names_and_numbers_of_organisations_are_words_too(record: Callable[..., Record]) -> None:
    buyer = Organisation(name="Zlokk kommune", number="964965870")
    terms = document(record(buyers=(buyer,), winners=(Organisation(name="Kvikk AS"),))).terms["text"]
    assert {"zlokk", "964965870", "kvikk"} <= set(terms)


def test_counties_come_from_matched_buyers_and_from_regions(record: Callable[..., Record]) -> None:
    party: Any = SimpleNamespace(role="buyer", organisation=SimpleNamespace(slug="larvik", county="39"))
    winner: Any = SimpleNamespace(role="winner", organisation=SimpleNamespace(slug="kvikk", county="11"))
    made = notice_document(Notice(key="n"), record(nuts=("NO081", "NO0")), [party, winner], Innovation())
    assert made.facets["county"] == ["03", "39"]
    assert made.facets["nuts"] == ["NO", "NO0", "NO08", "NO081"]
    assert (made.facets["buyer"], made.facets["winner"]) == (["larvik"], ["kvikk"])
