"""Finding the organisation one works for, and joining it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.models import Organisation
from ringvirkning.catalogue.queries import find_organisations, organisation_by_slug
from ringvirkning.ledger.operations import record
from ringvirkning.people import joining, rules
from ringvirkning.people.letters import link_to
from ringvirkning.people.models import Person
from ringvirkning.people.queries import has_verified
from ringvirkning.people.terms import MembershipState
from ringvirkning.web.accounts.visitor import me

LONGEST_NAME = 200  # characters of a name we look up


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Show the organisations the person may mean; a POST joins one, or asks to."""
    person = me(request)
    if request.method == "POST":
        return ask(request, person)
    q = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_NAME]
    own = own_organisations(person)
    found = [one for one in find_organisations(q) if one not in own] if q else []
    return render(request, "web/account/join.html", {"q": q, "own": own, "found": found})


def own_organisations(person: Person) -> list[Organisation]:
    """Return the organisations whose own domain the person's verified address stands in."""
    if not has_verified(person, person.email):
        return []
    with_pages = Organisation.objects.exclude(web="").only("slug", "name", "web")
    return [one for one in with_pages if rules.belongs(person.email, one.web)]


def ask(request: HttpRequest, person: Person) -> HttpResponse:
    """Join, or ask to."""
    organisation = organisation_by_slug(request.POST.get("organisation", ""))
    if organisation is None:
        raise Http404
    membership = joining.ask_to_join(
        person=person,
        organisation=organisation.slug,
        organisation_name=organisation.name,
        web=organisation.web,
        address=lambda language: link_to("web:account", language=language),
        people_address=lambda language: link_to("web:organisation-people", organisation.slug, language=language),
        at=datetime.now(UTC),
        record=record,
    )
    if membership.state == MembershipState.ACTIVE:
        messages.success(request, _("Nå er du med i %(name)s.") % {"name": organisation.name})
    else:
        messages.info(request, _("Vi har spurt %(name)s. Du får et brev når de svarer.") % {"name": organisation.name})
    return redirect("web:account")
