"""Addresses of these pages, and who may open them."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.roles import EVERYONE, SHARERS, SIGNED_IN
from ringvirkning.web.start import downloads, from_file, from_notice, from_text, start

urlpatterns: list[URLPattern | URLResolver] = [
    path("del/", start.start, name="start"),
    path("del/fra-tekst/", from_text.from_text, name="start-text"),
    path("del/fra-fil/", from_file.from_file, name="start-file"),
    path("del/fra-kunngjoring/", from_notice.find_notice, name="start-notice"),
    path("kunngjoringer/<str:notice_key>/lag-sak/", from_notice.make_case, name="notice-make-case"),
    path("biblioteket/last-ned.zip", downloads.library_zip, name="library-zip"),
    path("biblioteket/<slug:case_id>/last-ned.zip", downloads.case_zip, name="case-zip"),
]
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:start": SIGNED_IN,  # whoever belongs to no organisation is told how to
    "web:start-text": SHARERS,
    "web:start-file": SHARERS,
    "web:start-notice": SHARERS,
    "web:notice-make-case": SHARERS,
    "web:library-zip": EVERYONE,
    "web:case-zip": EVERYONE,
}
