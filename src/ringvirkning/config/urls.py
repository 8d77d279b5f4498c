"""Addresses. Bokmål has none before it; nynorsk and English have /nn/ and /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ringvirkning.web import errors
from ringvirkning.web.accounts.sign_in import from_provider

urlpatterns = [
    path("", include("ringvirkning.web.urls_plain")),
    path("konto/oidc/", include(from_provider)),
    *i18n_patterns(
        path("", include("ringvirkning.web.urls")),
        # The names of these are the sign-in library's own, so they stand outside our namespace.
        path("konto/", include("ringvirkning.web.accounts.sign_in")),
        prefix_default_language=False,
    ),
]
handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
