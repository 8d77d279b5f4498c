"""Who may open what: the table and the addresses agree, and every address is tried by every role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from ringvirkning.people.terms import Role
from ringvirkning.web.needs.assess.addresses import WHO_MAY as ASSESS
from ringvirkning.web.permissions import WHO_MAY
from ringvirkning.web.roles import EVERYONE
from some_notices import a_notice

LANGUAGES = ("nb", "nn", "en")
HOMES = ("larvik", "trondheim")


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address with its full name."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}" if one.name else "", one


ADDRESSES = dict(patterns(get_resolver()))


def test_every_address_has_a_name_of_its_own() -> None:
    names = [name for name, _ in patterns(get_resolver())]
    assert all(names), "an address without a name cannot stand in the table"
    assert len(names) == len(set(names))


def test_the_table_names_every_address_and_no_other() -> None:
    assert set(WHO_MAY) == set(ADDRESSES)


def test_every_address_is_open_to_somebody() -> None:
    for name, roles in WHO_MAY.items():
        assert roles, f"{name} is closed to all: then it should not be there"
        assert roles <= set(Role), name


# One thing of each kind that an address may ask for. "larvik" is the organisation everybody here speaks for.
A_CASE = {"case_id": "elektronisk-medisineringsstotte"}
A_NOTICE = a_notice()
NOWHERE = "0" * 64
ARGUMENTS: dict[str, dict[str, Any]] = {
    "web:theme": {"theme": "helse"},
    "web:notice-doffin": {"number": A_NOTICE.doffin_number},
    "web:notice-ted": {"number": A_NOTICE.doffin_number},
    "web:organisation": {"slug": "larvik"},
    "web:organisation-people": {"slug": "larvik"},
    "web:organisation-logo": {"slug": "larvik"},
    "web:organisation-logo-picture": {"slug": "larvik"},
    "web:version-compare": {**A_CASE, "a": 1, "b": 1},
    "web:invitation": {"secret": "hemmelig"},
    "web:assessment-compare": {"a": 1, "b": 1},
    "web:assessment-download": {"form": "json"},
    "web:confirm": {"token": "hemmelig"},
    "web:consent": {"token": "hemmelig"},
    "web:desk-close-account": {"number": 1},
    "openid_connect_login": {"provider_id": "ukjent"},
    "openid_connect_callback": {"provider_id": "ukjent"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "account_confirm_email": {"key": "hemmelig"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
}
# Here the table lets people in, and the address itself asks for something that this test does not have: a secret, a
# key of their own, a file, a state. Their own tests try them with it.
MAY_BE_MISSING = {
    "account_confirm_email",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_error",
    "web:case-file",
    "web:case-preview",
    "web:comment",
    "web:comment-done",
    "web:confirm",
    "web:consent",
    "web:desk-close-account",
    "web:draft-file",
    "web:draft-preview",
    "web:invitation",
    "web:organisation-logo-picture",
    # Needs assessments: tests/web/needs/assess walks them by every role with one of their own.
    *(name for name in ASSESS if "key" in ADDRESSES[name].pattern.converters),
}
# Guests of these come for the organisation or case they look after, which a role alone does not tell.
OF_THEIR_OWN = {"web:case-edit", "web:case-withdraw", "web:case-archive", "web:case-restore"}
# Shown only on the way in; whoever is in, or has not begun, is turned back to the beginning.
TURN_BACK = {"account_inactive", "socialaccount_signup"}
# Only sent to, never opened.
SENT_TO = {
    "mfa_login_webauthn",
    "web:case-notice",
    "web:comment",
    "web:comment-done",
    "web:newer",
    "web:notice-case",
    "web:notice-innovation",
    "web:publish",
    "web:send-back",
}


def arguments(name: str, draft: Any) -> dict[str, Any]:
    """What an address needs, with the draft of this test."""
    wanted = set(ADDRESSES[name].pattern.regex.groupindex)
    own = {"key": draft.key, "step": "behov", "sha256": NOWHERE, "name": "notat.pdf", "number": 1, **A_CASE}
    own["notice_key"] = A_NOTICE.notice_uuid
    given = {**own, **ARGUMENTS.get(name, {})}
    return {one: given[one] for one in wanted}


def address(name: str, draft: Any, language: str = "nb") -> str:
    with override(language):
        return reverse(name, kwargs=arguments(name, draft))


@pytest.fixture
def a_draft(put_in: Any, somebody: Callable[..., Any], case_data: Callable[..., Any], now: Any) -> Any:
    """Give a sound draft of Larvik's; and there is a notice of theirs."""
    from ringvirkning.publishing.drafts import start_draft

    put_in(A_NOTICE)
    writer = somebody(Role.CONTRIBUTOR)
    return start_draft(organisation="larvik", person=writer, at=now, document=case_data())


