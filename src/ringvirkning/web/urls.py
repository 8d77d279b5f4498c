"""Addresses of the pages. Each name stands in a table of roles, gathered in ``permissions.WHO_MAY``."""

from django.urls import include, path

from ringvirkning.web.views import case, front, library, map, organisations, pages, themes

app_name = "web"
# Each area has its pages in a folder of its own, with its addresses and who may open them.
# "share" comes last: its steps have any word for an address, and must not take the others' pages.
AREAS = ("accounts", "start", "files", "life", "trust", "desk", "notices", "needs", "needs.assess", "share")
urlpatterns = [
    path("", front.front, name="front"),
    path("biblioteket/", library.library, name="library"),
    path("biblioteket/<slug:case_id>/", case.case_page, name="case"),
    path("biblioteket/<slug:case_id>/infografikk.svg", case.infographic_svg, name="infographic-svg"),
    path("biblioteket/<slug:case_id>/infografikk.png", case.infographic_png, name="infographic-png"),
    path("tema/", themes.theme_list, name="themes"),
    path("tema/<slug:theme>/", themes.theme_page, name="theme"),
    path("virksomheter/", organisations.organisation_list, name="organisations"),
    path("virksomheter/<slug:slug>/", organisations.organisation_page, name="organisation"),
    path("kart/", map.map_page, name="map"),
    path("om/", pages.about, name="about"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    *(path("", include(f"ringvirkning.web.{area}.addresses")) for area in AREAS),
]
