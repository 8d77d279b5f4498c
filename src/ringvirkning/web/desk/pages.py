"""What every page of the desk shares: its own menu, and no memory of it in the browser."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ringvirkning.people.models import Person
from ringvirkning.people.queries import is_administrator

MENU = (
    ("desk", _("Oversikt")),
    ("desk-queue", _("Køen")),
    ("desk-old", _("Gamle saker")),
    ("desk-thin", _("Tynne saker")),
    ("desk-links", _("Døde lenker")),
    ("desk-stopped", _("Stoppet")),
    ("desk-missed", _("Savnet")),
    ("desk-words", _("Ordlisten")),
    ("desk-themes", _("Temaer")),
    ("desk-organisations", _("Virksomheter")),
    ("desk-people", _("Brukere")),
    ("desk-events", _("Hendelser")),
)


def desk_page(
    request: HttpRequest, template: str, heading: str | Promise, *, status: int = 200, **told: object
) -> HttpResponse:
    """Answer with a page of the desk."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    menu = [
        (reverse(f"web:{name}"), label, name == here)
        for name, label in MENU
        if name != "desk-people" or is_administrator(request.user)
    ]
    return render(request, f"web/desk/{template}.html", {"heading": heading, "menu": menu, **told}, status=status)


def editor(request: HttpRequest) -> Person:
    """Return who is at the desk. The door has let nobody else in."""
    if not isinstance(request.user, Person):  # pragma: no cover - the door stands before
        raise TypeError("nobody is signed in")
    return request.user


def done(request: HttpRequest, said: str, page: str, *, ok: bool = True) -> HttpResponse:
    """Say what was done, or why not, and show a page."""
    messages.add_message(request, messages.SUCCESS if ok else messages.WARNING, said)
    return redirect(page)
