"""Files and data for programs: the case file, its schema, health, and what search engines read."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.terms import Standing
from ringvirkning.search.index import current_build
from ringvirkning.search.notices.index import notices_index
from ringvirkning.sources.casefile.schema import schema
from ringvirkning.sources.tables import themes
from ringvirkning.web.context import public_url
from ringvirkning.web.notices.innovative import innovative_keys

PLACES = ("front", "library", "themes", "organisations", "map", "notices", "notices-innovative", "about")
JSON = {"ensure_ascii": False, "indent": 2}


@require_safe
def case_json(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the case file itself. A program that asks for a withdrawn case is told that it is gone, and why."""
    case = queries.case_by_id(case_id)
    if case is None or case.revision is None:
        raise Http404
    if case.standing == Standing.WITHDRAWN:
        told = {"standing": case.standing, "reason": case.standing_reason}
        return JsonResponse(told, status=410, json_dumps_params=JSON)
    return JsonResponse(case.revision.document, json_dumps_params=JSON)


@require_safe
@cache_control(public=True, max_age=3600)
def case_schema(request: HttpRequest) -> HttpResponse:
    """Answer with the JSON Schema of the case file."""
    return JsonResponse(schema(settings.PUBLIC_URL), json_dumps_params=JSON, content_type="application/schema+json")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor whether tables and indexes answer."""
    notices = notices_index.builds.current() is not None
    state = {"database": queries.last_change() > 0, "index": current_build() is not None, "notices": notices}
    return JsonResponse(state, status=200 if state["database"] else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines in: most people look for solutions there first."""
    lines = [
        "User-agent: *",
        "Disallow: /biblioteket/?",
        "Disallow: /kunngjoringer/?",
        f"Sitemap: {public_url(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page worth finding."""
    paths = [reverse(f"web:{name}") for name in PLACES]
    paths += [reverse("web:theme", args=[theme]) for theme in themes()]
    paths += [reverse("web:case", args=[case.case_id]) for case in queries.all_cases()]
    paths += [reverse("web:organisation", args=[one.slug]) for one in queries.organisations_with_cases()]
    paths += [reverse("web:notice", args=[key]) for key in innovative_keys()]
    places = "".join(f"<url><loc>{public_url(request, path)}</loc></url>" for path in paths)
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    return HttpResponse(body, content_type="application/xml")
