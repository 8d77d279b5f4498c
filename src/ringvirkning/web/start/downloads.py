"""The library as files: one case with its documents, or everything."""

import tempfile
from hashlib import sha256
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from ringvirkning.catalogue import queries
from ringvirkning.publishing.archives.exporting import cases_to_export, whole_library, write_archive


def _case_etag(request: HttpRequest, case_id: str) -> str | None:
    case = queries.case_to_read(case_id)
    if case is None or case.revision is None:
        return None
    made_of = (case.revision.digest, case.standing, case.standing_reason)
    return f'"{sha256(repr(made_of).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_case_etag)
def case_zip(request: HttpRequest, case_id: str) -> HttpResponseBase:
    """Answer with a case and its files."""
    case = queries.case_to_read(case_id)
    if case is None or case.revision is None:
        raise Http404
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it, and it is gone
    write_archive(cases_to_export([case_id]), packed)
    packed.seek(0)
    return _zip(packed, f"{case_id}.zip")


def _library_etag(request: HttpRequest) -> str:
    return f'"bibliotek-{queries.last_library_change()}"'


@require_safe
@condition(etag_func=_library_etag)
def library_zip(request: HttpRequest) -> HttpResponseBase:
    """Answer with the whole library. It is packed once for each change in it."""
    return _zip(whole_library().open("rb"), "ringvirkning.zip")


def _zip(packed: IO[bytes], name: str) -> FileResponse:
    response = FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")
    # It is packed already: packing it again would take time and hide its size.
    response["Content-Encoding"] = "identity"
    patch_cache_control(response, public=True, no_cache=True)
    return response