@pytest.mark.parametrize("role", Role)
def test_it_opens_for_those_who_may_and_for_nobody_else(
    role: Role, a_draft: Any, coming_as: Callable[..., Any]
) -> None:
    """Walk all addresses in one language, the open ones in all."""
    browser = coming_as(role)
    for name in ADDRESSES:
        for language in LANGUAGES if WHO_MAY[name] == EVERYONE and name.startswith("web:") else ("nb",):
            answer = browser.get(address(name, a_draft, language))
            told = (name, role.value, language, answer.status_code, answer.get("Location"))
            if role not in WHO_MAY[name]:
                asked_to_sign_in = answer.status_code == 302 and "/logg-inn/" in answer["Location"]
                assert asked_to_sign_in if role is Role.VISITOR else answer.status_code == 403, told
                continue
            assert answer.status_code < 500, told
            if name in MAY_BE_MISSING | SENT_TO | OF_THEIR_OWN:
                continue
            assert answer.status_code in {200, 302, 303}, told
            if role is not Role.VISITOR and answer.status_code != 200:
                sent_to_sign_in = "logg-inn" in answer["Location"] and "bekreft" not in answer["Location"]
                assert not sent_to_sign_in or name in TURN_BACK, told


def test_the_draft_of_others_does_not_exist(a_draft: Any, somebody: Any, coming_as: Any) -> None:
    of_drafts = [name for name, one in ADDRESSES.items() if name.startswith("web:") and "key" in one.pattern.converters]
    assert len(of_drafts) > 10
    for role in (Role.CONTRIBUTOR, Role.ORGANISATION_ADMINISTRATOR):
        stranger = coming_as(somebody(role, organisation="trondheim"))
        for name in of_drafts:
            for method in (stranger.get, stranger.post):
                answer = method(address(name, a_draft))
                told = (name, role.value, method.__name__, answer.status_code)
                assert answer.status_code == (404 if role in WHO_MAY[name] else 403) or answer.status_code == 405, told
    a_draft.refresh_from_db()
    assert a_draft.state == "draft"


@pytest.mark.parametrize("name", ["web:organisation-people", *sorted(OF_THEIR_OWN)])
def test_the_organisation_of_others_is_not_theirs_to_run(
    name: str, a_draft: Any, somebody: Any, coming_as: Any
) -> None:
    stranger = coming_as(somebody(Role.ORGANISATION_ADMINISTRATOR, organisation="trondheim"))
    for method in (stranger.get, stranger.post):
        assert method(address(name, a_draft), {"reason": "Fordi"}).status_code in {403, 404, 405}, (name, method)


def test_nothing_is_taken_from_another_site(a_draft: Any, coming_as: Any) -> None:
    """A form sent without the secret of our own pages is refused, whoever's browser sends it."""
    browser = coming_as(Role.ADMINISTRATOR, enforce_csrf_checks=True)
    for name in ADDRESSES:
        for method in (browser.post, browser.put, browser.patch, browser.delete):
            assert method(address(name, a_draft)).status_code in {403, 405}, (name, method.__name__)
    a_draft.refresh_from_db()
    assert a_draft.state == "draft"
