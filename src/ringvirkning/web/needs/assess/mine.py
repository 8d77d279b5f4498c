"""The list of a person's assessments: their own, those shared with them, and their organisations' open needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.queries import last_change, names_of_organisations
from ringvirkning.needs.models import AssessmentRow
from ringvirkning.needs.queries import assessment_by_key, assessments_of, open_needs, seen_by
from ringvirkning.needs.whatsnew import News
from ringvirkning.people.models import Person
from ringvirkning.people.queries import organisations_of
from ringvirkning.web.life.signed_in import signed_in_person
from ringvirkning.web.needs.assess.asking import news_of

MOST_LOOKED_AT = 12  # assessments whose news are counted: each takes a search


@dataclass(frozen=True)
class Listed:
    """An assessment in the list. ``new`` is how much is new since the person looked; None when it was not counted."""

    row: AssessmentRow
    organisation: str
    new: int | None = None


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Answer with the list."""
    person = signed_in_person(request)
    rows = list(assessments_of(person))
    organisations = organisations_of(person)
    theirs = open_needs().filter(organisation__in=organisations).exclude(pk__in=[row.pk for row in rows])
    listed = _listed(rows, person)
    context = {
        "own": [one for one in listed if one.row.owner_id == person.pk],
        "shared": [one for one in listed if one.row.owner_id != person.pk],
        "open_here": _listed(theirs, None),
        "belongs": bool(organisations),
    }
    return render(request, "web/needs/assess/mine.html", context)


def _listed(rows: Iterable[AssessmentRow], person: Person | None) -> list[Listed]:
    held = list(rows)
    names = names_of_organisations({row.organisation for row in held if row.organisation})
    return [
        Listed(row, names.get(row.organisation, row.organisation), _new(row, person, place))
        for place, row in enumerate(held)
    ]


def _new(row: AssessmentRow, person: Person | None, place: int) -> int | None:
    """Return how much is new since a person last looked at an assessment."""
    if person is None or place >= MOST_LOOKED_AT:
        return None
    since = seen_by(row, person).newest
    whole = assessment_by_key(row.key) if since < last_change() else None
    return count_of(news_of(whole, since)) if whole else 0


def count_of(news: News) -> int:
    """Return how many things are new."""
    return len(news.new) + len(news.changed) + len(news.moved) + len(news.open_needs)
