"""What people type, and what it is read as. Each row is something a person would write."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.publishing.typed import normalise
from ringvirkning.publishing.typed.normalise import Amount, read_amount, read_date
from ringvirkning.sources.casefile.terms import Per, Unit

NBSP, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 250 000", 1_250_000),
        (f"1{NBSP}250{NBSP}000", 1_250_000),
        (f"1{THIN}250", 1_250),
        ("1.250.000", 1_250_000),
        ("1'250'000", 1_250_000),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("0.125", "0.125"),
        ("1 250,50", "1250.5"),
        ("1.250,50", "1250.5"),
        ("1,250.50", "1250.5"),
        ("ca 10", 10),
        ("Ca. 10", 10),
        ("om lag 10", 10),
        ("~10", 10),
        ("2,5 mill", 2_500_000),
        ("2,5 millionar", 2_500_000),
        ("3 mrd.", 3_000_000_000),
        ("40 tusen", 40_000),
        ("en million", 1_000_000),
        ("-5", -5),
        ("−5", -5),
    ],
)
def test_one_number(typed: str, value: object) -> None:
    found = read_amount(typed)
    assert found is not None
    assert (found.value, found.low, found.high) == (Decimal(str(value)), None, None)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("10-12", 10, 12),
        ("10–12", 10, 12),
        ("10 til 12", 10, 12),
        ("mellom 10 og 12", 10, 12),
        ("fra 5 til 7", 5, 7),
        ("ca. 10-12", 10, 12),
        ("2–3 mill", 2_000_000, 3_000_000),
        ("500 000 – 1 mill", 500_000, 1_000_000),
        ("1 250 000–1 500 000", 1_250_000, 1_500_000),
        ("over 13", 13, None),
        ("meir enn 13", 13, None),
        ("minst 3 mill", 3_000_000, None),
        ("13+", 13, None),
        ("inntil 85", None, 85),
        ("opptil 85", None, 85),
        ("under ca 85", None, 85),
    ],
)
def test_a_range_and_its_ends(typed: str, low: int | None, high: int | None) -> None:
    found = read_amount(typed)
    assert found is not None
    assert (found.value, found.low, found.high) == (None, low, high)


def test_the_words_around_a_number_are_understood() -> None:
    assert read_amount("10 mill. kr per år") == Amount(
        value=Decimal(10_000_000), unit=Unit.NOK, per=Per.YEAR, currency="NOK"
    )
    assert read_amount("kr 250 000,-") == read_amount("250000 kroner") == read_amount("NOK 250 000")
    assert read_amount("MNOK 2") == read_amount("2 MNOK")
    assert read_amount("10–12 %") == Amount(low=Decimal(10), high=Decimal(12), unit=Unit.PERCENT)
    assert read_amount("3 årsverk") == Amount(value=Decimal(3), unit=Unit.PERSON_YEARS)
    assert read_amount("2 mill euro") == Amount(value=Decimal(2_000_000), currency="EUR")


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "mange", "1.250", "10 12", "1-2-3", "12-10", "10 prosent kr", "10 hester", "10 kr – 12 %", "1e9",
     "2 mill mill", "½", "nan", "9" * 300, "1,2,3", "1.25.000", "--5", "10 -", "kr"],
)  # fmt: skip
def test_what_could_be_wrong_is_not_guessed(typed: str) -> None:
    assert read_amount(typed) is None


def test_a_dot_before_three_digits_can_be_read_in_two_ways() -> None:
    assert normalise.is_ambiguous("1.250") and normalise.is_ambiguous("ca. 12.500 timer")
    assert not any(map(normalise.is_ambiguous, ("1 250", "1.25", "1.250.000", "0.125", "1,5")))
    assert normalise.has_odd_ore("kr 1,250") and not normalise.has_odd_ore("1,25")


@pytest.mark.parametrize(
    ("typed", "count"),
    [("20", 20), ("ca. 20", 20), ("rundt 20 leverandører", 20), ("1 200", 1200), ("over 20", None), ("2,5", None),
     ("mange", None)],
)  # fmt: skip
def test_how_many(typed: str, count: int | None) -> None:
    assert normalise.read_count(typed) == count


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False))
def test_a_number_written_as_people_write_it_is_read_as_itself(number: Decimal) -> None:
    found = read_amount(normalise.written(number))
    assert found is not None
    assert found.value == number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14.06.2019", "2019-06-14"),
        ("14.6.2019.", "2019-06-14"),
        ("14. juni 2019", "2019-06-14"),
        ("fredag 14. juni 2019", "2019-06-14"),
        ("14/6-2019", "2019-06-14"),
        ("14/6 2019", "2019-06-14"),
        ("2019-06-14", "2019-06-14"),
        ("2019-6-4", "2019-06-04"),
        ("14 June 2019", "2019-06-14"),
        ("June 14th, 2019", "2019-06-14"),
        ("juni 2019", "2019-06"),
        ("Juni  2019", "2019-06"),
        ("des. 2019", "2019-12"),
        ("October 2019", "2019-10"),
        ("06/2019", "2019-06"),
        ("6.2019", "2019-06"),
        ("2019", "2019"),
        ("ca. 2019", "2019"),
        ("våren 2019", "2019"),
        ("hausten 2019", "2019"),
        ("2. kvartal 2019", "2019"),
        ("i 2019", "2019"),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(typed: str, read: str) -> None:
    assert read_date(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["", "i fjor", "14.6.19", "juni 19", "31.02.2019", "13/2019", "2019-2020", "før 2019", "1850", "20199", "x" * 999],
)
def test_a_date_that_cannot_be_known_is_left(typed: str) -> None:
    assert read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("eksempel.no", "https://eksempel.no"),
        ("www.eksempel.no/å/side?x=1", "https://www.eksempel.no/å/side?x=1"),
        (" <https://eksempel.no/a> ", "https://eksempel.no/a"),
        ("HTTP://eksempel.no", "http://eksempel.no"),
        ("https://eksempel.no og https://eksempel.org", None),
        ("javascript:alert(1)", None),
        ("ftp://eksempel.no", None),
        ("innkjop@eksempel.no", None),
        ("se nettsiden", None),
    ],
)
def test_a_web_address(typed: str, read: str | None) -> None:
    assert normalise.read_address(typed) == read


def test_how_people_are_reached() -> None:
    assert normalise.read_email(" mailto:Innkjop@EKSEMPEL.no") == "Innkjop@eksempel.no"
    assert normalise.read_email("innkjop eksempel.no") is None
    assert normalise.read_phone("Tlf. (+47) 12-34-56-78") == "+47 12 34 56 78"
    assert normalise.read_phone("0047 12345678") == "+47 12345678"
    assert normalise.read_phone("ring sentralbordet") is None
    assert normalise.read_organisation_number("NO 964 965 870 MVA") == "964965870"
    assert normalise.read_organisation_number("964 965 871") is None
    assert normalise.read_cpv("45210000-2") == "45210000"


@given(st.text())
def test_no_reader_fails_for_anything_typed(typed: str) -> None:
    for reader in (
        read_amount, read_date, normalise.read_part, normalise.read_count, normalise.read_address,
        normalise.read_email, normalise.read_phone, normalise.read_organisation_number, normalise.read_cpv,
        normalise.tidy_line, normalise.tidy_text, normalise.is_ambiguous, normalise.has_odd_ore,
    ):  # fmt: skip
        reader(typed)


@given(st.text(alphabet="0123456789 .,-–kr%milatocgvern", max_size=40))
def test_nothing_read_from_a_jumble_is_backwards(typed: str) -> None:
    found = read_amount(typed)
    if found:
        assert (found.value is None) != (found.low is None and found.high is None)
        assert found.low is None or found.high is None or found.low < found.high
