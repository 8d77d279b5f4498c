"""The page of one notice, and the ways to it by its numbers."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.notices import queries
from ringvirkning.catalogue.notices.models import Notice
from ringvirkning.people.queries import role_of
from ringvirkning.web.context import public_url
from ringvirkning.web.life.signed_in import person_here
from ringvirkning.web.notices.innovation import innovation_part, paragraphs
from ringvirkning.web.notices.linked import cases_of
from ringvirkning.web.notices.metadata import structured_data
from ringvirkning.web.notices.page import NoticePage
from ringvirkning.web.notices.who_may import may_judge
from ringvirkning.web.roles import SHARERS


@require_safe
def notice_page(request: HttpRequest, notice_key: str) -> HttpResponse:
    """Answer with the page of one notice."""
    page, person = page_of(notice_or_404(notice_key)), person_here(request)
    notice, address = page.notice, public_url(request, reverse("web:notice", args=[notice_key]))
    innovation = innovation_part(notice, page.record)
    context = {
        "page": page,
        "innovation": innovation,
        "description": paragraphs(page.description.text, innovation.marks_in(page.description)),
        "linked": cases_of(notice, person),
        "may_judge": may_judge(person, notice),
        "may_share": person is not None and role_of(person) in SHARERS,
        "structured_data": structured_data(page, address),
        # Millions of notices are no news to search engines; the innovative ones are what is found only here.
        "indexed": innovation.is_innovative and not notice.replaced_by,
    }
    response = render(request, "web/notices/notice.html", context)
    if person:
        add_never_cache_headers(response)
    return response


def notice_or_404(key: str) -> Notice:
    """Return the notice with this key."""
    notice = queries.notice_by_key(key)
    if notice is None:
        raise Http404
    return notice


def page_of(notice: Notice) -> NoticePage:
    """Return what the page of a notice shows today."""
    return NoticePage(notice, queries.record_of(notice), timezone.localdate())


@require_safe
def by_number(request: HttpRequest, number: str) -> HttpResponseRedirect:
    """Send whoever comes with a number in Doffin or TED to the notice."""
    notice = queries.notice_by_number(number)
    if notice is None:
        raise Http404
    return redirect("web:notice", notice.key, permanent=False)
