"""Pages that letters lead to, and the page that explains how well cases are documented.

Opening a link changes nothing: programs that look for viruses open the links in letters before people do, and some
follow every link on the page as well. Only a button that sends a form (POST) answers.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.catalogue.evidence import ASKS
from ringvirkning.catalogue.terms import Standing
from ringvirkning.publishing.hats import hats_towards_case
from ringvirkning.publishing.models import Confirmation, Consent
from ringvirkning.publishing.terms import ConsentState
from ringvirkning.publishing.upkeep import confirmations, consents
from ringvirkning.web.case_page import CasePage, case_page_of


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Answer with the page about the grades of evidence."""
    return render(request, "web/trust/evidence.html", {"grades": list(ASKS.items())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a case is still right, and take the answer."""
    question = confirmations.confirmation_by_token(token)
    if question is None:
        return render(request, "web/trust/gone.html", status=404)
    if request.method != "POST":
        return _confirm_page(request, question)
    at, note = timezone.now(), request.POST.get("note", "").strip()
    if request.POST.get("answer") == "yes":
        confirmations.confirm(confirmation=question, at=at)
    elif not note:
        return _confirm_page(request, question, missing=True, status=422)
    elif confirmations.is_open(question, at=at):
        confirmations.report_wrong(confirmation=question, note=note, at=at)
    return redirect("web:confirm", token)


def _confirm_page(
    request: HttpRequest, question: Confirmation, *, missing: bool = False, status: int = 200
) -> HttpResponse:
    page = _page(question)
    told = {
        "question": question,
        "page": page,
        "case": question.case,
        "case_file": page.case_file if page else None,
        "open": confirmations.is_open(question, at=timezone.now()),
        "missing": missing,
        "most": confirmations.MOST_IN_NOTE,
        "may_revise": bool(hats_towards_case(request.user, question.case)),
        "met": question.case.standing == Standing.PUBLISHED,
    }
    return render(request, "web/trust/confirm.html", told, status=status)


def _page(question: Confirmation) -> CasePage | None:
    return case_page_of(question.case.case_id) if question.case.standing == Standing.PUBLISHED else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Show a person what we have about them, and take their yes, their no, or their change of mind."""
    asked = consents.consent_by_token(token)
    if asked is None:
        return render(request, "web/trust/gone.html", status=404)
    if request.method != "POST":
        return _consent_page(request, asked)
    answer = request.POST.get("answer")
    if answer == "yes":
        consents.give_consent(consent=asked, at=timezone.now())
    elif answer == "no":
        consents.forget_person(consent=asked, at=timezone.now())
    else:
        raise Http404
    return redirect("web:consent", token)


def _consent_page(request: HttpRequest, asked: Consent) -> HttpResponse:
    draft_title = consents.title_of(asked.draft) if asked.draft else ""
    told = {
        "consent": asked,
        "named": consents.asked_as(asked) if asked.name else None,
        "title": asked.case.title if asked.case else draft_title,
        "case": asked.case if asked.case and asked.case.standing == Standing.PUBLISHED else None,
        "asked": asked.state == ConsentState.ASKED,
        "given": asked.state == ConsentState.GIVEN,
    }
    return render(request, "web/trust/consent.html", told)
