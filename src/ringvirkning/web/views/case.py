"""One case: its page and its infographic."""

from collections.abc import Callable
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from ringvirkning.catalogue import queries
from ringvirkning.catalogue.models import Case
from ringvirkning.catalogue.terms import Standing
from ringvirkning.foundation.memo import Memo
from ringvirkning.people.queries import is_editor
from ringvirkning.publishing.hats import hats_towards_case
from ringvirkning.publishing.life import Stage, moves_open_to
from ringvirkning.sources.casefile.model import CaseFile
from ringvirkning.web import infographic
from ringvirkning.web.case_metadata import LICENCES, citation, letter, structured_data
from ringvirkning.web.case_page import CasePage, Section, case_page_of
from ringvirkning.web.context import public_url
from ringvirkning.web.life.gone import gone
from ringvirkning.web.life.signed_in import person_here
from ringvirkning.web.notices.linked import notices_of

# An SVG opened by itself is a document: it may do nothing but be drawn.
PICTURE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
NOTICES = Section("kunngjoringer", _("Kunngjøringer for denne anskaffelsen"), lambda page: True)
AFTER_NOTICES = {"lerdom", "gjenbruk", "dokumenter", "kontakt"}
_drawings: Memo[infographic.Drawing] = Memo(300)


@require_safe
def case_page(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the page of one case. A case that is withdrawn says so; one that is archived says so on its page."""
    page = case_page_of(case_id)
    if page is None:
        return _not_there(request, case_id)
    person = person_here(request)
    notices = notices_of(page.case, person, timezone.localdate())
    moves = moves_open_to(Stage(page.case.standing), hats_towards_case(person, page.case)) if person else []
    own = bool(moves) or is_editor(person) if person else False
    about_notices = {"notices": notices, "may_link": own, "sections": sections_with_notices(page, bool(notices) or own)}
    response = render(request, "web/case.html", {**_context(request, page), **about_notices, "moves": moves})
    if person:
        add_never_cache_headers(response)
    return response


def sections_with_notices(page: CasePage, any_: bool) -> list[Section]:
    """Return the parts of the page, with the notices after how it was done, when there is anything to say of them."""
    sections = list(page.sections)
    if any_:
        place = next((at for at, one in enumerate(sections) if one.id in AFTER_NOTICES), len(sections))
        sections.insert(place, NOTICES)
    return sections


def _not_there(request: HttpRequest, case_id: str) -> HttpResponse:
    case = queries.case_by_id(case_id)
    if case is None or case.standing != Standing.WITHDRAWN:
        raise Http404
    return gone(request, case)


def _context(request: HttpRequest, page: CasePage) -> dict[str, object]:
    address = _case_address(request, page.case.case_id)
    picture = _picture(request, page)
    return {
        "page": page,
        "case": page.case,
        "case_file": page.case_file,
        "address": address,
        "picture": picture,
        "structured_data": structured_data(page, address, str(picture.get("png_address", ""))),
        "citation": citation(page, address),
        "letter": letter(page, address),
        "licence_url": LICENCES.get(page.case_file.licence, ""),
    }


def _picture(request: HttpRequest, page: CasePage) -> dict[str, object]:
    """Return what the page says about its infographic; empty when the case has no figures."""
    if not page.case_file.figures:
        return {}
    drawn = _drawing(request, page.case, page.case_file)
    return {
        "figures": infographic.figures_of(page.case_file),
        "headline": infographic.headline(page.case_file),
        "width": drawn.width,
        "height": drawn.height,
        "png_address": public_url(request, reverse("web:infographic-png", args=[page.case.case_id])),
    }


def _case_address(request: HttpRequest, case_id: str) -> str:
    return public_url(request, reverse("web:case", args=[case_id]))


def _drawing(request: HttpRequest, case: Case, case_file: CaseFile) -> infographic.Drawing:
    """Return the case's picture. The same revision, language and address give the same, so it is drawn once."""
    language, address = get_language() or "nb", _case_address(request, case_file.id)
    digest = case.revision.digest if case.revision else ""
    return _drawings.get((digest, language, address), lambda: infographic.drawing(case_file, language, address))


def _etag(request: HttpRequest, case_id: str) -> str | None:
    """Return what the picture is made of, so that an unchanged one need not be drawn again."""
    case = queries.case_to_read(case_id)
    if case is None or case.revision is None:
        return None
    made_of = (case.revision.digest, get_language(), _case_address(request, case_id), infographic.DRAWING, request.path)
    return f'"{sha256(repr(made_of).encode()).hexdigest()[:32]}"'


def _drawn(request: HttpRequest, case_id: str) -> str:
    case = queries.case_to_read(case_id)
    case_file = queries.case_file_of(case) if case and case.revision else None
    if case is None or case_file is None or not case_file.figures:
        raise Http404
    return _drawing(request, case, case_file).svg


def _picture_response(content: str | bytes, content_type: str, file_name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{file_name}"'
    response["Content-Security-Policy"] = PICTURE_POLICY
    # A municipality may show the picture on its own pages.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _cached(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    return require_safe(cache_control(public=True, max_age=3600)(condition(etag_func=_etag)(view)))


@_cached
def infographic_svg(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the infographic as SVG."""
    svg = _drawn(request, case_id)
    return _picture_response(svg, "image/svg+xml; charset=utf-8", f"{case_id}.svg")


@_cached
def infographic_png(request: HttpRequest, case_id: str) -> HttpResponse:
    """Answer with the infographic as PNG."""
    svg = _drawn(request, case_id)
    return _picture_response(infographic.png(svg), "image/png", f"{case_id}.png")
