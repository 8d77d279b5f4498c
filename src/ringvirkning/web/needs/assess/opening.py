"""Opening a need to everybody: what they will see and what seems private is shown first. And closing it again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ringvirkning.needs import operations, permissions, queries
from ringvirkning.needs.operations import Refused, Warned
from ringvirkning.needs.private import private_in
from ringvirkning.needs.sections import public_texts
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.words import field_word
from ringvirkning.web.sentences import in_words

Seen = tuple[str, str, str]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what everybody will see with what seems private in it, or open the need."""
    work = opened(request, key)
    if not permissions.may_share(work.person, work.row):
        raise Http404
    warnings = warnings_of(work)
    if request.method != "POST":
        return _shown(request, work, warnings)
    seen = "seen_warnings" in request.POST
    if warnings and not seen:
        return _shown(request, work, warnings, _("Kryss av for at du har sett over dette, eller rett teksten først."))
    try:
        operations.open_up(assessment=work.row, person=work.person, at=work.now, seen_warnings=seen)
    except Refused as refusal:
        return _shown(request, work, warnings, in_words(refusal.words, refusal.values))
    except Warned:  # somebody wrote in it since the page was made
        return _shown(request, work, warnings_of(opened(request, key)), _("Teksten er endret. Se over den på nytt."))
    messages.success(request, _("Behovet er åpent for alle. Du kan lukke det når du vil."))
    return redirect("web:open-need", key)


def _shown(request: HttpRequest, work: Work, warnings: list[Seen], trouble: str = "") -> HttpResponse:
    context = {"work": work, "content": work.content, "warnings": warnings, "trouble": trouble}
    return render(request, "web/needs/assess/open.html", context, status=422 if trouble else 200)


def warnings_of(work: Work) -> list[Seen]:
    """Return what seems private in what everybody will read: what to do, where it stands, and the words."""
    texts = public_texts(work.row.content)
    found = (one for place, text in texts.items() for one in private_in(text, place))
    return [(in_words(one.sentence), field_word(one.place), one.text) for one in found]


@never_cache
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an open need back. Its owner may, its organisation's administrators, and the library's editors."""
    person = signed_in_person(request)
    row = queries.assessment_by_key(key)
    if row is None or not permissions.may_read_need(person, row):
        raise Http404
    if not permissions.may_close(person, row) and not permissions.may_see(person, row):
        raise Http404
    try:
        operations.close(assessment=row, person=person, at=timezone.now())
    except Refused as refusal:
        messages.error(request, in_words(refusal.words, refusal.values))
    else:
        messages.success(request, _("Behovet er lukket. Bare de som arbeider med det, ser det nå."))
    return redirect("web:assessment", key) if permissions.may_see(person, row) else redirect("web:open-needs")
