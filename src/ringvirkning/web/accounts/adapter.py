"""Our words, letters and rules where the sign-in library asks for them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ringvirkning.ledger.operations import record
from ringvirkning.people.letters import link_to, write_letter
from ringvirkning.people.models import Person
from ringvirkning.people.queries import memberships_of, person_by_email
from ringvirkning.web.accounts import words
from ringvirkning.web.accounts.second_factor import demanded_of

# The library's name for a letter → ours, and the page it leads to.
LETTERS = {
    "email_confirmation": ("account_confirm_address", "account_confirm_email"),
    "email_confirmation_signup": ("account_confirm_address", "account_confirm_email"),
    "password_reset_key": ("account_new_password", "account_reset_password_from_key"),
    "account_already_exists": ("account_exists", "account_reset_password"),
    "unknown_account": ("account_unknown", "account_signup"),
}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a password."""

    error_messages = {**DefaultAccountAdapter.error_messages, **words.ACCOUNT_ERRORS}

    def new_user(self, request: HttpRequest) -> Person:
        """Return an account not yet saved, with the time and language it began with."""
        return Person(joined=datetime.now(UTC), language=get_language() or "nb")

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Save an account that somebody made for themself."""
        user.name = " ".join(form.cleaned_data.get("name", "").split()) or user.name
        super().save_user(request, user, form, commit)
        if commit:
            record(verb="signed_up", subject_kind="person", subject=str(user.pk), person=user, at=datetime.now(UTC))
        return user

    def pre_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponseBase | None:
        """Keep demonstration people out where others can reach us."""
        if user.demonstration and settings.PUBLIC_URL:
            user.is_active = False  # not saved: it is the installation that is wrong for them
        answer: HttpResponseBase | None = super().pre_login(request, user, **more)
        return answer

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether we lead people on to an address: only to our own pages, under the name they came by.

        The library also takes every name in ALLOWED_HOSTS, and any name at all when that says "*".
        """
        here = self.request
        return url_has_allowed_host_and_scheme(url, {here.get_host()}, require_https=here.is_secure())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to one's own page; those who speak for nobody yet choose an organisation first."""
        person = request.user
        speaks = isinstance(person, Person) and (person.programme_role or memberships_of(person).exists())
        return reverse(settings.LOGIN_REDIRECT_URL if speaks else "web:join")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Lead the same way the first time."""
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("web:account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the library's letters as ours, in the reader's language; they go by the outbox."""
        name = template_prefix.rpartition("/")[2]
        reader = person_by_email(email)
        language = reader.language if reader else get_language() or "nb"
        kind, page = LETTERS.get(name, ("account_notice", "account_reset_password"))
        link = link_to(page, *_arguments(name, context), language=language)
        told = {}
        if kind == "account_notice":
            with override(language):
                told = {"what": str(words.NOTICES[name])}
        write_letter(to=email, kind=kind, language=language, at=datetime.now(UTC), link=link, **told)

    @transaction.atomic
    def send_notification_mail(self, template_prefix: str, user: Person, *rest: Any, **more: Any) -> None:
        """Tell the person that something about the account changed, and the ledger too."""
        what = template_prefix.rpartition("/")[2]
        record(verb=what, subject_kind="person", subject=str(user.pk), person=user, at=datetime.now(UTC))
        super().send_notification_mail(template_prefix, user, *rest, **more)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """Return the ways to show again who one is, in our words."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": words.REAUTHENTICATION[method["id"]]} for method in methods]


def _arguments(name: str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the address of a letter's page is made of."""
    if name == "password_reset_key":
        return given["uid"], given["key"]
    return (given["key"],) if name.startswith("email_confirmation") else ()


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes and keys."""

    error_messages = {**DefaultMFAAdapter.error_messages, **words.SECOND_FACTOR_ERRORS}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to take away the only second factor of somebody who must have one."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        left = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return left or not demanded_of(authenticator.user)

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """Return a name for a new key."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Nøkkel %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return who asks for the key: people read the name on their phone."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Ringvirkning"}


class OtherAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts at an OpenID Connect provider."""

    error_messages = {**DefaultSocialAccountAdapter.error_messages, **words.OTHER_ACCOUNT_ERRORS}

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Fill in what the provider says, and believe its address only when the operator has said so."""
        person: Person = super().populate_user(request, sociallogin, data)
        parts = " ".join(part for part in (data.get("first_name"), data.get("last_name")) if part)
        person.name = str(data.get("name") or parts or person.email.partition("@")[0])[:150]
        claims = sociallogin.account.extra_data.get("userinfo") or sociallogin.account.extra_data.get("id_token") or {}
        believed = settings.OIDC_TRUST_EMAIL and claims.get("email_verified", True) in (True, "true")
        for address in sociallogin.email_addresses:
            address.verified = bool(believed)
        return person

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Person:
        """Save an account that came from the provider."""
        person: Person = super().save_user(request, sociallogin, form)
        if form is None:  # with a form it was written when the form was saved
            now = datetime.now(UTC)
            record(verb="signed_up", subject_kind="person", subject=str(person.pk), person=person, at=now)
        return person
