"""Addresses that are the same in every language: files, data, health. Names stand in ``permissions.WHO_MAY`` too."""

from django.urls import path

from ringvirkning.sources.casefile.terms import SCHEMA_PATH
from ringvirkning.web.views import data

urlpatterns = [
    path("biblioteket/<slug:case_id>.json", data.case_json, name="case-json"),
    path(SCHEMA_PATH.removeprefix("/"), data.case_schema, name="case-schema"),
    path("helse/", data.health, name="health"),
    path("robots.txt", data.robots, name="robots"),
    path("sitemap.xml", data.sitemap, name="sitemap"),
]
