"""Addresses of files, and who may open them. Which draft or case is asked in the views."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.people.terms import Role
from ringvirkning.web.files import serving
from ringvirkning.web.roles import EVERYONE, SHARERS

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "biblioteket/<slug:case_id>/dokument/<slug:sha256>/forhandsvisning.webp",
        serving.case_preview,
        name="case-preview",
    ),
    path("biblioteket/<slug:case_id>/dokument/<slug:sha256>/<str:name>", serving.case_file, name="case-file"),
    path("del/<uuid:key>/fil/<slug:sha256>/", serving.draft_file, name="draft-file"),
    path("del/<uuid:key>/fil/<slug:sha256>/forhandsvisning.webp", serving.draft_preview, name="draft-preview"),
]
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:case-preview": EVERYONE,
    "web:case-file": EVERYONE,
    "web:draft-file": SHARERS,
    "web:draft-preview": SHARERS,
}
