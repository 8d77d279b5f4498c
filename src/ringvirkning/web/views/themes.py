"""Pages of themes: what others have done within one, and what came of it."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.models import Organisation
from ringvirkning.search.find import MOST, Hit, find
from ringvirkning.sources.casefile.terms import BUYERS
from ringvirkning.sources.tables import cpv_labels, los_concepts, table, themes
from ringvirkning.web.standouts import surest

SHOWN = 9  # cases on the page; the rest are in the library
EXPERIENCED = 12


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """Answer with every theme and how many cases it has."""
    answer = find(limit=1, with_reasons=False)
    counts = answer.counts.get("theme", {})
    return render(
        request,
        "web/themes.html",
        {"themes": [(label, counts.get(name, 0)) for name, label in themes().items()], "ready": answer.ready},
    )


@require_safe
def theme_page(request: HttpRequest, theme: str) -> HttpResponse:
    """Answer with a theme's cases, its figures, how they bought, and who has done it."""
    if theme not in themes():
        raise Http404
    answer = find(filters={"theme": (theme,)}, sort="fullness", limit=MOST, with_reasons=False)
    hits = [hit for hit in answer.hits if theme in hit.case_file.themes]
    procedures = Counter(answer.counts.get("procedure", {}))
    context = {
        "theme": themes()[theme],
        "total": answer.total if answer.ready else len(hits),
        "hits": hits[:SHOWN],
        "figures": surest(hits),
        "procedures": procedures.most_common(),
        "experienced": experienced(hits),
        "concepts": concepts(theme),
        "codes": codes(theme),
        "others": [label for name, label in themes().items() if name != theme],
    }
    return render(request, "web/theme.html", context)


def experienced(hits: list[Hit]) -> list[tuple[Organisation, int]]:
    """Return the organisations that have bought within the theme, those with most cases first."""
    counted: Counter[Organisation] = Counter()
    for hit in hits:
        counted.update({party.organisation for party in hit.case.parties.all() if party.role in BUYERS})
    return sorted(counted.items(), key=lambda one: (-one[1], one[0].name))[:EXPERIENCED]


def concepts(theme: str) -> list[dict[str, object]]:
    """Return the Los concepts nearest a theme, with their labels."""
    paths = table("los_themes.json")["themes"].get(theme, {}).get("los", [])
    return [{"path": path, "label": _labels(los_concepts()[path])} for path in paths if path in los_concepts()]


def _labels(concept: dict[str, object]) -> dict[str, object]:
    return {language: concept[language] for language in ("nb", "nn", "en") if language in concept}


def codes(theme: str) -> list[tuple[str, str]]:
    """Return the CPV groups of a theme: the code's beginning and its label."""
    prefixes = table("los_themes.json")["themes"].get(theme, {}).get("cpv", [])
    column = 1 if get_language() == "en" else 0
    known = cpv_labels()
    return [(prefix, known[full][column]) for prefix in prefixes if (full := prefix.ljust(8, "0")) in known]
