"""Suggestions while somebody types: names of organisations, and CPV codes."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ringvirkning.catalogue.queries import find_organisations
from ringvirkning.foundation.words import fold
from ringvirkning.sources.tables import cpv_labels

MOST_NAMES, MOST_CODES = 10, 12
LONGEST = 100  # characters that are looked up


@never_cache
@require_safe
def organisation_names(request: HttpRequest) -> HttpResponse:
    """Answer with the names that begin like what is typed."""
    found = find_organisations(request.GET.get("q", "")[:LONGEST], MOST_NAMES)
    return JsonResponse({"names": [organisation.name for organisation in found]})


@never_cache
@require_safe
def cpv_codes(request: HttpRequest) -> HttpResponse:
    """Answer with the codes that match, as boxes to tick."""
    found = codes_matching(request.GET.get("kode", "")[:LONGEST])
    shown = [(code, f"{code} {cpv_labels()[code][0]}") for code in found[:MOST_CODES]]
    return render(request, "web/share/parts/codes_found.html", {"found": shown, "asked": request.GET.get("kode", "")})


def codes_matching(text: str) -> list[str]:
    """Return the CPV codes that begin with the digits, or whose names have every word; the widest codes first."""
    digits = re.sub(r"[\s-]", "", text)
    if digits.isdigit():
        return [code for code in cpv_labels() if code.startswith(digits[:8])]
    wanted = [word for word in fold(text).split() if len(word) > 1]
    if not wanted:
        return []
    found = [code for code, name in _folded_names().items() if all(word in name for word in wanted)]
    return sorted(found, key=lambda code: (-len(code) + len(code.rstrip("0")), code))


def _folded_names() -> dict[str, str]:
    if not _names:
        _names.update({code: fold(" ".join(labels)) for code, labels in cpv_labels().items()})
    return _names


_names: dict[str, str] = {}
