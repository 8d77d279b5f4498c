"""The page an invitation leads to."""

from datetime import UTC, datetime
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.queries import organisation_by_slug
from ringvirkning.ledger.operations import record
from ringvirkning.people import joining, operations
from ringvirkning.people.models import Invitation, Person
from ringvirkning.people.queries import has_verified, invitation_by_digest, person_by_email
from ringvirkning.web.accounts.forms import NewColleague


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Say who invites to what; a POST accepts."""
    asked = invitation_by_digest(joining.digest_of(secret))
    if asked is None or asked.accepted or asked.withdrawn or asked.expires <= datetime.now(UTC):
        return not_open(request)
    try:
        return answer(request, asked)
    except (joining.NotOpen, operations.AlreadyThere, IntegrityError):
        # Somebody was faster, most likely the same person in another window.
        return not_open(request)


def answer(request: HttpRequest, asked: Invitation) -> HttpResponse:
    """Answer by who is asking: the invited person, somebody else, or a visitor with or without an account."""
    if isinstance(request.user, Person):
        return as_myself(request, asked, request.user)
    if person_by_email(asked.email):
        return show(request, asked, "sign_in")
    form = NewColleague(request.POST if request.method == "POST" else None, email=asked.email)
    if not form.is_valid():
        return show(request, asked, "new", form=form)
    person = joining.accept_as_new(
        invitation=asked,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["password"],
        language=get_language() or "nb",
        at=datetime.now(UTC),
        record=record,
    )
    get_adapter().login(request, person)
    return joined(request)


def as_myself(request: HttpRequest, asked: Invitation, person: Person) -> HttpResponse:
    """Answer somebody who is signed in."""
    if not has_verified(person, asked.email):
        return show(request, asked, "other")
    if request.method != "POST":
        return show(request, asked, "accept")
    joining.accept_invitation(invitation=asked, person=person, at=datetime.now(UTC), record=record)
    return joined(request)


def joined(request: HttpRequest) -> HttpResponse:
    """Lead on."""
    messages.success(request, _("Velkommen! Nå kan du dele saker."))
    return redirect(get_adapter().get_login_redirect_url(request))


def show(request: HttpRequest, asked: Invitation, way: str, **more: object) -> HttpResponse:
    """Show the invitation with one way to answer it."""
    organisation = organisation_by_slug(asked.organisation)
    context = {"invitation": asked, "organisation": organisation, "way": way, **more}
    return render(request, "web/account/invitation.html", context)


def not_open(request: HttpRequest) -> HttpResponse:
    """Say that the link no longer works. The same for every reason: a stranger learns nothing by guessing."""
    return render(request, "web/account/invitation_closed.html", status=HTTPStatus.NOT_FOUND)
