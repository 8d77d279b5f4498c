"""Addresses of these pages, and who may open them."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.accounts import account, invitation, joining, organisation_logo, organisation_people, sign_in
from ringvirkning.web.roles import EVERYONE, KEEPERS, SIGNED_IN

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", account.account, name="account"),
    path("konto/mine-opplysninger.json", account.kept_data, name="account-data"),
    path("konto/slett/", account.delete, name="account-delete"),
    path("konto/bli-med/", joining.join, name="join"),
    path("konto/invitasjon/<str:secret>/", invitation.invitation, name="invitation"),
    path("virksomheter/<slug:slug>/brukere/", organisation_people.organisation_people, name="organisation-people"),
    path("virksomheter/<slug:slug>/logo/", organisation_logo.organisation_logo, name="organisation-logo"),
    path("virksomheter/<slug:slug>/logo/bilde/", organisation_logo.logo_picture, name="organisation-logo-picture"),
]
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:account": SIGNED_IN,
    "web:account-data": SIGNED_IN,
    "web:account-delete": SIGNED_IN,
    "web:join": SIGNED_IN,
    "web:invitation": EVERYONE,
    "web:organisation-people": KEEPERS,
    "web:organisation-logo": KEEPERS,
    "web:organisation-logo-picture": KEEPERS,
    **sign_in.WHO_MAY,
}
