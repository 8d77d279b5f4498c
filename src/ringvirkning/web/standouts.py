"""Figures worth showing outside their case, each with the case it comes from. Kinds are never added together."""

from dataclasses import dataclass

from ringvirkning.search.find import Hit
from ringvirkning.sources.casefile.model import CaseFile, Figure
from ringvirkning.sources.casefile.terms import Effect, FigureKind, Per, Status, Unit
from ringvirkning.web.figures import ORDER
from ringvirkning.web.saying import BENEFITS, infographic_first, measured_benefits

MOST = 4
YEARS = {Per.FOUR_YEARS: 4, Per.TEN_YEARS: 10}


@dataclass(frozen=True)
class Standout:
    """A figure that stands out, with the case it comes from."""

    hit: Hit
    figure: Figure


def measured_then_possible(hits: list[Hit]) -> list[Standout]:
    """Return measured benefits first, one a case, and last the largest possible saving among the other cases."""
    measured = [Standout(hit, figures[0]) for hit in hits if (figures := measured_benefits(hit.case_file))]
    measured = measured[: MOST - 1]
    taken = {one.hit.case.case_id for one in measured}
    savings = [
        Standout(hit, figure)
        for hit in hits
        for figure in benefits(hit.case_file)
        if hit.case.case_id not in taken and _is_possible_saving(figure)
    ]
    return measured + sorted(savings, key=lambda one: -_kroner_a_year(one.figure))[:1]


def surest(hits: list[Hit]) -> list[Standout]:
    """Return one benefit per case, measured ones first and guesses last."""
    best = [Standout(hit, figures[0]) for hit in hits if (figures := benefits(hit.case_file))]
    return sorted(best, key=lambda one: ORDER.index(one.figure.kind))[:MOST]


def benefits(case_file: CaseFile) -> list[Figure]:
    """Return a case's benefits in numbers: the surest first, then those its infographic shows.

    What was hoped for in a procurement that was called off is no benefit.
    """
    called_off = case_file.state.status is Status.CANCELLED
    found = [
        figure
        for figure in case_file.figures
        if figure.effect in BENEFITS and (figure.kind is FigureKind.REALISED or not called_off)
    ]
    return sorted(infographic_first(case_file, found), key=lambda figure: ORDER.index(figure.kind))


def _is_possible_saving(figure: Figure) -> bool:
    return figure.kind is FigureKind.POTENTIAL and figure.effect is Effect.COST_SAVED and figure.unit is Unit.NOK


def _kroner_a_year(figure: Figure) -> float:
    """Return the figure's lowest amount for a year, so that ten years do not look larger than one."""
    lowest = figure.value or figure.low or 0
    return float(lowest) / YEARS.get(figure.per, 1)
