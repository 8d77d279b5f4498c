"""The answer for a case that has been withdrawn: it was here, it is not any more, and this is why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ringvirkning.catalogue.models import Case
from ringvirkning.publishing.hats import hats_towards_case
from ringvirkning.publishing.life import Move, Stage, moves_open_to
from ringvirkning.web.life.signed_in import person_here

GONE = 410


def gone(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer 410 with the reason. Whoever may bring the case back gets a way to do so."""
    person = person_here(request)
    moves = moves_open_to(Stage(case.standing), hats_towards_case(person, case)) if person else []
    # Neither title nor organisation: what was withdrawn may be withdrawn because of them.
    shown = {"case": case, "may_restore": Move.RESTORE in moves}
    return render(request, "web/life/withdrawn.html", shown, status=GONE)
