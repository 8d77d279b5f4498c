"""The door: no view runs before the table of roles has said yes."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ringvirkning.people.queries import role_of
from ringvirkning.people.terms import Role
from ringvirkning.web import errors
from ringvirkning.web.accounts import second_factor
from ringvirkning.web.permissions import WHO_MAY
from ringvirkning.web.roles import EVERYONE

Next = Callable[[HttpRequest], HttpResponse]


class Guard:
    """Middleware that opens an address to the roles in the table and to nobody else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """Let the view run, or answer in its place."""
        match = request.resolver_match
        roles = WHO_MAY.get(match.view_name if match else "", frozenset())
        if roles == EVERYONE:  # asked first: then nobody's session is read for a page that is the same for all
            return None
        role = role_of(request.user)
        if role in roles:
            # An editor may do more than others on the same pages, so only one's own account opens without it.
            stronger = Role.SIGNED_IN not in roles and second_factor.is_missing(request.user)
            return ask_for_second_factor(request) if stronger else None
        if role is Role.VISITOR and roles:
            return redirect_to_login(request.get_full_path())
        return errors.not_yours(request) if roles else errors.not_found(request)


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Send somebody whose role needs a second factor to where they get one, and say why."""
    messages.info(request, _("Rollen din krever innlogging i to trinn. Slå det på her, så kommer du videre."))
    return redirect("mfa_index")
