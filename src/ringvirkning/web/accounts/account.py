"""One's own account: who I am, how I sign in, for whom I speak, what is kept about me, and the way out."""

import json
from datetime import UTC, datetime

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ringvirkning.catalogue.queries import names_of_organisations
from ringvirkning.ledger.models import Entry
from ringvirkning.ledger.operations import record
from ringvirkning.needs.queries import kept_about as needs_kept_about
from ringvirkning.people import joining, operations
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.queries import invitations_to, letters_to, memberships_of, proven_addresses
from ringvirkning.people.terms import MemberRole, MembershipState
from ringvirkning.publishing.queries import kept_about
from ringvirkning.web.accounts.closing import close_account
from ringvirkning.web.accounts.forms import Profile
from ringvirkning.web.accounts.visitor import me


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; a POST changes name and language, or leaves an organisation."""
    person = me(request)
    if "leave" in request.POST:
        return leave(request, person)
    before = {"name": person.name, "language": person.language}
    form = Profile(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        operations.change_profile(person=person, at=datetime.now(UTC), record=record, **form.cleaned_data)
        messages.success(request, _("Endringene er lagret."))
        return redirect("web:account")
    context = {
        "form": form,
        "memberships": with_organisations(person),
        "second_factor": is_mfa_enabled(person),
        "provider": settings.OIDC_NAME if settings.OIDC_SERVER else "",
    }
    return render(request, "web/account/account.html", context)


def leave(request: HttpRequest, person: Person) -> HttpResponse:
    """End one of the person's own memberships."""
    mine = memberships_of(person).filter(organisation=request.POST["leave"]).first()
    if mine is not None:
        try:
            joining.end_membership(membership=mine, by=person, at=datetime.now(UTC), record=record)
            messages.success(request, _("Du er ikke lenger med i virksomheten."))
        except operations.LastAdministrator:
            messages.error(request, _("Du er den eneste administratoren. Gjør en kollega til administrator først."))
    return redirect("web:account")


def with_organisations(person: Person) -> list[dict[str, object]]:
    """Return the person's memberships with their organisations and what can be done with them."""
    memberships = list(memberships_of(person))
    known = names_of_organisations(one.organisation for one in memberships)
    return [
        {
            "membership": one,
            "name": known[one.organisation],
            "asked": one.state == MembershipState.ASKED,
            "keeps": (one.state, one.role) == (MembershipState.ACTIVE, MemberRole.ADMINISTRATOR),
        }
        for one in memberships
        if one.organisation in known
    ]


@never_cache
@require_safe
def kept_data(request: HttpRequest) -> HttpResponse:
    """Answer with everything kept about the person, as a file."""
    body = json.dumps(what_we_keep(me(request)), ensure_ascii=False, indent=2, default=str)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mine-opplysninger.json"'
    return answer


def what_we_keep(person: Person) -> dict[str, object]:
    """Return what is kept about a person. Secrets (password, codes) are named, never shown."""
    entries = Entry.objects.filter(person=person).order_by("pk")
    theirs = proven_addresses(person)
    return {
        "account": {
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "role": person.programme_role,
            "joined": person.joined,
            "last_sign_in": person.last_login,
            "has_password": person.has_usable_password(),
            "second_factor": is_mfa_enabled(person),
        },
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified")),
        "other_sign_in": list(SocialAccount.objects.filter(user=person).values("provider", "uid", "extra_data")),
        "organisations": list(
            Membership.objects.filter(person=person).values("organisation", "role", "state", "since")
        ),
        "invitations": list(invitations_to(theirs).values("organisation", "role", "made", "accepted", "withdrawn")),
        "letters": list(letters_to(theirs).values("kind", "subject", "made", "sent")),
        **kept_about(person, theirs),
        **needs_kept_about(person),
        "acts": list(entries.values("at", "verb", "subject_kind", "subject", "detail")),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """Ask once more; a POST deletes the account."""
    if request.method != "POST":
        return render(request, "web/account/delete.html")
    try:
        close_account(person=me(request), at=datetime.now(UTC), record=record)
    except operations.LastAdministrator:
        messages.error(request, _("Du er den eneste administratoren for biblioteket. Gi rollen til en annen først."))
        return redirect("web:account")
    logout(request)
    messages.success(request, _("Brukeren din er slettet."))
    return redirect("web:front")
