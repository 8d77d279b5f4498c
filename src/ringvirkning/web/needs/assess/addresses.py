"""Addresses of needs assessments and open needs, and who may open them."""

from django.urls import URLPattern, URLResolver, path

from ringvirkning.needs.terms import Section
from ringvirkning.people.terms import Role
from ringvirkning.web.needs.assess import (
    begin,
    downloads,
    finding,
    mine,
    opening,
    public,
    reading,
    section,
    sharing,
    shortlist,
    versions,
    work,
)
from ringvirkning.web.roles import EVERYONE, SIGNED_IN

ONE = "behov/<uuid:key>/"
WRITTEN = {
    "assessment-need": ("behovet", Section.NEED),
    "assessment-questions": ("sporsmal", Section.QUESTIONS),
    "assessment-value": ("nullalternativ", Section.VALUE),
    "assessment-conclusion": ("konklusjon", Section.CONCLUSION),
}
urlpatterns: list[URLPattern | URLResolver] = [
    path("behov/mine/", mine.mine, name="assessments"),
    path("behov/ny/", begin.begin, name="assessment-begin"),
    path("behov/apne/", public.open_list, name="open-needs"),
    path("behov/apne/<uuid:key>/", public.open_need, name="open-need"),
    path(ONE, work.work_page, name="assessment"),
    *(
        path(f"{ONE}{address}/", section.section_page, {"section": part}, name=name)
        for name, (address, part) in WRITTEN.items()
    ),
    path(f"{ONE}lesning/", reading.reading_page, name="assessment-reading"),
    path(f"{ONE}kortliste/", shortlist.shortlist, name="assessment-shortlist"),
    path(f"{ONE}kortliste/finn/", finding.find, name="assessment-find"),
    path(f"{ONE}kortliste/legg-til/", finding.keep, name="assessment-keep"),
    path(f"{ONE}sammenlign/", shortlist.table, name="assessment-table"),
    path(f"{ONE}deling/", sharing.sharing, name="assessment-sharing"),
    path(f"{ONE}versjoner/", versions.versions, name="assessment-versions"),
    path(f"{ONE}versjoner/<int:a>/<int:b>/", versions.compared, name="assessment-compare"),
    path(f"{ONE}versjoner/<int:number>/gjenopprett/", versions.restore, name="assessment-restore"),
    path(f"{ONE}apne/", opening.open_page, name="assessment-open"),
    path(f"{ONE}lukk/", opening.close, name="assessment-close"),
    path(f"{ONE}slett/", work.delete, name="assessment-delete"),
    path(f"{ONE}last-ned/<slug:form>/", downloads.download, name="assessment-download"),
]
PUBLIC = ("web:open-needs", "web:open-need")
NAMES = [f"web:{one.name}" for one in urlpatterns if isinstance(one, URLPattern)]
WHO_MAY: dict[str, frozenset[Role]] = {name: EVERYONE if name in PUBLIC else SIGNED_IN for name in NAMES}
