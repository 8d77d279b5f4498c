"""Moves of a draft that have a page of their own: submit, publish, discard, and take in a newer version."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.operations import document_of
from ringvirkning.publishing import moves
from ringvirkning.publishing.drafts import draft_document
from ringvirkning.publishing.hats import hats_towards_draft
from ringvirkning.publishing.life import Move, Stage, may
from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.moves import NotAllowed, NotReady
from ringvirkning.publishing.queries import title_of
from ringvirkning.publishing.typed.completeness import Gap
from ringvirkning.publishing.typed.compose import presentable
from ringvirkning.publishing.upkeep.consents import only_consented
from ringvirkning.web.life.answers import BAD, refused, told
from ringvirkning.web.life.comparing import Area, side_by_side
from ringvirkning.web.life.finding import draft_here
from ringvirkning.web.life.reading import Reading, reading
from ringvirkning.web.life.signed_in import signed_in_person

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST_MISSED = 6


@never_cache
@form_page
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what is missing, ask for the licence, and hand the draft to the editors. Afterwards: what happens next."""
    draft = draft_here(request, key)
    if request.method != "POST":
        return render(request, "web/life/submit.html", _submitting(draft))
    if "agreed" not in request.POST:
        return render(request, "web/life/submit.html", {**_submitting(draft), "not_agreed": True}, status=BAD)
    try:
        moves.submit(draft=draft, person=signed_in_person(request), at=timezone.now())
    except NotReady:
        return render(request, "web/life/submit.html", _submitting(draft), status=BAD)
    except NotAllowed as refusal:
        return refused(request, refusal, draft)
    return redirect("web:submit", draft.key)


def _submitting(draft: Draft) -> dict[str, Any]:
    document = draft_document(draft, at=timezone.now())
    read = reading(draft, document)
    unconfirmed = sum(len(part.unconfirmed) for part in draft.parts.all())
    return {
        "draft": draft,
        "title": title_of(draft),
        "faults": read.faults,
        "missed": _missed(read),
        "fullness": read.fullness,
        "waiting": read.waiting,
        "unconfirmed": unconfirmed,
        "set_aside": draft.set_aside.count(),
    }


def _missed(read: Reading) -> list[Gap]:
    """Return what readers will miss the most, besides what must be mended anyway."""
    must = {fault.place.split(".")[0] for fault in read.faults}
    return [gap for gap in read.gaps if gap.place.split(".")[0] not in must][:MOST_MISSED]


@never_cache
@form_page
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what will change for readers, and publish."""
    draft = draft_here(request, key)
    if not _may(request, Move.PUBLISH, draft):
        return redirect("web:review", draft.key)
    if moves.is_outdated(draft):
        return redirect("web:newer", draft.key)
    if request.method != "POST":
        return render(request, "web/life/publish.html", _publishing(draft))
    try:
        case = moves.publish(draft=draft, person=signed_in_person(request), at=timezone.now())
    except NotReady:
        return render(request, "web/life/publish.html", _publishing(draft), status=BAD)
    except NotAllowed as refusal:
        return refused(request, refusal, draft)
    return told(request, _("Saken er publisert."), "web:case", case.case_id)


def _publishing(draft: Draft) -> dict[str, Any]:
    document = draft_document(draft, at=timezone.now())
    read = reading(draft, document)
    return {
        "draft": draft,
        "title": title_of(draft),
        "faults": read.faults,
        "waiting": read.waiting,
        "areas": _changes(draft, document),
        "address": draft.case.case_id if draft.case else queries.free_case_id(title_of(draft)),
    }


def _changes(draft: Draft, document: dict[str, Any]) -> list[Area]:
    """Return what differs from what readers meet today; empty for a new case, where everything is new."""
    now = queries.case_by_id(draft.case.case_id) if draft.case else None
    return side_by_side(now.revision.document, _as_readers_meet_it(draft, document)) if now and now.revision else []


def _as_readers_meet_it(draft: Draft, document: dict[str, Any]) -> dict[str, Any]:
    """Return the document as it would be stored: only people who have said yes, and numbers in one form."""
    return document_of(presentable(only_consented(document, draft)))


@never_cache
@form_page
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once more, and put the draft away."""
    draft = draft_here(request, key)
    if request.method != "POST":
        may_discard = _may(request, Move.DISCARD, draft)
        title = title_of(draft)
        return render(request, "web/life/discard.html", {"draft": draft, "title": title, "may_discard": may_discard})
    try:
        moves.discard(draft=draft, person=signed_in_person(request), at=timezone.now())
    except NotAllowed as refusal:
        return refused(request, refusal, draft)
    return redirect("web:my-page")


@never_cache
@form_page
def newer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a newer version changed since the draft began, and let the draft build on it."""
    draft = draft_here(request, key)
    if not moves.is_outdated(draft) or draft.case is None:
        return redirect("web:review", draft.key)
    if request.method != "POST":
        return render(request, "web/life/newer.html", _newer(draft))
    try:
        moves.accept_newer(draft=draft, person=signed_in_person(request), at=timezone.now())
    except NotAllowed as refusal:
        return refused(request, refusal, draft)
    said = _("Utkastet bygger nå på den nyeste versjonen. Se en gang til at teksten er slik den skal være.")
    return told(request, said, "web:review", draft.key)


def _newer(draft: Draft) -> dict[str, Any]:
    case = queries.case_by_id(draft.case.case_id) if draft.case else None
    newest = case.revision if case else None
    base = queries.revision(case, draft.base_revision or 0) if case else None
    document = draft_document(draft, at=timezone.now())
    now = newest.document if newest else {}
    return {
        "draft": draft,
        "title": title_of(draft),
        "base": base,
        "newest": newest,
        "changed_there": side_by_side(base.document, now) if base else [],
        "changed_by_us": side_by_side(now, _as_readers_meet_it(draft, document)),
    }


def _may(request: HttpRequest, move: Move, draft: Draft) -> bool:
    return may(move, Stage(draft.state), hats_towards_draft(signed_in_person(request), draft))
