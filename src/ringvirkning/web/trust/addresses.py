"""Addresses of these pages, and who may open them."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.roles import EVERYONE
from ringvirkning.web.trust import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("bekreft/<str:token>/", views.confirm, name="confirm"),
    path("samtykke/<str:token>/", views.consent, name="consent"),
    path("om/dokumentasjon/", views.evidence, name="evidence"),
]
# Whoever has the letter has the link: it is the only key, so these pages ask for no account.
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:confirm": EVERYONE,
    "web:consent": EVERYONE,
    "web:evidence": EVERYONE,
}
