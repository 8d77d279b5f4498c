"""Open needs, for everybody: the list of them, and one with those like it side by side."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.models import Organisation
from ringvirkning.needs import permissions, queries
from ringvirkning.needs.assessment import Timing
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.open.find import open_needs_like
from ringvirkning.needs.sections import public_part
from ringvirkning.needs.terms import Visibility
from ringvirkning.web.life.signed_in import person_here

A_PAGE = 30


@dataclass(frozen=True)
class Public:
    """What everybody may read of an open need."""

    key: str
    title: str
    need: str
    language: str
    organisation: Organisation | None
    timing: Timing
    opened: datetime | None


def public_of(row: AssessmentRow, organisations: dict[str, Organisation]) -> Public:
    """Return the public part of an open need; nothing else of it is read."""
    told = public_part(row.content)
    timing = Timing.model_validate(told.get("timing", {}))
    language, organisation = told.get("language", "nb"), organisations.get(row.organisation)
    return Public(str(row.key), told["title"], told["need"], language, organisation, timing, row.opened)


def _organisations(rows: list[AssessmentRow]) -> dict[str, Organisation]:
    slugs = {row.organisation for row in rows}
    return {one.slug: one for one in Organisation.objects.filter(slug__in=slugs)}


@require_safe
def open_list(request: HttpRequest) -> HttpResponse:
    """List the open needs, the last opened first."""
    page = Paginator(queries.open_needs(), A_PAGE).get_page(request.GET.get("side"))
    rows = list(page.object_list)
    known = _organisations(rows)
    context = {"page": page, "needs": [public_of(row, known) for row in rows]}
    return render(request, "web/needs/assess/open_list.html", context)


@require_safe
def open_need(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one open need, and those like it."""
    row = queries.assessment_by_key(key)
    if row is None or row.visibility != Visibility.OPEN:
        raise Http404
    need = public_of(row, _organisations([row]))
    person = person_here(request)
    context = {
        "need": need,
        "like": open_needs_like(f"{need.title}\n{need.need}", organisation=need.organisation, besides=need.key),
        "works_on_it": person is not None and permissions.may_see(person, row),
        "may_close": person is not None and permissions.may_close(person, row),
    }
    return render(request, "web/needs/assess/open_need.html", context)
