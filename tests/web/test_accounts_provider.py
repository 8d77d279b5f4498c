"""Signing in by way of an OpenID Connect provider: a real one, in a process thread of its own."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ringvirkning.config.settings import origin
from ringvirkning.people.models import Letter, Person
from ringvirkning.people.terms import Role

pytestmark = pytest.mark.django_db
START = "/konto/oidc/virksomhet/"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server: str, settings: Any) -> str:
    """Connect the installation to the provider, as the environment would."""
    cache.clear()
    app = {
        "provider_id": "virksomhet",
        "name": "Entra ID",
        "client_id": "ringvirkning",
        "secret": "hemmelig",
        "settings": {"server_url": server},
    }
    settings.OIDC_SERVER, settings.OIDC_NAME = server, "Entra ID"
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    return server


@pytest.fixture
def trusted(provider: str, settings: Any) -> None:
    settings.OIDC_TRUST_EMAIL = True
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: Any) -> None:
        return None


def come_by(server: str, sub: str, browser: Client | None = None, process: str = "login", **claims: Any) -> Any:
    """Sign in at the provider as a browser does, and come back. Returns the answer on the way back."""
    browser = browser or Client()
    told = urllib.request.Request(
        f"{server}/users/{sub}",
        method="PUT",
        data=json.dumps(claims).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(told)
    away = browser.post(START, {"process": process})
    assert away["Location"].startswith(f"{server}/oauth2/authorize")
    assert "code_challenge=" in away["Location"]
    form = urllib.request.Request(away["Location"], data=urllib.parse.urlencode({"sub": sub}).encode())
    try:
        urllib.request.build_opener(Stay).open(form)
    except urllib.error.HTTPError as redirect:
        back = urllib.parse.urlsplit(redirect.headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def test_the_door_has_the_providers_name(client: Client, provider: str) -> None:
    assert "Logg inn med Entra ID" in client.get("/konto/logg-inn/").content.decode()


def test_somebody_new_confirms_the_address_first(provider: str) -> None:
    answer = come_by(provider, "ny", email="ny@eksempel.no", email_verified=True, name="Ny Person")
    assert answer["Location"] == "/konto/bekreft-e-post/", (
        "the operator has not said that the provider's word is enough"
    )
    person = Person.objects.get()
    assert (person.name, person.email, person.has_usable_password()) == ("Ny Person", "ny@eksempel.no", False)
    assert Letter.objects.get().kind == "account_confirm_address"


def test_a_trusted_providers_word_is_enough(provider: str, trusted: None) -> None:
    browser = Client()
    answer = come_by(provider, "ny2", browser, email="ny@eksempel.no", name="Ny Person")
    assert answer["Location"] == reverse("web:join")
    assert browser.get("/konto/").status_code == 200
    assert EmailAddress.objects.get().verified
    come_by(provider, "ny2", email="ny@eksempel.no", name="Ny Person")
    assert Person.objects.count() == 1


@pytest.mark.parametrize("claims", [{"email_verified": True}, {"email_verified": False}, {}])
def test_nobody_takes_over_an_account_by_an_address_we_do_not_believe(
    provider: str, somebody: Callable[..., Person], claims: dict[str, Any]
) -> None:
    somebody(Role.EDITOR, email="redaktor@eksempel.no")
    browser = Client()
    answer = come_by(provider, f"tyv{len(claims)}", browser, email="redaktor@eksempel.no", name="Tyv", **claims)
    assert answer["Location"] == "/konto/bekreft-e-post/", "the same as for an address nobody has"
    assert browser.get("/konto/").status_code == 302
    assert not SocialAccount.objects.exists() and Person.objects.count() == 1
    assert [one.kind for one in Letter.objects.all()] == ["account_exists"]


def test_a_trusted_provider_that_says_unverified_is_believed(
    provider: str, trusted: None, somebody: Callable[..., Person]
) -> None:
    somebody(Role.EDITOR, email="redaktor@eksempel.no")
    browser = Client()
    come_by(provider, "tyv9", browser, email="redaktor@eksempel.no", email_verified=False)
    assert browser.get("/konto/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_trusted_provider_opens_the_account_that_has_the_address(
    provider: str, trusted: None, somebody: Callable[..., Person]
) -> None:
    kari = somebody(Role.CONTRIBUTOR, email="kari@eksempel.no")
    browser = Client()
    come_by(provider, "kari", browser, email="kari@eksempel.no", name="Kari")
    assert kari.name in browser.get("/konto/").content.decode()
    assert SocialAccount.objects.get().user == kari


def test_without_an_address_we_ask_for_one(provider: str) -> None:
    browser = Client()
    assert come_by(provider, "uten", browser, name="Uten Adresse")["Location"] == "/konto/ekstern/ny-bruker/"
    page = browser.get("/konto/ekstern/ny-bruker/").content.decode()
    assert "Uten Adresse" in page
    answer = browser.post("/konto/ekstern/ny-bruker/", {"name": "Uten Adresse", "email": "uten@eksempel.no"})
    assert answer["Location"] == "/konto/bekreft-e-post/"


def test_a_way_back_that_was_never_asked_for_leads_nowhere(client: Client, provider: str) -> None:
    answer = client.get(f"{START}tilbake/", {"code": "x", "state": "oppdiktet"})
    assert answer.status_code in {200, 401}
    assert "virket ikke" in answer.content.decode()
    assert client.get("/konto/").status_code == 302
    assert client.post("/konto/oidc/finnes-ikke/").status_code == 404


def test_the_content_policy_names_the_provider_and_nothing_more() -> None:
    assert origin("https://login.eksempel.no/tenant/v2.0") == "https://login.eksempel.no"
