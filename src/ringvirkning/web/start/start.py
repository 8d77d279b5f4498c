"""The page where sharing begins: choose how."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.terms import Standing
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of
from ringvirkning.publishing.drafts import start_draft
from ringvirkning.publishing.terms import DraftState
from ringvirkning.sources.casefile.terms import BUYERS
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.start.whose import whose

FIRST_STEP = "behov"
MOST_CASES = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Answer with the ways to begin, or begin with a blank page."""
    person = signed_in_person(request)
    asked = whose(request, person)
    if not (asked.mine or asked.edits):
        return render(request, "web/start/outside.html")
    if asked.chosen is not None:
        language = person.language if person.language in {"nb", "nn"} else "nb"
        draft = start_draft(organisation=asked.chosen, person=person, at=timezone.now(), languages=language)
        return redirect("web:share-step", draft.key, FIRST_STEP)
    return render(request, "web/start/start.html", {"whose": asked, "cases": _shared_by(person)})


def _shared_by(person: Person) -> list[Case]:
    """Return the cases this person may write a new version of because their organisation shared or bought them."""
    slugs = organisations_of(person)
    if not slugs:
        return []
    met = Case.objects.exclude(standing=Standing.WITHDRAWN)
    bought = met.filter(parties__organisation__slug__in=slugs, parties__role__in=BUYERS)
    shared = met.filter(drafts__organisation__in=slugs, drafts__state=DraftState.PUBLISHED)
    return list((bought | shared).distinct().order_by("title")[:MOST_CASES])
