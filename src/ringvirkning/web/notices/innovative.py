"""Innovative notices that can be answered now: the page, and the few next ones that other pages show."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ringvirkning.analysis import terms
from ringvirkning.analysis.queries import innovative_notices
from ringvirkning.web.notices.cards import Card, cards_of
from ringvirkning.web.notices.listing import Asked, Preset, list_page

INNOVATIVE = Preset({"innovation": tuple(map(str, terms.INNOVATIVE))}, "open", "deadline", frozenset({"innovation"}))
# Phases in which there is something to answer.
ANSWERED = ("planning", "dialogue", "competition")


MOST_LISTED = 10_000  # a site map may hold 50,000 addresses; cases and organisations are few


@require_safe
def innovative(request: HttpRequest) -> HttpResponse:
    """Answer with the innovative notices whose deadline has not passed, the nearest deadline first."""
    return list_page(request, "web/notices/innovative.html", INNOVATIVE)


def next_deadlines(today: date, most: int) -> list[Card]:
    """Return the innovative notices with the nearest deadlines; none while the index is being mended."""
    asked = Asked("", {**INNOVATIVE.filters, "phase": ANSWERED}, INNOVATIVE.deadline, INNOVATIVE.sort)
    answer = asked.find(today, limit=most, counted=False)
    return cards_of(answer.hits, today) if answer.ready else []


def innovative_keys() -> list[str]:
    """Return the keys of the newest innovative notices: those worth finding from outside, among millions."""
    return list(innovative_notices().values_list("key", flat=True)[:MOST_LISTED])
