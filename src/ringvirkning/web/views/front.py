"""The front page: one question, and what the library can answer."""

from dataclasses import dataclass
from math import cos, radians

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.search.casedoc import BUYERS
from ringvirkning.search.find import Hit, find
from ringvirkning.sources.casefile.model import Figure
from ringvirkning.sources.casefile.terms import Effect, FigureKind, Per, Unit
from ringvirkning.sources.tables import themes
from ringvirkning.web.saying import measured_benefits

# Needs as people say them. Each is answered by the seed library; tests/journeys asks them all.
EXAMPLES = (
    _("eldre faller hjemme om natta"),
    _("kjelleren står under vann når det regner"),
    _("bråk og eksos fra byggeplassen"),
    _("lærerne mangler utstyr"),
    _("pasienter glemmer medisinen"),
    _("pårørende får ikke vite hva som skjer"),
)
MOST_MEASURED = 3
YEARS = {Per.FOUR_YEARS: 4, Per.TEN_YEARS: 10}


@dataclass(frozen=True)
class Strong:
    """A figure worth the front page, with the case it comes from."""

    hit: Hit
    figure: Figure


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Answer with the question, the themes, figures that matter, and cases to begin with."""
    everything = find(sort="fullness", limit=3)
    newest = find(sort="year", limit=5)
    measured = find(filters={"figure": (FigureKind.REALISED,)}, sort="fullness", limit=100)
    possible = find(filters={"figure": (FigureKind.POTENTIAL,)}, sort="fullness", limit=100)
    theme_counts = everything.counts.get("theme", {})
    context = {
        "examples": EXAMPLES,
        "total": everything.total,
        "fullest": everything.hits,
        "newest": newest.hits,
        "strong": strong_figures(measured.hits, possible.hits),
        "measured": sum(bool(measured_benefits(hit.case_file)) for hit in measured.hits) if measured.ready else None,
        "themes": [(theme, theme_counts.get(theme, 0)) for theme in themes()] if everything.ready else [],
        "buyers": buyer_count(),
        "dots": dots(),
    }
    return render(request, "web/front.html", context)


def strong_figures(measured: list[Hit], possible: list[Hit]) -> list[Strong]:
    """Return measured benefits first, one a case, and last the largest possible saving among the other cases.

    They are shown beside each other and never added up.
    """
    strong = [Strong(hit, figures[0]) for hit in measured if (figures := measured_benefits(hit.case_file))]
    strong = strong[:MOST_MEASURED]
    taken = {one.hit.case.case_id for one in strong}
    savings = [
        Strong(hit, figure)
        for hit in possible
        for figure in hit.case_file.figures
        if hit.case.case_id not in taken and _is_possible_saving(figure)
    ]
    return strong + sorted(savings, key=lambda one: -_kroner_a_year(one.figure))[:1]


def _is_possible_saving(figure: Figure) -> bool:
    return figure.kind is FigureKind.POTENTIAL and figure.effect is Effect.COST_SAVED and figure.unit is Unit.NOK


def _kroner_a_year(figure: Figure) -> float:
    """Return the figure's lowest amount for a year, so that ten years do not look larger than one."""
    lowest = figure.value or figure.low or 0
    return float(lowest) / YEARS.get(figure.per, 1)


def buyer_count() -> int:
    """Return how many named public bodies buy in at least one case."""
    with_cases = queries.organisations_with_cases().filter(parts__role__in=BUYERS)
    return with_cases.order_by().values("pk").distinct().count()


def dots() -> list[tuple[str, str]]:
    """Return where on the small map there are cases, as x and y in the drawing (frontend/README.md has the sums)."""
    placed = queries.all_cases().order_by("-lat")
    places = dict.fromkeys(placed.values_list("lat", "lon"))
    return [_on_the_map(lat, lon) for lat, lon in places if lat is not None and lon is not None]


def _on_the_map(lat: float, lon: float) -> tuple[str, str]:
    return f"{330 + 50 * (lon - 16.5) * cos(radians(lat)):.1f}", f"{12 + 50 * (71.4 - lat):.1f}"
