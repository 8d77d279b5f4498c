"""Pages of organisations: looking one up, and one organisation with its cases and its peers."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, Organisation, OrganisationName
from ringvirkning.catalogue.terms import OrganisationKind
from ringvirkning.search.find import Hit, find
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.sources.casefile.terms import PartyRole
from ringvirkning.web import places, words
from ringvirkning.web.context import public_url
from ringvirkning.web.notices.cards import cards_of
from ringvirkning.web.notices.listing import Asked

LONGEST_NAME = 200  # characters of a name we look up
NEARBY = 5  # cases from the same county
NEWEST_NOTICES = 5
# Roles with so much to tell that the case gets a card; others get a line.
WITH_CARDS = {PartyRole.LEAD, PartyRole.CO_BUYER, PartyRole.OPTION_HOLDER, PartyRole.PILOT_ARENA}
KIND_HEADINGS = {
    OrganisationKind.MUNICIPALITY: _("Kommuner"),
    OrganisationKind.COUNTY: _("Fylkeskommuner"),
    OrganisationKind.INTER_MUNICIPAL: _("Interkommunale samarbeid"),
    OrganisationKind.MUNICIPAL_COMPANY: _("Kommunale foretak"),
    OrganisationKind.HEALTH_TRUST: _("Helseforetak"),
    OrganisationKind.STATE: _("Stat"),
    OrganisationKind.STATE_COMPANY: _("Statlige selskaper"),
    OrganisationKind.PROGRAMME: _("Programmer"),
    OrganisationKind.OTHER: _("Andre virksomheter"),
}
PUBLIC_BODIES = set(OrganisationKind) - {OrganisationKind.PROGRAMME, OrganisationKind.OTHER}


@dataclass(frozen=True)
class Found:
    """An organisation a visitor may mean, and the other name that explains why."""

    organisation: Organisation
    by: OrganisationName | None


@dataclass(frozen=True)
class Part:
    """One case in a list."""

    case: Case
    case_file: CaseFile


@dataclass(frozen=True)
class RoleGroup:
    """The cases an organisation has the same role in."""

    role: str
    parts: list[Part]

    @property
    def cards(self) -> bool:
        """Return whether the cases are shown as cards."""
        return self.role in WITH_CARDS


@dataclass(frozen=True)
class Former:
    """Names that ended the same day."""

    until: str
    names: list[str]

    @property
    def year(self) -> str:
        """Return the last year, when the names lasted the whole of it."""
        return self.until[:4] if self.until.endswith("-12-31") else ""


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Answer with a field to look up in, organisations with cases by kind, and every municipality by county."""
    q = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_NAME]
    with_cases = list(queries.organisations_with_cases())
    context = {
        "q": q,
        "found": look_up(q) if q else [],
        "kinds": [
            (kind, heading, members)
            for kind, heading in KIND_HEADINGS.items()
            if (members := [one for one in with_cases if one.kind == kind])
        ],
        "counties": queries.municipalities_by_county(),
    }
    return render(request, "web/organisations.html", context)


def look_up(text: str) -> list[Found]:
    """Return the organisations a text may mean."""
    organisations = queries.find_organisations(text)
    others = queries.former_names_matched(organisations, text)
    return [Found(one, others.get(one.pk)) for one in organisations]


