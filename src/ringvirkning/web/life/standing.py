"""Moves of a case that readers meet: begin a new version, withdraw, archive, restore."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.people.queries import is_editor, organisations_of
from ringvirkning.publishing import moves
from ringvirkning.publishing.drafts import Refused, start_revision
from ringvirkning.publishing.hats import hats_towards_case, organisations_behind
from ringvirkning.publishing.life import Move, Stage, may, starts_there
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.moves import MovedOn, NotAllowed
from ringvirkning.publishing.permissions import may_edit, may_see
from ringvirkning.publishing.queries import open_draft_of
from ringvirkning.publishing.remarks import MOST_IN_REASON, NotARemark
from ringvirkning.web import errors
from ringvirkning.web.life.answers import asked_again, told
from ringvirkning.web.life.drafts import form_page
from ringvirkning.web.life.finding import case_here
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.sentences import in_words

FIRST_STEP = "behov"
PROGRAMME = ""  # an editor works for the library itself, not for an organisation


@never_cache
@form_page
def edit(request: HttpRequest, case_id: str) -> HttpResponse:
    """Begin a new version of a published case, or join the work that has begun."""
    case = case_here(case_id)
    choices = _organisations(request, case)
    if not _may(request, Move.REVISE, case) or not choices:
        return _closed(request, Move.REVISE, case)
    person, begun = signed_in_person(request), open_draft_of(case)
    taken = _name_of(begun) if begun and not may_see(person, begun) else ""
    shown = {"case": case, "choices": choices, "begun": begun, "taken": taken}
    if request.method != "POST":
        return render(request, "web/life/edit.html", shown)
    chosen = request.POST.get("organisation", next(iter(choices)))
    if chosen not in choices:
        raise Http404
    try:
        draft = start_revision(case=case, person=person, organisation=chosen, at=timezone.now())
    except Refused as refusal:  # another of those whose case it is was first, or it was moved meanwhile
        return told(request, in_words(refusal.sentence), "web:case", case.case_id)
    if not may_edit(person, draft):
        return redirect("web:review", draft.key)
    return redirect("web:share-step", draft.key, FIRST_STEP)


def _name_of(begun: Draft) -> str:
    """Return who writes in a draft that is another organisation's."""
    names = queries.names_of_organisations([begun.organisation])
    return names.get(begun.organisation) or _("Redaksjonen")


def _organisations(request: HttpRequest, case: Case) -> dict[str, str]:
    """Return on whose behalf this person may write: slug → name, and the programme for editors."""
    person = signed_in_person(request)
    names = queries.names_of_organisations(organisations_behind(case) & organisations_of(person))
    return {**({PROGRAMME: _("Redaksjonen")} if is_editor(person) else {}), **names}


@never_cache
@form_page
def withdraw(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take a case away from readers."""
    return _with_reason(request, case_id, Move.WITHDRAW)


@never_cache
@form_page
def archive(request: HttpRequest, case_id: str) -> HttpResponse:
    """Keep a case for reference."""
    return _with_reason(request, case_id, Move.ARCHIVE)


def _with_reason(request: HttpRequest, case_id: str, move: Move) -> HttpResponse:
    case = case_here(case_id)
    if not _may(request, move, case):
        return _closed(request, move, case)
    shown: dict[str, Any] = {"case": case, "move": str(move), "most": MOST_IN_REASON}
    if request.method != "POST":
        return render(request, "web/life/standing.html", shown)
    carry_out = moves.withdraw if move is Move.WITHDRAW else moves.archive
    reason = request.POST.get("reason", "")
    try:
        carry_out(case=case, person=signed_in_person(request), reason=reason, at=timezone.now())
    except NotARemark as refusal:
        return asked_again(request, "web/life/standing.html", shown, refusal, reason)
    except NotAllowed as refusal:
        return _case_refused(request, refusal, case)
    return redirect("web:case", case.case_id)


@never_cache
@form_page
def restore(request: HttpRequest, case_id: str) -> HttpResponse:
    """Let readers meet a case again."""
    case = case_here(case_id)
    if not _may(request, Move.RESTORE, case):
        return _closed(request, Move.RESTORE, case)
    if request.method != "POST":
        return render(request, "web/life/standing.html", {"case": case, "move": str(Move.RESTORE)})
    try:
        moves.restore(case=case, person=signed_in_person(request), at=timezone.now())
    except NotAllowed as refusal:
        return _case_refused(request, refusal, case)
    return redirect("web:case", case.case_id)


def _may(request: HttpRequest, move: Move, case: Case) -> bool:
    return may(move, Stage(case.standing), hats_towards_case(signed_in_person(request), case))


def _closed(request: HttpRequest, move: Move, case: Case) -> HttpResponse:
    """Answer somebody who may not, or who comes when it has been done already."""
    done_already = hats_towards_case(signed_in_person(request), case) and not starts_there(move, Stage(case.standing))
    return redirect("web:case", case.case_id) if done_already else errors.not_yours(request)


def _case_refused(request: HttpRequest, refusal: NotAllowed, case: Case) -> HttpResponse:
    """Answer when somebody else was first: the case's own page says how it is now."""
    if isinstance(refusal, MovedOn):
        return redirect("web:case", case.case_id)
    return errors.not_yours(request)
