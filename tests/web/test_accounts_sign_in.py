"""Signing in and out, making an account, forgetting the password: the same answer whoever is asked about."""

import re
from collections.abc import Callable
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ringvirkning.people.models import Letter, Person
from ringvirkning.people.terms import Role

pytestmark = pytest.mark.django_db
PASSWORD = "en lang setning om fjorden"
LOGIN, SIGNUP, RESET = "/konto/logg-inn/", "/konto/ny-bruker/", "/konto/glemt-passord/"


@pytest.fixture(autouse=True)
def no_counters() -> None:
    cache.clear()


@pytest.fixture
def kari(somebody: Callable[..., Person]) -> Person:
    person = somebody(Role.CONTRIBUTOR, email="kari@eksempel.no", name="Kari Eksempel")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, email: str = "kari@eksempel.no", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def body(answer: Any) -> str:
    """The page without what differs each time, and without what the visitor typed."""
    text = answer.content.decode()
    return re.sub(r'(value|name)="[^"]*"|nonce-\w+', "", text)


def test_signing_in_gives_a_new_session_and_leads_home(client: Client, kari: Person) -> None:
    client.get(LOGIN)
    client.session["x"] = 1
    before = client.session.session_key
    answer = sign_in(client, "KARI@eksempel.no")
    assert (answer.status_code, answer["Location"]) == (302, reverse("web:my-page"))
    assert client.session.session_key != before
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(client: Client, kari: Person) -> None:
    wrong, unknown = sign_in(client, password="feil passord her"), sign_in(client, "ingen@eksempel.no")
    assert wrong.status_code == unknown.status_code == 200
    assert "hører ikke sammen" in wrong.content.decode()
    assert body(wrong) == body(unknown)