@require_safe
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with what is known of an organisation, its cases by role, and whom it can learn from."""
    organisation = queries.organisation_by_slug(slug)
    if organisation is None:
        raise Http404
    roles = roles_of(organisation)
    formers, also = other_names(organisation)
    context = {
        "organisation": organisation,
        "county_body": queries.county_organisation(organisation.county),
        "county_name": queries.county_names().get(organisation.county, ""),
        "population_year": queries.population_year(organisation),
        "formers": formers,
        "also": also,
        "successors": organisation.successors.all(),
        "predecessors": organisation.predecessors.all(),
        "roles": roles,
        "total": len({part.case.pk for group in roles for part in group.parts}),
        "similar": queries.similar_in_size(organisation),
        "examples": [] if roles else queries.similar_with_cases(organisation),
        "nearby": nearby(organisation),
        "spot": spot(organisation),
        **own_notices(organisation),
        "linked_data": linked_data(organisation, public_url(request, organisation_address(organisation)), also),
    }
    return render(request, "web/organisation.html", context)


def own_notices(organisation: Organisation) -> dict[str, object]:
    """Return how many notices an organisation buys in, and the newest of them; nothing while the index is mended."""
    asked = Asked("", {"buyer": (organisation.slug,)}, "", "published")
    answer = asked.find(timezone.localdate(), limit=NEWEST_NOTICES, counted=False)
    if not answer.ready:
        return {}
    return {"notices": cards_of(answer.hits, timezone.localdate()), "notice_count": answer.total}


def organisation_address(organisation: Organisation) -> str:
    """Return the path of an organisation's page in the language of this page."""
    return reverse("web:organisation", args=[organisation.slug])


def roles_of(organisation: Organisation) -> list[RoleGroup]:
    """Return the organisation's cases by role, in the order of ``words.ROLES``."""
    order = list(words.ROLES)
    parts = sorted(queries.parts_of(organisation), key=lambda part: order.index(part.role))
    groups = []
    for role, members in groupby(parts, key=lambda part: part.role):
        read = queries.read_cases(part.case for part in members)
        groups.append(RoleGroup(role, [Part(case, case_file) for case, case_file in read]))
    return groups


def other_names(organisation: Organisation) -> tuple[list[Former], list[str]]:
    """Return earlier names by their last day, newest first, and names that are in use beside today's."""
    bare = queries.bare_name
    known = {bare(organisation.name.lower())} | {bare(one.name.lower()) for one in organisation.predecessors.all()}
    formers: dict[str, list[str]] = {}
    also: list[str] = []
    for name in organisation.names.order_by("-until", "name"):
        if bare(name.name.lower()) in known:
            continue
        known.add(bare(name.name.lower()))
        (formers.setdefault(name.until, []) if name.until else also).append(name.name)
    ordered = [Former(until, sorted(names, key=queries.norwegian_order)) for until, names in formers.items()]
    return ordered, also


def nearby(organisation: Organisation) -> list[Hit]:
    """Return some cases from the same county that the organisation is not part of itself, the fullest first."""
    if not organisation.county:
        return []
    own = set(organisation.parts.values_list("case__case_id", flat=True))
    answer = find(filters={"county": (organisation.county,)}, sort="fullness", limit=NEARBY + len(own))
    return [hit for hit in answer.hits if answer.ready and hit.case.case_id not in own][:NEARBY]


def spot(organisation: Organisation) -> dict[str, object] | None:
    """Return what the small map draws, or None when we know neither county nor point."""
    if not organisation.county:
        return None
    drawn: dict[str, object] = {"land": places.small_land(), "county": organisation.county}
    if organisation.kind == OrganisationKind.COUNTY or organisation.lat is None or organisation.lon is None:
        return drawn
    return drawn | places.point(organisation.lat, organisation.lon)


def linked_data(organisation: Organisation, address: str, also: list[str]) -> dict[str, object]:
    """Return the organisation in schema.org's words. What is not known is left out."""
    county = queries.county_names().get(organisation.county)
    number = {"@type": "PropertyValue", "propertyID": "NO:ORGNR", "value": organisation.number}
    area = {"@type": "AdministrativeArea", "name": county}
    known = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization" if organisation.kind in PUBLIC_BODIES else "Organization",
        "@id": address,
        "name": organisation.name,
        "alternateName": also,
        "identifier": number if organisation.number else None,
        "url": organisation.web,
        "location": area if county else None,
        "mainEntityOfPage": {"@id": address, "inLanguage": get_language()},
    }
    return {name: value for name, value in known.items() if value}
