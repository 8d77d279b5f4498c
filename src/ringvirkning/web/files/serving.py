"""Handing out files: only by way of the case or draft that names them, and so that nothing in them can run.

Documents are downloads. Only pictures we have drawn anew ourselves, and previews, are shown in the page. What a file is
called and what it is said to be come from us; the browser is told not to guess and to run nothing, whatever it finds.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from ringvirkning.catalogue import files, queries
from ringvirkning.catalogue.terms import FileState
from ringvirkning.publishing.permissions import may_see
from ringvirkning.publishing.queries import draft_by_key
from ringvirkning.publishing.uploads import file_of
from ringvirkning.sources.documents.terms import KIND_OF, PICTURES

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
PREVIEW_TYPE = "image/webp"
SHOWN = {media_type for media_type, kind in KIND_OF.items() if kind in PICTURES}
A_DAY = 86_400


@require_safe
@cache_control(public=True, max_age=A_DAY)
def case_file(request: HttpRequest, case_id: str, sha256: str, name: str) -> HttpResponseBase:
    """Answer with a file that the case's current version names. Its name is ours, whatever the address says."""
    return _whole(request, _named_by_case(case_id, sha256))


@require_safe
@cache_control(public=True, max_age=A_DAY)
def case_preview(request: HttpRequest, case_id: str, sha256: str) -> HttpResponseBase:
    """Answer with a picture of the file's first page."""
    return _preview(request, _named_by_case(case_id, sha256))


@require_safe
@never_cache
def draft_file(request: HttpRequest, key: UUID, sha256: str) -> HttpResponseBase:
    """Answer with a file of a draft, to those who may see the draft."""
    return _whole(request, _named_by_draft(request, key, sha256))


@require_safe
@never_cache
def draft_preview(request: HttpRequest, key: UUID, sha256: str) -> HttpResponseBase:
    """Answer with a picture of the first page of a file of a draft."""
    return _preview(request, _named_by_draft(request, key, sha256))


def _named_by_case(case_id: str, sha256: str) -> dict[str, Any]:
    case = queries.case_to_read(case_id)
    named = files.file_named(case, sha256) if case and case.revision else None
    if named is None:
        raise Http404
    return named.model_dump(mode="json")


def _named_by_draft(request: HttpRequest, key: UUID, sha256: str) -> dict[str, Any]:
    draft = draft_by_key(key)
    if draft is None or not may_see(request.user, draft):
        raise Http404
    named = file_of(draft, sha256)
    if named is None:
        raise Http404
    return named


def _whole(request: HttpRequest, file: Mapping[str, Any]) -> HttpResponseBase:
    row = files.files_among([file["sha256"]]).get(file["sha256"])
    # A file that could not be read is broken or hostile: nobody is handed it, not even those who brought it.
    if row is None or row.state == FileState.UNREADABLE or row.media_type not in KIND_OF:
        raise Http404
    path = files.store().path(row.sha256)
    return _answer(request, path, row.sha256, row.media_type, file["name"], inline=row.media_type in SHOWN)


def _preview(request: HttpRequest, file: Mapping[str, Any]) -> HttpResponseBase:
    row = files.files_among([file["sha256"]]).get(file["sha256"])
    if row is None or not row.has_preview:
        raise Http404
    path = files.store().preview_path(row.sha256)
    return _answer(request, path, f"{row.sha256}-p", PREVIEW_TYPE, "forhandsvisning.webp", inline=True)


def _answer(request: HttpRequest, path: Any, tag: str, media_type: str, name: str, *, inline: bool) -> HttpResponseBase:
    """Return the bytes, or that the visitor has them already, under headers that let nothing run."""
    # Files are packed as tightly as they get; without this each would be packed again on its way out.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    etag = f'"{tag}"'
    response: HttpResponseBase
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        try:
            handle = path.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(handle, as_attachment=not inline, filename=name, content_type=media_type)
    response["ETag"] = etag
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
