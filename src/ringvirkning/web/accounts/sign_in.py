"""Addresses of signing in, under the names django-allauth looks them up by.

Only what we offer stands here. The way back from an OpenID Connect provider stands in ``from_provider``, because the
provider must know it and it is therefore the same in every language.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as provider
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.cache import never_cache

from ringvirkning.people.terms import Role
from ringvirkning.web.roles import EVERYONE, SIGNED_IN

View = Callable[..., HttpResponseBase]
KEY = r"(?P<key>[-:\w]+)"
# Name → address and view. Whoever has not signed in yet must reach these.
OPEN: dict[str, tuple[str, Any]] = {
    "account_login": ("logg-inn/", views.login),
    "account_logout": ("logg-ut/", views.logout),
    "account_signup": ("ny-bruker/", views.signup),
    "account_inactive": ("stengt/", views.account_inactive),
    "account_email_verification_sent": ("bekreft-e-post/", views.email_verification_sent),
    "account_confirm_email": (rf"^bekreft-e-post/{KEY}/$", views.confirm_email),
    "account_reset_password": ("glemt-passord/", views.password_reset),
    "account_reset_password_done": ("glemt-passord/sendt/", views.password_reset_done),
    "account_reset_password_from_key": (
        r"^glemt-passord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
    ),
    "account_reset_password_from_key_done": ("glemt-passord/ferdig/", views.password_reset_from_key_done),
    "mfa_authenticate": ("logg-inn/kode/", mfa.authenticate),
    "mfa_login_webauthn": ("logg-inn/nokkel/", webauthn.login_webauthn),
    "socialaccount_login_cancelled": ("ekstern/avbrutt/", social.login_cancelled),
    "socialaccount_login_error": ("ekstern/feil/", social.login_error),
    "socialaccount_signup": ("ekstern/ny-bruker/", social.signup),
}
CLOSED: dict[str, tuple[str, Any]] = {
    "account_email": ("e-post/", views.email),
    "account_change_password": ("passord/", views.password_change),
    "account_set_password": ("passord/velg/", views.password_set),
    "account_reauthenticate": ("bekreft-deg/", views.reauthenticate),
    "mfa_index": ("to-trinn/", mfa.index),
    "mfa_reauthenticate": ("bekreft-deg/kode/", mfa.reauthenticate),
    "mfa_activate_totp": ("to-trinn/app/", totp.activate_totp),
    "mfa_deactivate_totp": ("to-trinn/app/sla-av/", totp.deactivate_totp),
    "mfa_view_recovery_codes": ("to-trinn/koder/", codes.view_recovery_codes),
    "mfa_generate_recovery_codes": ("to-trinn/koder/nye/", codes.generate_recovery_codes),
    "mfa_download_recovery_codes": ("to-trinn/koder/last-ned/", codes.download_recovery_codes),
    "mfa_list_webauthn": ("to-trinn/nokler/", webauthn.list_webauthn),
    "mfa_add_webauthn": ("to-trinn/nokler/ny/", webauthn.add_webauthn),
    "mfa_reauthenticate_webauthn": ("bekreft-deg/nokkel/", webauthn.reauthenticate_webauthn),
    "mfa_remove_webauthn": ("to-trinn/nokler/<int:pk>/fjern/", webauthn.remove_webauthn),
    "mfa_edit_webauthn": ("to-trinn/nokler/<int:pk>/navn/", webauthn.edit_webauthn),
    "socialaccount_connections": ("ekstern/", social.connections),
}
PROVIDER: dict[str, tuple[str, Any]] = {
    "openid_connect_login": ("<slug:provider_id>/", provider.login),
    "openid_connect_callback": ("<slug:provider_id>/tilbake/", provider.callback),
}


def _pattern(name: str, address: str, view: View) -> URLPattern:
    make = re_path if address.startswith("^") else path
    return make(address, never_cache(view), name=name)


# "ferdig" and "sendt" before the key, which would match anything.
urlpatterns: list[URLPattern | URLResolver] = [
    _pattern(name, *where) for name, where in sorted({**OPEN, **CLOSED}.items(), key=lambda one: "key" in one[1][0])
]
from_provider: list[URLPattern | URLResolver] = [_pattern(name, *where) for name, where in PROVIDER.items()]
WHO_MAY: dict[str, frozenset[Role]] = {
    **dict.fromkeys((*OPEN, *PROVIDER), EVERYONE),
    **dict.fromkeys(CLOSED, SIGNED_IN),
}
