"""Whose address is whose, and who may leave."""

import pytest

from ringvirkning.people.rules import belongs, domain_of, is_last_administrator

LARVIK = "https://www.larvik.kommune.no"


@pytest.mark.parametrize(
    ("email", "web", "answer"),
    [
        ("kari@larvik.kommune.no", LARVIK, True),
        ("Kari@LARVIK.Kommune.NO", LARVIK, True),
        ("kari@post.larvik.kommune.no", LARVIK, True),
        ("kari@larvik.kommune.no", "larvik.kommune.no", True),
        ("kari@larvik.kommune.no.", LARVIK, True),
        ("kari@notlarvik.kommune.no", LARVIK, False),
        ("kari@larvik.kommune.no.eksempel.no", LARVIK, False),
        ("kari@kommune.no", LARVIK, False),
        ("kari@larvik.kommune.no@eksempel.no", LARVIK, False),
        ("kari@oslo.kommune.no", "https://www.oslo.kommune.no/etat", False),  # a page inside another's pages
        ("kari@bergen.kommune.no", "https://www.kommune.no", False),  # a domain shared by all
        ("kari@gmail.com", "https://gmail.com", False),
        ("kari@våler.kommune.no", "https://www.xn--vler-qoa.kommune.no", True),
        ("kari@lаrvik.kommune.no", LARVIK, False),  # a Cyrillic а
        ("kari", LARVIK, False),
        ("", LARVIK, False),
        ("kari@larvik.kommune.no", "", False),
        ("kari@..", "https://..", False),
    ],
)
def test_an_address_belongs_to_the_organisation_whose_domain_it_stands_in(email: str, web: str, answer: bool) -> None:
    assert belongs(email, web) is answer


def test_a_port_and_a_slash_say_nothing_more() -> None:
    assert domain_of("https://larvik.kommune.no:443/") == "larvik.kommune.no"


def test_only_an_active_administrator_counts() -> None:
    alone = [(1, "administrator", "active"), (2, "contributor", "active"), (3, "administrator", "ended")]
    assert is_last_administrator(alone, 1)
    assert not is_last_administrator(alone, 2)
    assert not is_last_administrator([*alone, (4, "administrator", "active")], 1)
