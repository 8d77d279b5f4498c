"""An organisation's people: who is there, who is invited, who asks to come in."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import organisation_by_slug
from ringvirkning.ledger.operations import record
from ringvirkning.people import joining
from ringvirkning.people.letters import link_to
from ringvirkning.people.models import Membership
from ringvirkning.people.operations import LastAdministrator
from ringvirkning.people.queries import may_keep, members_of, open_invitations
from ringvirkning.people.terms import MemberRole, MembershipState
from ringvirkning.web.accounts.forms import Invite
from ringvirkning.web.accounts.visitor import me

Act = Callable[[HttpRequest, Organisation], None]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the people; a POST does one thing (``do``) to one of them."""
    organisation = organisation_by_slug(slug)
    if organisation is None or not may_keep(request.user, slug):
        raise Http404
    form = Invite(request.POST if request.POST.get("do") == "invite" else None)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act:
            act(request, organisation)
        elif form.is_valid():
            invite(request, organisation, form)
        if act or form.is_valid():
            return redirect("web:organisation-people", slug)
    return render(request, "web/account/people.html", shown(organisation, form))


def shown(organisation: Organisation, form: Invite) -> dict[str, object]:
    """Return what the page tells."""
    members = list(members_of(organisation.slug))
    return {
        "organisation": organisation,
        "form": form,
        "asking": [one for one in members if one.state == MembershipState.ASKED],
        "members": [one for one in members if one.state == MembershipState.ACTIVE],
        "invitations": open_invitations(organisation.slug, at=datetime.now(UTC)),
    }


def invite(request: HttpRequest, organisation: Organisation, form: Invite) -> None:
    """Write to a colleague."""
    given = form.cleaned_data
    try:
        joining.invite(
            email=given["email"],
            role=MemberRole(given["role"]),
            organisation=organisation.slug,
            organisation_name=organisation.name,
            by=me(request),
            address=lambda secret, language: link_to("web:invitation", secret, language=language),
            at=datetime.now(UTC),
            record=record,
        )
    except joining.AlreadyMember:
        messages.info(request, _("%(email)s er allerede med.") % given)
    except joining.TooMany:
        messages.error(request, _("Dere har mange ubesvarte invitasjoner. Trekk tilbake noen av dem først."))
    else:
        messages.success(request, _("Vi har sendt en invitasjon til %(email)s.") % given)


def withdraw(request: HttpRequest, organisation: Organisation) -> None:
    """Take an invitation back."""
    waiting = open_invitations(organisation.slug, at=datetime.now(UTC))
    invitation = get_object_or_404(waiting, pk=_number(request, "invitation"))
    joining.withdraw_invitation(invitation=invitation, by=me(request), at=datetime.now(UTC), record=record)
    messages.success(request, _("Invitasjonen er trukket tilbake."))


def answer(yes: bool) -> Act:
    """Return the act of saying yes, or no, to somebody who asks to come in."""

    def act(request: HttpRequest, organisation: Organisation) -> None:
        joining.decide(
            membership=_member(request, organisation, MembershipState.ASKED),
            yes=yes,
            by=me(request),
            organisation_name=organisation.name,
            address=lambda language: link_to("web:account", language=language),
            at=datetime.now(UTC),
            record=record,
        )
        messages.success(request, _("Svaret er sendt."))

    return act


def make(role: MemberRole) -> Act:
    """Return the act of giving a member a role."""

    def act(request: HttpRequest, organisation: Organisation) -> None:
        member = _member(request, organisation, MembershipState.ACTIVE)
        _unless_last(
            request,
            lambda: joining.change_role(
                membership=member, role=role, by=me(request), at=datetime.now(UTC), record=record
            ),
            _("Rollen er endret."),
        )

    return act


def remove(request: HttpRequest, organisation: Organisation) -> None:
    """End a membership."""
    member = _member(request, organisation, MembershipState.ACTIVE)
    _unless_last(
        request,
        lambda: joining.end_membership(membership=member, by=me(request), at=datetime.now(UTC), record=record),
        _("%(name)s er ikke lenger med.") % {"name": member.person.name},
    )


def _unless_last(request: HttpRequest, act: Callable[[], None], done: str) -> None:
    try:
        act()
    except LastAdministrator:
        messages.error(request, _("Du er den eneste administratoren. Gjør en kollega til administrator først."))
    else:
        messages.success(request, done)


def _member(request: HttpRequest, organisation: Organisation, state: MembershipState) -> Membership:
    """Return the member meant, who must be of this organisation: a number from elsewhere is not found."""
    here = members_of(organisation.slug).filter(state=state)
    return get_object_or_404(here, pk=_number(request, "member"))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


ACTS: dict[str, Act] = {
    "withdraw": withdraw,
    "yes": answer(True),
    "no": answer(False),
    "remove": remove,
    "administrator": make(MemberRole.ADMINISTRATOR),
    "contributor": make(MemberRole.CONTRIBUTOR),
}
