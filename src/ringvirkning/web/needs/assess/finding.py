"""Finding solutions for an assessment, and putting them on its shortlist."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ringvirkning.needs import operations
from ringvirkning.needs.answers import Item
from ringvirkning.needs.assessment import Adjusted, Told
from ringvirkning.needs.shortlist import Name
from ringvirkning.needs.statement.reading import NeedReading
from ringvirkning.needs.statement.refusals import Refused
from ringvirkning.needs.terms import Certainty
from ringvirkning.web.needs.assess.asking import answers_to, reading, reading_of
from ringvirkning.web.needs.assess.opened import Work, opened
from ringvirkning.web.needs.assess.shortlist import name_in
from ringvirkning.web.needs.assess.things import Thing, approach_said, solution_of, thing_of, things
from ringvirkning.web.sentences import in_words

LONGEST_SEARCH = 2_000


@dataclass(frozen=True)
class Found:
    """A thing found, and whether it is on the shortlist already."""

    item: Item
    thing: Thing
    kept: bool

    @property
    def name(self) -> str:
        """Return its name in a form."""
        return f"{self.item.kind}:{self.item.key}"

    @property
    def approach(self) -> str:
        """Return the kind of solution it tells most of."""
        return self.item.approaches[0] if self.item.approaches else ""


class Kind(NamedTuple):
    """A kind of solution with what was found of it."""

    label: str
    found: list[Found]
    is_close: bool


@never_cache
@require_safe
def find(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what answers the need, or other words, with a button to keep each."""
    work = opened(request, key)
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    try:
        read = _reading(work, asked)
    except Refused as refusal:
        messages.error(request, in_words(refusal.sentence))
        return redirect("web:assessment-find", key)
    answers = answers_to(read, work.organisation)
    on_it: set[Name] = {(one.kind, one.key) for one in work.content.solutions}
    groups = [
        Kind(approach_said(one.approach), [_found(item, on_it) for item in one.items], one.is_close)
        for one in answers.groups
    ]
    close = [one for one in groups if one.is_close] or groups[:1]
    further = [one for one in groups if one not in close]
    context = {"work": work, "q": asked, "close": close, "further": further}
    context["sure"] = answers.certainty == Certainty.FOUND
    return render(request, "web/needs/assess/find.html", {**context, "ready": answers.ready})


def _reading(work: Work, asked: str) -> NeedReading:
    return reading(asked, Told(), Adjusted()) if asked else reading_of(work.content)


def _found(item: Item, on_it: set[Name]) -> Found:
    return Found(item, thing_of(item), (item.kind, item.key) in on_it)


@never_cache
@require_POST
def keep(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put a case or notice on the shortlist, and go back to what was found."""
    work = opened(request, key)
    name = name_in(request.POST.get("name", ""))
    thing = things([name]).get(name) if name else None
    if thing is None:
        messages.error(request, _("Saken eller kunngjøringen finnes ikke lenger. Søk på nytt, og velg en annen."))
    else:
        solution = solution_of(thing, request, timezone.localdate(work.now), request.POST.get("approach", ""))
        operations.keep_solution(assessment=work.row, solution=solution, person=work.person, at=work.now)
        messages.success(request, _("«%(title)s» står på kortlisten.") % {"title": thing.title})
    asked = request.POST.get("q", "")[:LONGEST_SEARCH]
    return redirect(reverse("web:assessment-find", args=[key]) + (f"?{urlencode({'q': asked})}" if asked else ""))
