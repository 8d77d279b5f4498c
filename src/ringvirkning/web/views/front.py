"""The front page: one question, and what the library can answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.search.find import MOST, find
from ringvirkning.sources.casefile.terms import BUYERS, FigureKind
from ringvirkning.sources.tables import themes
from ringvirkning.web import places
from ringvirkning.web.notices.innovative import next_deadlines
from ringvirkning.web.saying import measured_benefits
from ringvirkning.web.standouts import measured_then_possible

# Needs as people say them. Each is answered by the seed library; tests/journeys asks them all.
EXAMPLES = (
    _("eldre faller hjemme om natta"),
    _("kjelleren står under vann når det regner"),
    _("bråk og eksos fra byggeplassen"),
    _("lærerne mangler utstyr"),
    _("pasienter glemmer medisinen"),
    _("pårørende får ikke vite hva som skjer"),
)
NEWEST, FULLEST = 5, 3
MOST_DEADLINES = 4
WITH_FIGURES = {"figure": (FigureKind.REALISED, FigureKind.POTENTIAL)}


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Answer with the question, the themes, figures that matter, and cases to begin with."""
    fullest = find(sort="fullness", limit=FULLEST, with_reasons=False)
    newest = find(sort="year", limit=NEWEST, with_reasons=False)
    told = find(filters=WITH_FIGURES, sort="fullness", limit=MOST, with_reasons=False)
    theme_counts = fullest.counts.get("theme", {})
    context = {
        "examples": EXAMPLES,
        "total": fullest.total,
        "fullest": fullest.hits,
        "newest": newest.hits,
        "strong": measured_then_possible(told.hits),
        "measured": sum(bool(measured_benefits(hit.case_file)) for hit in told.hits) if told.ready else None,
        "themes": [(theme, theme_counts.get(theme, 0)) for theme in themes()] if fullest.ready else [],
        "buyers": buyer_count(),
        "map": small_map(),
        "deadlines": next_deadlines(timezone.localdate(), MOST_DEADLINES),
    }
    return render(request, "web/front.html", context)


def buyer_count() -> int:
    """Return how many named public bodies buy in at least one case."""
    with_cases = queries.organisations_with_cases().filter(parts__role__in=BUYERS)
    return with_cases.order_by().values("pk").distinct().count()


def small_map() -> dict[str, object]:
    """Return the country and the points where there are cases, as the drawing writes them."""
    points = dict.fromkeys(queries.all_cases().order_by("-lat").values_list("lat", "lon"))
    placed = [(lat, lon) for lat, lon in points if lat is not None and lon is not None]
    return {"box": places.View().box, "land": places.small_land(), "points": [places.point(*one) for one in placed]}
