"""Rows of a table that somebody made of notices become records that say where they are from."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.notices.read import Unreadable, read_document
from ringvirkning.sources.notices.record import Notice, from_json, to_json
from ringvirkning.sources.notices.terms import Format, Phase, Source

ROW = {
    "reference": "2021-300305",
    "title": "Fallalarm for eldre",
    "description": "Kommunen trenger en løsning som varsler. Den finnes ikke i markedet.",
    "buyer": "Larvik kommune ",
    "buyer_identifier": 918082956,
    "notice_type": "Kunngjøring av konkurranse",
    "published": "2021-08-04",
    "deadline": "2021-08-28",
    "cpv": "33196000",
    "additional_cpv": ["48000000", "33196000"],
    "estimated_value": "300000",
}


def read_all(*rows: Any) -> list[Notice]:
    notices = read_document(json.dumps(list(rows)).encode(), file="rader.json")
    assert all(from_json(to_json(one)) == one for one in notices)
    return notices


def codes_of(notice: Notice) -> set[str]:
    return {oddity.code for oddity in notice.oddities}


def test_a_row_is_read_and_says_that_it_is_one() -> None:
    (notice,) = read_all(ROW)
    assert (notice.source, notice.format) == (Source.DOFFIN, Format.ROWS)
    assert (notice.publication_number, notice.doffin_number) == ("2021-300305", "2021-300305")
    assert notice.publication_date and notice.publication_date.isoformat() == "2021-08-04"
    assert (notice.kind, notice.phase) == ("cn-standard", Phase.COMPETITION)
    assert list(notice.titles.values()) == ["Fallalarm for eldre"]
    assert notice.cpv == ("33196000", "48000000")
    assert [(one.name, one.number, one.country) for one in notice.buyers] == [("Larvik kommune", "918082956", "NOR")]
    assert "from-row" in codes_of(notice)


def test_what_a_row_does_not_say_whole_is_not_guessed() -> None:
    (notice,) = read_all(ROW)
    assert (notice.deadline, notice.values) == (None, ())  # a day without a time, a sum without a currency
    assert "currency-missing" in codes_of(notice)
    (with_currency,) = read_all({**ROW, "currency": "NOK"})
    assert [(one.amount, one.field) for one in with_currency.values] == [(300_000, "estimated_value")]


@pytest.mark.parametrize(
    ("given_type", "kind", "phase"),
    [
        ("Kunngjøringstype: Tildeling", "can-standard", Phase.RESULT),
        ("Kunngjøringstype: Veiledende", "pin-only", Phase.PLANNING),
        ("Kunngjøringstype: Intensjonskunngjøring", "veat", Phase.RESULT),
        ("F02", "cn-standard", Phase.COMPETITION),
        ("Noe annet", None, Phase.PLANNING),
    ],
)
def test_the_kind_is_told_by_the_words_of_doffin(given_type: str, kind: str | None, phase: Phase) -> None:
    (notice,) = read_all({**ROW, "notice_type": given_type})
    assert (notice.kind, notice.phase) == (kind, phase)
    assert ("phase-unknown" in codes_of(notice)) is (kind is None)


def test_a_label_before_a_date_is_passed_over() -> None:
    (notice,) = read_all({**ROW, "published": "Kunngjøringsdato: 2022-03-13"})
    assert notice.publication_date and notice.publication_date.isoformat() == "2022-03-13"


def test_rows_without_a_number_are_read_without_one() -> None:
    first, second = read_all({**ROW, "reference": None}, {**ROW, "reference": "ukjent"})
    assert (first.publication_number, second.publication_number) == (None, None)
    assert "publication-number" in codes_of(second)


def test_rows_that_say_nothing_are_left_out_and_counted() -> None:
    (notice,) = read_all(ROW, {**ROW, "title": ""}, 7, {"a": "b"})
    (noted,) = (one for one in notice.oddities if one.code == "part-unreadable")
    assert noted.values == {"count": "3"}
    with pytest.raises(Unreadable) as refused:
        read_all({**ROW, "title": None})
    assert refused.value.code == "no-content"


def test_no_person_is_read() -> None:
    (notice,) = read_all({**ROW, "description": "Kontaktperson: Ola Normann, ola@larvik.example, tlf. 33 17 10 00"})
    told = to_json(notice).decode()
    assert not any(secret in told for secret in ("Normann", "@", "33 17"))


ANYTHING = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=2)


@given(st.lists(st.fixed_dictionaries({}, optional={name: ANYTHING for name in ROW}) | ANYTHING, max_size=4))
def test_no_rows_make_the_reader_fail(rows: list[Any]) -> None:
    with suppress(Unreadable):
        read_all({**ROW}, *rows)
