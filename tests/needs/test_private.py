"""Private matters are warned of before a need is opened to all."""

import pytest

from ringvirkning.foundation.personal import holds_identity_number
from ringvirkning.needs.private import PrivateKind, private_in


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Skriv til ola.nordmann@eksempel.no", PrivateKind.E_MAIL, "ola.nordmann@eksempel.no"),
        ("Ring 912 34 567 om kvelden", PrivateKind.TELEPHONE, "912 34 567"),
        ("Tlf. 33 17 10 00.", PrivateKind.TELEPHONE, "33 17 10 00"),
        ("Kari Nordmann har demens og går ut om natten", PrivateKind.PERSON, "Kari Nordmann"),
        ("Vi så at pasient Olsen falt igjen", PrivateKind.PERSON, "pasient Olsen"),
        ("Hun bor i Storgata 5 alene", PrivateKind.ADDRESS, "Storgata 5"),
        ("Hjemme i Solveien 12B er det glatt", PrivateKind.ADDRESS, "Solveien 12B"),
    ],
)
def test_private_matters_are_seen(text: str, kind: PrivateKind, words: str) -> None:
    assert [(one.kind, one.text, one.place) for one in private_in(text, "told.today")] == [(kind, words, "told.today")]
    assert private_in(text)[0].sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Beboere faller om natten på Storgata sykehjem.",
        "Riksvei 4 og Fylkesvei 32 stenges av skred.",
        "Saksnummer 2024/12345, budsjett 1 200 000 kroner, CPV 33100000, 12. mars 2025.",
        "Larvik kommune har 48 000 innbyggere, og organisasjonsnummeret er 918 082 956.",
        "Kari Nordmann leder prosjektet om brøyting.",
        "St. Olavs Hospital har 900 pasienter.",
        "",
    ],
)
def test_what_is_not_private_is_left_alone(text: str) -> None:
    assert private_in(text) == []


def test_a_thing_is_warned_of_once() -> None:
    assert len(private_in("kari@eksempel.no og kari@eksempel.no")) == 1


def test_identity_numbers_are_told_from_other_numbers() -> None:
    assert holds_identity_number("nr 010100 14871.")
    assert not holds_identity_number("12345678901 og 918082956 og 2024010114871")
