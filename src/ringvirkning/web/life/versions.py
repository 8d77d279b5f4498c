"""A case's versions for everybody: the list of them, and any two side by side."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case, CaseRevision
from ringvirkning.catalogue.terms import Standing
from ringvirkning.ledger.queries import history_of
from ringvirkning.web.life.comparing import side_by_side
from ringvirkning.web.life.gone import gone


@dataclass(frozen=True)
class Version:
    """One version as readers meet it: its number, when, how it came, and on whose behalf. Never a person's name."""

    number: int
    made: datetime
    origin: str
    organisation: str  # "" when it was written for the library itself
    redacted: bool


@require_safe
def versions(request: HttpRequest, case_id: str) -> HttpResponse:
    """List the versions; two chosen in the form lead to their comparison."""
    case = _case(case_id)
    if case.standing == Standing.WITHDRAWN:
        return gone(request, case)
    told = versions_of(case)
    chosen = _chosen(request, {version.number for version in told})
    if chosen:
        return redirect("web:version-compare", case_id, *chosen)
    return render(request, "web/life/versions.html", {"case": case, "versions": told, "newest": told[0].number})


@require_safe
def compared(request: HttpRequest, case_id: str, a: int, b: int) -> HttpResponse:
    """Show two versions side by side, field by field."""
    case = _case(case_id)
    if case.standing == Standing.WITHDRAWN:
        return gone(request, case)
    if a > b:
        return redirect("web:version-compare", case_id, b, a)
    old, new = _revision(case, a), _revision(case, b)
    told = versions_of(case)
    shown = {
        "case": case,
        "versions": told,
        "old": old,
        "new": new,
        "areas": side_by_side(old.document, new.document),
    }
    return render(request, "web/life/compared.html", shown)


def versions_of(case: Case) -> list[Version]:
    """Return the versions, the newest first."""
    behind = _organisations_behind(case)
    return [
        Version(one.number, one.made, one.origin, behind.get(one.number, ""), one.redacted is not None)
        for one in queries.revisions_of(case).defer("document")
    ]


def _organisations_behind(case: Case) -> dict[int, str]:
    """Return number of version → name of the organisation it was published for, as the ledger says."""
    published = history_of("case", case.case_id).filter(verb="published")
    slugs = {entry.detail.get("revision"): entry.detail.get("organisation", "") for entry in published}
    names = queries.names_of_organisations(slug for slug in slugs.values() if slug)
    return {number: names[slug] for number, slug in slugs.items() if slug in names}


def _case(case_id: str) -> Case:
    case = queries.case_by_id(case_id)
    if case is None or case.revision is None:
        raise Http404
    return case


def _revision(case: Case, number: int) -> CaseRevision:
    found = queries.revision(case, number)
    if found is None:
        raise Http404
    return found


def _chosen(request: HttpRequest, known: set[int]) -> tuple[int, int] | None:
    asked = [request.GET.get(name, "") for name in ("fra", "til")]
    numbers = [int(one) for one in asked if one.isascii() and one.isdecimal() and len(one) < 7]
    return (min(numbers), max(numbers)) if len(numbers) == 2 and set(numbers) <= known else None
