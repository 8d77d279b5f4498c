"""Sums, days, codes, identifiers, addresses and languages, as they are written in real notices."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringvirkning.sources.notices import codes, oddities
from ringvirkning.sources.notices.addresses import address
from ringvirkning.sources.notices.identifiers import read_identifier
from ringvirkning.sources.notices.languages import form_of_norwegian, language
from ringvirkning.sources.notices.oddities import MOST, ODDITIES, REFUSALS, Noted, Unreadable, sentence_of
from ringvirkning.sources.notices.sums import money
from ringvirkning.sources.notices.terms import ValueKind
from ringvirkning.sources.notices.texts import Cleaner
from ringvirkning.sources.notices.when import day, moment

SOURCES = Path(oddities.__file__).parents[1]


def noted_codes(noted: Noted) -> list[str]:
    return [one.code for one in noted.all()]


@pytest.mark.parametrize(
    ("given", "currency", "amount", "odd"),
    [
        ("1000000.00", "NOK", 1_000_000, []),
        ("29173000.0000", "EUR", 29_173_000, []),
        ("12.345", "EUR", 12.35, []),
        ("1 000 000", "NOK", 1_000_000, ["amount-written-oddly"]),
        ("1\u00a0000,50", "NOK", 1000.5, ["amount-written-oddly"]),
        ("1.000.000,00", "NOK", 1_000_000, ["amount-written-oddly"]),
        ("1,000,000.00", "NOK", 1_000_000, ["amount-written-oddly"]),
        ("2.350.000", "NOK", 2_350_000, ["amount-written-oddly"]),
        ("2,5", "NOK", 2.5, ["amount-written-oddly"]),
        ("500,-", "NOK", 500, ["amount-written-oddly"]),
        ("0", "NOK", 0, ["amount-zero"]),
        ("5000000000000", "NOK", 5e12, ["amount-improbable"]),
        ("", "NOK", None, []),
        ("ca. 2 mill", "NOK", None, ["amount-unreadable"]),
        ("NaN", "NOK", None, ["amount-unreadable"]),
        ("1e9", "NOK", None, ["amount-unreadable"]),
        ("-5", "NOK", None, ["amount-negative"]),
        ("-1", "NOK", None, ["withheld"]),
        ("0", "unpublished", None, ["withheld"]),
        ("100", None, None, ["currency-missing"]),
        ("100", "kroner", None, ["currency-unknown"]),
    ],
)
def test_sums(given: str, currency: str | None, amount: float | None, odd: list[str]) -> None:
    noted = Noted()
    found = money(given, currency, ValueKind.ESTIMATED, "BT-27-Lot", noted)
    assert (found.amount if found else None) == amount
    assert noted_codes(noted) == odd


@given(st.text(max_size=40), st.text(max_size=5) | st.none())
def test_no_sum_raises_and_every_sum_is_finite(given: str, currency: str | None) -> None:
    found = money(given, currency, ValueKind.AWARDED, "BT-720-Tender", Noted())
    assert found is None or 0 <= found.amount < 1e19


@pytest.mark.parametrize(
    ("given", "expected"),
    [("2026-03-01", date(2026, 3, 1)), ("2026-03-01+01:00", date(2026, 3, 1)), ("2026-03-01Z", date(2026, 3, 1)),
     ("1970-01-01Z", None), ("", None), (None, None), ("2026-13-01", None), ("snart", None),
     ("0001-01-01", None), ("9999-12-31", None)],
)  # fmt: skip
def test_days(given: str | None, expected: date | None) -> None:
    assert day(given, Noted()) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("12:00:00+02:00", datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
        ("12:00:00Z", datetime(2026, 7, 1, 12, 0, tzinfo=UTC)),
        ("12:00:00.123+02:00", datetime(2026, 7, 1, 10, 0, 0, 123_000, tzinfo=UTC)),
        ("12:00", datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
        ("", None),
        ("kl. 12", None),
    ],
)
def test_moments(at: str, expected: datetime | None) -> None:
    assert moment("2026-07-01", at, "BT-131", Noted()) == expected


@pytest.mark.parametrize(
    ("given", "expected", "odd"),
    [
        (["48000000"], ("48000000",), []),
        (["48000000-8", "48"], ("48000000",), []),
        ([" 45214200 ", None, ""], ("45214200",), []),
        (["00000000"], (), ["cpv-unknown"]),
        (["IT-tjenester"], (), ["cpv-unknown"]),
    ],
)
def test_cpv(given: list[str | None], expected: tuple[str, ...], odd: list[str]) -> None:
    noted = Noted()
    assert (codes.cpv(given, noted), noted_codes(noted)) == (expected, odd)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("NOR", "NOR"), ("NO", "NOR"), ("no", "NOR"), ("UK", "GBR"), ("EL", "GRC"), ("", None), ("XYZ", None)],
)
def test_countries(given: str, expected: str | None) -> None:
    assert codes.country(given, Noted()) == expected


def test_today_s_norwegian_places_are_those_of_the_county_table() -> None:
    noted = Noted()
    today = ("NO020", "NO060", "NO071", "NO072", "NO073", "NO081", "NO083", "NO084", "NO085", "NO092", "NO093", "NO094")
    assert codes.nuts([*today, "NO0A1", "NO0A2", "NO0A3", "NO", "NO0", "NO08", "DE212"], noted)
    assert not noted.all()
    assert codes.nuts(["NO082", "NO091", "ikke en kode"], noted) == ("NO082", "NO091")
    assert noted_codes(noted) == ["nuts-old", "nuts-old"]


@pytest.mark.parametrize(
    ("given", "country", "identifier", "number", "odd"),
    [
        ("918082956", "NOR", "918082956", "918082956", []),
        ("918 082 956", "NOR", "918 082 956", "918082956", ["identifier-written-oddly"]),
        ("NO 918 082 956 MVA", "NOR", "NO 918 082 956 MVA", "918082956", ["identifier-written-oddly"]),
        (" 918082956\n", None, "918082956", "918082956", []),
        ("918082957", "NOR", "918082957", None, ["identifier-not-valid"]),
        ("918082956", "SWE", "918082956", None, []),
        ("Larvik kommune", "NOR", None, None, ["identifier-is-a-name"]),
        ("post1@larvik.example", "NOR", None, None, ["identifier-is-a-name"]),
        ("n/a", "NOR", None, None, []),
        (None, "NOR", None, None, []),
        ("01810050019", "NOR", None, None, ["identity-number"]),
        ("018100 50019", None, None, None, ["identity-number"]),
        ("850709-9805", "SWE", None, None, ["identity-number"]),
        ("556016-0680", "SWE", "556016-0680", None, []),
        ("131052-308T", "FIN", None, None, ["identity-number"]),
        ("0116754-4", "FIN", "0116754-4", None, []),
        ("t:03022340210", "DEU", "t:03022340210", None, []),
    ],
)
def test_identifiers(
    given: str | None, country: str, identifier: str | None, number: str | None, odd: list[str]
) -> None:
    noted = Noted()
    assert read_identifier(given, country, noted) == (identifier, number)
    assert noted_codes(noted) == odd


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://www.doffin.no/notices/2026-1", "https://www.doffin.no/notices/2026-1"),
        ("http://example.no:8080/a?b=c#d", "http://example.no:8080/a?b=c#d"),
        ("www.example.no", "https://www.example.no"),
        ("https://blåbær.no/a", "https://blåbær.no/a"),
        ("https://ola:hemmelig@example.no/a", "https://example.no/a"),
        ("https://example.no/a?to=ola@example.no", "https://example.no/a"),
        ("mailto:post@example.no", None),
        ("post@example.no", None),
        ("javascript:alert(1)", None),
        ("ftp://example.no/a", None),
        ("https://localhost/a", None),
        ("http://[::1", None),
        ("se vedlegg", None),
        ("", None),
    ],
)
def test_addresses(given: str, expected: str | None) -> None:
    assert address(given, Noted()) == expected


@given(st.text(max_size=60))
def test_no_address_raises_or_keeps_who_signs_in(given: str) -> None:
    found = address(given, Noted())
    assert found is None or ("@" not in found and found.startswith(("http://", "https://")))


@pytest.mark.parametrize(
    ("code", "expected"),
    [("NOB", "nb"), ("NNO", "nn"), ("NOR", "no"), ("ENG", "en"), ("DEU", "de"), ("SME", "se"), ("no", "no"),
     ("KAT", "kat"), ("", "und"), (None, "und"), ("norsk", "und")],
)  # fmt: skip
def test_language_codes(code: str | None, expected: str) -> None:
    assert language(code, Noted()) == expected


NYNORSK = "Kommunen ønskjer tilbod på tenester som ikkje finst i marknaden. Leverandøren skal hjelpe dei som bur heime."
BOKMAAL = "Kommunen ønsker tilbud på tjenester som ikke finnes i markedet. Leverandøren skal hjelpe dem som bor hjemme."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NYNORSK, "nn"),
        (BOKMAAL, "nb"),
        ("Rammeavtale for konsulentar innan byggeleiing, jf. følgjande omtale", "nn"),
        ("Pågående arbeid med sikkerhet, tilgjengelighet og omstilling", "nb"),
        ("Rammeavtale IKT", None),
        ("", None),
        (f"{NYNORSK} {BOKMAAL}", None),
    ],
)
def test_nynorsk_is_told_from_bokmaal_when_it_is_clear(text: str, expected: str | None) -> None:
    assert form_of_norwegian([text]) == expected


@pytest.mark.parametrize(
    ("given", "expected", "odd"),
    [
        ("  Trygg natt \n", "Trygg natt", []),
        ("Trygg\r\nnatt", "Trygg\nnatt", []),
        ("KjÃ¸p av pÃ¥bygg, Ã˜stre Ã\x85s", "Kjøp av påbygg, Østre Ås", ["mojibake"]),
        ("Prisen er â€œlavâ€\x9d â€“ Â§ 3", "Prisen er “lav” – § 3", ["mojibake"]),
        ("AQUISIÇÃO DE SERVIÇOS", "AQUISIÇÃO DE SERVIÇOS", []),
        ("ROMÂNIA și Â", "ROMÂNIA și Â", []),
        ("Kj\ufffdp", "Kj\ufffdp", ["letters-lost"]),
        ("Tre\x80gg\u200b na\u202ett", "Tregg natt", ["control-characters"]),
        ("unpublished", None, []),
        (" ", None, []),
    ],
)
def test_texts(given: str, expected: str | None, odd: list[str]) -> None:
    noted = Noted()
    assert Cleaner(noted)(given) == expected
    assert noted_codes(noted) == odd


def test_a_text_without_end_is_cut() -> None:
    noted = Noted()
    assert len(Cleaner(noted)("a" * 60_000) or "") == 50_000
    assert noted_codes(noted) == ["cut"]


@given(st.text())
def test_a_cleaned_text_has_no_control_characters_and_stays_as_it_is(text: str) -> None:
    once = Cleaner(Noted())(text)
    assert once is None or not any(ord(letter) < 32 and letter not in "\t\n" for letter in once)


def test_every_oddity_and_refusal_has_a_sentence_with_a_full_stop() -> None:
    assert all(sentence.endswith(".") for sentence in [*ODDITIES.values(), *REFUSALS.values()])
    assert not ODDITIES.keys() & REFUSALS.keys()


def test_every_code_that_is_noted_or_raised_has_words_and_every_word_is_used() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py") if path.name != "oddities.py")
    noted = set(re.findall(r"noted\(\s*\"([a-z-]+)\"", written))
    raised = set(re.findall(r"Unreadable\(\s*\"([a-z-]+)\"", written))
    assert noted <= ODDITIES.keys()
    assert raised <= REFUSALS.keys()
    named = {code for code in (*ODDITIES, *REFUSALS) if f'"{code}"' in written}
    assert (ODDITIES.keys() | REFUSALS.keys()) - named == {"too-many-oddities"}


def test_values_fill_the_sentence_and_long_ones_are_cut() -> None:
    noted = Noted()
    noted("cpv-unknown", code="9" * 500)
    (one,) = noted.all()
    assert "999…»" in sentence_of(one)
    assert len(one.values["code"]) == 100
    assert "linje 7" in str(Unreadable("broken-xml", line=7))
    assert oddities.said({}, "fra-fremtiden", {}) == "fra-fremtiden"


def test_oddities_are_said_once_and_have_an_end() -> None:
    noted = Noted()
    for number in range(5 * MOST):
        noted("lot-unknown", lot=number % 400)
    assert len(noted.all()) == MOST + 1
    assert noted.all()[-1].code == "too-many-oddities"
