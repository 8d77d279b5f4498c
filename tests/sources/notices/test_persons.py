"""Persons are taken out of free text; sums, dates, case numbers and codes stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eforms_xml import notice, odd, organisation, project
from ringvirkning.sources.notices.eforms.voice import is_person
from ringvirkning.sources.notices.oddities import Noted
from ringvirkning.sources.notices.persons import is_personal, mask
from ringvirkning.sources.notices.texts import Cleaner


def masked(text: str, *names: str) -> tuple[str, list[str]]:
    noted = Noted()
    return mask(text, noted, names), [one.code for one in noted.all()]


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("Spør ola.normann@larvik.example i dag", "Spør [e-post] i dag", "e-mail"),
        ("mailto:Ola+anbud@post.larvik.example.", "[e-post].", "e-mail"),
        ("ola(at)larvik.example", "[e-post]", "e-mail"),
        ("Spør ola.normann(at)larvik.example", "Spør [e-post]", "e-mail"),
        ("ring +47 33 17 10 00 før fredag", "ring [telefon] før fredag", "telephone"),
        ("(+47) 33171000", "([telefon]", "telephone"),
        ("0047 33171000", "[telefon]", "telephone"),
        ("Call +44 20 7946 0958.", "Call [telefon].", "telephone"),
        ("Tlf. 33171000", "Tlf. [telefon]", "telephone"),
        ("tlf.nr: 331 71 000 og noe mer", "tlf.nr: [telefon] og noe mer", "telephone"),
        ("Telefon 02999", "Telefon [telefon]", "telephone"),
        ("Telefax: (022) 123-45-67", "Telefax: ([telefon]", "telephone"),
        ("Mobil:91234567", "Mobil:[telefon]", "telephone"),
        ("33 17 10 00 er nummeret", "[telefon] er nummeret", "telephone"),
        ("912 34 567", "[telefon]", "telephone"),
        ("91234567", "[telefon]", "telephone"),
        ("Født 018100 50019.", "Født [fødselsnummer].", "identity-number"),
        ("01810050019", "[fødselsnummer]", "identity-number"),
        ("Kontaktperson: Ola Normann, innkjøp", "Kontaktperson: [navn], innkjøp", "person-name"),
        ("Saksbehandler er Kari Li Nordmann.", "Saksbehandler er [navn].", "person-name"),
    ],
)
def test_what_identifies_a_person_is_taken_out(text: str, expected: str, code: str) -> None:
    assert masked(text) == (expected, [code])


@pytest.mark.parametrize(
    "text",
    [
        "Verdien er 12 000 000 kroner",
        "12 000 000",
        "Mellom 41 500 000 og 50 000 000 NOK",
        "45000000 og 45214200",
        "90910000-9",
        "fra 01.02.2026 til 31.12.2027",
        "2026-03-01 12:00",
        "Sak 2026/123456",
        "Sak 26/12345-7",
        "Org.nr. 918 082 956",
        "918082956",
        "KjÃ¸p for 40 %, 60 % og 100 %",
        "80 40 60 20 kr",
        "ISO 9001:2015, ISO 14001:2015",
        "Kontaktperson oppgis i konkurransegrunnlaget",
        "12345678901",
        "Telefonsystem for 400 brukere",
    ],
)
def test_what_does_not_stays(text: str) -> None:
    assert masked(text) == (text, [])


def test_four_pairs_of_digits_are_a_telephone_number_and_better_one_too_many() -> None:
    assert masked("20 30 40 50") == ("[telefon]", ["telephone"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ola Normann", True),
        ("Kari Li Nordmann-Øye", True),
        ("Ola", False),
        ("ola normann", False),
        ("Innkjøpsavdelingen Larvik", False),
        ("Seksjon for anskaffelser", False),
        ("DG EPRS HelpDesk", False),
        ("Normann AS", False),
        ("Ola Normann 2", False),
        ("Larvik Kommune", False),
        ("Servicekontor Nord", False),
    ],
)
def test_names_of_people_are_told_from_names_of_offices(name: str, expected: bool) -> None:
    assert is_personal(name) is expected


def test_a_name_that_is_part_of_an_organisation_s_stays() -> None:
    assert not is_personal("Ola Normann", ["Advokatfirmaet Ola Normann ANS"])


def test_the_contact_of_a_notice_is_taken_out_of_its_texts() -> None:
    found = notice(
        organisations=organisation(contact="Ola Normann"),
        project=project(title="Trygg natt v/Ola Normann", described="Spør Ola Normann, noen@larvik.example."),
    )
    assert found.titles == {"nb": "Trygg natt v/[navn]"}
    assert found.descriptions == {"nb": "Spør [navn], [e-post]."}
    assert odd(found) == {"person-name", "e-mail"}


def test_contact_points_are_in_no_field() -> None:
    told = repr(notice(organisations=organisation(contact="Ola Normann")))
    assert not any(part in told for part in ("Normann", "33171000", "@"))


def test_an_e_mail_address_is_never_an_organisation_s_name() -> None:
    (buyer,) = notice(organisations=organisation(name="post@larvik.example")).buyers
    assert buyer.name == "[e-post]"


@given(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.from_regex(r"[a-z]{1,9}@[a-z]{1,9}\.(no|com)", fullmatch=True),
)
def test_no_address_comes_through_whatever_stands_before_it(before: str, address: str) -> None:
    assert address not in mask(f"{before} {address}", Noted())


@given(st.text())
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text, Noted())
    assert mask(once, Noted()) == once


def test_a_hidden_address_is_taken_out_of_a_text_without_digits() -> None:
    assert Cleaner(Noted())("Spør ola.normann(at)larvik.example i dag") == "Spør [e-post] i dag"


@pytest.mark.parametrize("said", ["true", " true ", "1"])
def test_true_can_be_written_in_several_ways(said: str) -> None:
    assert is_person({"person": [said]})
    assert not is_person({"person": ["false"]})
