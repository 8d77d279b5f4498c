"""The draft as its readers will meet it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.web.case_metadata import LICENCES
from ringvirkning.web.life.draft_page import draft_page
from ringvirkning.web.share.opened import opened
from ringvirkning.web.share.steps import GUIDES

# Parts of a case page that say something of a published case only.
NOT_YET = ("del", "lignende", "tillit")


@never_cache
@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Answer with the draft on the page of a case."""
    work = opened(request, key, timezone.now())
    page = draft_page(work.draft, work.case_file)
    context = {
        "work": work,
        "draft": work.draft,
        "page": page,
        "sections": [section for section in page.sections if section.id not in NOT_YET],
        "case": page.case,
        "case_file": page.case_file,
        "licence_url": LICENCES.get(page.case_file.licence, ""),
        "first": work.address(next(iter(GUIDES.values()))),
        "faults": len(work.faults),
    }
    return render(request, "web/share/preview.html", context)
