"""Addresses of the pages of notices, and who may open them."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from ringvirkning.people.terms import Role
from ringvirkning.web.notices import innovative, listing, notice, subscriptions, verdicts
from ringvirkning.web.roles import EVERYONE, SHARERS

urlpatterns: list[URLPattern | URLResolver] = [
    path("kunngjoringer/", listing.notices, name="notices"),
    path("kunngjoringer/nyskapende/", innovative.innovative, name="notices-innovative"),
    path("kunngjoringer/frister.ics", subscriptions.calendar, name="notices-calendar"),
    path("kunngjoringer/nye.atom", require_safe(subscriptions.Newest()), name="notices-feed"),
    path("kunngjoringer/doffin/<str:number>/", notice.by_number, name="notice-doffin"),
    path("kunngjoringer/ted/<str:number>/", notice.by_number, name="notice-ted"),
    path("kunngjoringer/<str:notice_key>/", notice.notice_page, name="notice"),
    path("kunngjoringer/<str:notice_key>/innovasjon/", verdicts.judge, name="notice-innovation"),
    path("kunngjoringer/<str:notice_key>/saker/", verdicts.link_from_notice, name="notice-case"),
    path("biblioteket/<slug:case_id>/kunngjoringer/", verdicts.link_from_case, name="case-notice"),
]
WHO_MAY: dict[str, frozenset[Role]] = {
    "web:notices": EVERYONE,
    "web:notices-innovative": EVERYONE,
    "web:notices-calendar": EVERYONE,
    "web:notices-feed": EVERYONE,
    "web:notice": EVERYONE,
    "web:notice-doffin": EVERYONE,
    "web:notice-ted": EVERYONE,
    # Whether it is their notice, or their case, the pages ask.
    "web:notice-innovation": SHARERS,
    "web:notice-case": SHARERS,
    "web:case-notice": SHARERS,
}
