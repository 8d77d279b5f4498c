"""Pages of plain text: about the library, and its accessibility."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ringvirkning.sources.casefile.terms import FigureKind
from ringvirkning.web import words

SUREST_FIRST = (FigureKind.REALISED, FigureKind.EXPECTED, FigureKind.POTENTIAL)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Answer with what this is, where the cases come from and how to read the figures."""
    kinds = [(kind, words.FIGURES[kind], words.FIGURES_EXPLAINED[kind]) for kind in SUREST_FIRST]
    return render(request, "web/about.html", {"kinds": kinds})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Answer with what has been done and tested for people with disabilities, and what has not."""
    return render(request, "web/accessibility.html")
