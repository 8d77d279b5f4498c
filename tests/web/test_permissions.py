"""Who may open what: the table and the addresses agree, and nothing can be written through the web."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from ringvirkning.web.permissions import EVERYONE, WHO_MAY, Role

# An argument that exists in the seed library for each address that needs one.
A_CASE = {"case_id": "elektronisk-medisineringsstotte"}
ARGUMENTS = {
    "web:case": A_CASE,
    "web:infographic-svg": A_CASE,
    "web:infographic-png": A_CASE,
    "web:theme": {"theme": "helse"},
    "web:organisation": {"slug": "larvik"},
    "case-json": A_CASE,
}
# How a visitor in each role comes to the door. A new role must say here how it signs in.
COMING_AS = {Role.VISITOR: Client}
LANGUAGES = ("nb", "nn", "en")


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address with its full name."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}" if one.name else "", one


ADDRESSES = dict(patterns(get_resolver()))


def address(name: str, language: str = "nb") -> str:
    with override(language):
        return reverse(name, kwargs=ARGUMENTS.get(name))


def test_every_address_has_a_name_of_its_own() -> None:
    names = [name for name, _ in patterns(get_resolver())]
    assert all(names), "an address without a name cannot stand in the table"
    assert len(names) == len(set(names))


def test_the_table_names_every_address_and_no_other() -> None:
    assert set(WHO_MAY) == set(ADDRESSES)


def test_every_address_is_open_to_known_roles_and_to_no_others() -> None:
    assert EVERYONE == set(Role) == set(COMING_AS)
    for name, roles in WHO_MAY.items():
        assert roles, f"{name} is closed to all: then it should not be there"
        assert roles <= set(Role), name
        assert "stranger" not in roles


def test_every_address_that_needs_an_argument_is_tried_with_one() -> None:
    assert {name for name, one in ADDRESSES.items() if one.pattern.converters} == set(ARGUMENTS)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("role", COMING_AS)
@pytest.mark.parametrize("name", ADDRESSES)
def test_it_opens_for_those_who_may_and_for_nobody_else(name: str, role: Role) -> None:
    for language in LANGUAGES:
        answer = COMING_AS[role]().get(address(name, language))
        assert (answer.status_code == 200) == (role in WHO_MAY[name]), (name, language, answer.status_code)
        assert "Location" not in answer


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_can_be_written_through_it(name: str) -> None:
    for checks in (False, True):
        visitor = Client(enforce_csrf_checks=checks)
        for method in (visitor.post, visitor.put, visitor.patch, visitor.delete):
            assert method(address(name)).status_code in {403, 405}, (name, method.__name__)
    assert Client().head(address(name)).status_code == 200