@pytest.mark.parametrize("address", [SIGNUP, RESET])
def test_no_form_tells_who_has_an_account(client: Client, kari: Person, address: str) -> None:
    given = {"name": "Kari", "password1": PASSWORD}
    known = client.post(address, {"email": "kari@eksempel.no", **given}, follow=True)
    unknown = Client().post(address, {"email": "ingen@eksempel.no", **given}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert body(known) == body(unknown)
    assert {one.kind for one in Letter.objects.all()} in (
        {"account_exists", "account_confirm_address"},
        {"account_new_password", "account_unknown"},
    )


def test_nor_does_the_time_it_takes(client: Client, kari: Person, settings: Any) -> None:
    """Roughly: a password is worked on in both cases, and that is what takes time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False

    def took(send: Callable[[int], Any]) -> float:
        times = []
        for number in range(5):
            started = perf_counter()
            send(number)
            times.append(perf_counter() - started)
        return median(times)

    def sign_up(email: str) -> Any:
        return Client().post(SIGNUP, {"email": email, "name": "Kari", "password1": PASSWORD})

    kari.set_password(PASSWORD)
    kari.save()
    wrong = took(lambda _: sign_in(client, password="feil passord her"))
    unknown = took(lambda number: sign_in(client, f"ingen{number}@eksempel.no"))
    assert 0.4 < wrong / unknown < 2.5, (wrong, unknown)
    taken = took(lambda _: sign_up("kari@eksempel.no"))
    free = took(lambda number: sign_up(f"ny{number}@eksempel.no"))
    assert 0.4 < taken / free < 2.5, (taken, free)


def test_guessing_is_stopped_for_the_address_and_by_every_process(kari: Person) -> None:
    for _ in range(5):
        sign_in(Client(), password="feil passord her")
    answer = sign_in(Client())
    assert "for mange ganger" in answer.content.decode()
    assert cache.__class__.__name__ != "LocMemCache"


@pytest.mark.parametrize(("address", "most"), [(LOGIN, 30), (SIGNUP, 20), (RESET, 20)])
def test_too_many_forms_get_a_page_that_says_so(client: Client, address: str, most: int) -> None:
    answers = [client.post(address, {"email": f"nr{number}@eksempel.no"}) for number in range(most + 1)]
    assert answers[-1].status_code == 429
    assert "For mange forsøk" in answers[-1].content.decode()
    assert answers[0].status_code != 429


@pytest.mark.parametrize(
    "next_",
    ["https://ond.eksempel.no/", "//ond.eksempel.no", "/\\ond.eksempel.no", "javascript:alert(1)", "\thttps:/x"],
)
def test_next_never_leads_to_another_site(client: Client, kari: Person, next_: str) -> None:
    answer = sign_in(client, next=next_)
    assert answer["Location"] == reverse("web:my-page")
    out = client.post("/konto/logg-ut/", {"next": next_})
    assert out["Location"] == reverse("web:front")


def test_next_leads_back_to_where_one_was(client: Client, kari: Person) -> None:
    sent_away = client.get("/konto/")
    assert sent_away["Location"] == "/konto/logg-inn/?next=/konto/"
    assert 'name="next"' in client.get(sent_away["Location"]).content.decode()
    assert sign_in(client, next="/konto/")["Location"] == "/konto/"


def test_signing_out_needs_a_form(client: Client, kari: Person) -> None:
    client.force_login(kari)
    assert client.get("/konto/logg-ut/").status_code == 200
    assert client.get("/konto/").status_code == 200, "still signed in"
    client.post("/konto/logg-ut/")
    assert client.get("/konto/").status_code == 302
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(LOGIN, {"login": kari.email, "password": PASSWORD}).status_code == 403


def test_from_new_account_to_organisation(client: Client) -> None:
    """Somebody signs up, confirms by the letter, and is led to choose where they work."""
    answer = client.post(SIGNUP, {"email": "Ny@Larvik.kommune.no", "name": "Ny Person", "password1": PASSWORD})
    assert answer["Location"] == "/konto/bekreft-e-post/"
    person = Person.objects.get()
    assert (person.name, person.email, person.language) == ("Ny Person", "ny@larvik.kommune.no", "nb")
    assert sign_in(client, person.email)["Location"] == "/konto/bekreft-e-post/", "not before the address is confirmed"
    link = re.search(r"http://127.0.0.1:8000(/konto/bekreft-e-post/\S+/)", Letter.objects.get().text)
    assert link
    assert "ny@larvik.kommune.no" in client.get(link[1]).content.decode()
    assert not EmailAddress.objects.get().verified, "looking is not confirming"
    client.post(link[1])
    assert EmailAddress.objects.get().verified
    assert sign_in(Client(), person.email)["Location"] == reverse("web:join")


def test_a_new_password_by_letter(client: Client, kari: Person) -> None:
    client.post(RESET, {"email": kari.email})
    link = re.search(r"http://127.0.0.1:8000(/konto/glemt-passord/\S+/)", Letter.objects.get().text)
    assert link
    form = client.get(link[1], follow=True)
    assert link[1] not in form.redirect_chain[-1][0], "the secret does not stay in the address"
    new = "en helt annen setning"
    short = client.post(form.redirect_chain[-1][0], {"password1": "kort", "password2": "kort"})
    assert "for kort" in short.content.decode() and 'aria-invalid="true"' in short.content.decode()
    differ = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new + "x"})
    assert "ikke like" in differ.content.decode()
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(Client(), password=new).status_code == 302
    assert "virker ikke lenger" in Client().get(link[1], follow=True).content.decode()
    assert Letter.objects.filter(kind="account_notice", subject="Du har fått nytt passord.").exists()


def test_letters_lead_to_the_public_address_whatever_host_was_asked(
    client: Client, kari: Person, settings: Any
) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://ringvirkning.eksempel.no", ["*"]
    client.post(RESET, {"email": kari.email}, headers={"host": "ond.eksempel.no"})
    assert "https://ringvirkning.eksempel.no/konto/" in Letter.objects.get().text
    assert "ond.eksempel" not in Letter.objects.get().text


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def test_with_a_second_factor_the_password_is_not_enough(client: Client, kari: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(kari, secret)
    assert sign_in(client)["Location"] == "/konto/logg-inn/kode/"
    assert client.get("/konto/").status_code == 302
    assert "stemmer ikke" in client.post("/konto/logg-inn/kode/", {"code": "000000"}).content.decode()
    assert client.post("/konto/logg-inn/kode/", {"code": code_of(secret)})["Location"] == reverse("web:my-page")
    assert client.get("/konto/").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_editors_need_a_second_factor(client: Client, somebody: Callable[..., Person], role: Role) -> None:
    editor = somebody(role)
    client.force_login(editor)
    desk = reverse("web:desk")
    assert client.get(desk).status_code == 200, "a demonstration guards nothing"
    Person.objects.update(demonstration=False)
    answer = client.get(desk, follow=True)
    assert answer.redirect_chain == [("/konto/to-trinn/", 302)]
    assert "krever innlogging i to trinn" in answer.content.decode()
    assert client.get("/konto/").status_code == 200
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get(desk).status_code == 302, "spare codes alone are no second factor"
    TOTP.activate(editor, generate_totp_secret())
    assert client.get(desk).status_code == 200


def test_a_demonstration_ends_where_others_can_reach_us(client: Client, kari: Person, settings: Any) -> None:
    Person.objects.update(demonstration=True)
    assert "Demonstrasjon:" in client.get("/").content.decode()
    settings.PUBLIC_URL = "https://ringvirkning.eksempel.no"
    assert sign_in(client)["Location"] == "/konto/stengt/"
    assert client.get("/konto/").status_code == 302


ENGLISH = re.compile(r"\b(the|your|please|password|enter|address|field|required)\b", re.IGNORECASE)
VISIBLE = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_email", "account_change_password",
     "account_reauthenticate", "mfa_index", "web:account", "web:join", "socialaccount_connections"],
)  # fmt: skip
def test_no_english_reaches_a_norwegian_page(client: Client, kari: Person, name: str, language: str) -> None:
    with override(language):
        address = reverse(name)
    if name not in {"account_login", "account_signup", "account_reset_password"}:
        client.force_login(kari)
    for answer in (client.get(address), client.post(address, {"action_add": ""})):
        assert answer.status_code in {200, 302, 404, 405}
        words = VISIBLE.sub(" ", answer.content.decode())
        assert not ENGLISH.search(words), ENGLISH.search(words)
        assert answer.status_code == 404 or "no-store" in answer["Cache-Control"]


def test_visitors_get_the_same_page_and_no_cookie(client: Client, kari: Person, now: datetime) -> None:
    page = client.get("/om/")
    assert not page.cookies
    assert 'href="/konto/logg-inn/"' in page.content.decode()
    client.force_login(kari)
    mine = client.get("/om/").content.decode()
    assert "Kari Eksempel" in mine and "Logg ut" in mine
    assert "Kari Eksempel" not in Client().get("/om/").content.decode()
