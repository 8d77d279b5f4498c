"""Who sees an assessment: its organisation, named colleagues, and the way out for one of them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.queries import names_of_organisations
from ringvirkning.needs import operations
from ringvirkning.needs.operations import Refused
from ringvirkning.needs.queries import colleagues_to_share_with, readers_of
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.sentences import in_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show who sees it, or change that."""
    work = opened(request, key)
    if request.method == "POST":
        return _changed(request, work)
    context = {
        "work": work,
        "readers": readers_of(work.row),
        "colleagues": colleagues_to_share_with(work.row) if work.owns else [],
        "organisations": sorted(names_of_organisations(organisations_of(work.person)).items()),
    }
    return render(request, "web/needs/assess/sharing.html", context)


def _changed(request: HttpRequest, work: Work) -> HttpResponse:
    verb, _colon, _rest = request.POST.get("do", "").partition(":")
    act = ACTS.get(verb)
    if act is None:
        return redirect("web:assessment-sharing", work.row.key)
    try:
        messages.success(request, act(request, work))
    except Refused as refusal:
        messages.error(request, in_words(refusal.words, refusal.values))
    left = verb == "stop" and _person_meant(request) == work.person
    return redirect("web:assessments") if left else redirect("web:assessment-sharing", work.row.key)


def _share(request: HttpRequest, work: Work) -> str:
    number = request.POST.get("colleague", "")
    meant = next((one for one in colleagues_to_share_with(work.row) if str(one.pk) == number), None)
    if meant is None:
        raise Refused("not_a_colleague" if work.row.organisation else "no_organisation")
    operations.share_with(assessment=work.row, colleague=meant, person=work.person, at=work.now)
    return _("%(name)s kan nå lese og skrive i behovsutredningen.") % {"name": meant.name}


def _stop(request: HttpRequest, work: Work) -> str:
    meant = _person_meant(request)
    reader = readers_of(work.row).filter(person=meant).first() if meant else None
    if meant is None or reader is None:
        return _("Behovsutredningen deles ikke lenger med denne personen.")
    operations.stop_sharing(assessment=work.row, colleague=meant, person=work.person, at=work.now)
    return _("%(name)s ser ikke lenger behovsutredningen.") % {"name": meant.name}


def _move(request: HttpRequest, work: Work) -> str:
    organisation = request.POST.get("organisation", "")
    operations.belong_to(assessment=work.row, organisation=organisation, person=work.person, at=work.now)
    return _("Behovsutredningen hører nå til virksomheten. Nå kan du dele den med kolleger.")


def _person_meant(request: HttpRequest) -> Person | None:
    number = request.POST.get("do", "").partition(":")[2]
    return (
        Person.objects.filter(pk=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 19
        else None
    )


ACTS: dict[str, Callable[[HttpRequest, Work], str]] = {"share": _share, "stop": _stop, "move": _move}
