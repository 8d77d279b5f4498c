"""The door: no view runs before the table of roles has said yes."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from ringvirkning.people.queries import role_of
from ringvirkning.people.terms import Role
from ringvirkning.web import errors
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
            return None
        if role is Role.VISITOR and roles:
            return redirect_to_login(request.get_full_path())
        return errors.not_yours(request) if roles else errors.not_found(request)
