"""One written part of an assessment: shown, saved as it is typed or by a button, and what two people wrote chosen."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.needs import operations
from ringvirkning.needs.operations import Conflict, Refused, Warned
from ringvirkning.needs.queries import last_to_change, set_aside_of
from ringvirkning.needs.sections import section_of
from ringvirkning.needs.terms import Section
from ringvirkning.web.needs.assess import forms, questions, worth
from ringvirkning.web.needs.assess.clashes import chosen, clashes
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.words import GUIDES, field_word
from ringvirkning.web.sentences import in_words

UNDERWAY = "X-Lagring"  # sent by frontend/src/write.js: saved while somebody types


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, key: UUID, section: Section) -> HttpResponse:
    """Answer with the part's form, or take what was typed in it."""
    work = opened(request, key)
    if request.method != "POST":
        return shown(request, work, section)
    if "settle" in request.POST:
        return _settled(request, work, section)
    if UNDERWAY in request.headers:
        return _saved_underway(request, work, section)
    return _saved(request, work, section)


def shown(
    request: HttpRequest,
    work: Work,
    section: Section,
    *,
    typed: forms.Content | None = None,
    fault: tuple[str, str] = ("", ""),
    warned: Sequence[tuple[str, str, str]] = (),
) -> HttpResponse:
    """Show the part as it is stored, or as it was typed when that could not be saved."""
    content = work.row.content if typed is None else typed
    mine = set_aside_of(work.row, section, work.person)
    differ = clashes(mine.content, section_of(work.row.content, section)) if mine else []
    context = {
        "work": work,
        "section": section,
        "guide": GUIDES[section],
        "base": request.POST.get("version", "") if typed is not None else work.base(section),
        "page": uuid4(),
        "asked": forms.drawn(section, content, fault) if section in forms.FORMS else [],
        "questions": questions.drawn(work, content, request.GET) if section is Section.QUESTIONS else None,
        "worth": worth.worth_said(work.content) if section is Section.VALUE else None,
        "fault": fault[1],
        "fault_at": fault[0],
        "warned": warned,
        "set_aside": mine,
        "clashes": differ,
        "other": last_to_change(work.row, {one.place.partition(".")[0] for one in differ}) if mine else None,
    }
    return render(request, "web/needs/assess/section.html", context, status=422 if fault[1] or warned else 200)


def _save(posted: QueryDict, work: Work, section: Section) -> operations.Saved | Conflict:
    """Save what was typed. Raises ``Refused`` or ``Warned``."""
    content = forms.typed_in(section, posted, work.row.content)
    return operations.save_section(
        assessment=work.row,
        section=section,
        base=posted.get("version", ""),
        content=content,
        person=work.person,
        at=work.now,
        seen_warnings="seen_warnings" in posted,
    )


def _saved(request: HttpRequest, work: Work, section: Section) -> HttpResponse:
    """Save by a button, and lead on or say what is wrong with everything typed still there."""
    typed = forms.typed_in(section, request.POST, work.row.content)
    try:
        outcome = _save(request.POST, work, section)
    except Refused as refusal:
        fault = (refusal.place, _said(refusal))
        return shown(request, work, section, typed=typed, fault=fault)
    except Warned as warning:
        seen = [(in_words(one.sentence), field_word(one.place), one.text) for one in warning.matters]
        return shown(request, work, section, typed=typed, warned=seen)
    if isinstance(outcome, Conflict):
        return redirect(work.address(section))
    messages.success(request, saved_words(work))
    return redirect(_way_on(request.POST, work, section))


def _said(refusal: Refused) -> str:
    """Return why it was refused; of a question that lacks something, what it lacks."""
    lacking = questions.lacking(refusal.place) if refusal.code == "not_understood" else ""
    return lacking or in_words(refusal.words, refusal.values)


def saved_words(work: Work) -> str:
    """Say that it is saved, and when."""
    return _("Lagret kl. %(when)s") % {"when": timezone.localtime(work.now).strftime("%H.%M")}


def _way_on(posted: QueryDict, work: Work, section: Section) -> str:
    order = list(GUIDES)
    place = order.index(section) + 1
    if posted.get("do") == "next" and place < len(order):
        return work.address(order[place])
    return work.address(section)


def _saved_underway(request: HttpRequest, work: Work, section: Section) -> JsonResponse:
    """Answer a script: what became of the save."""
    try:
        outcome = _save(request.POST, work, section)
    except Refused as refusal:
        return JsonResponse({"outcome": "refused", "said": _said(refusal)}, status=409)
    except Warned:
        told = _("Behovet er åpent, og det du skrev, ser privat ut. Trykk Lagre for å se over det.")
        return JsonResponse({"outcome": "closed", "said": told}, status=409)
    if isinstance(outcome, Conflict):
        return JsonResponse({"outcome": "conflict", "version": outcome.base}, status=409)
    answer: dict[str, Any] = {"outcome": "saved", "version": outcome.base}
    answer["at"] = timezone.localtime(work.now).strftime("%H.%M")
    if section is Section.VALUE:
        answer["sentences"] = worth.sentences(opened(request, work.row.key).content)
    return JsonResponse(answer)


def _settled(request: HttpRequest, work: Work, section: Section) -> HttpResponse:
    """Let a choice between two texts stand, unless somebody wrote while it was made."""
    mine, posted = set_aside_of(work.row, section, work.person), request.POST
    theirs = section_of(work.row.content, section)
    if mine is None:
        return redirect(work.address(section))
    answers = {name.removeprefix("choose-"): str(one) for name, one in posted.items() if name.startswith("choose-")}
    try:
        outcome = operations.save_section(
            assessment=work.row,
            section=section,
            base=posted.get("version", ""),
            content=chosen(mine.content, theirs, answers),
            person=work.person,
            at=work.now,
            seen_warnings="seen_warnings" in posted,
        )
    except Refused as refusal:
        messages.error(request, _said(refusal))
        return redirect(work.address(section))
    except Warned:
        messages.warning(request, _("Behovet er åpent, og det du valgte, ser privat ut. Kryss av hvis det skal stå."))
        return redirect(work.address(section))
    if isinstance(outcome, Conflict):
        messages.warning(request, _("Noen skrev her mens du valgte. Se en gang til, og velg på nytt."))
    else:
        messages.success(request, saved_words(work))
    return redirect(work.address(section))
