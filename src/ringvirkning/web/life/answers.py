"""Answers that several of these pages give."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ringvirkning.publishing.models import Draft
from ringvirkning.publishing.moves import MovedOn, Outdated
from ringvirkning.publishing.remarks import NotARemark
from ringvirkning.web import errors
from ringvirkning.web.life.words import REMARKS

BAD = 422  # understood, and not possible as it is


def told(request: HttpRequest, words: str, page: str, *args: object) -> HttpResponse:
    """Go to a page that says this first."""
    messages.info(request, words)
    return redirect(page, *args)


def refused(request: HttpRequest, refusal: Exception, draft: Draft) -> HttpResponse:
    """Say why a move of a draft was not made, and lead on."""
    if isinstance(refusal, Outdated):
        return redirect("web:newer", draft.key)
    if isinstance(refusal, MovedOn):
        return told(request, _("Noen andre rakk det før deg. Slik er saken nå."), "web:review", draft.key)
    return errors.not_yours(request)


def asked_again(
    request: HttpRequest, template: str, shown: dict[str, Any], refusal: NotARemark, typed: str
) -> HttpResponse:
    """Show the form again with what was typed and what is wrong with it."""
    return render(request, template, {**shown, "fault": remark_words(refusal), "typed": typed}, status=BAD)


def remark_words(refusal: NotARemark) -> str:
    """Return what is wrong with a reason or a comment, in words."""
    return str(REMARKS[refusal.code]) % {"most": refusal.most}
