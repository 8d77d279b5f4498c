"""People with an account, for administrators: who they are, what they may do, and closing an account."""

from functools import partial

from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.ledger.operations import record
from ringvirkning.people.models import Membership, Person
from ringvirkning.people.operations import LastAdministrator, give_role
from ringvirkning.people.queries import everybody
from ringvirkning.people.terms import MembershipState, ProgrammeRole
from ringvirkning.web.accounts.closing import close_account
from ringvirkning.web.desk import reads, words
from ringvirkning.web.desk.pages import desk_page, done, editor
from ringvirkning.web.desk.tables import Cell, Choice, Column, Link, alphabetical, table
from ringvirkning.web.templatetags.rv import day


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people_page(request: HttpRequest) -> HttpResponse:
    """Answer with everybody who has an account; change what one may do for the programme."""
    if request.method == "POST":
        return _give_role(request)
    asked = request.GET.get("navn", "").strip()[:150]
    found = [one for one in everybody() if asked.lower() in f"{one.name} {one.email}".lower()]
    columns = [
        Column("navn", gettext_lazy("Navn"), alphabetical(lambda one: one.name)),
        Column("virksomheter", gettext_lazy("Virksomheter")),
        Column("faktor", gettext_lazy("To trinn ved innlogging"), lambda one: one.pk in safer),
        Column("sett", gettext_lazy("Sist innlogget"), lambda one: str(one.last_login or ""), short=True),
        Column("rolle", gettext_lazy("Rolle i programmet"), lambda one: one.programme_role),
        Column("gjor", gettext_lazy("Gjør noe")),
    ]
    safer = set(Authenticator.objects.exclude(type="recovery_codes").values_list("user_id", flat=True))
    slugs = reads.organisation_names(one.organisation for person in found for one in person.memberships.all())
    cells = partial(_cells, safer=safer, names=slugs, here=editor(request))
    made = table(request, _("Alle som har en konto"), columns, found, cells, first="navn")
    return desk_page(request, "people", _("Brukere"), tables=[made] if made.total else [], asked=asked)


def _cells(person: Person, *, safer: set[int], names: dict[str, str], here: Person) -> list[Cell]:
    active = [one for one in person.memberships.all() if one.state == MembershipState.ACTIVE]
    close = Link(_("Lukk kontoen"), reverse("web:desk-close-account", args=[person.pk]), person.name)
    return [
        Cell(person.name, remark=person.email, tag=_("Demonstrasjon") if person.demonstration else ""),
        Cell(", ".join(_membership(one, names) for one in active) or _("Ingen")),
        Cell(_("Ja") if person.pk in safer else _("Nei")),
        Cell(day(localdate(person.last_login)) if person.last_login else _("Aldri")),
        Cell(choice=_role_choice(person)),
        Cell(links=() if person == here else (close,)),
    ]


def _role_choice(person: Person) -> Choice:
    options = tuple(words.PROGRAMME_ROLES.items())
    return Choice("rolle", _("Rolle"), person.name, options, person.programme_role, {"bruker": str(person.pk)})


def _membership(one: Membership, names: dict[str, str]) -> str:
    role = words.MEMBER_ROLES.get(one.role, one.role)
    return f"{names.get(one.organisation, one.organisation)} ({role})"


def _give_role(request: HttpRequest) -> HttpResponse:
    person, role = _asked_for(request.POST.get("bruker", "")), request.POST.get("rolle", "")
    if role not in set(ProgrammeRole):
        raise Http404
    try:
        give_role(person=person, role=ProgrammeRole(role), by=editor(request), at=now(), record=record)
    except LastAdministrator:
        return done(
            request, _("Noen må være administrator. Gi rollen til en annen først."), "web:desk-people", ok=False
        )
    said = _("%(name)s har nå rollen: %(role)s.") % {"name": person.name, "role": words.PROGRAMME_ROLES[role]}
    # Whoever gives their own role away can no longer open this page.
    return done(request, said, "web:desk-people" if person != editor(request) else "web:account")


def _asked_for(number: str) -> Person:
    person = everybody().filter(pk=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if person is None:
        raise Http404
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close_page(request: HttpRequest, number: int) -> HttpResponse:
    """Ask before an account is closed, and close it."""
    person, by = _asked_for(str(number)), editor(request)
    if person == by:
        return redirect("web:account")
    if request.method != "POST":
        return desk_page(
            request, "close_account", _("Lukk kontoen til %(name)s") % {"name": person.name}, person=person
        )
    name = person.name

    def written_by(**told: object) -> object:
        return record(**{**told, "person": by})  # type: ignore[arg-type]

    try:
        close_account(person=person, at=now(), record=written_by)
    except LastAdministrator:
        return done(
            request, _("Noen må være administrator. Gi rollen til en annen først."), "web:desk-people", ok=False
        )
    return done(request, _("Kontoen til %(name)s er lukket.") % {"name": name}, "web:desk-people")
