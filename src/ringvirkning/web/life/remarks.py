"""Comments: written beside a part, and marked as done."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ringvirkning.publishing.comments import NotHere, add_comment, comment_of, is_place_in, mark_done
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.remarks import NotARemark
from ringvirkning.publishing.terms import Step
from ringvirkning.web.life.answers import BAD, remark_words
from ringvirkning.web.life.finding import draft_here
from ringvirkning.web.life.review import review_of
from ringvirkning.web.life.signed_in import signed_in_person


@never_cache
@require_POST
def comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a comment and go back to the part it is about."""
    draft = draft_here(request, key)
    step, place, text = (request.POST.get(name, "") for name in ("step", "place", "text"))
    if not is_place_in(step, place):
        raise Http404
    try:
        add_comment(
            draft=draft, step=Step(step), place=place, text=text, person=signed_in_person(request), at=timezone.now()
        )
    except NotHere:
        raise Http404 from None
    except NotARemark as refusal:
        shown = {"comment_fault": remark_words(refusal), "comment_step": step, "comment_place": place}
        page = {**review_of(request, draft), **shown, "comment_typed": text}
        return render(request, "web/life/review.html", page, status=BAD)
    return redirect(f"{reverse('web:review', args=[key])}#{step}")


@never_cache
@require_POST
def comment_done(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Mark a comment as done and go back to where it was marked."""
    draft = draft_here(request, key)
    found = comment_of(draft, number)
    if found is None:
        raise Http404
    try:
        mark_done(comment=found, person=signed_in_person(request), at=timezone.now())
    except NotHere:
        raise Http404 from None
    return redirect(_back(request, draft, found.step))


def _back(request: HttpRequest, draft: Draft, step: str) -> str:
    """Return where to go: the page of ours that asked, else the review."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else f"{reverse('web:review', args=[draft.key])}#{step}"
