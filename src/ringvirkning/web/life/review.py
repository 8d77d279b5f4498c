"""The editor's reading of a draft; the same page, without the editor's buttons, for those who wrote it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ringvirkning.people.queries import is_editor
from ringvirkning.publishing import moves
from ringvirkning.publishing.drafts import draft_document
from ringvirkning.publishing.hats import hats_towards_draft
from ringvirkning.publishing.life import Stage, moves_open_to
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.moves import NotAllowed
from ringvirkning.publishing.permissions import OPEN, may_edit
from ringvirkning.publishing.queries import title_of
from ringvirkning.publishing.remarks import NotARemark
from ringvirkning.web.life.answers import asked_again, refused, told
from ringvirkning.web.life.finding import draft_here
from ringvirkning.web.life.history import happenings
from ringvirkning.web.life.reading import reading
from ringvirkning.web.life.signed_in import signed_in_person


@never_cache
@require_safe
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the draft read through."""
    return render(request, "web/life/review.html", review_of(request, draft_here(request, key)))


@never_cache
@require_POST
def send_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give the draft back to its writers with a reason."""
    draft = draft_here(request, key)
    reason = request.POST.get("reason", "")
    try:
        moves.send_back(draft=draft, person=signed_in_person(request), reason=reason, at=timezone.now())
    except NotARemark as refusal:
        return asked_again(request, "web/life/review.html", review_of(request, draft), refusal, reason)
    except NotAllowed as refusal:
        return refused(request, refusal, draft)
    said = _("Saken er sendt tilbake. De som skrev den, får et brev med begrunnelsen og kommentarene.")
    return told(request, said, "web:review", draft.key)


def review_of(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """Return everything the page shows."""
    document = draft_document(draft, at=timezone.now())
    read = reading(draft, document)
    person = signed_in_person(request)
    return {
        "draft": draft,
        "title": title_of(draft),
        "reading": read,
        "page": read.page,
        "case_file": read.page.case_file,
        "case": read.page.case,
        "grade": read.page.evidence,
        "moves": moves_open_to(Stage(draft.state), hats_towards_draft(person, draft)),
        "edits": is_editor(person),
        "may_edit": may_edit(person, draft),
        "may_comment": draft.state in OPEN,
        "history": happenings(draft),
    }
